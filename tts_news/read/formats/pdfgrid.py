"""Tables of a PDF's page: cells between ruled lines, or fragments of text that keep columns below each other.

A PDF draws lines and sets words; that they are a table is nowhere said. Where lines are ruled they say which cell is
which, merged ones too; where none are, what stands in the same columns of several lines is a table, if its cells are
short: columns of running text are full and long.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from tts_news.arabic import count_words, tidy
from tts_news.read.formats.pdfline import Box, Glyph, TextLine, build_lines, split_lines, with_brackets_turned
from tts_news.read.headrows import TableCell, is_figures

_THIN: Final = 3.0
"""Points: what is thinner is a ruled line."""
_NEAR: Final = 2.5
"""Points within which two ruled lines are one."""
_MOST_RULES: Final = 5_000
_SIDES: Final = ("left", "right", "top", "bottom")
_MOST_CELLS: Final = 4_000
_FEWEST_EDGES: Final = 6
"""Of the least table with ruled lines: three upright and three level ones."""
_GAP: Final = 0.5
"""The least gap between two cells of a table without ruled lines, in sizes of the type."""
_WIDE_GAP: Final = 1.0
"""The same where two lines are all of it."""
_LONGEST_LEAP: Final = 3.5
"""The largest step from one line of such a table to the next, in sizes of the type."""
_ITEM_MARK: Final = re.compile(r"\W*[\d٠-٩]{0,2}\W*|[oO]")
_FULL: Final = 0.85
_SHORT: Final = 4.5


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line, or the edge of a box, in points from the left and from the top of the page."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Grid(TextLine):
    """A table in the place of a line: its rows, each with its cells from right to left."""

    rows: tuple[tuple[TableCell, ...], ...] = ()

    @property
    def as_html(self) -> str:
        """The table as HTML."""
        rows = ("".join(map(_cell_as_html, row)) for row in self.rows)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _cell_as_html(cell: TableCell) -> str:
    spans = "".join(
        f' {name}="{size}"' for name, size in (("colspan", cell.width), ("rowspan", cell.height)) if size > 1
    )
    text = html.escape(cell.text)
    return f"<td{spans}>{f'<b>{text}</b>' if cell.is_bold and text else text}</td>"


def find_grids(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> tuple[list[Grid], list[Glyph]]:
    """Return the tables of a page and the glyphs that stand in none of them."""
    grids: list[Grid] = []
    left = list(glyphs)
    for edges in _connected(rules):
        if len(edges) < _FEWEST_EDGES:
            continue
        inside = _stand_in(left, edges)
        grid = _ruled(inside, edges)
        if grid is not None:
            grids.append(grid)
            taken = set(map(id, inside))
            left = [glyph for glyph in left if id(glyph) not in taken]
    aligned, left = _aligned(left)
    return [*grids, *aligned], left


# ── ruled ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _connected(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Yield the ruled lines that touch each other, edges of boxes among them."""
    edges = [edge for rule in rules[:_MOST_RULES] for edge in _edges(rule)]
    waiting = np.arange(len(edges))
    left, right, top, bottom = (np.array([getattr(edge, side) for edge in edges]) for side in _SIDES)
    while len(waiting):
        group, added = [], [int(waiting[-1])]
        waiting, left, right, top, bottom = waiting[:-1], left[:-1], right[:-1], top[:-1], bottom[:-1]
        while added:
            group.append(one := added.pop())
            edge = edges[one]
            touching = (left <= edge.right + _NEAR) & (edge.left <= right + _NEAR)
            touching &= (top <= edge.bottom + _NEAR) & (edge.top <= bottom + _NEAR)
            if touching.any():
                added += waiting[touching].tolist()
                waiting, left, right, top, bottom = (side[~touching] for side in (waiting, left, right, top, bottom))
        yield [edges[one] for one in group]


def _edges(rule: Rule) -> tuple[Rule, ...]:
    """Return a line as it is, a box as its four edges."""
    left, right, top, bottom = rule.left, rule.right, rule.top, rule.bottom
    if right - left <= _THIN or bottom - top <= _THIN:
        return (rule,)
    return (
        Rule(left, right, top, top),
        Rule(left, right, bottom, bottom),
        Rule(left, left, top, bottom),
        Rule(right, right, top, bottom),
    )


def _stand_in(glyphs: Sequence[Glyph], edges: Sequence[Rule]) -> list[Glyph]:
    """Return the glyphs whose middle lies between the outermost edges."""
    left, right = min(edge.left for edge in edges), max(edge.right for edge in edges)
    top, bottom = min(edge.top for edge in edges), max(edge.bottom for edge in edges)
    return [
        glyph
        for glyph in glyphs
        if left < (glyph.left + glyph.right) / 2 < right and top < (glyph.top + glyph.bottom) / 2 < bottom
    ]


