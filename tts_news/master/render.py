"""Second pass: the finished sound, block by block, from takes, silence and show sound."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tts_news.errors import MasterError
from tts_news.master.clip import clean, clip_length, make_clip, trim
from tts_news.master.limiter import Limiter
from tts_news.master.loudness import STEP_S, GatedLoudness, KWeighting, step_powers
from tts_news.master.peak import CELL, NEAR, REACH, cell_peaks
from tts_news.records import CueSpan, Loudness, WordTime

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tts_news.master.clip import Kept
    from tts_news.master.layout import Layout
    from tts_news.master.levels import Balance
    from tts_news.records import Cue, Take, Takes

Samples = npt.NDArray[np.float32]

BLOCK = 65_536
"""Samples a block, 1.5 s at 44.1 kHz: large enough for numpy to be fast, small enough to be nothing in memory."""


class Renderer:
    """Makes the stream and notes, on the way, when each cue and word sounds."""

    def __init__(self, layout: Layout, balance: Balance, sound: Mapping[str, Samples]) -> None:
        self._layout = layout
        self._gains = balance.voices
        self.sound = {name: samples * np.float32(balance.sound) for name, samples in sound.items()}
        self.spans: list[CueSpan] = []

    def pieces(self, takes: Takes) -> Iterator[Samples]:
        """Yield the sound of the whole file in order, in pieces of any length.

        Raises:
            MasterError: The takes are not those of the first pass.
        """
        layout = self._layout
        jingles = iter([*layout.jingles, None])
        jingle = next(jingles)
        now = 0
        number = 0
        for number, (cue, take) in enumerate(takes, 1):
            start = layout.starts[number - 1] if number <= len(layout.starts) else -1
            while jingle and jingle.start < start:
                yield from _silence(jingle.start - now)
                yield self.sound[jingle.name]
                now, jingle = jingle.start + jingle.length, next(jingles)
            clip = self._clip(number - 1, cue, take)
            yield from _silence(start - now)
            yield clip
            now = start + len(clip)
        if number != len(layout.starts):
            raise _changed()
        while jingle:
            yield from _silence(jingle.start - now)
            yield self.sound[jingle.name]
            now, jingle = jingle.start + jingle.length, next(jingles)
        yield from _silence(layout.total - now)

    def _clip(self, number: int, cue: Cue, raw: Take) -> Samples:
        layout = self._layout
        take = clean(cue, raw)
        kept = trim(cue, take)
        if number >= len(layout.lengths) or clip_length(kept, take.rate_hz, layout.rate_hz) != layout.lengths[number]:
            raise _changed()
        start_s = layout.starts[number] / layout.rate_hz
        end_s = start_s + layout.lengths[number] / layout.rate_hz
        self.spans.append(CueSpan(cue.id, start_s, end_s, _placed(take, kept, start_s, end_s), take.aligned))
        return make_clip(take, kept, layout.rate_hz) * np.float32(self._gains[cue.voice])


def _placed(take: Take, kept: Kept, start_s: float, end_s: float) -> tuple[WordTime, ...]:
    """Return the words of a take at their times in the file.

    The words of ten hours are the largest thing that stays in memory, so each text is kept once, and the end of a word
    and the start of the next are one number when they are the same moment.
    """
    shift = start_s - kept.start / take.rate_hz
    words: list[WordTime] = []
    last_s = start_s
    for word in take.words:
        # Inside the cue whatever the voice said of its words: a reader's highlight must not wander off.
        first_s = min(max(word.start_s + shift, start_s), end_s)
        first_s = last_s if first_s == last_s else first_s
        last_s = min(max(word.end_s + shift, start_s), end_s)
        words.append(WordTime(sys.intern(word.text), first_s, last_s))
    return tuple(words)


def blocks(pieces: Iterator[Samples]) -> Iterator[Samples]:
    """Yield the same sound in blocks of `BLOCK` samples; the last one is shorter."""
    waiting: list[Samples] = []
    count = 0
    for piece in pieces:
        waiting.append(piece)
        count += len(piece)
        if count < BLOCK:
            continue
        joined = np.concatenate(waiting)
        whole = count // BLOCK * BLOCK
        for first in range(0, whole, BLOCK):
            yield joined[first : first + BLOCK]
        waiting, count = [joined[whole:]], count - whole
    if count:
        yield np.concatenate(waiting)


def limited(stream: Iterator[Samples], ceiling_dbtp: float, rate_hz: int) -> Iterator[Samples]:
    """Yield the stream with no true peak over the ceiling."""
    limiter = Limiter(ceiling_dbtp, rate_hz)
    for block in stream:
        yield limiter.push(block)
    yield limiter.finish()


class Meter:
    """Measures the stream that passes: integrated loudness and true peak."""

    def __init__(self, rate_hz: int) -> None:
        self._weighting = KWeighting(rate_hz)
        self._step = round(STEP_S * rate_hz)
        self._loudness = GatedLoudness()
        self._rest = np.zeros(0)
        self._edge: Samples = np.zeros(2 * REACH, np.float32)
        self._peak = 0.0

    def measure(self, block: Samples) -> None:
        """Take in the next samples; a multiple of 128 in all calls but the last."""
        weighted = np.concatenate([self._rest, self._weighting.filter(block)])
        whole = len(weighted) // self._step * self._step
        self._loudness.add(step_powers(weighted[:whole], self._step))
        self._rest = weighted[whole:]
        around = np.concatenate([self._edge, block])
        cells = (len(around) - 2 * REACH) // CELL
        if cells > 0:
            self._peak = max(self._peak, self._highest(around, cells))
        self._edge = around[cells * CELL :]

    def _highest(self, around: Samples, cells: int) -> float:
        return float(cell_peaks(around[: cells * CELL + 2 * REACH], self._peak * NEAR).max())

    def result(self) -> Loudness:
        """Return what was measured."""
        around = np.concatenate([self._edge, np.zeros(CELL + 2 * REACH, np.float32)])
        cells = (len(around) - 2 * REACH) // CELL
        peak = max(self._peak, self._highest(around, cells))
        lufs = self._loudness.lufs()
        return Loudness(round(lufs, 2), round(float(20 * np.log10(max(peak, 1e-9))), 2))


def _silence(length: int) -> Iterator[Samples]:
    while length > 0:
        yield np.zeros(min(length, BLOCK), np.float32)
        length -= BLOCK


def _changed() -> MasterError:
    return MasterError(
        "the takes changed between measuring and writing", hint="is another run using the same cache? run it again"
    )
