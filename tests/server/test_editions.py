"""`/editions`: what a newsroom's system hands over, asked without a socket between; what is made is made for real."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from publish.editions import SHOW, Press, make_script
from server.running import Running

from tts_news.config import load
from tts_news.publish import withdraw
from tts_news.publish.settings import PublishSettings
from tts_news.read.identity import identify_handed
from tts_news.records import Identity, Source
from tts_news.server.app import make_app
from tts_news.server.gathering import find_bulletin, why_closed
from tts_news.server.store import Handed, JobStore, OthersArticleError, Outcome

VOICES = Path(__file__).parents[1] / "voices"
SITE = "https://news.example"
STORY = {
    "html": "<p>افتتحت البلدية ثلاث حدائق جديدة.</p><h2>تفاصيل</h2><p>الأولى في الشمال.</p>",
    "permalink": f"{SITE}/2026/11/story",
    "id": 12,
    "title": "افتتاح حديقة جديدة",
    "date": "2026-11-28",
}
Ask = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("show") / "out"


@pytest.fixture(scope="module")
def ask(output: Path) -> Ask:
    """Asks one application whose jobs are queued and not made."""
    flags = {
        "speak.voice": "tone",
        "speak.voices_dir": str(VOICES),
        "publish.output": str(output),
        "serve.keys": ("one", "two"),
        "serve.requests_per_minute": 6000,
        "serve.wrong_keys_per_minute": 6000,
    }
    app = make_app(load(None, flags))

    def ask_one(method: str, path: str = "/editions", key: str = "one", **more: Any) -> httpx.Response:
        headers = {"authorization": f"Bearer {key}"} | more.pop("headers", {})

        async def asking() -> httpx.Response:
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as session:
                return await session.request(method, path, headers=headers, **more)

        return asyncio.run(asking())

    return ask_one


def order(ask: Ask, key: str = "one", idempotency: str = "", **stated: object) -> httpx.Response:
    headers = {"idempotency-key": idempotency} if idempotency else {}
    return ask("POST", key=key, json=STORY | stated, headers=headers)


def test_an_order_that_comes_again_with_its_key_is_one_job(ask: Ask) -> None:
    first, again = order(ask, idempotency='"8e03978e"'), order(ask, idempotency="8e03978e")
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json()["id"] == again.json()["id"]
    other = order(ask, idempotency="8e03978e", title="عنوان آخر")
    assert other.status_code == 422
    assert first.json()["id"] not in other.text
    assert order(ask).json()["id"] != first.json()["id"]


@pytest.mark.parametrize("key", ["a" * 256, "ا", "a\tb", ""])
def test_an_idempotency_key_is_a_short_line_of_ascii(ask: Ask, key: str) -> None:
    answer = ask("POST", json=STORY, headers={b"idempotency-key": key.encode(), b"authorization": b"Bearer one"})
    assert answer.status_code == 400


def test_two_clients_with_one_idempotency_key_have_nothing_to_do_with_each_other(ask: Ask) -> None:
    mine, others = order(ask, idempotency="same", id=40), order(ask, key="two", idempotency="same", id=41)
    assert (mine.status_code, others.status_code) == (202, 202)
    assert mine.json()["id"] != others.json()["id"]


def test_what_was_ordered_is_remembered_by_the_next_server(tmp_path: Path) -> None:
    from tts_news.server.store import Repeat

    repeat = Repeat("", "k", "d")
    names = []
    for _ in range(2):
        store = JobStore(tmp_path)
        names.append(store.add("-", "{}", "", 10, 1000, repeat=repeat))
        store.forget(0.0, 0.0)
        store.close()
    assert names[0] == names[1]


def test_an_article_is_handed_over_by_one_account(tmp_path: Path) -> None:
    store = JobStore(tmp_path)
    own, other = (Handed("cms", account, "identity") for account in ("key:site", "key:other"))
    assert store.add("-", "{}", "", 10, 1000, handed=own)
    with pytest.raises(OthersArticleError):
        store.add("-", "{}", "", 10, 1000, handed=other)
    assert store.add("-", "{}", "", 10, 1000, "2026-11-28-x", handed=other), "who names the edition means it"
    assert store.add("-", "{}", "", 10, 1000, handed=own)
    store.close()


def test_jobs_are_listed_newest_first_page_by_page_and_by_what_they_are(ask: Ask) -> None:
    names = [order(ask, id=number, site=f"{SITE}/2026").json()["id"] for number in range(50, 55)]
    listed: list[str] = []
    cursor = ""
    while True:
        page = ask("GET", f"/editions?site={SITE}/2026/&limit=2&cursor={cursor}").json()
        assert len(page["jobs"]) <= 2
        listed += [job["id"] for job in page["jobs"]]
        cursor = page["next"]
        if not cursor:
            break
    assert listed == names[::-1]
    (found,) = ask("GET", f"/editions?site={SITE}/2026&id=52").json()["jobs"]
    assert (found["id"], found["name"], found["state"], found["title"]) == (names[2], "52", "queued", STORY["title"])
    assert ask("GET", f"/editions?site={SITE}/2026&state=done").json() == {"jobs": [], "next": None}


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("?limit=0", "limit"),
        ("?limit=201", "limit"),
        ("?limit=x", "limit"),
        ("?cursor=-1", "cursor"),
        ("?cursor=9999999999999999", "cursor"),
        ("?state=lost", "state"),
        ("?site=javascript:x", "site"),
        ("?id=12", "site"),
        ("?state=done&state=failed", "twice"),
        ("?stat=done", "stat"),
        ("?bulletin=%00", "bulletin"),
    ],
)
def test_a_listing_that_does_not_hold_is_refused_by_name(ask: Ask, path: str, word: str) -> None:
    answer = ask("GET", f"/editions{path}")
    assert answer.status_code == 400
    assert word in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("stated", "word"),
    [
        ({"day": "2026-11-28"}, "day"),
        ({"bulletin": "نشرة", "day": "2026-02-30"}, "day"),
        ({"bulletin": "نشرة", "day": "28/11/2026"}, "day"),
        ({"bulletin": "نشرة", "replaces": "x"}, "replaces"),
        ({"bulletin": "ن" * 201}, "bulletin"),
        ({"categories": ["ب"] * 100_000}, "categories"),
        ({"id": "ا" * 10_000}, "id"),
        ({"permalink": "javascript:alert(1)"}, "permalink"),
        ({"date": "0000-00-00"}, "date"),
        ({"voice": "nobody"}, "voice"),
        ({"replaces": "nothing"}, "replaces"),
        ({"html": "x" * 200_000 + "\0"}, "html"),
    ],
)
def test_an_order_that_does_not_hold_is_refused_by_name(ask: Ask, stated: dict[str, object], word: str) -> None:
    answer = order(ask, **stated)
    assert answer.status_code == 400
    assert word in answer.json()["error"]["message"]
    assert len(answer.text) < 1000


@pytest.mark.parametrize("body", [b'{"title": "\\ud800", "text": "x"}', b'{"id": 1' + b"0" * 5000 + b"}", b"[]", b"1"])
def test_a_body_that_is_no_order_is_refused(ask: Ask, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    assert ask("POST", content=body, headers=headers).status_code == 400


def test_a_field_of_ten_megabytes_is_too_large(ask: Ask) -> None:
    assert order(ask, html="<p>" + "ا" * 5_000_000).status_code == 413


def test_what_waits_is_called_off_and_what_is_not_there_is_not_found(ask: Ask) -> None:
    job = order(ask, id=77).json()["id"]
    answer = ask("DELETE", f"/editions?site={SITE}&id=77")
    assert answer.status_code == 200
    assert answer.json() == {"edition": None, "called_off": 1, "pending": 0, "bulletins": []}
    assert ask("GET", f"/editions/{job}").json()["state"] == "withdrawn"
    assert ask("DELETE", f"/editions?site={SITE}&id=77").status_code == 404
    assert ask("DELETE", "/editions/nothing").status_code == 404
    assert ask("DELETE", "/editions?id=77").status_code == 400
    assert ask("DELETE", "/editions").status_code == 400
    assert ask("DELETE", "/editions/x", key="three").status_code == 401


def article_of(number: int, **stated: object) -> dict[str, object]:
    return STORY | {"id": number, "title": f"خبر رقم {number}"} | stated


@pytest.fixture(scope="module")
def made(standing: Running) -> dict[str, dict[str, Any]]:
    """One article by itself, corrected, and two of a bulletin, made by a real server."""
    single = standing.post("/editions", article_of(1)).json()["id"]
    jobs = [standing.post("/editions", article_of(n, bulletin="نشرة", day="2026-11-27")).json()["id"] for n in (2, 3)]
    correction = standing.post("/editions", article_of(1, html="<p>افتتحت البلدية أربع حدائق.</p>")).json()["id"]
    late = standing.post("/editions", article_of(4, bulletin="نشرة", day="2026-11-27")).json()["id"]
    names = {"single": single, "second": jobs[0], "third": jobs[1], "correction": correction, "late": late}
    return {name: standing.wait_for(job, "done", "failed") for name, job in names.items()}


def manifest(running: Running, job: dict[str, Any]) -> dict[str, Any]:
    (edition,) = job["editions"]
    found: dict[str, Any] = json.loads((running.output / edition["folder"] / "episode.json").read_text())
    return found


@pytest.mark.slow  # five editions
def test_the_same_id_is_a_correction_and_every_address_answers(standing: Running, made: dict[str, Any]) -> None:
    episode = manifest(standing, made["correction"])
    assert episode["identity"] == {"kind": "cms", "scope": SITE, "key": "1", "date": ""}
    assert episode["revision"] == 1
    (edition,) = made["correction"]["editions"]
    assert (edition["guid"], edition["revision"], edition["state"]) == (episode["guid"], 1, "published")
    assert edition["guid"] == made["single"]["editions"][0]["guid"]
    for name in ("page", "mp3", "embed", "transcript"):
        assert standing.get(edition[name]).status_code == 200, name
    assert 0 < edition["duration_s"] == round(episode["duration_s"], 3)


@pytest.mark.slow  # five editions
def test_articles_of_one_bulletin_and_day_are_one_edition(standing: Running, made: dict[str, Any]) -> None:
    folders = {made[name]["editions"][0]["folder"] for name in ("second", "third", "late")}
    assert len(folders) == 1
    episode = manifest(standing, made["late"])
    assert [source["identity"]["key"] for source in episode["sources"]] == ["2", "3", "4"]
    assert (episode["title"], episode["date"]) == ("نشرة", "2026-11-27")


@pytest.mark.slow  # five editions
def test_withdrawing_names_the_bulletin_that_still_holds_it(standing: Running, made: dict[str, Any]) -> None:
    site = f"/editions?site={SITE}&id="
    answer = standing.client.delete(f"{standing.url}{site}3").json()
    assert answer["bulletins"] == [made["late"]["editions"][0]["folder"]]
    assert answer["edition"] is None
    folder = made["single"]["editions"][0]["folder"]
    gone = standing.client.delete(f"{standing.url}/editions/{made['single']['id']}?reason=خطأ", timeout=30)
    assert gone.status_code == 200
    assert gone.json()["edition"]["state"] == "withdrawn"
    assert standing.get(f"/{folder}/index.html").text.count("خطأ") == 1
    again = standing.client.delete(f"{standing.url}/editions/{gone.json()['edition']['guid']}", timeout=30)
    assert (again.status_code, again.json()["edition"]) == (200, gone.json()["edition"])


def test_a_bulletin_that_was_made_elsewhere_takes_no_article(ask: Ask, output: Path) -> None:
    script = replace(make_script(), identity=Identity("bulletin", "", "نشرة الأمس", "2026-11-27"))
    Press(output, b"sound").make(script, date="2026-11-27")
    refused = order(ask, bulletin="نشرة الأمس", day="2026-11-27")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "bulletin_closed")
    assert order(ask, bulletin="نشرة الأمس", day="2026-11-26").status_code == 202


def stand(folder: Path, *names: str, withdrawn: str = "") -> None:
    """Let the bulletin of a day stand with articles of these ids."""
    identity = Identity("bulletin", "", "نشرة", "2026-11-27")
    sources = tuple(Source(name, f"{name}hash", "c0001", identity=identify_handed(SITE, name, "")) for name in names)
    script = replace(make_script(), title="نشرة", identity=identity, sources=sources)
    _, episode = Press(folder, b"tone").make(script, date="2026-11-27")
    if withdrawn:
        place = find_bulletin(folder, "نشرة", "2026-11-27")
        assert place
        withdraw(folder, place.name, SHOW, PublishSettings())
    assert [source.title for source in episode.sources] == list(names)


def hold(store: JobStore, *names: str) -> None:
    """Let articles of these ids have been handed over into it."""
    for name in names:
        handed = Handed("cms", identity=identify_handed(SITE, name, "").text, bulletin="نشرة", day="2026-11-27")
        job = str(store.add("-", name, "", 10, 1000, handed=handed))
        store.take()
        store.finish(job, Outcome("done"))


@pytest.mark.parametrize(
    ("held", "standing", "joining", "word"),
    [
        ("", "", "", ""),
        ("ab", "", "", ""),
        ("ab", "ab", "", ""),
        ("ab", "abc", "c", ""),  # it had joined when the server died
        ("", "ab", "ab", ""),
        ("", "ab", "", "not handed over here"),
        ("", "ab", "a", "not handed over here"),
        ("ab", "abx", "", "changed at the desk"),
        ("ab", "ba", "", "changed at the desk"),
        ("abc", "ac", "", "changed at the desk"),
    ],
)
def test_a_bulletin_takes_articles_as_long_as_nobody_has_changed_it(
    tmp_path: Path, held: str, standing: str, joining: str, word: str
) -> None:
    store = JobStore(tmp_path)
    hold(store, *held)
    if standing:
        stand(tmp_path, *standing)
    keys = [identify_handed(SITE, name, "").text for name in joining]
    why = why_closed(store, tmp_path, "نشرة", "2026-11-27", keys)
    store.close()
    assert (word in why) if word else not why


def test_a_bulletin_goes_on_after_one_of_its_articles_was_withdrawn_and_its_texts_are_forgotten_in_time(
    tmp_path: Path,
) -> None:
    store = JobStore(tmp_path)
    hold(store, "a", "b")
    stand(tmp_path, "a", "b")
    store.drop_article(identify_handed(SITE, "a", "").text)
    assert list(store.articles_of("نشرة", "2026-11-27").values()) == ["b"]
    assert not why_closed(store, tmp_path, "نشرة", "2026-11-27")
    store.forget(0.0, 0.0, 9e9)
    assert "not kept" in why_closed(store, tmp_path, "نشرة", "2026-11-27")
    stand(tmp_path, "a", "b", withdrawn="now")
    assert "withdrawn" in why_closed(store, tmp_path, "نشرة", "2026-11-27")
    store.close()
