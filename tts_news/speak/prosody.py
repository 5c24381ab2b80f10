"""The tune of a phrase, laid over the pitch the model gives it, and the pause that follows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tts_news.speak.phonemes import Phrase, Tune
from tts_news.speak.traits import PhoneRows
from tts_news.speak.vocoder import HOP_S, Floats

_SEMITONE = np.log(2) / 12


@dataclass(frozen=True, slots=True)
class _Shape:
    """Semitones by which a tune moves the whole phrase and its end, the pause after it, how lively it is."""

    whole: float
    end: float
    pause_s: float
    liveliness: float = 1.0


# The teacher read every sentence as a statement, so its end falls already; the rest is laid over that. Pauses are those
# of a newsreader: a breath at a comma, a longer one between sentences. Before changing a number listen to all tunes:
# `tts-news say` with the same sentence and each mark.
_SHAPES: dict[Tune, _Shape] = {
    "stop": _Shape(0.0, -1.5, 0.50),
    "none": _Shape(0.0, -1.5, 0.50),
    "comma": _Shape(0.0, 2.5, 0.24),
    "breath": _Shape(0.0, 1.0, 0.14),
    "colon": _Shape(0.3, 1.5, 0.34),
    "question": _Shape(1.0, 6.0, 0.55, 1.15),
    "exclamation": _Shape(1.0, -2.0, 0.50, 1.3),
    "ellipsis": _Shape(-0.3, 0.0, 0.60),
}
_TURN_S = 0.32
"""A tune turns within the last syllables: about this long."""


def pause_after(phrase: Phrase) -> float:
    """Seconds of silence after a phrase that another one follows, at speed 1."""
    return _SHAPES[phrase.tune].pause_s


def tuned(
    log_f0: Floats, phone: npt.NDArray[np.int64], rows: PhoneRows, phrase: Phrase, pitch_range: float
) -> npt.NDArray[np.float64]:
    """Return the contour with its tune, natural log of Hz, shape (n,), as `log_f0`.

    Args:
        log_f0: What the model gives, every 5 ms.
        phone: Index of the phone of each row.
        rows: The phones.
        phrase: For its tune.
        pitch_range: How far the contour swings about its middle, 1.0 as the model has it.
    """
    shape = _SHAPES[phrase.tune]
    spoken = np.flatnonzero(rows.words[phone] >= 0)
    middle = float(log_f0[spoken].mean()) if len(spoken) else float(log_f0.mean())
    contour = middle + (log_f0.astype(np.float64) - middle) * pitch_range * shape.liveliness
    end = spoken[-1] if len(spoken) else len(log_f0) - 1
    turn = min(_TURN_S / HOP_S, 0.6 * max(len(spoken), 1))
    place = np.clip((np.arange(len(log_f0)) - (end - turn)) / turn, 0, 1)
    bend = 0.5 - 0.5 * np.cos(np.pi * place)
    return np.asarray(contour + (shape.whole + shape.end * bend) * _SEMITONE)
