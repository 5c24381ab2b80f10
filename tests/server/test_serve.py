from __future__ import annotations

import asyncio
import json
import re
import socket
import subprocess
import time
from pathlib import Path

import httpx
import imageio_ffmpeg
import openai
import pytest
import uvicorn
from server.running import Running, Serve

from tts_news.cli import run

TEXT = "افتتحت البلدية ثلاث حدائق جديدة. وحضر الحفل كثيرون من أهل المدينة."
ARTICLE = {"title": "افتتاح حديقة جديدة", "text": f"{TEXT}\n\nوقال المدير إن الحديقة مفتوحة كل يوم."}


def client_of(running: Running, key: str = "none") -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{running.url}/v1", api_key=key, max_retries=0)


def seconds(sound: bytes, *form: str) -> float:
    """Decode a sound with ffmpeg and return its length."""
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-v",
        "error",
        *form,
        "-i",
        "-",
        "-f",
        "s16le",
        "-ar",
        "8000",
        "-ac",
        "1",
    ]
    done = subprocess.run([*command, "-"], input=sound, capture_output=True, check=True)
    return len(done.stdout) / 2 / 8000


@pytest.fixture
def show(serve: Serve) -> Running:
    """A server with one edition in its folder."""
    running = serve()
    job = running.post("/editions", ARTICLE).json()["id"]
    running.wait_for(job, "done")
    return running


def test_openais_client_gets_playable_sound_in_every_format(standing: Running) -> None:
    with client_of(standing) as client:
        lengths = []
        for form in ("mp3", "opus", "aac", "flac", "wav", "pcm"):
            sound = client.audio.speech.create(model="tts-1", voice="alloy", input=TEXT, response_format=form).content
            lengths.append(seconds(sound, *(["-f", "s16le", "-ar", "24000", "-ac", "1"] if form == "pcm" else ())))
        assert lengths[0] > 1
        assert max(lengths) - min(lengths) < 0.15
        fast = client.audio.speech.create(
            model="tts-1", voice="tone", input=TEXT, response_format="pcm", speed=2.0
        ).content
        assert seconds(fast, "-f", "s16le", "-ar", "24000", "-ac", "1") < 0.7 * lengths[-1]
        with client.audio.speech.with_streaming_response.create(model="tts-1", voice="tone", input=TEXT) as stream:
            assert stream.headers["content-type"] == "audio/mpeg"
            assert len(list(stream.iter_bytes(1024))) > 1


def test_openais_client_lists_models_and_anyone_the_voices(standing: Running) -> None:
    running = standing
    with client_of(running) as client:
        assert {"tts-1", "tts-news"} <= {model.id for model in client.models.list()}
        assert client.models.retrieve("tts-1").id == "tts-1"
        with pytest.raises(openai.NotFoundError):
            client.models.retrieve("gpt-9")
    assert "tone" in {voice["id"] for voice in running.get("/v1/audio/voices").json()["voices"]}


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ({}, "input"),
        ({"input": ""}, "input"),
        ({"input": "نص", "voice": "nobody"}, "nobody"),
        ({"input": "نص", "response_format": "midi"}, "response_format"),
        ({"input": "نص", "speed": 9}, "speed"),
        ({"input": "م" * 5000}, "4096"),
        ({"input": " \n "}, "nothing to say"),
        ({"input": "خبر 李"}, "«خبر 李»: cannot read «李»"),
        ([], "body"),
    ],
)
def test_a_bad_speech_request_is_told_what_is_wrong(standing: Running, body: object, word: str) -> None:
    answer = standing.post("/v1/audio/speech", body)
    assert answer.status_code == 400
    assert word in answer.json()["error"]["message"]
    assert not answer.json()["error"]["message"].startswith(":")


def test_a_key_is_asked_for_when_one_is_set(serve: Serve) -> None:
    running = serve(TTS_NEWS_SERVE_KEYS="one,two")
    assert running.get("/v1/models").status_code == 401
    assert running.post("/editions", ARTICLE).status_code == 401
    assert running.get("/health").status_code == 200
    with client_of(running, "two") as client:
        assert client.models.list().data
    with client_of(running, "three") as client, pytest.raises(openai.AuthenticationError):
        client.models.list()


def test_an_address_others_can_reach_needs_a_key() -> None:
    assert run(["serve", "--host", "0.0.0.0", "--port", "0"]) == 2  # noqa: S104 - it must be refused


