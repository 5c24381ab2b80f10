"""Whose an edition is: two articles never become one edition, and one article never becomes two."""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from publish.editions import DATE, LINES, SHOW, Press, make_script

from tts_news.errors import PublishError, WithdrawnError
from tts_news.publish import adopt_edition, find_edition, find_folder_of, load_episode, open_edition, standing, withdraw
from tts_news.publish.manifest import dump_episode, make_guid
from tts_news.publish.settings import PublishSettings
from tts_news.publish.slug import key_hash
from tts_news.records import Episode, Identity, Script
from tts_news.script import parse_script

RELEASE = Path(__file__).parent / "release-0.1"
ARTICLE = "2026-11-22-afttah-hdyqa-fy-alhy-alshrqy-4cb4d990"
PASTE = "2026-11-28-rsyf-jdyd-fy-almyna-alqdym-e11a1189"
BULLETIN = "2026-11-22-nshra-almsa-b21627bf"
FEED = Identity("feed", "https://city.example/feed", "city-7")
OTHER_FEED = Identity("feed", "https://other.example/feed", "city-7")
# Two ordinary addresses whose names have the same eight digits.
TWINS = tuple(Identity("address", "", f"https://city.example/news/{number}") for number in (13534, 57362))


def of(identity: Identity, last: str = "هذا يوم جميل.", **fields: str) -> Script:
    """Return a script of an article, whose last sentence is given."""
    lines = (*LINES[:10], ("quote", last, "هَذَا يَوْمٌ.", 5, "a0b5"), LINES[11])
    script = make_script(lines=lines)
    source = replace(script.sources[0], identity=identity, **fields)
    return replace(script, title=fields.get("title", script.title), sources=(source,), identity=identity)


def test_the_guid_space_is_ours_for_ever() -> None:
    assert make_guid("https://city.example/parks") == "240d1e5b-6019-5915-ba35-fd25e6cf1798"
    assert make_guid("نشرة") == "fa4c8503-d160-51bb-ac31-a8f0e325f9e0"


def test_the_manifest_begins_with_the_whole_identity(press: Press) -> None:
    place, episode = press.make(of(FEED))
    assert episode.identity == FEED == load_episode(place).identity
    assert next(iter(json.loads((place / "episode.json").read_text(encoding="utf-8")))) == "identity"


@pytest.mark.parametrize(
    "change", [{"url": "https://city.example/2"}, {"title": "عنوان آخر"}, {"published": "2026-11-23T05:30:00+03:00"}]
)
def test_what_keeps_its_identity_keeps_its_edition(press: Press, change: dict[str, str]) -> None:
    place, first = press.make(of(FEED))
    again, second = press.make(of(FEED, "هذا يوم طويل.", **change), date="2026-11-23")
    assert (again, second.guid, second.revision) == (place, first.guid, 1)


def test_another_source_makes_another_edition_and_corrects_nothing(press: Press) -> None:
    place, first = press.make(of(FEED))
    for text in ("نص ثان.", "نص ثالث."):
        other, foreign = press.make(of(OTHER_FEED, text))
        assert other != place
        assert foreign.guid != first.guid
    assert load_episode(place) == first
    assert foreign.revision == 1


def test_two_identities_of_one_name_have_an_edition_each(press: Press) -> None:
    assert key_hash(TWINS[0].text) == key_hash(TWINS[1].text)
    made = [press.make(of(identity, text)) for identity, text in zip(TWINS, ("أول.", "ثان."), strict=True)]
    assert made[0][0] != made[1][0]
    assert made[0][1].guid != made[1][1].guid
    for identity, (place, episode) in zip(TWINS, made, strict=True):
        assert load_episode(place) == episode
        assert find_edition(press.output, of(identity), "2027-01-01") == (place, episode)
    assert press.make(of(TWINS[1], "ثان جديد."))[0] == made[1][0]


