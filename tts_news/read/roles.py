"""What each line of a pasted article is: heading, paragraph, list item. Blank lines, marks and punctuation tell.

A copy from Firefox keeps bullets, numbers and indents; one from Chrome only puts the items of a list on adjacent
lines. Both are read here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from tts_news.arabic import announces, count_words, has_arabic
from tts_news.read import boilerplate
from tts_news.read.lines import Line
from tts_news.read.structure import Entry, build_list, split_item
from tts_news.read.verse import verse_from, write_verse
from tts_news.records import Block, Heading, ListBlock, Paragraph, Quote

Role = Literal["heading", "paragraph", "item", "body", "quote"]

_LONGEST_HEADING = 20
_DEEPEST = 6
_HASHES = re.compile(r"^(#{1,6})\s+")
_YEAR = re.compile(r"^(?:[12]\d{3}|[١٢][٠-٩]{3})$")
_QUOTED = re.compile(r"^>\s?")


def to_blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Return the lines of an article's body as blocks, in order, none left out."""
    if not lines:
        return ()
    roles = _assign(lines)
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        table = lines[at].block
        stop = verse_from(lines, at)
        if stop > at:
            blocks.append(Quote(write_verse(lines[at:stop])))
            at = stop
            continue
        if table is not None:
            blocks.append(table)
            at += 1
            continue
        if roles[at] == "item":
            stop = at + 1
            while stop < len(lines) and roles[stop] in ("item", "body") and lines[stop].block is None:
                stop += 1
            blocks.extend(_lists(lines[at:stop], roles[at:stop]))
            at = stop
            continue
        line = lines[at]
        if roles[at] == "heading":
            hashes = _HASHES.match(line.whole)
            level = max(2, len(hashes[1])) if hashes else 2
            blocks.append(Heading(_HASHES.sub("", _full(line)), level))
        elif roles[at] == "quote":
            blocks.append(Quote(_QUOTED.sub("", line.whole)))
        else:
            blocks.append(Paragraph(_full(line) if line.number is not None else line.text))
        at += 1
    return tuple(blocks)


def _full(line: Line) -> str:
    """Return a line that is no list item with its number: «1. انعدام الإرادة السياسية» is a heading's own wording."""
    return line.whole if line.number is not None else line.text


@dataclass(frozen=True, slots=True)
class _Layout:
    """What the lines look like together: the members of each group, and whether headings carry anchors."""

    groups: dict[int, list[int]]
    anchored: bool


def _assign(lines: Sequence[Line]) -> list[Role]:
    groups: dict[int, list[int]] = {}
    for at, line in enumerate(lines):
        groups.setdefault(line.group, []).append(at)
    layout = _Layout(groups, sum(line.anchored for line in lines) >= 2)
    listed: dict[int, bool] = {}
    roles: list[Role] = []
    for at, line in enumerate(lines):
        roles.append("paragraph" if line.block is not None else _role(lines, at, roles, layout, listed))
    return roles


def _role(lines: Sequence[Line], at: int, before: Sequence[Role], layout: _Layout, listed: dict[int, bool]) -> Role:
    """Return what line `at` is; `listed` keeps the answer for each group of adjacent lines."""
    line = lines[at]
    last = lines[at - 1] if at else None
    if _HASHES.match(line.whole):
        return "heading"
    if line.whole.startswith(">"):
        return "quote"
    if line.marked:
        return _marked_role(lines, at)
    if (
        last
        and line.group == last.group
        and before[-1] in ("item", "body")
        and last.marked
        and line.indent > last.indent
    ):
        return "body"
    if last and before[-1] == "body" and line.group == last.group and line.indent == last.indent:
        return "body"
    group = layout.groups[line.group]
    if len(group) > 1:
        if line.group not in listed:
            listed[line.group] = _is_list_group(lines, group, before)
        if listed[line.group]:
            return "item"
        return "heading" if at == group[0] and not line.ended and _is_heading(lines, at, layout) else "paragraph"
    if last and announces(last.text) and _is_lone_item(lines, at, before):
        return "item"
    return "heading" if _is_heading(lines, at, layout) else "paragraph"


def _marked_role(lines: Sequence[Line], at: int) -> Role:
    """Return what a line with a bullet or number is: a heading when it stands alone above unmarked running text."""
    line = lines[at]
    below = lines[at + 1] if at + 1 < len(lines) else None
    above = lines[at - 1] if at else None
    if line.bullet and line.bullet in "*-–—" and _is_interview(lines, at):
        return "heading" if line.text.endswith(("؟", "?")) else "paragraph"
    lone = (below is None or not below.marked) and (above is None or not above.marked)
    if line.number is not None and below and lone and not line.ended and line.words <= _LONGEST_HEADING:
        continues = below.group == line.group and below.indent > line.indent
        return "item" if continues or not below.is_paragraph else "heading"
    if line.bullet in ("-", "–", "—") and lone and line.is_paragraph:
        return "paragraph"
    return "item"


