"""Sound and the times of its words as events: what `stream_format: "sse"` and Kokoro's captioned speech answer with.

Source: OpenAI's API reference, `speech.audio.delta` and `speech.audio.done` (2025); words of `timestamp_granularities`
as its transcriptions have them, in an event of their own, as Cartesia sends them; Kokoro-FastAPI, `captioned_speech`.
"""

from __future__ import annotations

import base64
import json
from collections import deque
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any, NamedTuple

from tts_news.errors import TtsNewsError
from tts_news.publish.align import align_words, spread_words
from tts_news.records import Cue, Take
from tts_news.server.manner import Manner, shown
from tts_news.server.requests import SpeechRequest
from tts_news.server.speech import FORMATS

Sound = Generator[bytes, None, None]


class Timed(NamedTuple):
    """A word as it is written, when it sounds in seconds from the start, and where it stands in the input."""

    word: str
    start_s: float
    end_s: float
    offset: int


class Words:
    """The words of a request's cues as they are spoken: noted by who speaks, taken by who sends them."""

    def __init__(self, text: str, manner: Manner) -> None:
        self._text, self._places = shown(text, manner)
        self._noted: deque[tuple[Cue, Take, float]] = deque()
        self._at = 0

    def note(self, cue: Cue, take: Take, start_s: float) -> None:
        """Keep a cue and its take, which begins `start_s` seconds after the start of the sound."""
        self._noted.append((cue, take, start_s))

    def take(self) -> list[Timed]:
        """Return the words of what was noted since, in order."""
        found: list[Timed] = []
        while self._noted:
            found += self._words(*self._noted.popleft())
        return found

    def _words(self, cue: Cue, take: Take, start_s: float) -> Iterator[Timed]:
        end_s = start_s + take.duration_s
        spoken = [replace(word, start_s=word.start_s + start_s, end_s=word.end_s + start_s) for word in take.words]
        heard = spoken or spread_words(cue.spoken.split(), start_s, end_s)
        for word in align_words(cue.written.split(), heard, start_s, end_s):
            found = self._text.find(word.text, self._at)
            place = self._at if found < 0 else found
            if found >= 0:
                self._at = found + len(word.text)
            yield Timed(word.text, round(word.start_s, 3), round(word.end_s, 3), self._places.written(place))


def pack(asked: SpeechRequest, sound: Sound, words: Words | None) -> Sound:
    """Return the sound of a request in what its client reads, with the times of words if there are to be some.

    Raises:
        TtsNewsError: Iterating: a sentence cannot be said; what was yielded before is not the whole.
    """
    media_type = FORMATS[asked.response_format][0]
    if asked.packing == "events":
        return _events(sound, words, len(asked.input))
    if asked.packing == "lines":
        return _lines(sound, words, media_type)
    return _whole(sound, words, media_type) if asked.packing == "whole" else sound


def packed_type(asked: SpeechRequest) -> str:
    """Return the media type of what `pack` returns."""
    return {"events": "text/event-stream", "lines": "application/x-ndjson", "whole": "application/json"}.get(
        asked.packing, FORMATS[asked.response_format][0]
    )


def _events(sound: Sound, words: Words | None, letters: int) -> Sound:
    """Yield server-sent events: before each piece of sound the times of the words in it, then the end.

    Of a sentence that cannot be said an event tells, unless it is the first. `usage` counts letters.
    """
    begun = False
    with closing(sound):
        try:
            for block in sound:
                begun = True
                timed = words.take() if words else []
                if timed:
                    yield _event("speech.audio.timestamps", words=[_as_openai(one) for one in timed])
                yield _event("speech.audio.delta", audio=base64.b64encode(block).decode())
        except TtsNewsError as err:
            if not begun:
                raise
            yield _event("error", error={"message": f"{err}. {err.hint}".strip(" ."), "code": "unspeakable"})
            return
    usage = {"input_tokens": letters, "output_tokens": 0, "total_tokens": letters}
    yield _event("speech.audio.done", usage=usage)


def _lines(sound: Sound, words: Words | None, media_type: str) -> Sound:
    """Yield a line of JSON for each piece of sound, with the words that came with it, as Kokoro-FastAPI does."""
    with closing(sound):
        for block in sound:
            yield _line(block, words, media_type)


def _whole(sound: Sound, words: Words | None, media_type: str) -> Sound:
    """Yield the same as one object, when all of it is there."""
    with closing(sound):
        yield _line(b"".join(sound), words, media_type)


def _line(block: bytes, words: Words | None, media_type: str) -> bytes:
    timed = None if words is None else [_as_kokoro(one) for one in words.take()]
    facts = {"audio": base64.b64encode(block).decode(), "audio_format": media_type, "timestamps": timed}
    return json.dumps(facts, ensure_ascii=False).encode() + b"\n"


def _as_openai(one: Timed) -> dict[str, Any]:
    return {"word": one.word, "start": one.start_s, "end": one.end_s, "offset": one.offset}


def _as_kokoro(one: Timed) -> dict[str, Any]:
    return {"word": one.word, "start_time": one.start_s, "end_time": one.end_s}


def _event(kind: str, **facts: Any) -> bytes:
    return b"data: " + json.dumps({"type": kind, **facts}, ensure_ascii=False).encode() + b"\n\n"