def test_two_identities_of_one_name_made_at_once_do_not_mix(press: Press) -> None:
    with open_edition(press.output, of(TWINS[0]), DATE) as one, open_edition(press.output, of(TWINS[1]), DATE) as other:
        assert one.place == other.place
        one.commit("{}\n", press.master(one, of(TWINS[0])), (), SHOW)
        with pytest.raises(PublishError, match="another edition meanwhile"):
            other.commit("{}\n", press.master(other, of(TWINS[1])), (), SHOW)
    assert load_episode(one.place).identity == TWINS[0]


def test_a_folder_that_was_renamed_is_found_by_its_manifest(press: Press) -> None:
    place, first = press.make(of(FEED))
    place.rename(moved := place.with_name("2026-11-22-rasif"))
    again, second = press.make(of(FEED, "نص آخر."))
    assert (again, second.guid) == (moved, first.guid)


def test_the_archive_is_not_read_for_an_edition_that_has_its_own_name(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    press.make(of(FEED))
    for number in range(5):
        press.make(of(Identity("feed", FEED.scope, str(number))))
    for manifest in press.output.glob("*/episode.json"):
        os.utime(manifest, (time.time() - 60,) * 2)
    find_edition(press.output, of(FEED), DATE)
    opened: list[str] = []
    whole = Path.open
    monkeypatch.setattr(
        Path, "open", lambda path, *rest, **more: opened.append(path.name) or whole(path, *rest, **more)
    )  # type: ignore[func-returns-value]
    assert find_edition(press.output, of(FEED), DATE)
    assert 1 <= opened.count("episode.json") <= 2  # of six


def test_damage_elsewhere_does_not_hide_an_edition(press: Press) -> None:
    place, _ = press.make(of(FEED))
    place.rename(moved := place.with_name("2026-11-22-rasif"))
    (press.output / "2026-11-01-x").mkdir()
    (press.output / "2026-11-01-x" / "episode.json").write_text(json.dumps({"key": "city-7"}))
    assert press.make(of(FEED))[0] == moved


@pytest.mark.parametrize("harmed", [b"city-7", b'"title": "', b'"guid": "'])
def test_damage_in_a_renamed_folder_makes_no_second_edition(
    press: Press, harmed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "_HEAD", 400)  # without the sources, as in a manifest with a long ledger
    place, _ = press.make(of(FEED))
    place.rename(moved := place.with_name("2026-11-22-rasif"))
    whole = (moved / "episode.json").read_bytes()
    at = whole.index(harmed) + len(harmed)
    (moved / "episode.json").write_bytes(whole[: at - 1] + b"8" + whole[at:])
    with pytest.raises(PublishError, match="2026-11-22-rasif"):
        press.make(of(FEED))
    assert [path.name for path in press.output.glob("2026*")] == [moved.name]


# ── taking another's place ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("by", ["name", "slug", "guid"])
def test_an_edition_takes_the_place_of_another_when_it_is_told_to(press: Press, by: str) -> None:
    place, first = press.make(of(FEED))
    name = {"name": place.name, "slug": first.slug, "guid": first.guid}[by]
    again, second = make_replacing(press, of(OTHER_FEED, "نص آخر."), name)
    assert (again, second.guid, second.revision, second.identity) == (place, first.guid, 1, OTHER_FEED)
    third, _ = press.make(of(OTHER_FEED, "نص ثالث."))
    assert third == place


def test_an_edition_of_another_show_takes_no_place_here(press: Press) -> None:
    place, _ = press.make(of(FEED))
    other = Press(press.output.with_name("other"), press.tone)
    other.make(of(OTHER_FEED))
    with pytest.raises(PublishError, match="no edition of the show"):
        make_replacing(other, of(OTHER_FEED), str(place))
    assert find_folder_of(press.output, f"{place}/") == place


def make_replacing(press: Press, script: Script, name: str) -> tuple[Path, Episode]:
    with open_edition(press.output, script, DATE, name) as draft:
        return draft.place, draft.commit("{}\n", press.master(draft, script), (), SHOW)


def test_an_article_whose_edition_was_taken_has_a_new_one_with_a_guid_of_its_own(press: Press) -> None:
    place, first = press.make(of(FEED))
    make_replacing(press, of(OTHER_FEED, "نص آخر."), place.name)
    again, second = press.make(of(FEED))
    assert again != place
    assert second.guid != first.guid
    assert load_episode(place).identity == OTHER_FEED
    assert press.make(of(FEED, "نص رابع."))[0] == again


def test_an_article_with_an_edition_of_its_own_takes_no_other_place(press: Press) -> None:
    place, first = press.make(of(FEED))
    own, _ = press.make(of(OTHER_FEED, "نص آخر."))
    with pytest.raises(PublishError, match="has an edition of its own") as caught:
        make_replacing(press, of(OTHER_FEED, "نص آخر."), place.name)
    assert own.name in caught.value.hint
    assert load_episode(place) == first
    withdraw(press.output, own.name, SHOW, PublishSettings())
    assert make_replacing(press, of(OTHER_FEED, "نص آخر."), place.name)[0] == place
    assert press.make(of(OTHER_FEED, "نص ثالث."))[0] == place  # the one that stands, not the one that is withdrawn


def test_what_is_withdrawn_stays_so_for_its_own_article_and_its_place_is_not_taken(press: Press) -> None:
    place, _ = press.make(of(FEED))
    withdraw(press.output, place.name, SHOW, PublishSettings())
    with pytest.raises(WithdrawnError):
        press.make(of(FEED, url="https://city.example/elsewhere"))
    with pytest.raises(WithdrawnError):
        make_replacing(press, of(OTHER_FEED), place.name)
    assert press.make(of(OTHER_FEED))[0] != place


def test_what_is_withdrawn_comes_back_in_its_place_when_it_is_named(press: Press) -> None:
    place, first = press.make(of(FEED))
    withdraw(press.output, place.name, SHOW, PublishSettings())
    assert find_edition(press.output, of(FEED), DATE, first.guid) is None  # nothing of it is left to be kept
    again, back = make_replacing(press, of(FEED), first.guid)
    assert (again, back.guid, back.withdrawn) == (place, first.guid, "")
    assert back.files
    assert find_edition(press.output, of(FEED), DATE) == (place, back)


# ── editions of the last release ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def archive(press: Press) -> Path:
    """An output folder with three editions as release 0.1 left them."""
    shutil.copytree(RELEASE, press.output)
    return press.output


def saved(name: str) -> Script:
    """Return the script that release 0.1 kept with an edition."""
    return parse_script((RELEASE / name / "script.json").read_text(encoding="utf-8"))


def identified(script: Script, identity: Identity) -> Script:
    sources = tuple(replace(source, identity=identity) for source in script.sources)
    return replace(script, sources=sources, identity=identity)


FILE = Identity("file", "file:" + "0" * 64, "رصيف جديد في الميناء القديم", "2026-11-28")
NEWS = Identity("bulletin", "", "نشرة المساء", "2026-11-22")


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        (ARTICLE, FEED),
        (ARTICLE, Identity("address", "", "https://city.example/parks")),
        (ARTICLE, Identity("wordpress", "https://city.example", "7")),
        (PASTE, FILE),
        (PASTE, Identity("text", "-", "sha256:" + "0" * 64)),
        (BULLETIN, NEWS),
    ],
)
def test_an_edition_of_the_last_release_is_its_articles_and_keeps_its_guid(
    press: Press, archive: Path, name: str, identity: Identity
) -> None:
    old = load_episode(archive / name)
    with open_edition(press.output, identified(saved(name), identity), name[:10]) as draft:
        assert (draft.place, draft.previous, draft.draft.guid) == (archive / name, old, old.guid)


