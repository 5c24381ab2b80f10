"""Tables: cells on a grid, which of them are heads, and which tables only lay out a page.

The grid follows HTML's own algorithm: a cell takes the first free columns of its row, and those below it as far as its
`rowspan` reaches. Source: HTML Living Standard, 4.9.12.1 (forming a table).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from lxml.html import HtmlElement

from tts_news.arabic import count_words
from tts_news.records import Cell, Table, says_something

_MOST_SPAN = 1_000
_MOST_COLUMNS = 200
_LONGEST_CELL = 60
_LONGEST_HEAD = 8
_FIGURES = re.compile(r"[\d٠-٩۰-۹]")
# A cell of figures: a price, a share, a score, an hour, with its unit at most.
_VALUE = re.compile(r"^\W*[\d٠-٩۰-۹][\d٠-٩۰-۹.,٫٬:/\s–—-]*\s*(?:[^\W\d_]+\W*){0,2}$|^\W+$|^$")
_RANK = re.compile(r"^[\d٠-٩۰-۹]{1,3}\W*$")
_SECTIONS = ("h1", "h2", "h3", "h4", "h5", "h6", "form", "article", "section", "iframe")


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


def is_layout(element: HtmlElement, rows: Sequence[Sequence[HtmlElement]]) -> bool:
    """Return whether a table only lays out what is in it: a page's columns, a box around a story."""
    if (element.get("role") or "").lower() in ("presentation", "none") or element.find(".//table") is not None:
        return True
    if max((sum(map(_width, row)) for row in rows), default=0) < 2 or sum(bool(row) for row in rows) < 1:
        return True
    cells = [cell for row in rows for cell in row]
    if _holds(element, _SECTIONS) and any(_holds(cell, _SECTIONS) for cell in cells):
        return True
    if any(cell.tag == "th" for cell in cells) or element.find("caption") is not None:
        return False
    return any(count_words("".join(map(str, cell.itertext()))) > _LONGEST_CELL for cell in cells)


def _holds(element: HtmlElement, tags: tuple[str, ...]) -> bool:
    return next(element.iterdescendants(*tags), None) is not None


def table_rows(element: HtmlElement) -> tuple[list[HtmlElement], ...]:
    """Return the cells of each row of a table, head rows first and foot rows last, those of tables inside left out."""
    order = {"thead": 0, "tfoot": 2}
    rows: list[tuple[int, list[HtmlElement]]] = []
    for child in element:
        group = [child] if child.tag == "tr" else [row for row in child if row.tag == "tr"]
        if child.tag in ("tr", "thead", "tbody", "tfoot"):
            rank = order.get(str(child.tag), 1)
            rows += [(rank, [cell for cell in row if cell.tag in ("td", "th")]) for row in group]
    return tuple(cells for _, cells in sorted(rows, key=lambda row: row[0]))


def read_cells(rows: Sequence[Sequence[HtmlElement]], text_of: Callable[[HtmlElement], str]) -> list[Row]:
    """Return the cells of an HTML table; `text_of` gives the text of one."""
    return [tuple([_cell(cell, text_of(cell)) for cell in row]) for row in rows]


def _cell(cell: HtmlElement, text: str) -> TableCell:
    if not cell.attrib and not len(cell) and not _in_thead(cell):
        return TableCell(text, is_head=cell.tag == "th")
    bold = "".join("".join(map(str, part.itertext())) for part in cell.iter("b", "strong")) if len(cell) else ""
    return TableCell(
        text,
        width=_width(cell),
        height=_span(cell.get("rowspan")),
        is_head=cell.tag == "th" or _in_thead(cell),
        is_bold=bool(bold.strip()) and "".join(bold.split()) == "".join("".join(map(str, cell.itertext())).split()),
        scope=(cell.get("scope") or "").lower(),
        id=cell.get("id") or "",
        heads=tuple((cell.get("headers") or "").split()),
    )


def _in_thead(cell: HtmlElement) -> bool:
    parent = cell.getparent()
    group = parent.getparent() if parent is not None else None
    return group is not None and group.tag == "thead"


def _width(cell: HtmlElement) -> int:
    return min(_span(cell.get("colspan")), _MOST_COLUMNS)


def _span(text: str | None) -> int:
    return min(_MOST_SPAN, max(1, int(text))) if text and re.fullmatch(r"\s*\d{1,4}\s*", text) else 1


def build_tables(rows: Sequence[Row], caption: str = "") -> Iterator[Table]:
    """Yield the rows as a table; as several when heads stand among them again, each with its own.

    The caption is the first one's.
    """
    part: list[Row] = []
    for row in rows:
        begins = part and _is_head_row(row) and len(row) > 1 and not all(map(_is_head_row, part))
        if begins:
            yield from _table(part, caption)
            part, caption = [], ""
        if any(says_something(cell.text) for cell in row) or part:
            part.append(row)
    if part:
        yield from _table(part, caption)


def _is_head_row(row: Row) -> bool:
    """Return whether all cells of a row are marked as heads of columns."""
    return bool(row) and all(cell.is_head and cell.scope not in ("row", "rowgroup") for cell in row)


