"""What counts as a letter, a mark, a word and a pause in Arabic text."""

from __future__ import annotations

import re
from collections.abc import Iterator

MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"
"""Tanwin, the short vowels, shadda, sukun and the dagger alif."""
SHADDA = "\u0651"
LETTERS = "\u0621-\u063a\u0641-\u064a\u0671"
"""The letters of Arabic, as the inside of a character class; tatweel (U+0640) is none."""
PAUSES = "\u060c\u061b\u061f.!:"
"""Punctuation a voice makes a pause of: ، ؛ ؟ . ! :"""

_MARK = re.compile(f"[{MARKS}]")
_NOT_LETTER = re.compile(f"[^{LETTERS}]+")
_WORD = re.compile(rf"[^\s{PAUSES}]+")
ARABIC_WORD = re.compile(f"[{LETTERS}{MARKS}]+")
_CLUSTER = re.compile(f"([{LETTERS}])([{MARKS}]*)")


def bare(text: str) -> str:
    """Return the text without its marks."""
    return _MARK.sub("", text)


def count_letters(text: str) -> int:
    """Return how many Arabic letters the text has; marks, spaces and punctuation do not count."""
    return len(_NOT_LETTER.sub("", text))


def words(spoken: str) -> list[str]:
    """Return the words of spoken text without its pause punctuation."""
    return _WORD.findall(spoken)


def word_spans(spoken: str) -> list[tuple[int, int]]:
    """Return where each word of spoken text starts and ends, pause punctuation left out."""
    return [match.span() for match in _WORD.finditer(spoken)]


def clusters(word: str) -> Iterator[tuple[str, str]]:
    """Yield each letter of an Arabic word with the marks on it, e.g. ("د", "َّ")."""
    for match in _CLUSTER.finditer(word):
        yield match[1], match[2]


def merge_marks(stronger: str, weaker: str) -> str:
    """Return the letters with the stronger marks, and the weaker ones where those are silent.

    Both have the same letters. A lone shadda keeps its place and takes the vowel of the weaker side.
    """
    merged = []
    for (letter, strong), (_, weak) in zip(clusters(stronger), clusters(weaker), strict=True):
        marks = strong
        if not strong:
            marks = weak
        elif strong == SHADDA:
            marks = SHADDA + weak.replace(SHADDA, "")
        merged.append(letter + marks)
    return "".join(merged)
