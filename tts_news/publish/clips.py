"""When each sentence of a book sounds: what the overlays of EPUB and DAISY are written from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tts_news.publish.reading import Piece, Reading, Tabular, lines_of
from tts_news.publish.templates import line_name, table_name


@dataclass(frozen=True, slots=True)
class Clip:
    """A sentence of the overlay: `line` sounds from `begin_s` to `end_s` of the file, pauses included.

    `table` is the name of the table that it is in, "" for none.
    """

    line: str
    begin_s: float
    end_s: float
    table: str = ""


def clips_of(pieces: Sequence[Piece], rows: Mapping[str, str]) -> list[Clip]:
    """Return the sentences that sound, each up to the next one; a row of a table is one place in the text."""
    clips: list[Clip] = []
    heard = [(table_name(piece), line) for piece in pieces for line in lines_of(piece) if line.heard]
    for table, line in heard:
        name = rows.get(line.id, line_name(line))
        if clips:
            clips[-1] = replace(clips[-1], end_s=max(clips[-1].begin_s, line.start_s))
        if not clips or clips[-1].line != name:
            clips.append(Clip(name, line.start_s, line.end_s, table))
    return clips


def stretch(clips: Sequence[Clip], *, first: bool, end_s: float) -> tuple[Clip, ...]:
    """Return the clips of a document with the silence before the first one of the book and after the last one."""
    whole = list(clips)
    if whole:
        whole[0] = replace(whole[0], begin_s=0.0 if first else whole[0].begin_s)
        whole[-1] = replace(whole[-1], end_s=end_s)
    return tuple(clip for clip in whole if clip.end_s > clip.begin_s)


def row_names(reading: Reading) -> dict[str, str]:
    """Return the names of the rows of tables by the lines that say them."""
    tables = (piece for piece in reading.pieces if isinstance(piece, Tabular))
    rows = [row for table in tables for row in table.rows if row]
    return {line.id: line_name(row[0]) for row in rows for line in row}