def test_made_again_it_is_no_correction(press: Press, archive: Path) -> None:
    old = load_episode(archive / ARTICLE)
    place, episode = press.make(identified(saved(ARTICLE), FEED))
    assert place == archive / ARTICLE
    assert (episode.guid, episode.revision, episode.notes, episode.identity) == (old.guid, 0, (), FEED)


@pytest.mark.usefixtures("archive")
def test_it_is_corrected_as_before_and_then_found_by_its_identity(press: Press) -> None:
    script = identified(saved(ARTICLE), FEED)
    changed = replace(script.sources[0], text_hash="0" * 64)
    press.make(replace(script, sources=(changed,)))
    moved = replace(script.sources[0], url="https://city.example/elsewhere", text_hash="1" * 64)
    place, episode = press.make(replace(script, sources=(moved,)))
    assert (place.name, episode.revision) == (ARTICLE, 2)


@pytest.mark.usefixtures("archive")
def test_a_saved_script_of_the_last_release_finds_its_edition_before_and_after(press: Press) -> None:
    assert press.make(saved(ARTICLE), date=ARTICLE[:10])[0].name == ARTICLE
    press.make(identified(saved(ARTICLE), FEED))
    assert press.make(saved(ARTICLE), date=ARTICLE[:10])[0].name == ARTICLE


