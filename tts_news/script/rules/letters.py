"""The character classes that the text rules share, and patterns that do not care about vowel marks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

MARKS: Final = "\u064b-\u0652\u0670"
"""Tanwin, short vowels, shadda, sukun and the dagger alif, for use inside [...]."""

LETTERS: Final = "\u0621-\u063a\u0641-\u064a"
"""The letters of Arabic (no tatweel), for use inside [...]."""

ARABIC: Final = LETTERS + MARKS
"""What an Arabic word is made of, for use inside [...]."""

START: Final = f"(?<![{ARABIC}A-Za-z0-9])"
"""Zero width: nothing of a word or number stands before this place."""

END: Final = f"(?![{ARABIC}A-Za-z0-9])"
"""Zero width: nothing of a word or number stands after this place."""

_ALIFS: Final = "اأإآ"
_MARKS_RE: Final = re.compile(f"[{MARKS}]+")
_HAMZA: Final = str.maketrans("أإآ", "ااا")


def loose(words: str) -> str:
    """A pattern for the words with or without marks, with any seat of the hamza on alif, with any run of spaces."""
    pieces = []
    for letter in words:
        if letter == " ":
            pieces.append(r"[ \u00a0]{1,3}")
        elif letter in _ALIFS:
            pieces.append(f"[{_ALIFS}][{MARKS}]{{0,3}}")
        else:
            pieces.append(f"{re.escape(letter)}[{MARKS}]{{0,3}}")
    return "".join(pieces)


def any_of(words: Iterable[str]) -> str:
    """An alternation of `loose` words, the longest first, as a group that captures nothing."""
    return "(?:" + "|".join(loose(word) for word in sorted(set(words), key=lambda word: (-len(word), word))) + ")"


@lru_cache(maxsize=4096)
def plain(words: str) -> str:
    """The words without marks, hamza seats on alif or doubled spaces: the key to look them up by."""
    return " ".join(_MARKS_RE.sub("", words).translate(_HAMZA).split())


def words(text: str) -> tuple[str, ...]:
    """The words of a list that is written as one text."""
    return tuple(text.split())
