"""Speech as events with the times of its words, and what stands on a screen: as clients ask for them."""

from __future__ import annotations

import base64
import json
from typing import Any

import httpx
import openai
import pytest
from server.running import Running
from server.test_serve import client_of

TEXT = "افتتحت البلدية 3 حدائق جديدة. وحضر الحفل كثيرون، من أهل المدينة."
PCM_BYTES_S = 2 * 24_000


def told(answer: httpx.Response) -> list[dict[str, Any]]:
    assert answer.headers["content-type"].startswith("text/event-stream"), answer.text
    return [json.loads(line.removeprefix("data: ")) for line in answer.text.split("\n\n") if line]


def sound_of(events: list[dict[str, Any]]) -> bytes:
    return b"".join(base64.b64decode(one["audio"]) for one in events if one["type"] == "speech.audio.delta")


def words_of(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [word for one in events if one["type"] == "speech.audio.timestamps" for word in one["words"]]


def ask(running: Running, text: str = TEXT, **more: object) -> list[dict[str, Any]]:
    body = {"input": text, "response_format": "pcm", "stream_format": "sse", "timestamp_granularities": ["word"]}
    return told(running.post("/v1/audio/speech", body | more))


def test_openais_client_reads_events_and_chunked_pcm_of_one_sound(speaking: Running) -> None:
    asked: dict[str, Any] = {"model": "tts-1", "voice": "alloy", "input": TEXT, "response_format": "pcm"}
    with client_of(speaking) as client:
        with client.audio.speech.with_streaming_response.create(**asked) as stream:
            plain = b"".join(stream.iter_bytes(4096))
        with client.audio.speech.with_streaming_response.create(**asked, stream_format="sse") as stream:
            events = [json.loads(line.removeprefix("data: ")) for line in stream.iter_lines() if line]
        with pytest.raises(openai.BadRequestError, match="stream_format"):
            client.audio.speech.create(**asked, extra_body={"timestamp_granularities": ["word"]})
    assert {one["type"] for one in events} == {"speech.audio.delta", "speech.audio.done"}
    assert events[-1] == {
        "type": "speech.audio.done",
        "usage": {"input_tokens": len(TEXT), "output_tokens": 0, "total_tokens": len(TEXT)},
    }
    assert sound_of(events) == plain


@pytest.mark.parametrize("form", ["pcm", "wav", "mp3"])
def test_each_written_word_has_its_time_and_its_place(speaking: Running, form: str) -> None:
    events = ask(speaking, response_format=form)
    words = words_of(events)
    assert [word["word"] for word in words] == TEXT.split()
    assert all(TEXT.startswith(word["word"], word["offset"]) for word in words)
    assert [word["offset"] for word in words] == sorted({word["offset"] for word in words})
    times = [time for word in words for time in (word["start"], word["end"])]
    assert times == sorted(times)
    if form == "pcm":
        assert times[-1] <= len(sound_of(events)) / PCM_BYTES_S
        # Those of a sentence come before its sound: who plays may show them in time.
        assert [one["type"].rpartition(".")[2] for one in events[:2]] == ["timestamps", "delta"]


def test_words_of_a_screen_are_those_that_stand_there(speaking: Running) -> None:
    text = "حفظ (Ctrl+S) 李"
    words = words_of(ask(speaking, text, punctuation="all"))
    assert [text[word["offset"]] for word in words if not text.startswith(word["word"], word["offset"])] == list(
        "((+))李李"
    )
    assert [word["word"] for word in words if text.startswith(word["word"], word["offset"])] == ["حفظ", "Ctrl", "S"]


def test_a_sentence_that_cannot_be_said_is_told_of(speaking: Running) -> None:
    events = ask(speaking, "نعم هذا خبر. ثم كتب 李 في دفتره.")
    assert sound_of(events)
    assert events[-1]["type"] == "error"
    assert "李" in events[-1]["error"]["message"]


@pytest.mark.parametrize(
    "more",
    [
        {"punctuation": "some", "input": "+"},
        {"punctuation": "none", "input": "李"},
        {"punctuation": "none", "input": "—"},
        {"punctuation": "all", "input": "[pause 3s] <sub>"},
        {"reading": "characters", "input": " "},
        {"reading": "characters", "input": "😀"},
        {"reading": "key", "input": "control_a"},
    ],
)
def test_nothing_on_a_screen_is_silent_or_refused(speaking: Running, more: dict[str, str]) -> None:
    assert sound_of(ask(speaking, **more)).strip(b"\0")


def test_pitch_and_capitals_change_the_sound(speaking: Running) -> None:
    plain, high = (sound_of(ask(speaking, pitch=pitch)) for pitch in (1.0, 1.3))
    assert plain != high
    small, capital = (sound_of(ask(speaking, "A", reading="characters", capitals=on)) for on in (False, True))
    assert len(capital) > len(small)


def test_kokoros_clients_get_captions_in_lines_or_whole(speaking: Running) -> None:
    body = {"model": "kokoro", "input": TEXT, "voice": "tone", "response_format": "pcm"}
    lines = [json.loads(line) for line in speaking.post("/dev/captioned_speech", body).text.splitlines()]
    whole = speaking.post("/dev/captioned_speech", body | {"stream": False}).json()
    assert b"".join(base64.b64decode(line["audio"]) for line in lines) == base64.b64decode(whole["audio"])
    words = [word for line in lines for word in line["timestamps"]]
    assert words == whole["timestamps"]
    assert [word["word"] for word in words] == TEXT.split()
    assert words[0].keys() == {"word", "start_time", "end_time"}
    bare = speaking.post("/dev/captioned_speech", body | {"stream": False, "return_timestamps": False}).json()
    assert (bare["timestamps"], bare["audio_format"], bare["audio"]) == (None, "audio/pcm", whole["audio"])
