"""The tune of each mark. The teacher read every phrase as the end of a statement, so what it says is bent before it is learned."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tts_news.speak.phonemes import Phrase, Tune

_SEMITONE = np.log(2) / 12
_TURN_FRAMES = 32
"""A tune turns within the last syllables: about 0.32 s."""
_LAST_FRAMES = 4
"""Over which the teacher's own end is measured."""
_LOWER_A_PHRASE, _DEEPEST = -0.4, 3
"""Semitones by which each further phrase of a sentence lies lower, and for how many."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a tune makes of a statement.

    Attributes:
        end: Semitones over the middle of the phrase where it ends; None where it falls as the teacher lets it.
        fall: Semitones by which it falls further.
        whole: Semitones by which the whole phrase moves.
        liveliness: How far the contour swings about its middle.
    """

    end: float | None = None
    fall: float = 0.0
    whole: float = 0.0
    liveliness: float = 1.0


_STOP = _Shape(fall=1.5)
# Before changing a number listen to all tunes.
_SHAPES: dict[Tune, _Shape] = {
    "stop": _STOP,
    "none": _STOP,
    "asking": _STOP,
    "comma": _Shape(end=0.3),
    "list": _Shape(end=1.8, whole=0.4),
    "breath": _Shape(end=-0.7),
    "colon": _Shape(end=-1.2, whole=0.3),
    "question": _Shape(end=5.0, whole=0.5, liveliness=1.1),
    "exclamation": _Shape(fall=2.0, whole=1.5, liveliness=1.3),
    "ellipsis": _Shape(end=-2.5, whole=-0.3),
}


def tuned(log_f0: np.ndarray, frames: np.ndarray, phrase: Phrase) -> np.ndarray:
    """The teacher's contour with the tune of the phrase.

    Args:
        log_f0: Natural log of Hz every 10 ms, shape (n,).
        frames: Frames of each phone, pauses at both ends included, summing to n.
        phrase: For its tune and place.
    """
    shape = _SHAPES[phrase.tune]
    begin, end = int(frames[0]), len(log_f0) - int(frames[-1])
    middle = log_f0[begin:end].mean()
    turn = min(_TURN_FRAMES, 0.6 * max(end - begin, 1))
    bend = 0.5 - 0.5 * np.cos(np.pi * np.clip((np.arange(len(log_f0)) - (end - 1 - turn)) / turn, 0, 1))
    lower = _LOWER_A_PHRASE * min(phrase.place, _DEEPEST)
    lively = middle + (log_f0 - middle) * shape.liveliness
    move = -shape.fall * _SEMITONE
    if shape.end is not None:
        move = middle + shape.end * _SEMITONE - lively[max(begin, end - _LAST_FRAMES) : end].mean()
    return np.asarray(lively + (shape.whole + lower) * _SEMITONE + move * bend, np.float32)
