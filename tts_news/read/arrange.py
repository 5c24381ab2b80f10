"""Blocks that are what they are by what stands beside them: references under their heading, years of a chronology."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tts_news.read import notes
from tts_news.read.raw import Raw
from tts_news.records import Note, Notes

_YEAR = re.compile(
    r"^(?:عام|سنة|في)?\s*(?:[12]\d{3}|[١٢][٠-٩]{3})(?:\s*[-–—/]\s*(?:[12]\d{3}|[١٢][٠-٩]{3}|الآن|اليوم))?\s*(?:م|هـ|ه|ق\.?م\.?)?\s*[:.]?$"
)


def arrange(raws: Sequence[Raw]) -> tuple[Raw, ...]:
    """Return the blocks with references gathered under their heading, and the years of a chronology as headings."""
    return _gather_notes(_head_years(raws))


def _gather_notes(raws: Sequence[Raw]) -> tuple[Raw, ...]:
    """Return the blocks with what stands under «المراجع» as notes, up to the next heading of its rank."""
    found: list[Raw] = []
    at = 0
    while at < len(raws):
        raw = raws[at]
        stop = at + 1
        if at and _heads_notes(raws, at):
            while stop < len(raws) and not (raws[stop].kind == "heading" and raws[stop].level <= (raw.level or 6)):
                stop += 1
            if stop > at + 1:
                found.append(_joined(raw, raws[at + 1 : stop]))
                at = stop
                continue
        found.append(raw)
        at += 1
    return tuple(found)


def _heads_notes(raws: Sequence[Raw], at: int) -> bool:
    raw = raws[at]
    if raw.kind not in ("heading", "paragraph") or not notes.heads_notes(raw.whole):
        return False
    below = raws[at + 1] if at + 1 < len(raws) else None
    if below is None:
        return False
    return raw.kind == "heading" or below.kind in ("item", "notes")


def _joined(heading: Raw, raws: Sequence[Raw]) -> Raw:
    """Return a heading and the notes below it as one block."""
    gathered: list[Note] = []
    for raw in raws:
        if isinstance(raw.block, Notes):
            gathered += [Note(raw.block.title)] if raw.block.title else []
            gathered += raw.block.notes
        else:
            mark = str(raw.number) if raw.kind == "item" and raw.ordered and raw.number is not None else ""
            gathered += notes.read_notes("", [raw.everything], [mark]).notes
    block = Notes(tuple(gathered), heading.whole.rstrip(" :"))
    text = " ".join([block.title, *(f"{note.mark} {note.words}".strip() for note in gathered)])
    return Raw("notes", text, raws[-1].element, block=block)


def _head_years(raws: Sequence[Raw]) -> tuple[Raw, ...]:
    """Return the years of a chronology as headings: two or more, each alone above its text."""
    years = [at for at, raw in enumerate(raws[:-1]) if _is_year(raw) and _is_text(raws[at + 1])]
    if len(years) < 2:
        return tuple(raws)
    heads = set(years)
    return tuple(replace(raw, kind="heading", level=3) if at in heads else raw for at, raw in enumerate(raws))


def _is_year(raw: Raw) -> bool:
    return raw.kind == "paragraph" and _YEAR.match(raw.text) is not None


def _is_text(raw: Raw) -> bool:
    return raw.kind in ("paragraph", "item", "quote") and raw.words >= 3