def test_a_port_that_the_system_chooses_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listened: list[int] = []

    def listen(server: uvicorn.Server, sockets: list[socket.socket]) -> None:
        listened.extend(one.getsockname()[1] for one in sockets)
        for one in sockets:
            one.close()
        server.started = True

    monkeypatch.setattr(uvicorn.Server, "run", listen)
    assert run(["serve", "--port", "0", "--json", "--output", str(tmp_path)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert listened[0] > 0
    assert told["address"] == f"http://127.0.0.1:{listened[0]}/"
    assert told["first_link"].startswith(told["address"])


def test_an_address_of_another_machine_is_none_to_listen_at(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TTS_NEWS_SERVE_KEYS", "key")
    assert run(["serve", "--host", "192.0.2.7", "--port", "0", "--output", str(tmp_path)]) == 2
    assert "cannot listen at 192.0.2.7" in capsys.readouterr().err


def test_too_many_requests_of_one_client_are_put_off(serve: Serve) -> None:
    running = serve(TTS_NEWS_SERVE_REQUESTS_PER_MINUTE="3")
    answers = [running.get("/v1/models") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert running.get("/health").status_code == 200


def test_a_large_body_is_refused_with_and_without_a_stated_length(standing: Running) -> None:
    begun = b"POST /editions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    body = b"x" * 4_000_000  # more than the system keeps of what we do not read
    stated = b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
    for rest in (stated, b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)):
        with socket.create_connection(("127.0.0.1", httpx.URL(standing.url).port or 0), timeout=30) as client:
            client.sendall(begun + rest)  # all of it, as most clients do, before it looks for an answer
            said = b"".join(iter(lambda: client.recv(65536), b""))
        assert said.startswith(b"HTTP/1.1 413 ")
        assert b"connection: close" in said
        assert said.endswith(b"}")


def test_the_show_is_served_with_ranges_types_and_tags(show: Running) -> None:
    (place,) = [path for path in show.output.iterdir() if path.is_dir()]
    sound = next(place.glob("*.mp3"))
    path, data = f"/{place.name}/{sound.name}", sound.read_bytes()
    whole = show.get(path)
    assert (whole.content, whole.headers["content-type"]) == (data, "audio/mpeg")
    assert "immutable" in whole.headers["cache-control"]
    part = show.get(path, range="bytes=100-199")
    assert (part.status_code, part.content) == (206, data[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(data)}"
    assert show.get(path, range="bytes=-10").content == data[-10:]
    assert show.get(path, range=f"bytes={len(data)}-").status_code == 416
    head = show.client.head(show.url + path)
    assert (head.content, head.headers["content-length"]) == (b"", str(len(data)))
    assert show.get(path, if_none_match=whole.headers["etag"]).status_code == 304
    for name, kind in (
        ("transcript.vtt", "text/vtt; charset=utf-8"),
        ("transcript.srt", "application/x-subrip; charset=utf-8"),
        ("chapters.json", "application/json+chapters"),
        ("index.html", "text/html; charset=utf-8"),
    ):
        answer = show.get(f"/{place.name}/{name}", origin="https://player.example")
        assert answer.headers["content-type"] == kind
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["cache-control"] == "no-cache"
    assert show.get("/").text.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    "path", ["/.jobs.sqlite", "/.lock", "/%2e%2e/log", "/..%2flog", "/.draft-x/a", "/nothing", "/%00", "//etc/passwd"]
)
def test_nothing_but_the_show_is_served(standing: Running, path: str) -> None:
    (standing.output / ".draft-x").mkdir(exist_ok=True)
    (standing.output / ".draft-x" / "a").write_text("secret")
    assert standing.get(path).status_code in {404, 400}


def test_an_edition_is_made_on_request(standing: Running) -> None:
    running = standing
    answer = running.post("/editions", ARTICLE)
    assert answer.status_code == 202
    job = running.wait_for(answer.json()["id"], "done", "failed")
    assert job["state"] == "done", job
    (edition,) = job["editions"]
    assert "افتتاح حديقة جديدة" in running.get(edition["page"]).text
    assert running.get(edition["mp3"]).headers["content-type"] == "audio/mpeg"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"url": "https://a.example", "text": "نص"},
        {"url": "/etc/passwd"},
        {"url": "file:///etc/passwd"},
        {"text": "نص", "voice": "a b"},
        {"text": "نص", "output": "/srv"},
    ],
)
def test_a_bad_order_is_refused(standing: Running, body: dict[str, str]) -> None:
    assert standing.post("/editions", body).status_code == 400


def test_a_private_address_is_not_read(standing: Running) -> None:
    running = standing
    job = running.post("/editions", {"url": f"{running.url}/metrics"}).json()["id"]
    found = running.wait_for(job, "failed", "done")
    assert found["state"] == "failed"
    assert str(found["error"]).startswith("error:")