def _ruled(glyphs: Sequence[Glyph], edges: Sequence[Rule]) -> Grid | None:
    """Return the table that ruled lines make, None when they make no two columns and rows of text."""
    upright = [edge for edge in edges if edge.right - edge.left <= _THIN < edge.bottom - edge.top]
    level = [edge for edge in edges if edge.bottom - edge.top <= _THIN < edge.right - edge.left]
    xs = _marks([(edge.left + edge.right) / 2 for edge in upright])
    ys = _marks([(edge.top + edge.bottom) / 2 for edge in level])
    if len(xs) < 3 or len(ys) < 3 or not any(not glyph.char.isspace() for glyph in glyphs):
        return None
    if len(xs) * len(ys) > _MOST_CELLS:  # a drawing, or paper with squares
        return None
    columns, bands = list(pairwise(xs))[::-1], list(pairwise(ys))
    lines = {place: _inside(glyphs, columns[place[1]], bands[place[0]]) for place in _places(bands, columns)}

    def open_beside(at: int, column: int) -> bool:
        """Return whether no line parts a cell from the one left of it."""
        middle, edge = sum(bands[at]) / 2, columns[column][0]
        return not any(
            abs((one.left + one.right) / 2 - edge) <= _NEAR and one.top <= middle <= one.bottom for one in upright
        )

    def open_below(at: int, column: int) -> bool:
        middle, edge = sum(columns[column]) / 2, bands[at][1]
        return not any(
            abs((one.top + one.bottom) / 2 - edge) <= _NEAR and one.left <= middle <= one.right for one in level
        )

    rows = _merged(lines, len(bands), len(columns), open_beside, open_below)
    return _grid(rows, glyphs) if sum(bool(row) for row in rows) >= 2 else None


def _places(bands: Sequence[object], columns: Sequence[object]) -> Iterator[tuple[int, int]]:
    return ((at, column) for at in range(len(bands)) for column in range(len(columns)))


def _marks(values: Sequence[float]) -> list[float]:
    """Return places from the least to the largest, those of lines that are one as one."""
    marks: list[float] = []
    for value in sorted(values):
        if not marks or value - marks[-1] > _NEAR:
            marks.append(value)
    return marks


def _inside(glyphs: Sequence[Glyph], column: tuple[float, float], band: tuple[float, float]) -> list[Glyph]:
    return [
        glyph
        for glyph in glyphs
        if column[0] <= (glyph.left + glyph.right) / 2 < column[1]
        and band[0] <= (glyph.top + glyph.bottom) / 2 < band[1]
    ]


def _merged(
    cells: dict[tuple[int, int], list[Glyph]],
    rows: int,
    columns: int,
    open_beside: Callable[[int, int], bool],
    open_below: Callable[[int, int], bool],
) -> list[list[TableCell]]:
    """Return the cells of each row, those that no line parts as one with its spans."""
    made: list[list[TableCell]] = [[] for _ in range(rows)]
    taken: set[tuple[int, int]] = set()
    for at, column in ((at, column) for at in range(rows) for column in range(columns)):
        if (at, column) in taken:
            continue
        width = height = 1
        while column + width < columns and open_beside(at, column + width - 1):
            width += 1
        while at + height < rows and all(open_below(at + height - 1, column + step) for step in range(width)):
            height += 1
        own = [(at + down, column + across) for down in range(height) for across in range(width)]
        taken.update(own)
        made[at].append(_cell([glyph for place in own for glyph in cells[place]], width, height))
    return made


def _cell(glyphs: Sequence[Glyph], width: int = 1, height: int = 1) -> TableCell:
    lines = sorted(build_lines(glyphs), key=lambda line: (round(line.top), -line.right))
    return _made_cell(lines, glyphs, width, height)


def _made_cell(lines: Sequence[TextLine], glyphs: Sequence[Glyph], width: int = 1, height: int = 1) -> TableCell:
    text = with_brackets_turned(tidy(" ".join(line.text for line in lines)))
    letters = [glyph for glyph in glyphs if glyph.char.isalnum()]
    return TableCell(text, width, height, is_bold=bool(letters) and all(glyph.bold for glyph in letters))


def _grid(rows: Sequence[Sequence[TableCell]], boxes: Sequence[Box]) -> Grid:
    return Grid(
        min(box.left for box in boxes),
        max(box.right for box in boxes),
        min(box.top for box in boxes),
        max(box.bottom for box in boxes),
        boxes[0].size,
        boxes[0].page_height,
        " ".join(cell.text for row in rows for cell in row if cell.text),
        rows=tuple(tuple(row) for row in rows if row),
    )


# ── aligned ──────────────────────────────────────────────────────────────────────────────────────────────────────

Fragment = tuple[TextLine, list[Glyph]]


