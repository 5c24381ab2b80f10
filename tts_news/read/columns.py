"""Tables in plain text: cells parted by tabs, by bars, or by spaces that keep columns below each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from itertools import takewhile

from tts_news.arabic import count_words, has_arabic, tidy
from tts_news.read.headrows import Row, TableCell
from tts_news.read.tables import build_tables
from tts_news.records import Table

_GAP = re.compile(r"\s{2,}")
_SPLITS = re.compile(r"[\t|]|\S\s{2,}\S")
_DIGIT = re.compile(r"[\d٠-٩۰-۹]")
_RULE = re.compile(r"^[\s|+:=_-]*$")
_POINT = re.compile(r"\W{1,3}|[oO]|\W?[\d٠-٩]{1,2}\s?[.)\-–]|[a-zأ-ي][.)]")
_LONGEST_CELL = 30
_MOST_ROWS = 2_000


def find_table(lines: Sequence[str], at: int) -> tuple[Table, int] | None:
    """Return the table whose first row is line `at` and the line after its last; None when none begins there.

    A run of lines with as many cells each is one; figures in it or a third row tell it from two rows of buttons.
    """
    if not _SPLITS.search(lines[at]):
        return None
    for split in (_by_tabs, _by_bars, _by_gaps):
        first = split(lines[at])
        if len(first) < 2:
            continue
        fits = partial(_fits, columns=len(first))
        rows = list(takewhile(fits, map(split, lines[at : at + _MOST_ROWS])))
        if _is_table(rows, aligned=split is _by_gaps):
            below = at + len(rows)
            kept = [row for row in rows if not all(_RULE.match(cell) for cell in row)]
            cells = [_row(row, len(first)) for row in kept]
            table = next(build_tables(cells), None)
            if table is not None and table.rows:
                return table, below
    return None


def _fits(row: Sequence[str], columns: int) -> bool:
    return 2 <= len(row) <= columns and all(count_words(cell) <= _LONGEST_CELL for cell in row)


def _lists_points(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether rows are items of a list: a bullet or a number before a tab, as Word copies them."""
    return all(len(row) == 2 and _POINT.fullmatch(row[0]) for row in rows)


def _is_table(rows: Sequence[Sequence[str]], *, aligned: bool) -> bool:
    if len(rows) < (3 if aligned else 2) or len({len(row) for row in rows}) > (1 if aligned else 2):
        return False
    if _lists_points(rows):
        return False
    words = sum(count_words(cell) for row in rows for cell in row)
    if not any(has_arabic(cell) for row in rows for cell in row) or not words:
        return False
    figures = any(_DIGIT.search(cell) for row in rows[1:] for cell in row[1:])
    return figures or len(rows) >= 3


def _by_tabs(line: str) -> list[str]:
    return [tidy(cell) for cell in line.strip("\n\r ").split("\t")] if "\t" in line.strip() else []


def _by_bars(line: str) -> list[str]:
    if line.count("|") < 2 and not (line.count("|") == 1 and " | " in line):
        return []
    return [tidy(cell) for cell in line.strip().strip("|").split("|")]


def _by_gaps(line: str) -> list[str]:
    cells = [tidy(cell) for cell in _GAP.split(line.strip())]
    return cells if len(cells) >= 3 else []


def _row(cells: Sequence[str], columns: int) -> Row:
    padded = [*cells, *[""] * (columns - len(cells))]
    return tuple(TableCell(cell) for cell in padded)
