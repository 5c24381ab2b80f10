"""Reads a lexicon in the form in which `lexicon_file` writes it, ten times as fast as a TOML parser reads it.

A hundred thousand terms are looked through for each `lexicon add` and read for each `say`. What stands in a file in any
other form of TOML, however slightly, makes it a file for the parser: nothing is read here that it would read otherwise.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Literal

from tts_news.arabic import LETTERS, MARKS
from tts_news.patterns import lazy

_IN_WORD = rf'[^\s"\\{MARKS}\0-\x1f\x7f]++'
_WRITTEN = rf'(?=[^"\n]{{1,200}}")(?=[^"\n]*[{LETTERS}A-Za-z0-9]){_IN_WORD}(?: {_IN_WORD})*+'
_SPOKEN = rf'(?=[^"\n]{{1,400}}")[{LETTERS}{MARKS}]++(?:[ ،][{LETTERS}{MARKS}]++| ،)*+'
_NAMES = r'\["[^"\\\0-\x1f\x7f]++"(?:, "[^"\\\0-\x1f\x7f]++")*+\]'
_AFTER = r"(?:#[^\0-\x08\x0a-\x1f\x7f]*+\n|\n)*+"
_TERM = (
    rf'\[\[term\]\]\nwritten = "({_WRITTEN})"\nspoken = "({_SPOKEN})"\n'
    rf'(?:gender = "([mf])"\n)?+(?:scope = ({_NAMES})\n)?+(?:voices = ({_NAMES})\n)?+{_AFTER}'
)
_ONE = lazy(_TERM)
_ALL = lazy(rf"{_AFTER}(?:{_TERM})*+")
_HEAD = lazy(r'^\[\[term\]\]\nwritten = "([^"]*)"', re.MULTILINE)

_FEW = 20
"""So many terms are sought one by one sooner than by looking at every entry."""

_Names = tuple[str, ...]


def is_plain(text: str) -> bool:
    """Return whether a lexicon's text can be read here."""
    return _ALL.fullmatch(text) is not None and unicodedata.is_normalized("NFC", text)


def plain_entries(text: str) -> Iterator[tuple[tuple[str, str, Literal["", "m", "f"], _Names], _Names]]:
    """Yield the entries of a plain lexicon: term, pronunciation, gender and scope; and voices."""
    for written, spoken, gender, scope, voices in _ONE.findall(text):
        yield (written, spoken, gender, _names(scope)), _names(voices)


def find_terms(text: str, terms: Collection[str]) -> Iterator[tuple[tuple[str, _Names, _Names], slice]]:
    """Yield the keys of these terms' entries in a plain lexicon, and where they stand with what follows them."""
    starts = _starts(text, terms) if len(terms) < _FEW else _all_starts(text, terms)
    for start in starts:
        if found := _ONE.match(text, start):
            yield (found[1], _names(found[4]), _names(found[5])), slice(*found.span())


def _all_starts(text: str, terms: Collection[str]) -> Iterator[int]:
    return (head.start() for head in _HEAD.finditer(text) if head[1] in terms)


def _starts(text: str, terms: Collection[str]) -> list[int]:
    """Return where the entries of a few terms begin, each sought by itself; these lines stand nowhere else."""
    found = []
    for term in terms:
        head = f'[[term]]\nwritten = "{term}"\n'
        start = text.find(head)
        while start >= 0:
            found.append(start)
            start = text.find(head, start + len(head))
    return sorted(found)


def _names(listed: str | None) -> _Names:
    return tuple(json.loads(listed)) if listed else ()
