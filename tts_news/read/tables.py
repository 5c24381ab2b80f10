"""Tables: cells on a grid, which of them are heads, and which tables only lay out a page.

The grid follows HTML's own algorithm: a cell takes the first free columns of its row, and those below it as far as its
`rowspan` reaches. Source: HTML Living Standard, 4.9.12.1 (forming a table).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from lxml.html import HtmlElement

from tts_news.arabic import count_words
from tts_news.read.headrows import Row, TableCell, count_columns, count_heads, is_figures, is_head_row, is_over
from tts_news.records import Cell, Table, says_something

# What a cell says with a sign alone; said as nothing it would be an empty cell.
_SIGNS = {**dict.fromkeys("✓✔☑✅", "نعم"), **dict.fromkeys("✗✘☒❌✖×", "لا"), "N/A": "غير متاح", "n/a": "غير متاح"}
_MOST_SPAN = 1_000
_MOST_COLUMNS = 200
_LONGEST_CELL = 60
_RANK = re.compile(r"^[\d٠-٩۰-۹]{1,3}\W*$")
_SECTIONS = ("h1", "h2", "h3", "h4", "h5", "h6", "form", "article", "section", "iframe")


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
        begins = part and is_head_row(row) and len(row) > 1 and not all(map(is_head_row, part))
        if begins:
            yield from _table(part, caption)
            part, caption = [], ""
        if any(says_something(cell.text) for cell in row) or part:
            part.append(row)
    if part:
        yield from _table(part, caption)


def _table(rows: Sequence[Row], caption: str) -> Iterator[Table]:
    count = count_heads(rows)
    rows = _names_first(rows, count)
    width = count_columns(rows)
    over = [row[0].text for row in rows[:count] if is_over(row, width)]
    caption = " ".join(filter(None, (caption, *over)))
    head = _place([row for row in rows[:count] if not is_over(row, width)])
    body = _place(rows[count:])
    columns = max((cell.column + cell.width for row in (*head, *body) for cell, _ in row), default=0)
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


def _names_first(rows: Sequence[Row], count: int) -> Sequence[Row]:
    """Return the rows with the column that names them first.

    Two sides are compared with the names between them: it is the column without a head, between columns of figures.
    """
    if not count or any(cell.width > 1 or cell.height > 1 for row in rows for cell in row):
        return rows
    head, body = rows[count - 1], rows[count:]
    bare = [at for at, cell in enumerate(head) if not cell.text]
    if len(bare) != 1 or not bare[0] or any(len(row) != len(head) for row in body):
        return rows
    (at,) = bare
    figures = [sum(is_figures(row[column].text) for row in body) * 2 > len(body) for column in (0, at)]
    return [(row[at], *row[:at], *row[at + 1 :]) for row in rows] if figures == [True, False] else rows


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
            here.append((Cell(_SIGNS.get(source.text, source.text), column, source.width, height), source))
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
        for cell, _ in row:
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
    return sum(map(is_figures, texts)) * 2 > len(texts)
