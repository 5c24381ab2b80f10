"""Azure's websocket, as its SDK speaks it, against a server of this machine."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from websockets.datastructures import Headers
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from tts_news.errors import SpeakError
from tts_news.sound import Take, Utterance, WordTime
from tts_news.speak import patience
from tts_news.speak.azure import AzureEngine
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.word_times import written_times

pytestmark = pytest.mark.usefixtures("waits")
SOUND = (np.sin(np.arange(24_000) / 9) * 8000).astype("<i2").tobytes()
ASKED = Utterance("c0001", "قَالَ الْوَزِيرُ: «نَعَمْ»، ثُمَّ ذَهَبَ.")
Talk = Callable[[ServerConnection], None]


@contextmanager
def service(talk: Talk, refusals: Sequence[Response] = ()) -> Iterator[tuple[str, list[Request]]]:
    """A service on loopback; the first connections are refused in order. Yields its address of requests."""
    seen: list[Request] = []
    left = list(refusals)

    def admit(_: ServerConnection, request: Request) -> Response | None:
        seen.append(request)
        return left.pop(0) if left else None

    with serve(talk, "127.0.0.1", 0, process_request=admit) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.socket.getsockname()[1]}/cognitiveservices/v1", seen
        finally:
            server.shutdown()
            thread.join()


def speak(url: str, utterance: Utterance = ASKED, trust: str = "key") -> Take:
    engine = AzureEngine(VoiceSpec("hamed", "azure", Path(), options={"url": url}, trust=trust))
    try:
        return engine.speak(utterance)
    finally:
        engine._server._client.close()


def text(path: str, body: str = "{}") -> str:
    return f"X-RequestId:1\r\nContent-Type:application/json; charset=utf-8\r\nPath:{path}\r\n\r\n{body}"


def audio(sound: bytes) -> bytes:
    head = b"X-RequestId:1\r\nContent-Type:audio/x-wav\r\nPath:audio\r\n"
    return struct.pack(">H", len(head)) + head + sound


def boundary(word: str, begin_s: float, length_s: float, kind: str = "WordBoundary") -> dict[str, object]:
    told = {"Text": word, "Length": len(word), "BoundaryType": kind}
    return {
        "Type": "WordBoundary",
        "Data": {"Offset": round(begin_s * 1e7), "Duration": round(length_s * 1e7), "text": told},
    }


def answer(asked: list[str]) -> Talk:
    """A service that says all it has to say, words in two messages, sound in two."""

    def talk(connection: ServerConnection) -> None:
        asked.extend(str(connection.recv()) for _ in range(3))
        words = [boundary("قَالَ", 0.05, 0.15), boundary("الْوَزِيرُ", 0.2, 0.3), boundary("نَعَمْ", 0.55, 0.15)]
        more = [boundary("،", 0.7, 0.02, "PunctuationBoundary"), boundary("ثُمَّ", 0.75, 0.1), boundary("ذَهَبَ", 0.85, 0.1)]
        for message in (
            text("turn.start"),
            text("audio.metadata", json.dumps({"Metadata": words})),
            audio(SOUND[:20_000]),
            text("audio.metadata", json.dumps({"Metadata": [*more, {"Type": "SessionEnd", "Data": {"Offset": 1}}]})),
            audio(SOUND[20_000:]),
            text("turn.end"),
        ):
            connection.send(message)

    return talk


def test_sound_comes_with_a_time_for_each_written_word() -> None:
    asked: list[str] = []
    with service(answer(asked)) as (url, seen):
        take = speak(url)
    assert len(take.samples) == 24_000
    assert [word.text for word in take.words] == ASKED.text.split()
    assert [(word.start_s, word.end_s) for word in take.words] == [
        (0.05, 0.2), (0.2, 0.5), (0.55, 0.7), (0.75, 0.85), (0.85, 0.95),
    ]  # fmt: skip
    assert seen[0].path == "/cognitiveservices/websocket/v1"
    assert seen[0].headers["Ocp-Apim-Subscription-Key"] == "secret"
    config, context, ssml = (message.partition("\r\n\r\n") for message in asked)
    assert "Path: speech.config" in config[0]
    wanted = json.loads(context[2])["synthesis"]["audio"]
    assert wanted["outputFormat"] == "raw-24khz-16bit-mono-pcm"
    assert wanted["metadataOptions"]["wordBoundaryEnabled"] is True
    assert "Path: ssml" in ssml[0]
    assert ssml[2].startswith("<speak")


def test_the_key_goes_to_no_address_that_came_with_the_voice() -> None:
    with service(answer([])) as (url, seen):
        speak(url, trust="text")
    assert "Ocp-Apim-Subscription-Key" not in seen[0].headers


def refusal(status: HTTPStatus, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status, status.phrase, Headers({"Content-Length": "0"} | named), b"")


def test_a_service_that_asks_for_patience_gets_it(waits: list[float]) -> None:
    refusals = [
        refusal(HTTPStatus.TOO_MANY_REQUESTS, Retry_After="7"),
        refusal(HTTPStatus.SERVICE_UNAVAILABLE),
    ]
    with service(answer([]), refusals) as (url, seen):
        assert speak(url).words
    assert len(seen) == 3
    assert waits == [7.0, 2 * patience.BACKOFF_S]


def test_a_key_that_is_refused_is_an_error_without_the_key() -> None:
    with (
        service(answer([]), [refusal(HTTPStatus.UNAUTHORIZED)]) as (url, _),
        pytest.raises(SpeakError, match=r"c0001: voice hamed.*answered 401") as caught,
    ):
        speak(url)
    assert "AZURE_SPEECH_KEY" in caught.value.hint
    assert "secret" not in str(caught.value)


def test_no_redirect_takes_key_or_text_to_another_address() -> None:
    with service(answer([])) as (elsewhere, stolen):
        moved = refusal(HTTPStatus.FOUND, Location=elsewhere.replace("http", "ws", 1))
        with service(answer([]), [moved]) as (url, seen), pytest.raises(SpeakError, match="answered 302"):
            speak(url)
    assert len(seen) == 1
    assert not stolen


def saying(*messages: str | bytes, close: tuple[int, str] = (1000, "")) -> Talk:
    def talk(connection: ServerConnection) -> None:
        for _ in range(3):
            connection.recv()
        for message in messages:
            connection.send(message)
        connection.close(*close)

    return talk


@pytest.mark.parametrize(
    ("talk", "said"),
    [
        (saying(text("turn.end")), "no 16-bit sound"),
        (saying(audio(b"RIFF" + SOUND), text("turn.end")), "no 16-bit sound"),
        (saying(audio(SOUND)), "cannot be reached"),  # it broke off
        (saying(close=(1007, "SSML parsing error: 0x80045003")), "SSML parsing error"),
        (saying("garbage"), "no speech"),
        (saying(b"\x00"), "no speech"),
        (saying(text("audio.metadata", "{}"), text("turn.end")), "no speech"),
        (saying(text("audio.metadata", "["), text("turn.end")), "no speech"),
    ],
)
def test_a_service_that_gives_no_speech_is_an_error_that_names_the_cue(talk: Talk, said: str) -> None:
    with service(talk) as (url, _), pytest.raises(SpeakError, match=rf"c0001: voice hamed.*{said}"):
        speak(url)


def test_nobody_there_is_an_error_that_names_the_cue() -> None:
    with service(answer([])) as (url, _):
        pass
    with pytest.raises(SpeakError, match=r"c0001: voice hamed.*cannot be reached"):
        speak(url)


@pytest.mark.parametrize(
    ("written", "heard", "times"),
    [
        # Two of Azure's words are one of ours; a dash lasts no time.
        ("بَيْتُ-لَحْمَ - هُنَا", [("بَيْتُ", 0, 1), ("لَحْمَ", 1, 2), ("هُنَا", 3, 4)], [(0, 2), (2, 2), (3, 4)]),
        # One that Azure did not name lasts until the next.
        ("قَالَ نَعَمْ ثُمَّ ذَهَبَ", [("قَالَ", 0, 1), ("ثُمَّ", 2, 3), ("ذَهَبَ", 3, 4)], [(0, 1), (1, 2), (2, 3), (3, 4)]),
        # Marks and signs make no other word of it.
        ("قَالَ: «نَعَمْ».", [("قال", 0, 1), ("نعم", 1, 2)], [(0, 1), (1, 2)]),
        # Another text than ours: nothing is said rather than something wrong.
        ("قَالَ نَعَمْ ثُمَّ ذَهَبَ", [("كَتَبَ", 0, 1)], []),
        ("قَالَ", [], []),
    ],
)
def test_azures_words_are_found_among_the_written_ones(
    written: str, heard: list[tuple[str, float, float]], times: list[tuple[float, float]]
) -> None:
    found = written_times(written.split(), [WordTime(*word) for word in heard], 5.0)
    assert [(word.start_s, word.end_s) for word in found] == times
