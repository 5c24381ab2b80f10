"""Tables, pictures' words and notes as markup and as text: what page, EPUB and transcripts show alike.

`Say` writes the lines of a passage, with whatever a view hangs on them (times, ids of an overlay). The markup is XML as
well as HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from itertools import accumulate

from tts_news.publish.reading import Line, Passage, show_text
from tts_news.records import Cell, Figure, Notes, Table

Say = Callable[[Sequence[Line]], str]
Attributes = Callable[[Sequence[Line]], str]


def table_markup(table: Table, passage: Passage, say: Say, attributes: Attributes) -> str:
    """Return a table with its rows; `say` writes its caption, `attributes` what a row carries for its lines.

    Lines that belong to no row (what is said after a long table, a row that an editor added) stand below it.
    """
    rows = row_lines(table, passage)
    in_rows = {line.id for lines in rows for line in lines}
    above = [line for line in passage.lines if not line.part]
    below = [line for line in passage.lines if line.part and line.id not in in_rows]
    caption = say(above) if above else escape(show_text(table.caption))
    parts = ["<table>", f"<caption>{caption}</caption>" if caption else ""]
    if any(table.heads):
        heads = "".join(f'<th scope="col">{escape(show_text(head))}</th>' for head in table.heads)
        parts.append(f"<thead><tr>{heads}</tr></thead>")
    parts.append("<tbody>")
    for cells, lines in zip(table.rows, rows, strict=True):
        row = "".join(_cell(cell, is_name=cell.column < table.row_names) for cell in cells)
        parts.append(f"<tr{attributes(lines)}>{row}</tr>")
    parts += ["</tbody>", "</table>", f"<p>{say(below)}</p>" if below else ""]
    return "\n".join(filter(None, parts))


def row_lines(table: Table, passage: Passage) -> list[list[Line]]:
    """Return for each row the lines that say it; only rows that say something are counted («r2»)."""
    said: dict[str, list[Line]] = {}
    for line in passage.lines:
        said.setdefault(line.part, []).append(line)
    speaks = [bool(table.names_of(row) or table.values_of(row)) for row in table.grid()]
    numbers = accumulate(map(int, speaks))
    return [said.get(f"r{number}", []) if spoken else [] for spoken, number in zip(speaks, numbers, strict=True)]


def _cell(cell: Cell, *, is_name: bool) -> str:
    spans = (f' colspan="{cell.width}"' if cell.width > 1 else "") + (
        f' rowspan="{cell.height}"' if cell.height > 1 else ""
    )
    tag, scope = ("th", ' scope="rowgroup"' if cell.height > 1 else ' scope="row"') if is_name else ("td", "")
    return f"<{tag}{scope}{spans}>{escape(show_text(cell.text))}</{tag}>"


def figure_markup(figure: Figure, passage: Passage, say: Say) -> str:
    """Return a picture's words: the picture itself is not carried."""
    words = say(passage.lines) if passage.lines else escape(show_text(figure.words))
    credit = f" <small>{escape(show_text(figure.credit))}</small>" if figure.credit else ""
    return f"<figure><figcaption>{words}{credit}</figcaption></figure>" if words or credit else ""


def notes_markup(notes: Notes, rank: str) -> str:
    """Return notes or references as a list under their heading."""
    title = f"<{rank}>{escape(show_text(notes.title))}</{rank}>" if notes.title else ""
    items = "".join(f"<li>{escape(_note(note.mark, note.words))}</li>" for note in notes.notes)
    return f"{title}\n<ul>{items}</ul>".strip()


def _note(mark: str, words: str) -> str:
    return show_text(f"{mark} {words}")


def shown_text(block: Table | Figure | Notes) -> str:
    """Return a table as lines of cells with bars between, a figure as its words, notes as a list: for plain text."""
    if isinstance(block, Table):
        rows = [block.heads, *(tuple(cell.text for cell in cells) for cells in block.rows)]
        lines = [block.caption, *(" | ".join(map(show_text, row)) for row in rows if any(row))]
    elif isinstance(block, Figure):
        lines = [" · ".join(filter(None, (block.words, block.credit)))]
    else:
        lines = [block.title, *(_note(note.mark, note.words) for note in block.notes)]
    return "\n".join(line for line in map(show_text, lines) if line)