@pytest.mark.usefixtures("archive")
def test_the_first_who_takes_it_has_it(press: Press) -> None:
    press.make(identified(saved(ARTICLE), FEED))
    other, _ = press.make(identified(saved(ARTICLE), OTHER_FEED))
    assert other.name != ARTICLE


@pytest.mark.usefixtures("archive")
def test_a_clients_text_takes_no_edition_of_an_address_or_of_another_text(press: Press) -> None:
    text = Identity("text", "-", "sha256:" + "0" * 64)
    assert press.make(identified(saved(ARTICLE), text))[0].name != ARTICLE
    other = saved(PASTE)
    other = replace(other, sources=(replace(other.sources[0], text_hash="0" * 64),))
    client = replace(text, key="sha256:" + "1" * 64)
    assert press.make(identified(other, client), date=PASTE[:10])[0].name != PASTE


@pytest.mark.usefixtures("archive")
def test_a_file_takes_no_bulletin_and_a_bulletin_no_file(press: Press) -> None:
    file = saved(PASTE)
    titled = replace(file, title="نشرة المساء", sources=(replace(file.sources[0], title="نشرة المساء"),))
    assert press.make(identified(titled, replace(FILE, key="نشرة المساء")), date=BULLETIN[:10])[0].name != BULLETIN
    bulletin = replace(saved(BULLETIN), title=file.title, identity=replace(NEWS, key=file.title, date=PASTE[:10]))
    with open_edition(press.output, bulletin, PASTE[:10]) as draft:
        assert draft.previous is None


def test_one_that_was_withdrawn_stays_withdrawn(press: Press, archive: Path) -> None:
    shutil.copy(archive / ARTICLE / "script.json", archive / ARTICLE / "index.html")
    old = load_episode(archive / ARTICLE)
    tombstone = replace(old, sources=(), files=(), withdrawn="2026-11-23T00:00:00+00:00")
    (archive / ARTICLE / "episode.json").write_text(dump_episode(tombstone), encoding="utf-8")
    with pytest.raises(WithdrawnError):
        press.make(identified(saved(ARTICLE), FEED))


def test_an_edition_can_learn_whose_it_is_without_being_made_again(press: Press, archive: Path) -> None:
    files = {path: path.read_bytes() for path in (archive / ARTICLE).iterdir() if path.name != "episode.json"}
    old = load_episode(archive / ARTICLE)
    assert adopt_edition(archive, FEED, "https://city.example/parks") == replace(old, identity=FEED)
    assert load_episode(archive / ARTICLE) == replace(old, identity=FEED)
    assert {path: path.read_bytes() for path in files} == files
    script = identified(saved(ARTICLE), FEED)
    moved = replace(script, sources=(replace(script.sources[0], url="https://city.example/elsewhere"),))
    assert press.make(moved)[0].name == ARTICLE
    assert adopt_edition(archive, OTHER_FEED, "https://city.example/parks") is None
    assert adopt_edition(archive / "none", FEED, "x") is None


