"""Our phonemes in espeak-ng's own letters, so that it need not read Arabic itself: it reads much of it wrong.

espeak-ng takes phonemes in double square brackets when the flag `espeakPHONEMES` is set.
Source: espeak-ng's documentation, "Text Markup", and its phoneme table `ph_arabic`.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from tts_news.errors import SpeakError
from tts_news.patterns import lazy
from tts_news.speak.breath import breath_groups
from tts_news.speak.phonemes import Phonemes, Phrase, Tune, Word
from tts_news.speak.phonemes.inventory import CONSONANTS, DOUBLED, VOWELS

# Two sounds that the Arabic table has of its own are not used: its خ is too weak to be heard, and its doubled ص is
# mostly silence; plain x and s beside dark vowels are understood better (`benchmarks/espeak_reading.py`).
_SINGLE = MappingProxyType(
    {
        "ah": "?", "b": "b", "t": "t", "^": "T", "j": "dZ", "H": "H", "x": "x", "d": "d", "th": "D", "r": "R",
        "z": "z", "s": "s", "ch": "S", "S": "s", "D": "dH", "T": "t[", "Z": "Z", "E": "A", "g": "Q", "f": "f",
        "q": "q", "k": "k", "l": "l", "m": "m", "n": "n", "h": "h", "w": "w", "y": "j", "v": "v",
        "G": "g", "p": "p",
    }
)  # fmt: skip
_NAMES = {**_SINGLE, **{DOUBLED[p]: f"{_SINGLE[p]}:" for p in set(CONSONANTS.values()) if DOUBLED[p] != p}}
_DARKENING = frozenset(("S", "SS", "D", "DD", "T", "TT", "Z", "ZZ"))
_MARKS: dict[Tune, str] = {
    "stop": ".", "none": "", "comma": ",", "list": ",", "breath": ",", "colon": ":", "question": "?",
    "asking": ".",  # its question mark rises
    "exclamation": "!", "ellipsis": "...",
}  # fmt: skip


# A vowel that stands before shadda, as Unicode's order has it, is dropped by espeak-ng.
_VOWEL_THEN_SHADDA = lazy("([\u064b-\u0650])\u0651")


def shadda_first(text: str) -> str:
    """Return a text with shadda before the vowel of its letter, as espeak-ng wants it; as long as it was."""
    return _VOWEL_THEN_SHADDA.sub("\u0651\\1", text)


# espeak-ng reads a clause into 800 bytes and cuts a longer one anywhere, also inside the brackets; it keeps the
# phonemes of a word in 200, of which a vowel may take three (stress, vowel, length).
_LONGEST_CLAUSE = 600
_LONGEST_WORD = 60


def for_espeak(phonemes: Phonemes) -> str:
    """The text espeak-ng is given: each word in brackets, phrases by their punctuation.

    Raises:
        SpeakError: A word is longer than espeak-ng can take.
    """
    clauses = (clause for phrase in phonemes.phrases for part in breath_groups(phrase) for clause in _clauses(part))
    return " ".join(clauses)


def _clauses(phrase: Phrase) -> Iterator[str]:
    words: list[str] = []
    for word in phrase.words:
        spelled = f"[[{_word(word)}]]"
        if sum(map(len, words)) + len(words) + len(spelled) > _LONGEST_CLAUSE:
            yield " ".join(words) + _MARKS["breath"]
            words = []
        words.append(spelled)
    yield " ".join(words) + _MARKS[phrase.tune]


def _word(word: Word) -> str:
    if len(word.phones) > _LONGEST_WORD:
        raise SpeakError(f"a word of {len(word.phones)} sounds is too long for espeak-ng: {word.text[:20]!r}...")
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
