"""From flat items to lists: «title: body», nesting by depth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tts_news.arabic import count_words, key
from tts_news.read import boilerplate
from tts_news.records import ListBlock, ListItem

_LONGEST_TITLE = 8
_COLON = re.compile(r"\s*[:：](?=\s|$)\s*")


@dataclass(frozen=True, slots=True)
class Entry:
    """An item before nesting: `depth` 0 is the outermost; `title` is set only when the source marks it as one."""

    text: str
    depth: int = 0
    ordered: bool = False
    number: int | None = None
    title: str = ""


def split_item(text: str) -> ListItem:
    """Return an item as title and body: «ميزانيتك: حدد …» has a title, a sentence or a quotation has none."""
    match = _COLON.search(text)
    if match is None:
        return ListItem(body=text)
    title, body = text[: match.start()].strip(), text[match.end() :].strip()
    words = title.split()
    speech = boilerplate.load().speech
    is_title = 1 <= count_words(title) <= _LONGEST_TITLE and not re.search('[.؟?!،؛«»"“”]', title)
    if not is_title or key(words[0]) in speech or key(words[-1]) in speech:
        return ListItem(body=text)
    return ListItem(title=title, body=body)


def build_list(entries: Sequence[Entry]) -> ListBlock:
    """Return entries as one list, deeper ones as sublists of the entry before them. `entries` is not empty."""
    block, _ = _build(entries, 0, min(entry.depth for entry in entries))
    return block


def _build(entries: Sequence[Entry], at: int, depth: int) -> tuple[ListBlock, int]:
    first, begin = entries[at], at
    items: list[ListItem] = []
    while at < len(entries) and entries[at].depth >= depth:
        entry = entries[at]
        if entry.depth > depth and items:
            sublist, at = _build(entries, at, entry.depth)
            last = items[-1]
            items[-1] = ListItem(last.title, last.body, _joined(last.sublist, sublist))
            continue
        items.append(_item(entry))
        at += 1
    if not first.ordered:
        return ListBlock(ordered=False, items=tuple(items)), at
    start = first.number if first.number is not None else 1
    numbers = _own_numbers(entries[begin:at], depth, start)
    steps = {b - a for a, b in pairwise(numbers)}
    plain = steps <= {1} or steps == {-1}
    return ListBlock(
        ordered=True,
        items=tuple(items),
        start=start,
        reversed=steps == {-1},
        numbers=() if plain else tuple(numbers),
    ), at


def _own_numbers(entries: Sequence[Entry], depth: int, start: int) -> list[int]:
    """Return the number of each item of one depth; an item without one follows the one before it."""
    numbers: list[int] = []
    for entry in entries:
        if entry.depth == depth:
            following = numbers[-1] + 1 if numbers else start
            numbers.append(entry.number if entry.number is not None else following)
    return numbers


def _joined(old: ListBlock | None, new: ListBlock) -> ListBlock:
    return new if old is None else ListBlock(old.ordered, old.items + new.items, old.start, old.reversed)


def _item(entry: Entry) -> ListItem:
    if entry.title:
        return ListItem(title=_COLON.sub("", entry.title).strip() or entry.title, body=entry.text)
    return split_item(entry.text)
