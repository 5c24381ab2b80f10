"""Our phonemes in espeak-ng's own letters, so that it need not read Arabic itself: it reads much of it wrong.

espeak-ng takes phonemes in double square brackets when the flag `espeakPHONEMES` is set.
Source: espeak-ng's documentation, "Text Markup", and its phoneme table `ph_arabic`.
"""

from __future__ import annotations

from types import MappingProxyType

from tts_news.speak.phonemes import Phonemes, Tune, Word
from tts_news.speak.phonemes.inventory import CONSONANTS, DOUBLED, VOWELS

_SINGLE = MappingProxyType(
    {
        "ah": "?", "b": "b", "t": "t", "^": "T", "j": "dZ", "H": "H", "x": "X", "d": "d", "th": "D", "r": "R",
        "z": "z", "s": "s", "ch": "S", "S": "s[", "D": "dH", "T": "t[", "Z": "Z", "E": "A", "g": "Q", "f": "f",
        "q": "q", "k": "k", "l": "l", "m": "m", "n": "n", "h": "h", "w": "w", "y": "j", "v": "v",
    }
)  # fmt: skip
_NAMES = {**_SINGLE, **{DOUBLED[p]: f"{_SINGLE[p]}:" for p in set(CONSONANTS.values()) if DOUBLED[p] != p}}
_DARKENING = frozenset(("S", "SS", "D", "DD", "T", "TT", "Z", "ZZ"))
_MARKS: dict[Tune, str] = {
    "stop": ".", "none": "", "comma": ",", "list": ",", "breath": ",", "colon": ":", "question": "?", "exclamation": "!",
    "ellipsis": "...",
}  # fmt: skip


def for_espeak(phonemes: Phonemes) -> str:
    """The text espeak-ng is given: each word in brackets, phrases by their punctuation."""
    return " ".join(
        " ".join(f"[[{_word(word)}]]" for word in phrase.words) + _MARKS[phrase.tune] for phrase in phonemes.phrases
    )


def _word(word: Word) -> str:
    stressed = next(
        (i for i in range(word.syllables[word.stress], len(word.phones)) if word.phones[i] in VOWELS), len(word.phones)
    )
    # The bar keeps neighbours apart: t and S side by side would be one affricate.
    return "|".join(
        ("'" if i == stressed else "") + (_vowel(word, i) if phone in VOWELS else _NAMES[phone])
        for i, phone in enumerate(word.phones)
    )


def _vowel(word: Word, i: int) -> str:
    phone = word.phones[i]
    dark = phone[0].isupper() or (i > 0 and word.phones[i - 1] in _DARKENING)
    length = ":" if len(phone) == 2 and phone[0] == phone[1] else ""
    return phone[0].lower() + ("." if dark else "") + length
