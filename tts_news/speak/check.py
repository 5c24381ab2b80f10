"""Is a take fit to be heard? Nobody listens before it is published, so what can be measured is.

What a take may last follows from its phonemes and the voice's own pace, which `pace` has learned; where nothing is
learned, or the text is no vowelled Arabic, from its letters and `pace_s` of `voice.toml`. The other bounds are the same
for every voice.
"""

from __future__ import annotations

import numpy as np

from tts_news.errors import SpeakError
from tts_news.sound import Take, Utterance
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.pace import Pace, count_phonemes

QUIETEST = 1e-3  # -60 dBFS: below that nothing was said
SHORTEST_S = 0.05
# Seconds a letter takes, least and most, in any voice at speed 1; beyond that a breath at either end and at commas.
LETTER_S = (0.025, 0.35)
SLACK_S = 1.5
LONGEST_SILENCE_S = 1.2
# A sampling voice that is cut off ends loud: the last 10 ms above -20 dBFS (the threshold of tts-audiobook-tool).
TAIL_S, LOUDEST_TAIL = 0.01, 0.1
CLIPPED_RUN = 8  # samples at full scale in a row; a single peak may touch it
FRAME_S = 0.02


def check(take: Take, utterance: Utterance, spec: VoiceSpec, pace: Pace | None = None) -> None:
    """Raise unless the take is whole: finite, audible, unclipped, of a likely length, without a hole or a cut end.

    Args:
        take: The sound.
        utterance: What was asked for.
        spec: The voice.
        pace: Its pace, where that is known.

    Raises:
        SpeakError: Names the utterance and what is wrong with its sound.
    """
    fault = _fault(take, utterance, spec, pace)
    if fault:
        raise SpeakError(
            f"{utterance.id}: the take {fault}: {utterance.text!r}", hint="change the wording, or take another voice"
        )


def _fault(take: Take, utterance: Utterance, spec: VoiceSpec, pace: Pace | None) -> str:
    """Return what is wrong with a take; "" when nothing is."""
    samples = take.samples
    if len(samples) < SHORTEST_S * take.rate_hz:
        return "is empty"
    if not np.isfinite(samples).all():
        return "holds values that are no sound"
    return _level_fault(samples) or _length_fault(take, _bounds_s(utterance, spec, pace)) or _end_fault(take, spec)


def _level_fault(samples: np.ndarray) -> str:
    loudest = np.abs(samples)
    if float(loudest.max()) < QUIETEST:
        return "is silent"
    clipped = float(loudest.max()) > 1.0 or _longest_run(loudest >= 1.0) >= CLIPPED_RUN
    return "is clipped" if clipped else ""


def _bounds_s(utterance: Utterance, spec: VoiceSpec, pace: Pace | None) -> tuple[float, float]:
    """Return the least and most seconds the utterance may last."""
    counted = count_phonemes(utterance.text) if pace else None
    if pace and counted:
        least_s, most_s = pace.bounds_s(*counted)
        return least_s / utterance.speed - SHORTEST_S, most_s / utterance.speed
    letters = sum(char.isalpha() for char in utterance.text)
    least_s, most_s = (letter_s * letters / utterance.speed for letter_s in spec.pace_s or LETTER_S)
    return least_s - SHORTEST_S, most_s + SLACK_S


def _length_fault(take: Take, bounds_s: tuple[float, float]) -> str:
    least_s, most_s = bounds_s
    if not least_s <= take.duration_s <= most_s:
        return f"lasts {take.duration_s:.1f} s, not {max(0.0, least_s):.1f} to {most_s:.1f} s"
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
