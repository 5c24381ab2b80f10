"""From a take to a clip that can stand beside any other: clean, trimmed, at the file's rate, faded at both ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tts_news.errors import MasterError
from tts_news.master.biquads import Filter, high_pass
from tts_news.master.resample import resample, resampled_length
from tts_news.records import Take

if TYPE_CHECKING:
    from tts_news.records import Cue

Samples = npt.NDArray[np.float32]

FADE_S = 0.005
_CUTOFF_HZ = 50.0
"""Below it there is no voice (the lowest speak at 70 Hz), but rumble, and the drift that neural voices make."""
_REST_S = 0.01
_STRETCH = 128 * 2048
_FRAME_S = 0.005
_FLOOR_DB = -50.0
"""Below the loudest frame of the take: under it lies the hiss of a voice at rest, above it every soft consonant."""
_ABSOLUTE_FLOOR = 10 ** (-70 / 20)
_BEFORE_S = 0.015
"""Kept before the first frame over the floor: the onset of a breathy consonant."""
_AFTER_S = 0.04
"""Kept after the last one: the tail of a nasal or a long vowel."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The part of a take that is kept, in samples at the take's rate.

    Attributes:
        start: First sample.
        end: The one after the last.
        lead: Samples from `start` to where something is heard.
        tail: Samples from where nothing more is heard to `end`.
    """

    start: int
    end: int
    lead: int = 0
    tail: int = 0


def trim(cue: Cue, take: Take) -> Kept:
    """Return the part of the take that is kept.

    Raises:
        MasterError: The take is silent; names the cue.
    """
    samples = take.samples
    frame = max(1, round(_FRAME_S * take.rate_hz))
    peaks = np.maximum.reduceat(np.abs(samples), np.arange(0, len(samples), frame))
    heard = np.flatnonzero(peaks > max(_ABSOLUTE_FLOOR, float(peaks.max()) * 10 ** (_FLOOR_DB / 20)))
    if not len(heard):
        raise _unusable(cue, "is silent")
    first, last = int(heard[0]) * frame, min(len(samples), (int(heard[-1]) + 1) * frame)
    start = max(0, first - round(_BEFORE_S * take.rate_hz))
    end = min(len(samples), last + round(_AFTER_S * take.rate_hz))
    return Kept(start, end, first - start, end - last)


def clean(cue: Cue, take: Take) -> Take:
    """Return the take without offset and rumble, which would make clicks of cuts and cost loudness.

    Raises:
        MasterError: The take is empty or not a number somewhere; names the cue.
    """
    samples, rate_hz = take.samples, take.rate_hz
    if rate_hz <= 0 or samples.ndim != 1 or not len(samples):
        raise _unusable(cue, "has no sound")
    if not np.isfinite(samples).all():
        raise _unusable(cue, "holds samples that are no number")
    rest = float(samples[: max(1, round(_REST_S * rate_hz))].mean())
    high_passed = Filter((high_pass(_CUTOFF_HZ, rate_hz),), rest)
    # In stretches, so that the double precision of the filter is never needed for a whole take.
    parts = [high_passed.filter(samples[at : at + _STRETCH]) for at in range(0, len(samples), _STRETCH)]
    return Take(np.concatenate([part.astype(np.float32) for part in parts]), rate_hz, take.words, take.aligned)


def clip_length(kept: Kept, rate_hz: int, target_hz: int) -> int:
    """Return how long `make_clip` will be, in samples at `target_hz`."""
    return resampled_length(kept.end - kept.start, rate_hz, target_hz)


def make_clip(take: Take, kept: Kept, target_hz: int) -> Samples:
    """Return the kept part of the take at `target_hz`, float32, 5 ms raised-cosine fades at both ends."""
    samples = np.asarray(take.samples[kept.start : kept.end], np.float32)
    return fade(resample(samples, take.rate_hz, target_hz), target_hz)


def fade(samples: Samples, rate_hz: int) -> Samples:
    """Return a copy that starts and ends at zero."""
    out = samples.copy()
    length = min(round(FADE_S * rate_hz), len(out) // 2)
    if length:
        ramp = (0.5 - 0.5 * np.cos(np.pi * np.arange(length) / length)).astype(np.float32)
        out[:length] *= ramp
        out[-length:] *= ramp[::-1]
    return out


def _unusable(cue: Cue, what: str) -> MasterError:
    return MasterError(
        f"the take of {cue.id} ({cue.written[:60]!r}, voice {cue.voice}) {what}",
        hint="say it again: `tts-news cache prune` drops kept takes; or give the sentence to another voice",
    )
