"""Words in IPA, for voices that take it: what Arabic letters cannot write for them, or all of it."""

from __future__ import annotations

from types import MappingProxyType

from tts_news.speak.phonemes.inventory import CONSONANTS, DOUBLED, LAX, LONG, SHORT, VOWELS
from tts_news.speak.phonemes.shapes import Word

_CONSONANTS = MappingProxyType(
    {
        "ah": "ʔ", "b": "b", "t": "t", "^": "θ", "j": "dʒ", "H": "ħ", "x": "x", "d": "d", "th": "ð", "r": "r",
        "z": "z", "s": "s", "ch": "ʃ", "S": "sˤ", "D": "dˤ", "T": "tˤ", "Z": "ðˤ", "E": "ʕ", "g": "ɣ", "f": "f",
        "q": "q", "k": "k", "l": "l", "m": "m", "n": "n", "h": "h", "w": "w", "y": "j", "v": "v", "G": "ɡ", "p": "p",
    }
)  # fmt: skip
_SHORT = {"a": "a", "i": "i", "u": "u"}
_LAX = {lax: short for short, lax in LAX.items()}
FOREIGN = frozenset({"v", "G", "GG", "p", "pp"})
"""Sounds that no letter of Arabic writes."""


def ipa_of(word: Word) -> str:
    """Return a word in IPA, its stress before the stressed syllable: "ˈɡuːɡil"."""
    said = [_sign(phone) for phone in word.phones]
    if len(word.syllables) > 1:
        begin = word.syllables[word.stress] if word.stress else 0
        said.insert(begin, "ˈ")
    return "".join(said)


def has_foreign_sound(word: Word) -> bool:
    """Tell whether a word has a sound that no letter of Arabic writes."""
    return not FOREIGN.isdisjoint(word.phones)


def _sign(phone: str) -> str:
    if phone in VOWELS:
        plain = _LAX.get(phone, phone).lower()
        return f"{_SHORT[SHORT[plain]]}ː" if plain in LONG.values() else _SHORT[plain]
    return _SIGNS[phone]


_SIGNS = {**_CONSONANTS, **{DOUBLED[p]: f"{_CONSONANTS[p]}ː" for p in set(CONSONANTS.values()) if DOUBLED[p] != p}}
