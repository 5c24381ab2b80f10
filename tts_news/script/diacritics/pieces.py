"""A text cut into the pieces a model reads: sentences, and parts of very long ones with their context.

A piece depends on its own sentence alone, so a change in one sentence never changes another one's marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tts_news.frozen import dataclass
from tts_news.patterns import lazy

# The models were trained on lines; past this many characters they get slower (attention) and no better.
CORE_CHARS: Final = 240
# What a model sees on either side of a part, so that a word at the seam is read as inside its sentence.
CONTEXT_CHARS: Final = 60

# The end of a sentence: its mark, closing quotes and brackets, and white space; a line break always ends one.
_SENTENCE_END: Final = lazy(r"[.!?؟…]+[»”\"')\]]*\s+|\n+")
_CLAUSE_MARKS: Final = "،؛,;:"
_DASHES: Final = "-–—"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `start` to `end` of the text, to be read within `left` to `right`."""

    left: int
    start: int
    end: int
    right: int


def cut(bases: str) -> Iterator[Piece]:
    """Yield the pieces of a text without marks in order; they cover it without gap or overlap."""
    start = 0
    for found in _SENTENCE_END.finditer(bases):
        yield from _cut_sentence(bases, start, found.end())
        start = found.end()
    if start < len(bases):
        yield from _cut_sentence(bases, start, len(bases))


def _cut_sentence(bases: str, first: int, last: int) -> Iterator[Piece]:
    start = first
    while last - start > CORE_CHARS + CONTEXT_CHARS:
        end = _best_seam(bases, start + CORE_CHARS // 2, start + CORE_CHARS)
        yield Piece(_back_to_word(bases, start, first), start, end, _on_to_word(bases, end, last))
        start = end
    yield Piece(_back_to_word(bases, start, first), start, last, last)


def _best_seam(bases: str, low: int, high: int) -> int:
    """Return the last best place in `low..high` to cut: after a clause mark, at a dash, before و, after a space."""
    best, best_rank = high, 0
    for at in range(low, high):
        if not bases[at].isspace():
            continue
        before, after = bases[at - 1], bases[at + 1]
        rank = (
            4 if before in _CLAUSE_MARKS else 3 if before in _DASHES or after in _DASHES else 2 if after == "و" else 1
        )
        if rank >= best_rank:
            best, best_rank = at + 1, rank
    return best


def _back_to_word(bases: str, start: int, first: int) -> int:
    low = max(first, start - CONTEXT_CHARS)
    if low in (first, start):
        return low
    space = bases.find(" ", low, start)
    return low if space < 0 else space + 1


def _on_to_word(bases: str, end: int, last: int) -> int:
    high = min(last, end + CONTEXT_CHARS)
    if high in (last, end):
        return high
    space = bases.rfind(" ", end, high)
    return high if space < 0 else space
