"""Blocks that are what they are by what stands beside them: references under their heading or behind their mark, years
of a chronology, the deck, verse.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tts_news.read import notes
from tts_news.read.container import is_called_deck
from tts_news.read.raw import Raw
from tts_news.read.verse import OF_POEMS
from tts_news.records import Note, Notes

_YEAR = re.compile(
    r"^(?:عام|سنة|في)?\s*(?:[12]\d{3}|[١٢][٠-٩]{3})(?:\s*[-–—/]\s*(?:[12]\d{3}|[١٢][٠-٩]{3}|الآن|اليوم))?\s*(?:م|هـ|ه|ق\.?م\.?)?\s*[:.]?$"
)


def arrange(raws: Sequence[Raw], title: str = "", marks: Sequence[str] = ()) -> tuple[Raw, ...]:
    """Return the blocks, each as what its neighbours show it to be.

    Args:
        raws: The blocks of the article's element.
        title: The headline, "" when unknown.
        marks: The marks of notes that stand in the text, as they are written there.
    """
    return _gather_notes(_number_notes(_head_years(_lower_deck(_tell_verse(raws, title))), marks))


def _lower_deck(raws: Sequence[Raw]) -> Sequence[Raw]:
    """Return the blocks with a standfirst that is marked as a heading as a paragraph: it heads nothing."""
    at = next((at for at, raw in enumerate(raws) if raw.kind == "heading" and is_called_deck(raw)), -1)
    if at < 0 or any(raw.is_prose for raw in raws[:at]):
        return raws
    return (*raws[:at], replace(raws[at], kind="paragraph", level=0), *raws[at + 1 :])


def _tell_verse(raws: Sequence[Raw], title: str) -> Sequence[Raw]:
    """Return paragraphs of short lines as verse: two of them and more, or one in a text that speaks of poetry."""
    short = [at for at, raw in enumerate(raws) if raw.lines]
    if not short:
        return raws
    told = OF_POEMS.search(" ".join([title, *(raw.whole for raw in raws[max(0, short[0] - 3) : short[0]])]))
    if not told and (len(short) < 2 or any(raw.is_prose and not raw.lines for raw in raws)):
        return raws
    return tuple(replace(raw, kind="quote", text="\n".join(raw.lines)) if raw.lines else raw for raw in raws)


def _number_notes(raws: Sequence[Raw], marks: Sequence[str]) -> Sequence[Raw]:
    """Return the paragraphs that begin with a mark that stands in the text, or are called notes, as notes."""
    known = {notes.bare_mark(mark) for mark in marks}
    found: list[Raw] = []
    for raw in raws:
        if raw.kind != "paragraph" or not (notes.is_note(raw.element) or notes.leading_mark(raw.text) in known):
            found.append(raw)
            continue
        made = notes.read_notes("", [raw.text], [""])
        if found and isinstance(found[-1].block, Notes) and not found[-1].block.title and found[-1].parts:
            made = Notes((*found[-1].block.notes, *made.notes))
            found.pop()
        words = " ".join(f"{note.mark} {note.words}".strip() for note in made.notes)
        found.append(Raw("notes", words, raw.element, block=made, parts=frozenset([raw.key])))
    return found


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
    told: list[Raw] = []
    for at, raw in enumerate(raws):
        if at in heads and raws[at + 1].kind != "heading":
            told.append(replace(raw, kind="heading", level=3))
        elif at - 1 in heads and raw.kind == "heading":
            told.append(replace(raw, text=f"{raws[at - 1].text.rstrip(' :.')}: {raw.text}"))
        elif at not in heads:
            told.append(raw)
    return tuple(told)


def _is_year(raw: Raw) -> bool:
    return raw.kind == "paragraph" and _YEAR.match(raw.text) is not None


def _is_text(raw: Raw) -> bool:
    return (raw.kind in ("paragraph", "item", "quote") and raw.words >= 3) or raw.kind == "heading"
