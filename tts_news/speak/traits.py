"""What the house voice's model is told about a phrase: one row a phone, one row a frame.

The trainer imports this too, so what the model hears at run time is what it was trained on.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tts_news.frozen import dataclass
from tts_news.speak.phonemes import Phrase, Tune
from tts_news.speak.phonemes.inventory import BORROWED, PAUSE, PHONES, VOWELS

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

TUNES: tuple[Tune, ...] = ("stop", "comma", "list", "colon", "question", "exclamation", "ellipsis", "breath")
PHONE_TRAITS = 17 + len(TUNES)
VOWEL_TRAIT, FIRST_TRAIT, STRESS_TRAIT, PAUSE_TRAIT = 1, 3, 5, 6
_DEEPEST = 3
FRAME_TRAITS = 12
_NUMBER = {phone: i for i, phone in enumerate(PHONES)}
_NUMBER |= {phone: _NUMBER[known] for phone, known in BORROWED.items()}
_VOICING = {"G": 1, "GG": 1, "p": -1, "pp": -1}
_COSINES = np.arange(1, 9, dtype=np.float32) * np.float32(np.pi)


@dataclass(frozen=True, slots=True)
class PhoneRows:
    """A phrase as the model reads it, with a pause at either end.

    Attributes:
        phones: Index into `inventory.PHONES`, int64, shape (n,).
        traits: float32, shape (n, PHONE_TRAITS).
        words: Index of the word of each phone, -1 for the pauses, int64, shape (n,).
        voicing: What a borrowed sound is that the phone standing in for it is not: 1 voiced, -1 voiceless, 0 for all
            others; int64, shape (n,).
    """

    phones: Ints
    traits: Floats
    words: Ints
    voicing: Ints


def phone_rows(phrase: Phrase) -> PhoneRows:
    """Return the model's phone input for one phrase."""
    counts = [len(word.syllables) for word in phrase.words]
    total, before = sum(counts), 0
    numbers, words = [_NUMBER[PAUSE]], [-1]
    # The end of a text without a mark is a full stop; a question that falls is one too, and is lifted afterwards.
    tune = "stop" if phrase.tune in ("none", "asking") else phrase.tune
    whole = (float(min(phrase.place, _DEEPEST)), *(float(tune == one) for one in TUNES))
    rows = [_pause_traits(total, len(counts)) + whole]
    for w, word in enumerate(phrase.words):
        syllable, seen_vowel = -1, False
        for i, phone in enumerate(word.phones):
            if syllable + 1 < counts[w] and i == word.syllables[syllable + 1]:
                syllable, seen_vowel = syllable + 1, False
            vowel = phone in VOWELS
            shape = (not vowel and not seen_vowel, vowel, not vowel and seen_vowel)
            seen_vowel |= vowel
            edges = (i == 0, i == len(word.phones) - 1)
            places = (
                *_ends(syllable, counts[w]),
                *_ends(before + syllable, total),
                *_ends(w, len(counts)),
                np.log1p(total),
                np.log1p(len(counts)),
                np.log1p(counts[w]),
            )
            rows.append((*shape, *edges, syllable == word.stress, 0, *places, *whole))
            numbers.append(_NUMBER[phone])
            words.append(w)
        before += counts[w]
    numbers.append(_NUMBER[PAUSE])
    words.append(-1)
    rows.append(_pause_traits(total, len(counts)) + whole)
    voicing = [0, *(_VOICING.get(phone, 0) for word in phrase.words for phone in word.phones), 0]
    return PhoneRows(
        np.array(numbers, np.int64), np.array(rows, np.float32), np.array(words, np.int64), np.array(voicing, np.int64)
    )


def _ends(index: int, count: int) -> tuple[float, float]:
    """How far from the start and from the end, on a scale on which near things differ most."""
    return float(np.log1p(index)), float(np.log1p(count - 1 - index))


def _pause_traits(total: int, words: int) -> tuple[float, ...]:
    return (0, 0, 0, 0, 0, 0, 1, *(0,) * 6, float(np.log1p(total)), float(np.log1p(words)), 0)


def frame_rows(frames: Ints) -> tuple[Ints, Floats]:
    """Return the phone of each frame and where in its phone the frame lies.

    Args:
        frames: Frames of each phone, int64, shape (n,), each at least 1.

    Returns:
        Phone index of each frame, int64, shape (f,), and float32, shape (f, FRAME_TRAITS).
    """
    at = np.repeat(np.arange(len(frames)), frames)
    starts = np.cumsum(frames) - frames
    inside = np.arange(len(at)) - starts[at]
    length = frames[at].astype(np.float32)
    place = ((inside + 0.5) / length).astype(np.float32)
    rows = np.empty((len(at), FRAME_TRAITS), np.float32)
    rows[:, 0] = place
    rows[:, 1:9] = np.cos(place[:, None] * _COSINES)
    rows[:, 9] = np.log1p(inside)
    rows[:, 10] = np.log1p(length - 1 - inside)
    rows[:, 11] = np.log(length)
    return at, rows