def test_a_job_that_cannot_be_made_says_why(standing: Running) -> None:
    running = standing
    gone = {"text": "# 404\n\nعذرا، الصفحة التي تبحث عنها غير موجودة. العودة إلى الصفحة الرئيسية."}
    job = running.post("/editions", gone).json()["id"]
    found = running.wait_for(job, "failed", "done")
    assert (found["state"], found.get("editions")) == ("failed", [])
    assert "it is an error page" in str(found["error"])
    assert running.get("/editions/nothing").status_code == 404


def test_what_was_withdrawn_is_gone_for_good_and_its_page_says_so(show: Running) -> None:
    (place,) = [path for path in show.output.iterdir() if path.is_dir()]
    sound = f"/{place.name}/{next(place.glob('*.mp3')).name}"
    assert show.get(sound).status_code == 200
    assert run(["withdraw", place.name, "--output", str(show.output), "--reason", "الخبر غير صحيح."]) == 0
    assert show.get(sound).status_code == 410
    assert show.get("/2026-11-22-nothing/x.mp3").status_code == 404
    assert "الخبر غير صحيح." in show.get(f"/{place.name}/index.html").text
    assert place.name not in show.get("/").text


def test_jobs_survive_a_killed_server(serve: Serve) -> None:
    running = serve()
    jobs = [running.post("/editions", ARTICLE | {"title": f"خبر رقم {number}"}).json()["id"] for number in range(2)]
    running.wait_for(jobs[0], "running", "done")
    running.process.kill()
    running.process.wait()
    again = serve()
    for job in jobs:
        assert again.wait_for(job, "done", "failed")["state"] == "done"
    places = [path for path in again.output.iterdir() if path.is_dir()]
    assert len(places) == 2
    assert all((place / "episode.json").is_file() for place in places)


def test_metrics_count_what_was_done(serve: Serve) -> None:
    running = serve()
    running.post("/v1/audio/speech", {"input": TEXT})
    running.get("/nothing/" + "x" * 50)
    text = running.get("/metrics").text
    assert 'tts_news_requests_total{method="POST",path="/v1/audio/speech",status="200"} 1' in text
    assert 'path="files",status="404"} 1' in text
    assert "xxx" not in text
    (spoken,) = re.findall(r"^tts_news_speech_seconds_total (\S+)$", text, re.MULTILINE)
    assert float(spoken) > 1
    assert running.get("/health").json()["ok"] is True


def test_a_client_that_goes_away_frees_the_voice(serve: Serve) -> None:
    running = serve(TTS_NEWS_SERVE_SPEAKING="1")
    for _ in range(3):
        body = {"input": TEXT * 20, "response_format": "wav"}
        with running.client.stream("POST", running.url + "/v1/audio/speech", json=body, timeout=60) as answer:
            next(answer.iter_raw(100))
    assert running.post("/v1/audio/speech", {"input": TEXT}).status_code == 200
    until = time.monotonic() + 120
    while "tts_news_speaking 0" not in running.get("/metrics").text:
        assert time.monotonic() < until
        time.sleep(0.1)
    assert "Traceback" not in running.log.read_text()


def test_fifty_clients_at_once_get_sound_or_are_put_off(serve: Serve) -> None:
    running = serve(TTS_NEWS_SERVE_REQUESTS_PER_MINUTE="100000")

    async def ask(client: httpx.AsyncClient) -> int:
        answer = await client.post(f"{running.url}/v1/audio/speech", json={"input": "نعم."}, timeout=120)
        return answer.status_code

    async def crowd() -> list[int]:
        async with httpx.AsyncClient(limits=httpx.Limits(max_connections=50)) as client:
            return await asyncio.gather(*(ask(client) for _ in range(50)))

    codes = asyncio.run(crowd())
    assert set(codes) <= {200, 429}
    assert codes.count(200) >= 10


def test_the_link_of_a_first_start_is_printed_once_and_written_down_nowhere_else(standing: Running) -> None:
    (line,) = [line for line in standing.log.read_text().splitlines() if "/desk/welcome" in line]
    link = line.split()[-1]
    token = link.rpartition("=")[2]
    assert link.startswith(standing.url)
    assert standing.client.get(link).status_code == 200
    assert standing.get("/.accounts.sqlite").status_code == 404
    assert standing.log.read_text().count(token) == 1
    for path in standing.output.rglob("*"):
        assert not path.is_file() or token.encode() not in path.read_bytes()
