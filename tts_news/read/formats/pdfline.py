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
_STEP: Final = 0.8
"""How much higher or lower a letter of another line stands, in sizes of the type."""
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
    bold: bool = False


@dataclass(frozen=True, slots=True)
class TextLine(Box):
    """A line of text in reading order and where it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    left: float
    right: float
    glyphs: tuple[Glyph, ...]


def build_lines(glyphs: Sequence[Glyph]) -> list[TextLine]:
    """Return the lines of a page, those of several columns apart."""
    return [line for line, _ in split_lines(glyphs, _COLUMN)]


def split_lines(glyphs: Sequence[Glyph], gap: float) -> list[tuple[TextLine, list[Glyph]]]:
    """Return the parts of lines that gaps part, of so many sizes of the type at least, each with its glyphs."""
    return [part for line in _by_height(glyphs) for part in _split(line, gap)]


def _by_height(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the glyphs of each line: up to where PDFium ends it, or the next letter stands higher or lower."""
    line: list[Glyph] = []
    height = 0.0
    for glyph in glyphs:
        middle = (glyph.top + glyph.bottom) / 2
        ended = glyph.char in "\r\n"
        if line and (ended or (glyph.char.isalnum() and abs(middle - height) > _STEP * max(1.0, glyph.size))):
            yield line
            line = []
        if not ended and glyph.char != "\x00":
            height = middle if not line or glyph.char.isalnum() else height
            line.append(glyph)
    if line:
        yield line


def _split(glyphs: Sequence[Glyph], gap: float) -> Iterator[tuple[TextLine, list[Glyph]]]:
    """Yield the parts of a line that wide gaps part, from right to left."""
    if not any(not glyph.char.isspace() for glyph in glyphs):
        return
    size = median(glyph.size for glyph in glyphs if not glyph.char.isspace()) or 1.0
    part: list[_Piece] = []
    for piece in sorted(_pieces(glyphs), key=lambda piece: -piece.right):
        if part and min(one.left for one in part) - piece.right > gap * size:
            yield _line(part, size)
            part = []
        part.append(piece)
    if part:
        yield _line(part, size)


def _pieces(glyphs: Sequence[Glyph]) -> Iterator[_Piece]:
    text = "".join(glyph.char if len(glyph.char) == 1 else " " for glyph in glyphs)
    for match in _PIECE.finditer(text):
        own = glyphs[match.start() : match.end()]
        text = _spelled(own) if has_arabic(match[0]) else match[0]
        yield _Piece(text, min(glyph.left for glyph in own), max(glyph.right for glyph in own), tuple(own))


def _spelled(glyphs: Sequence[Glyph]) -> str:
    """Return the letters of an Arabic word from right to left as they stand, a mark behind the letter it stands over.

    In which order they come depends on the program that made the file and on what PDFium takes for a line.
    """
    letters = [list(group) for _, group in groupby(glyphs, lambda one: (round(one.left, 1), round(one.right, 1)))]
    bases = [group for group in letters if not all(unicodedata.combining(one.char) for one in group)]
    bases.sort(key=_centre, reverse=True)
    spelled = ["".join(one.char for one in group) for group in bases]
    # The letters of a lam-alif stand in one place, and PDFium may turn them around with the line.
    spelled = [f"{text[1]}{text[0]}" if text in ("ال", "أل", "إل", "آل") else text for text in spelled]
    for mark in (group for group in letters if group not in bases):
        at = min(range(len(bases)), key=lambda at: abs(_centre(bases[at]) - _centre(mark)), default=-1)
        if at >= 0:
            spelled[at] += "".join(one.char for one in mark)
    return "".join(spelled)


def _centre(group: Sequence[Glyph]) -> float:
    return group[0].left + group[0].right


def _line(pieces: Sequence[_Piece], size: float) -> tuple[TextLine, list[Glyph]]:
    ordered = _logical(pieces)
    text = ordered[0].text
    for before, piece in pairwise(ordered):
        gap = max(before.left - piece.right, piece.left - before.right)
        text += (" " if gap > _SPACE * size else "") + piece.text
    glyphs = [glyph for piece in pieces for glyph in piece.glyphs]
    line = TextLine(
        min(piece.left for piece in pieces),
        max(piece.right for piece in pieces),
        min(glyph.top for glyph in glyphs),
        max(glyph.bottom for glyph in glyphs),
        round(size, 1),
        glyphs[0].page_height,
        tidy(unicodedata.normalize("NFKC", text)),
    )
    return line, glyphs


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
        text = text.translate(_BRACKETS)
    return re.sub(r"(?<=[(\[{«]) | (?=[)\]}»])", "", text)