# ── a clock that goes back ───────────────────────────────────────────────────────────────────────────────────────


def test_nothing_public_is_dated_before_what_is_public_already(press: Press, caplog: pytest.LogCaptureFixture) -> None:
    ahead = (datetime.now(UTC) + timedelta(days=40)).isoformat(timespec="seconds")
    place, first = press.make(of(FEED, published=ahead), date=ahead[:10])
    assert first.published == ahead
    for text in ("ثان.", "ثالث."):
        _, episode = press.make(of(FEED, text, published=ahead))
        assert episode.modified >= ahead
        assert "clock is behind" in caplog.text
        caplog.clear()
    later = replace(episode, modified=(datetime.now(UTC) + timedelta(days=80)).isoformat(timespec="seconds"))
    (place / "episode.json").write_text(dump_episode(later), encoding="utf-8")
    _, episode = press.make(of(FEED, "رابع.", published=ahead))
    assert episode.modified == later.modified
    gone, _ = withdraw(press.output, place.name, SHOW, PublishSettings())
    assert gone.withdrawn == later.modified


def test_a_clock_that_is_right_is_not_spoken_of(press: Press, caplog: pytest.LogCaptureFixture) -> None:
    press.make(of(FEED))
    press.make(of(FEED, "نص آخر."))
    assert "clock" not in caplog.text


def test_another_edition_of_the_title_and_day_is_named(press: Press, caplog: pytest.LogCaptureFixture) -> None:
    place, _ = press.make(of(FEED))
    assert "another edition" not in caplog.text
    press.make(of(OTHER_FEED))
    assert f"another edition of this title and day stands: {place.name}" in caplog.text
    caplog.clear()
    press.make(of(OTHER_FEED, "نص آخر."))
    assert "another edition" not in caplog.text


def test_whatever_happens_every_article_has_one_edition_and_every_edition_one_article(press: Press) -> None:
    """A random walk over makes, corrections, withdrawals and taken places, held against a plain dictionary."""
    chance = random.Random(13)
    articles = (FEED, OTHER_FEED, FILE, *TWINS, Identity("text", "-", "sha256:" + "0" * 64))
    stands: dict[Identity, str] = {}
    gone: set[str] = set()
    for step in range(30):
        who = chance.choice(articles)
        script = of(who, f"نص {step}.", url=chance.choice(["https://city.example/1", f"https://city.example/{step}"]))
        act = chance.choice(["make", "make", "make", "take", "withdraw"])
        if act == "withdraw" and who in stands and len(gone) < 2:
            gone.add(guid := stands.pop(who))
            withdraw(press.output, guid, SHOW, PublishSettings())
        elif act == "take" and who not in stands and (others := sorted(set(stands) - {who}, key=repr)):
            taken = chance.choice(others)
            guid = stands.pop(taken)
            _, episode = make_replacing(press, script, guid)
            assert episode.guid == guid
            stands[who] = guid
        elif not (who not in stands and _is_withdrawn(press, who)):
            _, episode = press.make(script)
            assert stands.setdefault(who, episode.guid) == episode.guid
        found = [load_episode(path.parent) for path in press.output.glob("*/episode.json")]
        assert {e.guid: e.identity for e in found if not e.withdrawn} == {guid: name for name, guid in stands.items()}
        assert len({e.guid for e in found}) == len(found)


def _is_withdrawn(press: Press, who: Identity) -> bool:
    found = (load_episode(path.parent) for path in press.output.glob("*/episode.json"))
    return any(episode.identity == who and episode.withdrawn for episode in found)