def _table(rows: Sequence[Row], caption: str) -> Iterator[Table]:
    count = len(list(takewhile(_is_head_row, rows)))
    if count == len(rows):
        count = 1 if len(rows) > 1 else 0
    if not count and _reads_as_head(rows):
        count = 1
    head, body = _place(rows[:count]), _place(rows[count:])
    columns = max((cell.column + cell.width for row in (*head, *body) for cell, _ in row), default=0)
    over = [row[0][0].text for row in head if len(head) > 1 and len(row) == 1 and row[0][0].width >= columns]
    caption = " ".join(filter(None, (caption, *over)))
    if not columns:
        return
    heads = _heads(head, columns)
    by_id = {source.id: source.text for row in rows for source in row if source.id}
    names = _row_names(body, heads, columns)
    in_names = {source.id for row in body for cell, source in row if cell.column < names}
    cells = tuple(
        tuple(
            replace(
                cell, head="، ".join(by_id[name] for name in source.heads if name in by_id and name not in in_names)
            )
            if source.heads
            else cell
            for cell, source in row
        )
        for row in body
    )
    yield Table(caption=caption, heads=heads if any(heads) else (), rows=cells, row_names=names)


def _place(rows: Sequence[Row]) -> list[list[tuple[Cell, TableCell]]]:
    """Return the cells of each row with the column each begins in."""
    taken: list[int] = []
    """For each column the number of rows below in which a cell from above still stands."""
    placed: list[list[tuple[Cell, TableCell]]] = []
    for at, row in enumerate(rows):
        here: list[tuple[Cell, TableCell]] = []
        column = 0
        free = taken.copy()
        for source in row:
            while column < len(free) and free[column] > 0:
                column += 1
            if column >= _MOST_COLUMNS:
                break
            height = min(source.height, len(rows) - at)
            here.append((Cell(source.text, column, source.width, height), source))
            taken += [0] * (column + source.width - len(taken))
            taken[column : column + source.width] = [height] * source.width
            column += source.width
            free += [0] * (column - len(free))
        taken = [max(0, left - 1) for left in taken]
        placed.append(here)
    return placed


def _heads(head: Sequence[Sequence[tuple[Cell, TableCell]]], columns: int) -> tuple[str, ...]:
    """Return the name of each column: what stands above it in all head rows, joined."""
    names: list[list[str]] = [[] for _ in range(columns)]
    for row in head:
        # A cell over the whole table is its caption.
        over = len(row) == 1 and row[0][0].width >= columns and len(head) > 1
        for cell, _ in () if over else row:
            for column in range(cell.column, min(columns, cell.column + cell.width)):
                if cell.text and cell.text not in names[column]:
                    names[column].append(cell.text)
    return tuple(" ".join(parts) for parts in names)


def _row_names(body: Sequence[Sequence[tuple[Cell, TableCell]]], heads: Sequence[str], columns: int) -> int:
    """Return how many columns name a row.

    The first does; the second too where the first counts the rows or has a cell that covers several of them; and all
    that the page marks as heads of their rows.
    """
    names = 1
    marked = [[source.is_head for cell, source in row if cell.column < columns - 1] for row in body]
    led = min((len(list(takewhile(bool, flags))) for flags in marked if flags), default=0)
    names = max(names, min(led, columns - 1))
    first = [cell for row in body for cell, _ in row if cell.column == 0 and cell.width == 1]
    ranks = sum(_RANK.match(cell.text) is not None for cell in first)
    counted = len(first) > 1 and ranks == len(first) and _numbers_rise(first)
    labelled = bool(heads) and heads[0].strip() in ("#", "م", "الترتيب", "المركز", "الرقم", "ت", "رقم")
    if columns > 2 and (counted or labelled) and not _mostly_figures(body, 1):
        names = max(names, 2)
    while names < columns - 1 and any(
        cell.height > 1 and cell.column + cell.width == names for row in body for cell, _ in row
    ):
        if _mostly_figures(body, names):
            break
        names += 1
    return names


def _numbers_rise(cells: Sequence[Cell]) -> bool:
    numbers = [int(re.sub(r"\D", "", cell.text)) for cell in cells]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _mostly_figures(body: Sequence[Sequence[tuple[Cell, TableCell]]], column: int) -> bool:
    texts = [cell.text for row in body for cell, _ in row if cell.column == column and cell.width == 1]
    return sum(map(_is_figures, texts)) * 2 > len(texts)


def _is_figures(text: str) -> bool:
    return _FIGURES.search(text) is not None and _VALUE.match(text) is not None


def _reads_as_head(rows: Sequence[Row]) -> bool:
    """Return whether the first row of a table without marked heads names its columns.

    It does when all of it is in bold and the rest is not, or when it holds no figures (years aside) above columns of
    figures; its cells are short, and no two are the same.
    """
    first, rest = rows[0], rows[1:]
    texts = [cell.text for cell in first]
    if not rest or len(first) < 2 or any(count_words(text) > _LONGEST_HEAD for text in texts):
        return False
    if len({text for text in texts if text}) < len([text for text in texts if text]) or sum(map(bool, texts)) < 2:
        return False
    bold = [cell.is_bold for cell in first if cell.text]
    if bold and all(bold) and not all(cell.is_bold for row in rest for cell in row if cell.text):
        return True
    if any(_VALUE.match(text) and text and not _YEAR.match(text) for text in texts[1:]):
        return False
    if texts[0] and _FIGURES.search(texts[0]) and _VALUE.match(texts[0]):
        return False
    columns = range(1, len(first))
    figures = [
        [
            bool(_FIGURES.search(row[at].text)) and _VALUE.match(row[at].text) is not None
            for row in rest
            if len(row) > at
        ]
        for at in columns
    ]
    return any(column and sum(column) * 2 > len(column) for column in figures)


_YEAR = re.compile(r"^(?:عام|سنة)?\s*(?:1[89]|20)\d{2}(?:\s*[مه]ـ?)?$|^(?:١[٨٩]|٢٠)[٠-٩]{2}$")
