from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import numpy as np
import pytest

from tests.speak.loopback import Answer, plain, serve
from tts_news.errors import SpeakError
from tts_news.records import Utterance
from tts_news.speak import openai, patience, speech_server
from tts_news.speak.catalogue import VoiceSpec

SOUND = (np.sin(np.arange(24_000) / 9) * 8000).astype("<i2").tobytes()
ASKED = Utterance("c0001", "قَالَ الْوَزِيرُ.", speed=1.5)


@contextmanager
def engine(url: str, trust: str = "text", **options: object) -> Iterator[openai.OpenAiEngine]:
    spec = VoiceSpec("studio", "openai", Path(), options={"url": url, **options}, trust=trust)
    made = openai.OpenAiEngine(spec)
    yield made
    made._server._client.close()


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "BACKOFF_S", 0.0)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)


def test_the_request_is_that_of_the_speech_api(monkeypatch: pytest.MonkeyPatch) -> None:
    bodies: list[dict[str, object]] = []
    keys: list[str | None] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        bodies.append(json.loads(request.body))  # type: ignore[attr-defined]
        keys.append(request.headers.get("Authorization"))
        plain(200, SOUND, "audio/pcm")(request)

    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    with serve(answer) as (url, seen), engine(f"{url}/v1", "key", model="tts-1", voice="nova") as voice:
        take = voice.speak(ASKED)
    assert seen == ["POST /v1/audio/speech"]
    assert keys == ["Bearer secret"]
    assert bodies == [{"model": "tts-1", "voice": "nova", "input": ASKED.text, "response_format": "pcm", "speed": 1.5}]
    assert (take.rate_hz, len(take.samples)) == (24_000, 24_000)


def test_the_key_goes_to_no_address_that_came_with_the_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    keys: list[str | None] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        keys.append(request.headers.get("Authorization"))
        plain(200, SOUND, "audio/pcm")(request)

    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    with serve(answer) as (url, _):
        with engine(url) as voice:
            voice.speak(ASKED)
        monkeypatch.setenv("OPENAI_BASE_URL", url)
        with engine("") as voice:
            voice.speak(ASKED)
    assert keys == [None, "Bearer secret"]


def test_what_stays_on_this_machine_goes_through_no_proxy_of_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(plain(200, SOUND, "audio/pcm")) as (proxy, heard), serve(plain(200, SOUND, "audio/pcm")) as (url, seen):
        monkeypatch.setenv("HTTP_PROXY", proxy)
        monkeypatch.setenv("http_proxy", proxy)
        with engine(f"{url}/v1", "text") as voice:
            voice.speak(ASKED)
    assert (len(seen), len(heard)) == (1, 0)


def test_no_redirect_takes_key_or_text_to_another_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    with serve(plain(200, SOUND, "audio/pcm")) as (elsewhere, stolen):

        def move(request: BaseHTTPRequestHandler) -> None:
            request.send_response(307)
            request.send_header("Location", f"{elsewhere}/v1/audio/speech")
            request.send_header("Content-Length", "0")
            request.end_headers()

        with serve(move) as (url, _), engine(f"{url}/v1", "key") as voice, pytest.raises(SpeakError, match="307"):
            voice.speak(ASKED)
    assert not stolen


def test_a_voice_nobody_trusts_sends_nothing() -> None:
    with serve(plain(200, SOUND)) as (url, seen), pytest.raises(SpeakError, match="sends what it is to say") as caught:
        openai.OpenAiEngine(VoiceSpec("studio", "openai", Path(), options={"url": url}))
    assert seen == []
    assert "voices trust studio" in caught.value.hint


def test_an_answer_larger_than_any_sound_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech_server, "MOST_BYTES", 20_000)
    with serve(plain(200, SOUND)) as (url, _), engine(url) as voice, pytest.raises(SpeakError, match="more than 20000"):
        voice.speak(ASKED)


def test_the_address_comes_from_the_variable_of_openais_clients(monkeypatch: pytest.MonkeyPatch) -> None:
    with serve(plain(200, SOUND)) as (base, seen):
        monkeypatch.setenv("OPENAI_BASE_URL", base)
        with engine("") as voice:
            voice.speak(ASKED)
    assert seen == ["POST /audio/speech"]


def test_a_busy_server_is_asked_again() -> None:
    answers = iter([plain(429, b"busy"), plain(503, b"down"), plain(200, SOUND)])

    def answer(request: BaseHTTPRequestHandler) -> None:
        next(answers)(request)

    with serve(answer) as (url, seen), engine(url) as voice:
        voice.speak(ASKED)
    assert len(seen) == 3


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (plain(500, b"oops"), "answered 500"),
        (plain(401, b"who are you"), "answered 401"),
        (plain(200, b'{"error": 1}', "application/json"), "no 16-bit sound"),
        (plain(200, b""), "no 16-bit sound"),
        (plain(200, b"odd"), "no 16-bit sound"),
    ],
)
def test_a_server_that_gives_no_sound_is_an_error_that_names_the_cue(answer: Answer, said: str) -> None:
    with serve(answer) as (url, _), engine(url) as voice, pytest.raises(SpeakError, match=f"c0001.*{said}"):
        voice.speak(ASKED)


def test_no_server_is_an_error() -> None:
    with engine("http://127.0.0.1:1") as voice, pytest.raises(SpeakError, match="cannot be reached"):
        voice.speak(ASKED)


def test_openais_own_server_wants_a_key() -> None:
    with pytest.raises(SpeakError) as caught:
        openai.OpenAiEngine(VoiceSpec("studio", "openai", Path()))
    assert "OPENAI_API_KEY" in caught.value.hint
