"""Glyphs of a page → lines of text in the order in which they are read.

PDFium turns Arabic around, but not all of a line that has Latin words, figures and commas in it; where each piece
stands decides here. A piece is a run of Arabic letters, a number, a Latin word or a sign. Pieces are read from right to
left, those of a run of Latin words from left to right (Unicode Standard Annex 9, rules L2 and N1, backwards).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import Final

from tts_news.arabic import has_arabic, tidy

_SPACE: Final = 0.12
"""The least gap between two words, in sizes of the type."""
_COLUMN: Final = 2.5
"""The least gap between two columns, in sizes of the type."""
_DIGIT: Final = "0-9٠-٩۰-۹"
_PIECE: Final = re.compile(
    rf"[{_DIGIT}]+(?:[.,:/٫٬][{_DIGIT}]+)*[%٪]?|[A-Za-z\u00c0-\u024f][\w'’.@&+-]*[A-Za-z0-9\u00c0-\u024f]|[A-Za-z\u00c0-\u024f]"
    r"|[\u0600-\u060b\u060e-\u061a\u061c\u0620-\u065f\u066e-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]+|\S"
)
_LEFT_TO_RIGHT: Final = re.compile(rf"[A-Za-z\u00c0-\u024f{_DIGIT}]")
_BRACKETS: Final = str.maketrans("()[]{}«»", ")(][}{»«")


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands, in points from the left and from the top of its page, and the size of its type."""

    left: float
    right: float
    top: float
    bottom: float
    size: float
    page_height: float


@dataclass(frozen=True, slots=True)
class Glyph(Box):
    """A letter and where it stands."""

    char: str


@dataclass(frozen=True, slots=True)
class TextLine(Box):
    """A line of text in reading order and where it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    left: float
    right: float


def build_lines(glyphs: Sequence[Glyph]) -> list[TextLine]:
    """Return the lines of a page, those of several columns apart."""
    lines: list[TextLine] = []
    for ended, group in groupby(glyphs, lambda glyph: glyph.char in "\r\n"):
        if not ended:
            lines += _columns(_unligated([glyph for glyph in group if glyph.char != "\x00"]))
    return lines


def _unligated(glyphs: list[Glyph]) -> list[Glyph]:
    """Return glyphs with the two letters of a lam-alif in their order: PDFium turns them around with the line."""
    for at in range(len(glyphs) - 1):
        first, second = glyphs[at], glyphs[at + 1]
        one_place = abs(first.left - second.left) < 0.01 and abs(first.right - second.right) < 0.01
        if one_place and first.char in "اأإآ" and second.char == "ل":
            glyphs[at], glyphs[at + 1] = second, first
    return glyphs


def _columns(glyphs: Sequence[Glyph]) -> Iterator[TextLine]:
    """Yield the parts of a line that wide gaps part, from right to left."""
    if not any(not glyph.char.isspace() for glyph in glyphs):
        return
    size = median(glyph.size for glyph in glyphs if not glyph.char.isspace()) or 1.0
    pieces = sorted(_pieces(glyphs), key=lambda piece: -piece.right)
    part: list[_Piece] = []
    for piece in pieces:
        if part and min(one.left for one in part) - piece.right > _COLUMN * size:
            yield _line(part, glyphs, size)
            part = []
        part.append(piece)
    if part:
        yield _line(part, glyphs, size)


def _pieces(glyphs: Sequence[Glyph]) -> Iterator[_Piece]:
    text = "".join(glyph.char if len(glyph.char) == 1 else " " for glyph in glyphs)
    for match in _PIECE.finditer(text):
        own = glyphs[match.start() : match.end()]
        yield _Piece(match[0], min(glyph.left for glyph in own), max(glyph.right for glyph in own))


def _line(pieces: Sequence[_Piece], glyphs: Sequence[Glyph], size: float) -> TextLine:
    ordered = _logical(pieces)
    text = ordered[0].text
    for before, piece in pairwise(ordered):
        gap = max(before.left - piece.right, piece.left - before.right)
        text += (" " if gap > _SPACE * size else "") + piece.text
    return TextLine(
        min(piece.left for piece in pieces),
        max(piece.right for piece in pieces),
        min(glyph.top for glyph in glyphs),
        max(glyph.bottom for glyph in glyphs),
        round(size, 1),
        glyphs[0].page_height,
        tidy(unicodedata.normalize("NFKC", text)),
    )


def _logical(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Return pieces that stand from right to left in the order of reading."""
    if not any(has_arabic(piece.text) for piece in pieces):
        return sorted(pieces, key=lambda piece: piece.left)
    ordered: list[_Piece] = []
    run: list[_Piece] = []
    for piece in pieces:
        if _is_latin(piece) or (run and _joins(piece)):
            run.append(piece)
        else:
            ordered += [*_turned(run), piece]
            run = []
    return [*ordered, *_turned(run)]


def _turned(run: Sequence[_Piece]) -> list[_Piece]:
    """Return a run of Latin words and numbers from left to right; signs behind it belong to the line around it."""
    end = len(run)
    while end and not _is_latin(run[end - 1]):
        end -= 1
    words = list(run[:end])
    # Numbers alone, with spaces between them, are numbers of an Arabic sentence: each is read in its turn.
    latin = any(re.search("[A-Za-z]", piece.text) for piece in words) or any(map(_joins, words))
    return [*(reversed(words) if latin else words), *run[end:]]


def _is_latin(piece: _Piece) -> bool:
    return _LEFT_TO_RIGHT.search(piece.text) is not None


def _joins(piece: _Piece) -> bool:
    return piece.text in ("-", "–", "&", "/", ".", "'", "+")


def with_brackets_turned(text: str) -> str:
    """Return a paragraph whose brackets were mirrored with its glyphs as it is written: the opening one comes first."""
    found = [char for char in text if char in "()[]{}«»"]
    if found and found[0] in ")]}»" and found[-1] in "([{«" and len(found) % 2 == 0:
        return text.translate(_BRACKETS)
    return text