def _aligned(glyphs: Sequence[Glyph]) -> tuple[list[Grid], list[Glyph]]:
    """Return the tables that nothing but places shows, and the other glyphs."""
    rows = _rows(split_lines(glyphs, _GAP))
    grids: list[Grid] = []
    taken: set[int] = set()
    at = 0
    while at < len(rows):
        stop = _run(rows, at)
        columns = _columns_of(rows[at:stop])
        if stop - at >= 2 and _is_table(rows[at:stop], columns):
            own = [glyph for row in rows[at:stop] for _, part in row for glyph in part]
            grids.append(_grid(_cells(rows[at:stop], columns), own))
            taken.update(map(id, own))
            at = stop
        else:
            at += 1
    return grids, [glyph for glyph in glyphs if id(glyph) not in taken]


def _rows(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """Return the fragments that stand at one height, from top to bottom, each row from right to left."""
    rows: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda one: _middle(one[0])):
        if rows and abs(_middle(rows[-1][0][0]) - _middle(fragment[0])) < 0.5 * fragment[0].size:
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return [sorted(row, key=lambda one: -one[0].right) for row in rows]


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _run(rows: Sequence[Sequence[Fragment]], at: int) -> int:
    """Return the row behind the longest run from `at` whose fragments stay in two columns or more."""
    stop, last = at, at
    while stop < len(rows):
        leap = _middle(rows[stop][0][0]) - _middle(rows[stop - 1][0][0]) if stop > at else 0.0
        widest = max(map(len, rows[at : stop + 1]))
        columns = _columns_of(rows[at : stop + 1])
        if leap > _LONGEST_LEAP * rows[stop][0][0].size or len(columns) < max(2, widest):
            break
        stop += 1
        if len(rows[stop - 1]) > 1:
            last = stop
    return last


def _columns_of(rows: Sequence[Sequence[Fragment]]) -> list[tuple[float, float]]:
    """Return the spans of the page that fragments cover, from right to left, those that overlap as one."""
    spans: list[tuple[float, float]] = []
    for left, right in sorted((line.left, line.right) for row in rows for line, _ in row):
        if spans and left < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], right))
        else:
            spans.append((left, right))
    return spans[::-1]


def _is_table(rows: Sequence[Sequence[Fragment]], columns: Sequence[tuple[float, float]]) -> bool:
    """Return whether fragments in columns are cells: short, or figures; text in columns fills them line by line."""
    lines = [line for row in rows for line, _ in row]
    if sum(len(row) > 1 for row in rows) < 2 or len(columns) < 2:
        return False
    figures = [
        sum(is_figures(line.text) for line in lines if _column(line, columns) == at) * 2
        > sum(_column(line, columns) == at for line in lines)
        for at in range(len(columns))
    ]
    words = sum(count_words(line.text) for line in lines) / len(lines)
    full = sum(line.right - line.left > _FULL * _width(line, columns) for line in lines if count_words(line.text) >= 4)
    listed = _numbers_lines([line for line in lines if _column(line, columns) == 0], len(columns))
    gutter = min(right[0] - left[1] for right, left in pairwise(columns))
    enough = len(rows) > 2 or (any(figures[1:]) and gutter > _WIDE_GAP * lines[0].size)
    return enough and full * 2 < len(lines) and (words <= _SHORT or any(figures[1:])) and not listed


def _numbers_lines(firsts: Sequence[TextLine], columns: int) -> bool:
    """Return whether it is a list: nothing but a bullet or a number stands before each line of text."""
    return columns == 2 and all(_ITEM_MARK.fullmatch(line.text) for line in firsts)


def _column(line: TextLine, columns: Sequence[tuple[float, float]]) -> int:
    """Return which column a fragment stands in: each lies within one, they were made of them."""
    return next(at for at, (left, right) in enumerate(columns) if left <= line.left and line.right <= right)


def _width(line: TextLine, columns: Sequence[tuple[float, float]]) -> float:
    left, right = columns[_column(line, columns)]
    return right - left


def _cells(rows: Sequence[Sequence[Fragment]], columns: Sequence[tuple[float, float]]) -> list[list[TableCell]]:
    """Return the cells; a line without the first column goes on in a cell of the row it belongs to."""
    heads = [at for at, row in enumerate(rows) if any(_column(line, columns) == 0 for line, _ in row)]
    from_top = bool(heads) and heads[0] == 0 and all(len(rows[at]) == len(columns) for at in heads)
    cells: dict[tuple[int, int], list[Fragment]] = {}
    for at, row in enumerate(rows):
        above = max((one for one in heads if one <= at), default=heads[0] if heads else at)
        nearest = min(heads, key=lambda one: abs(_middle(rows[one][0][0]) - _middle(row[0][0])), default=at)
        owner = above if from_top else nearest
        for fragment in row:
            cells.setdefault((owner, _column(fragment[0], columns)), []).append(fragment)
    owners = sorted({at for at, _ in cells})
    return [[_fragments_cell(cells.get((at, column), [])) for column in range(len(columns))] for at in owners]


def _fragments_cell(fragments: Sequence[Fragment]) -> TableCell:
    lines = [line for line, _ in sorted(fragments, key=lambda one: (round(one[0].top), -one[0].right))]
    return _made_cell(lines, [glyph for _, glyphs in fragments for glyph in glyphs])
