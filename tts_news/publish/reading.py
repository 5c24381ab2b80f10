"""What a reader reads and when it sounds: script and timeline joined once, for every view that is written from them.

Transcripts, page, EPUB and chapter lists are all made from a `Reading`, so they cannot disagree. Times are whole
milliseconds, text is clean for every format: no control characters and no direction overrides, which would let a
title turn the text around it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from tts_news.publish.align import align_words, spread_words
from tts_news.records import Block, ChapterSpan, Cue, CueSpan, Figure, Notes, Role, Script, Table, Timeline, WordTime

# Controls, surrogates and non-characters are no XML; embeddings, overrides and isolates reach beyond their own text.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)


def show_text(text: str) -> str:
    """Return `text` on one line, in NFC, without characters that would break a page, a feed or their direction."""
    return unicodedata.normalize("NFC", " ".join(_UNSAFE.sub("", text).split()))


@dataclass(frozen=True, slots=True)
class Line:
    """One cue as read: its written words with their times. A line that is not `heard` has no sound and no times.

    `part` says which part of its block it is, e.g. "r2" the second row of a table (see `Script.blocks`).
    """

    id: str
    role: Role
    text: str
    start_s: float
    end_s: float
    words: tuple[WordTime, ...]
    heard: bool = True
    language: str = "ar"
    part: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that are one paragraph, heading, list item or table.

    Attributes:
        depth: 1 and more for items of a list inside an item.
        block: The table, figure or notes that the passage shows; None where the lines are all there is to show.
            What is for the eye alone has no lines.
    """

    role: Role
    lines: tuple[Line, ...]
    depth: int = 0
    block: Table | Figure | Notes | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter with its text. Sections follow each other without gap, whatever their level."""

    id: str
    title: str
    start_s: float
    end_s: float
    level: int
    url: str
    passages: tuple[Passage, ...]

    @property
    def lines(self) -> Iterator[Line]:
        """The lines of the section in order."""
        return (line for passage in self.passages for line in passage.lines)


@dataclass(frozen=True, slots=True)
class Reading:
    """The whole edition as read."""

    title: str
    language: str
    duration_s: float
    sections: tuple[Section, ...]

    @property
    def lines(self) -> Iterator[Line]:
        """All lines in order."""
        return (line for section in self.sections for line in section.lines)


def make_reading(script: Script, timeline: Timeline) -> Reading:
    """Return script and timeline as one."""
    duration = round(timeline.duration_s, 3)
    sections = _lay_out(timeline.chapters, show_text(script.title), duration)
    members: list[list[_Member]] = [[] for _ in sections]
    spans = {span.cue: span for span in timeline.cues}
    silent = _silent_blocks(script)
    place = 0
    for at, cue in enumerate(script.cues):
        line = _make_line(cue, spans.get(cue.id))
        if line.heard:
            while place + 1 < len(sections) and line.start_s >= sections[place + 1].start_s - 0.001:
                place += 1
        if line.text:
            members[place].append((cue.block or cue.id, cue.role, line))
        members[place] += [(name, "caption", None) for name in silent.get(at, ())]
    gather = partial(_gather, blocks=script.blocks)
    filled = (replace(section, passages=gather(found)) for section, found in zip(sections, members, strict=True))
    return Reading(show_text(script.title), script.language, duration, tuple(filled))


def is_numbered(passage: Passage) -> bool:
    """Tell whether a list item begins with the number it has in its source, as the script room writes it: "3. "."""
    return bool(re.match(r"-?[0-9]+\.( |$)", passage.lines[0].text))


def _lay_out(chapters: Sequence[ChapterSpan], title: str, duration: float) -> list[Section]:
    """Return the chapters as sections without text: in order of time, contiguous, one for each start."""
    marks = sorted(chapters, key=lambda mark: (mark.start_s, mark.level)) or [ChapterSpan(title, 0.0, duration)]
    kept: list[ChapterSpan] = []
    for mark in marks:
        if not kept or mark.start_s > kept[-1].start_s:
            kept.append(mark)
    ends = [round(mark.start_s, 3) for mark in kept[1:]] + [duration]
    return [
        Section(f"s{number:03}", show_text(mark.title) or title, round(mark.start_s, 3), end, mark.level, mark.url, ())
        for number, (mark, end) in enumerate(zip(kept, ends, strict=True))
    ]


def _make_line(cue: Cue, span: CueSpan | None) -> Line:
    text = show_text(cue.written)
    if span is None or span.end_s <= span.start_s:
        return Line(cue.id, cue.role, text, 0.0, 0.0, (), heard=False, language=cue.language)
    spoken = span.words or spread_words(cue.spoken.split(), span.start_s, span.end_s)
    words = align_words(text.split(), spoken, span.start_s, span.end_s)
    rounded = tuple(WordTime(word.text, round(word.start_s, 3), round(word.end_s, 3)) for word in words)
    return Line(cue.id, cue.role, text, round(span.start_s, 3), round(span.end_s, 3), rounded, language=cue.language)


_Member = tuple[str, Role, Line | None]
"""Of what is shown: the block or part of one that it belongs to, its role, and its line unless it is for the eye."""


def _silent_blocks(script: Script) -> dict[int, list[str]]:
    """Return after which cue (by its place) each block stands that has none: what is for the eye alone."""
    last = {_root(cue.block): at for at, cue in enumerate(script.cues) if cue.block}
    after: dict[int, list[str]] = {}
    for name, block in script.blocks.items():
        if name in last or not isinstance(block, Figure | Notes | Table):
            continue
        article, _, number = name.partition("b")
        above = (f"{article}b{at}" for at in range(int(number), -1, -1))
        found = next((last[one] for one in above if one in last), None)
        if found is not None:
            after.setdefault(found, []).append(name)
    return after


def _root(name: str) -> str:
    """Return the block that a cue belongs to: "a1b3" of "a1b3i2"."""
    match = _BLOCK.match(name)
    return match[0] if match else name


_BLOCK = re.compile(r"a[0-9]+b[0-9]+")


def _gather(members: Sequence[_Member], blocks: Mapping[str, Block]) -> tuple[Passage, ...]:
    """Return lines joined into passages: neighbours of one block and one role, all rows of one table."""
    passages: list[Passage] = []
    last: tuple[str, str] | None = None
    for name, role, line in members:
        root = _root(name)
        block = blocks.get(root)
        shown = block if isinstance(block, Figure | Notes | Table) else None
        # Who is quoted ("a1b3c") stands in the quote.
        here = (root if isinstance(shown, Table) or name == f"{root}c" else name, role)
        lines = (replace(line, part=name.removeprefix(root)),) if line else ()
        if here == last:
            passages[-1] = replace(passages[-1], lines=(*passages[-1].lines, *lines))
        else:
            # A block names the way to an item: "a1b2i3i1" is the first item inside the third.
            passages.append(Passage(role, lines, max(0, len(re.findall("i[0-9]", name)) - 1), shown))
        last = here
    return tuple(passages)
