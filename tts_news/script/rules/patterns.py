"""Patterns of words that do not care about vowel marks, hamza seats or how wide a space is."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from tts_news.arabic import ARABIC, MARKS, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

_ALIFS: Final = "اأإآ"
BETWEEN: Final = rf"(?<![{ARABIC}])[وف]?بين[ ]{{1,2}}"
"""Before two numbers or dates, which و joins then whatever stands between them."""
BETWEEN_DAYS: Final = rf"{BETWEEN}(?:يومي[ ]{{1,2}})?"


def loose(words: str) -> str:
    """A pattern for the words with or without marks, with any seat of the hamza on alif, with any run of spaces."""
    return "".join(map(_loose_letter, words))


@cache
def _loose_letter(letter: str) -> str:
    if letter == " ":
        return r"[ \u00a0]{1,3}"
    return f"{f'[{_ALIFS}]' if letter in _ALIFS else re.escape(letter)}[{MARKS}]{{0,3}}"


def any_of(words: Iterable[str]) -> str:
    """An alternation of `loose` words, the longest first, as a group that captures nothing; without words no match."""
    words = set(words)
    if not words:
        return "(?!)"
    return "(?:" + "|".join(loose(word) for word in sorted(words, key=lambda word: (-len(word), word))) + ")"


def present(words: Iterable[str], text: str) -> tuple[str, ...]:
    """Those of the words that may stand in a text, whatever its marks, hamza seats and spaces.

    A pattern for one text needs no others of a long list: the list is looked through, and a few words are compiled.
    """
    letters = plain(text)
    return tuple(word for word in words if plain(word) in letters)


def words(text: str) -> tuple[str, ...]:
    """The words of a list that is written as one text."""
    return tuple(text.split())