def _is_interview(lines: Sequence[Line], at: int) -> bool:
    """Return whether questions and answers are told apart by two bullets in turn."""
    near = [other for other in lines[max(0, at - 3) : at + 4] if other.marked]
    bullets = {other.bullet for other in near}
    return len(bullets & set("*-–—")) >= 2 and any(o.text.endswith(("؟", "?")) and o.bullet == "*" for o in near)


def _is_list_group(lines: Sequence[Line], group: Sequence[int], before: Sequence[Role]) -> bool:
    """Return whether adjacent lines without marks are the items of a list.

    They are after a line that ends with a colon, when at least half are «title: body», or when all are short.
    """
    first = group[0]
    last = lines[first - 1] if first else None
    members = [lines[at] for at in group]
    words = [line.words for line in members]
    if last and announces(last.text) and median(words) <= 25:
        return True
    titled = sum(bool(split_item(line.text).title) for line in members)
    if titled >= 2 and titled * 2 >= len(group):
        return True
    after_heading = bool(last) and first <= len(before) and before[first - 1] == "heading"
    if after_heading and len(group) >= 2 and median(words) <= 15 and max(words) < 40:
        return True
    return len(group) >= 3 and max(words) <= 12 and not any(line.text.endswith(".") for line in members)


def _is_lone_item(lines: Sequence[Line], at: int, before: Sequence[Role]) -> bool:
    line = lines[at]
    below = lines[at + 1] if at + 1 < len(lines) else None
    listed = at + 2 < len(lines) and lines[at + 1].group == lines[at + 2].group
    heads = line.anchored or listed or (below is not None and (below.is_paragraph or below.marked))
    return not line.is_paragraph and not line.ended and before[-1] == "paragraph" and not heads


def _is_heading(lines: Sequence[Line], at: int, layout: _Layout) -> bool:
    """Return whether a line alone heads what follows: short, not a sentence, not last."""
    line = lines[at]
    if line.anchored:
        return True
    longest = 12 if line.stopless else _LONGEST_HEADING
    if at + 1 >= len(lines) or line.words > longest:
        return False
    if not has_arabic(line.text):
        return _YEAR.match(line.text) is not None and lines[at + 1].words >= 3
    if layout.anchored:
        return False
    first = line.key.split(" ", 1)[0]
    if first in boilerplate.load().openers and line.words > 3:
        return False
    if line.text.endswith(("؟", "?", "!")):
        return line.words <= 12 and at > 0
    if line.text.endswith(":"):
        return line.words <= 4 and verse_from(lines, at + 1) == at + 1
    if line.text.endswith(("،", ",", "؛", ".", "…")):
        return False
    # The lede comes first: a short line at the very top is more likely a deck than a heading.
    return at > 0 or line.words <= 6


def _lists(lines: Sequence[Line], roles: Sequence[Role]) -> list[Block]:
    """Return a run of items as lists: a new one wherever bullets turn into numbers on the outermost level."""
    entries: list[Entry] = []
    indents = sorted({line.indent for line, role in zip(lines, roles, strict=True) if role == "item"})
    for line, role in zip(lines, roles, strict=True):
        if role == "body":
            entries[-1] = _with_body(entries[-1], line.text)
        else:
            depth = min(indents.index(line.indent), _DEEPEST)
            entries.append(Entry(line.text, depth, ordered=line.number is not None, number=line.number))
    lists: list[Block] = []
    part: list[Entry] = []
    outer = min(entry.depth for entry in entries)
    for entry in entries:
        if part and entry.depth == outer and entry.ordered != part[0].ordered and part[0].depth == outer:
            lists.append(build_list(part))
            part = []
        part.append(entry)
    lists.append(build_list(part))
    return lists


def _with_body(entry: Entry, text: str) -> Entry:
    if entry.title:
        return Entry(f"{entry.text} {text}", entry.depth, entry.ordered, entry.number, entry.title)
    is_title = count_words(entry.text) <= 12 and not entry.text.endswith((".", "،", "؛"))
    if is_title:
        return Entry(text, entry.depth, entry.ordered, entry.number, entry.text.rstrip(" :："))
    return Entry(f"{entry.text} {text}", entry.depth, entry.ordered, entry.number)


def item_count(block: ListBlock) -> int:
    """Return how many items a list has, sublists counted."""
    return sum(1 + (item_count(item.sublist) if item.sublist else 0) for item in block.items)
