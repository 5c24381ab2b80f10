"""Clear speech: what a careful reader does that the house voice's model never heard.

The labels of the voice it learned from mark no stress, and its short i and u last two thirds of its long ones. So three
things are laid over what the model says: every word begins firmly and stands apart from the one before, its stressed
syllable is higher and longer, and short vowels are short, which is how a listener tells كَتَبَ from كَاتَبَ. The heights of
what is asked, quoted and said aside are laid over it too: the labels had no such thing.

The amounts are those that made a recogniser surest of 195 sentences that no gate measures (prompts of the training
split, articles); twice as much of the accent, the softening or the firm beginnings is worse again. After changing one,
run `benchmarks/voice_intelligibility.py`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tts_news.speak.phonemes import Phrase
from tts_news.speak.phonemes.inventory import LONG_VOWELS, PHONES, VOWELS
from tts_news.speak.traits import FIRST_TRAIT, STRESS_TRAIT, VOWEL_TRAIT, Ints, PhoneRows

Doubles = npt.NDArray[np.float64]

_SHORT_VOWEL, _STRESSED, _FIRST = 0.86, 1.05, 1.1
"""How many times as long as the model has it such a phone lasts."""
_ACCENT = 1.5 * np.log(2) / 12
"""Rise of F0 on a stressed vowel: 1.5 semitones, in natural logarithms."""
_ACCENT_FRAMES = 3.0
"""Deviation of the bell that the rise follows, in 10 ms frames."""
_DIP = 0.4
"""How much softer the edge between two words is, in nepers: 3.5 dB."""
_DIP_FRAMES = 1.5
"""Deviation of the bell that the softening follows, in 10 ms frames."""
_SEMITONE = np.log(2) / 12
_ASKING, _QUOTED, _ASIDE = 2.5, 1.0, -1.5
"""Semitones by which the opening of a question that falls lies higher, words in quotation marks, and a parenthesis."""
ASIDE_DIP = 0.3
"""How much softer a parenthesis is, in nepers: 2.6 dB."""
_TURN_FRAMES = 4.0
"""Deviation of the bell by which one height goes over into another, in 10 ms frames."""
_SHORT = np.array([phone in VOWELS and phone not in LONG_VOWELS for phone in PHONES])


def lengthening(rows: PhoneRows) -> Doubles:
    """Return how many times as long as the model has it each phone is to last: float64, shape (phones,)."""
    factors = np.where(_SHORT[rows.phones], _SHORT_VOWEL, 1.0)
    factors *= np.where(rows.traits[:, STRESS_TRAIT] > 0, _STRESSED, 1.0)
    factors *= np.where(rows.traits[:, FIRST_TRAIT] > 0, _FIRST, 1.0)
    return factors


def accent(rows: PhoneRows, frames: Ints) -> Doubles:
    """Return what the stress of words adds to log F0.

    Args:
        rows: The phrase.
        frames: 10 ms frames of each phone, shape (phones,).

    Returns:
        Natural logarithms, float64, shape (sum of frames,).
    """
    stressed = (rows.traits[:, STRESS_TRAIT] > 0) & (rows.traits[:, VOWEL_TRAIT] > 0)
    reach = round(4 * _ACCENT_FRAMES)
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / _ACCENT_FRAMES) ** 2)
    spread = np.convolve(np.repeat(stressed, frames), bell / bell.sum())
    return np.asarray(_ACCENT * spread[reach : reach + int(frames.sum())], np.float64)


def height(phrase: Phrase, rows: PhoneRows, frames: Ints) -> Doubles:
    """Return what questions that fall, quotations and parentheses add to log F0.

    The model knows the marks at which a phrase ends. A question for a word ends as a statement does and is told from
    one by its high opening; what is quoted and what stands in parentheses is told by its register.

    Args:
        phrase: For its tune, its words that are quoted, and whether it is an aside.
        rows: Its rows.
        frames: 10 ms frames of each phone, shape (phones,).

    Returns:
        Natural logarithms, float64, shape (sum of frames,).
    """
    quoted = np.array([*(word.quoted for word in phrase.words), False])  # the last for the pauses, whose word is -1
    steps = np.repeat(_QUOTED * quoted[rows.words] + _ASIDE * phrase.aside, frames)
    if phrase.tune == "asking":
        steps += _ASKING * np.linspace(1, 0, len(steps))
    reach = round(4 * _TURN_FRAMES)
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / _TURN_FRAMES) ** 2)
    turned = np.convolve(np.pad(steps, reach, mode="edge"), bell / bell.sum(), mode="valid")
    return np.asarray(_SEMITONE * turned, np.float64)


def softening(rows: PhoneRows, frames: Ints) -> Doubles:
    """Return by how much sound is softer near the edges between words.

    Args:
        rows: The phrase.
        frames: 10 ms frames of each phone, shape (phones,).

    Returns:
        Nepers to take from the log amplitude, float64, shape (sum of frames,).
    """
    ends = np.cumsum(frames)
    # The first and the last edge are those of the pauses, which are silent anyway.
    edges = ends[np.flatnonzero(np.diff(rows.words))[1:-1]]
    if not len(edges):
        return np.zeros(int(ends[-1]))
    middles = np.arange(ends[-1]) + 0.5
    near = np.searchsorted((edges[1:] + edges[:-1]) / 2, middles)
    return np.asarray(_DIP * np.exp(-0.5 * ((middles - edges[near]) / _DIP_FRAMES) ** 2), np.float64)
