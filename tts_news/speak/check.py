"""Is a take fit to be heard? Nobody listens before it is published, so what can be measured is.

The bounds of a take's length are the voice's own (`pace_s` in `voice.toml`); the others are the same for every voice.
"""

from __future__ import annotations

import numpy as np

from tts_news.errors import SpeakError
from tts_news.records import Take, Utterance
from tts_news.speak.catalogue import VoiceSpec

QUIETEST = 1e-3  # -60 dBFS: below that nothing was said
SHORTEST_S = 0.05
# Beyond what a phrase needs whatever its length: a breath at either end and at commas.
SLACK_S = 1.5
LONGEST_SILENCE_S = 1.2
# A sampling voice that is cut off ends loud: the last 10 ms above -20 dBFS (the threshold of tts-audiobook-tool).
TAIL_S, LOUDEST_TAIL = 0.01, 0.1
CLIPPED_RUN = 8  # samples at full scale in a row; a single peak may touch it
FRAME_S = 0.02


def check(take: Take, utterance: Utterance, spec: VoiceSpec) -> None:
    """Raise unless the take is whole: finite, audible, unclipped, of a likely length, without a hole or a cut end.

    Raises:
        SpeakError: Names the utterance and what is wrong with its sound.
    """
    fault = _fault(take, utterance, spec)
    if fault:
        raise SpeakError(
            f"{utterance.id}: the take {fault}: {utterance.text!r}", hint="change the wording, or take another voice"
        )


def _fault(take: Take, utterance: Utterance, spec: VoiceSpec) -> str:
    """Return what is wrong with a take; "" when nothing is."""
    samples = take.samples
    if len(samples) < SHORTEST_S * take.rate_hz:
        return "is empty"
    if not np.isfinite(samples).all():
        return "holds values that are no sound"
    return _level_fault(samples) or _length_fault(take, utterance, spec) or _end_fault(take, spec)


def _level_fault(samples: np.ndarray) -> str:
    loudest = np.abs(samples)
    if float(loudest.max()) < QUIETEST:
        return "is silent"
    clipped = float(loudest.max()) > 1.0 or _longest_run(loudest >= 1.0) >= CLIPPED_RUN
    return "is clipped" if clipped else ""


def _length_fault(take: Take, utterance: Utterance, spec: VoiceSpec) -> str:
    letters = sum(char.isalpha() for char in utterance.text)
    shortest_s, longest_s = (pace_s * letters / utterance.speed for pace_s in spec.pace_s)
    if not shortest_s - SHORTEST_S <= take.duration_s <= longest_s + SLACK_S:
        return f"lasts {take.duration_s:.1f} s, not {shortest_s:.1f} to {longest_s + SLACK_S:.1f} s"
    return "has a long silence inside" if _longest_hole_s(take) > LONGEST_SILENCE_S else ""


def _end_fault(take: Take, spec: VoiceSpec) -> str:
    tail = take.samples[-round(TAIL_S * take.rate_hz) :]
    loud = float(np.sqrt(np.mean(np.square(tail)))) > LOUDEST_TAIL
    return "is cut off at its end" if spec.seeded and loud else ""


def _longest_run(flags: np.ndarray) -> int:
    """Return the length of the longest run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def _longest_hole_s(take: Take) -> float:
    """Return the longest silence between the first and the last sound, in seconds."""
    size = max(1, round(FRAME_S * take.rate_hz))
    frames = np.abs(take.samples[: len(take.samples) // size * size]).reshape(-1, size).max(axis=1)
    heard = np.flatnonzero(frames >= QUIETEST)
    return float(np.diff(heard).max(initial=1) - 1) * size / take.rate_hz
