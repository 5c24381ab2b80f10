"""How many rows of a table are its heads: those that are marked, else those that read as names of columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from tts_news.arabic import count_words

_LONGEST_HEAD = 8
_LONGEST_NAME = 4
_LONGEST_FIGURE = 5
_FIGURES = re.compile(r"[\d٠-٩۰-۹]")
# A cell of figures: a price, a share, a score, an hour, with its unit at most.
_VALUE = re.compile(r"^\W*[\d٠-٩۰-۹][\d٠-٩۰-۹.,٫٬:/\s–—-]*\W*\s*(?:[^\W\d_]+\W*){0,2}$|^\W+$|^$")
_YEAR = re.compile(r"^(?:عام|سنة)?\s*(?:1[89]|20)\d{2}(?:\s*[مه]ـ?)?$|^(?:١[٨٩]|٢٠)[٠-٩]{2}$")
_UNIT = re.compile(r"[^\W\d_]{2,}")
_STEM = 3


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell as a source has it: its text, its spans, and what says that it is a head."""

    text: str
    width: int = 1
    height: int = 1
    is_head: bool = False
    is_bold: bool = False
    scope: str = ""
    id: str = ""
    heads: tuple[str, ...] = ()


Row = tuple[TableCell, ...]


def count_heads(rows: Sequence[Row]) -> int:
    """Return how many rows, from the first, are heads or stand above them as the title of the whole table."""
    marked = len(list(takewhile(is_head_row, rows)))
    if marked == len(rows):
        return 1 if marked > 1 else 0
    columns = count_columns(rows)
    at = marked
    while at < len(rows) - 2 and is_over(rows[at], columns):
        at += 1
    return at if marked and not is_over(rows[marked - 1], columns) else at + _unmarked_heads(rows[at:])


def count_columns(rows: Sequence[Row]) -> int:
    """Return how many columns the widest row has."""
    return max((sum(cell.width for cell in row) for row in rows), default=0)


def is_head_row(row: Row) -> bool:
    """Return whether all cells of a row are marked as heads of columns."""
    return bool(row) and all(cell.is_head and cell.scope not in ("row", "rowgroup") for cell in row)


def is_over(row: Row, columns: int) -> bool:
    """Return whether a row is one cell over the whole table: its title, not a head."""
    return len(row) == 1 and columns > 1 and row[0].width >= columns


def is_figures(text: str) -> bool:
    """Return whether a cell holds a figure and a few words with it at most («من 10 إلى 12 جنيها»)."""
    return _FIGURES.search(text) is not None and count_words(text) <= _LONGEST_FIGURE


def _unmarked_heads(rows: Sequence[Row]) -> int:
    """Return how many rows read as heads: one, and those below that its cells reach down to or that it groups."""
    if len(rows) < 2 or len(rows[0]) < 2 or (len(rows) == 2 and rows[0][0].is_head):
        return 0
    count = max(cell.height for cell in rows[0] if cell.text) if any(cell.text for cell in rows[0]) else 1
    grouped = count == 1 and any(cell.width > 1 for cell in rows[0])
    if grouped and all(not is_figures(cell.text) or _YEAR.match(cell.text) for cell in rows[1]):
        count = 2
    return count if count < len(rows) and _reads_as_head(rows[0], rows[count:]) else 0


def _reads_as_head(first: Row, rest: Sequence[Row]) -> bool:
    """Return whether a row names the columns of those below it.

    It does when all of it is in bold and the rest is not, or when it holds no figures (years aside) above columns of
    figures or of a few values that recur; its cells are short, and no two are the same.
    """
    texts = [cell.text for cell in first if cell.text]
    if len(texts) < 2 or len(set(texts)) < len(texts) or any(count_words(text) > _LONGEST_HEAD for text in texts):
        return False
    if all(cell.is_bold for cell in first if cell.text) and not all(
        cell.is_bold for row in rest for cell in row if cell.text
    ):
        return True
    if any(_VALUE.match(text) and not _YEAR.match(text) for text in texts):
        return False
    columns = [[row[at].text for row in rest if len(row) > at] for at in range(1, max(map(len, rest)))]
    if len(first) == 2:
        return _are_measures([text for column in columns for text in column])
    return any(sum(map(is_figures, column)) * 2 > len(column) for column in columns) or _are_kinds(texts, rest)


def _are_measures(texts: Sequence[str]) -> bool:
    """Return whether the values of a table of two columns are figures of one kind.

    A list of facts («العمر: 30») has two columns as well, and its first row would be lost as a head.
    """
    strict = [_FIGURES.search(text) is not None and _VALUE.match(text) is not None for text in texts]
    units = [_UNIT.findall(text)[-1:] for text in texts]
    if sum(strict) * 2 > len(strict) and not any(units):
        return True
    stems = {unit[0][:_STEM] for unit in units if unit}
    return len(stems) == 1 and all(units) and all(map(is_figures, texts))


def _are_kinds(names: Sequence[str], rest: Sequence[Row]) -> bool:
    """Return whether short names stand above columns of words: values that recur below them, or far longer ones."""
    if len(rest) < 2 or any(count_words(name) > _LONGEST_NAME or _FIGURES.search(name) for name in names):
        return False
    below = Counter(cell.text for row in rest for cell in row[1:] if cell.text)
    if any(name in below for name in names) or any(len(row) > len(names) + 1 for row in rest):
        return False
    mean = sum(count_words(text) * count for text, count in below.items()) / max(1, below.total())
    longer = mean >= 3 and mean >= 2 * sum(map(count_words, names)) / len(names)
    return longer or any(count > 1 for count in below.values())
