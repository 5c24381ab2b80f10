"""Which of a script's marks become chapters: what a listener jumps to, about six an hour.

Apple advises about six an hour with short titles; a list of sixty is read by nobody. A heading of the first rank, and
in an edition of several articles each article, always begins a chapter: it never joins the one before, however short.
What is finer (headings under headings, body and closing, posts, items of lists) is taken as long as there is room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import ceil

from tts_news.master.settings import Fineness
from tts_news.records import ChapterMark

PER_HOUR = 6
FEWEST = 8
"""So many there may be however short the edition is."""
MOST = 255
"""An MP3's table of contents counts in one byte. Source: ID3v2 Chapter Frame Addendum 1.0, 3.2."""
_APART_S = 3600 / PER_HOUR

Placed = tuple[int, ChapterMark]
"""A mark with the number of the cue it starts at."""


def choose_chapters(
    marks: Sequence[Placed], begins_s: Sequence[float], fineness: Fineness, least_s: float
) -> dict[int, ChapterMark]:
    """Return the marks that become chapters by the number of their cue, in order; the first always does.

    Args:
        marks: The script's marks in order of time; of several at one cue the first names it.
        begins_s: When each cue begins, and last when everything ends.
        fineness: "sections" takes finer marks where there is room for them, "posts" all posts of a live page, "items"
            all items of lists as well.
        least_s: A part, post or item that would be shorter joins the chapter before it.
    """
    wanted = {"sections": frozenset[str](), "posts": {"post"}, "items": {"post", "item"}}[fineness]
    several = any(mark.level for _, mark in marks)
    allowed = max(FEWEST, ceil(PER_HOUR * begins_s[-1] / 3600))
    chosen: dict[int, ChapterMark] = {}
    for number, (name, group) in enumerate(_by_importance(marks, several=several)):
        fuller = _joined(chosen, group, begins_s, least_s, is_firm=number == 0)
        if number == 0 or len(fuller) <= allowed or name in wanted:
            chosen = fuller
        elif name == "post":
            chosen = _joined(chosen, list(_apart(group, chosen, begins_s)), begins_s, least_s)
    return _at_most(chosen, begins_s) if not several else chosen


def _by_importance(marks: Sequence[Placed], *, several: bool) -> Iterator[tuple[str, list[Placed]]]:
    """Yield the marks, what matters most first, with their kind: the first group is taken whatever comes."""
    top = [(at, mark) for at, mark in marks if _depth(mark) == 1 or (several and not mark.level)]
    yield "section", sorted([marks[0], *top], key=lambda placed: placed[0])
    depths = sorted({_depth(mark) for _, mark in marks} - {0, 1})
    for depth in depths:
        yield "section", [(at, mark) for at, mark in marks if _depth(mark) == depth]
    for kind in ("part", "post", "item"):
        yield kind, [(at, mark) for at, mark in marks if mark.kind == kind]


def _depth(mark: ChapterMark) -> int:
    """Return how deep a section stands in the edition, from 1; 0 for what is no section."""
    return mark.level + mark.rank if mark.kind == "section" else 0


def _joined(
    chosen: Mapping[int, ChapterMark],
    group: Sequence[Placed],
    begins_s: Sequence[float],
    least_s: float,
    *,
    is_firm: bool = False,
) -> dict[int, ChapterMark]:
    """Return the chapters with those of a group, but for what would be too short and is no section."""
    marks = dict(chosen)
    for at, mark in group:
        named = marks.get(at)
        if named is None or (mark.kind == "item" and named.kind == "part"):  # an item's title says more than its list's
            marks[at] = mark
    kept: dict[int, ChapterMark] = {}
    length_s = least_s
    for at, following in pairwise([*sorted(marks), len(begins_s) - 1]):
        own_s = begins_s[following] - begins_s[at]
        firm = is_firm or at in chosen or marks[at].kind == "section"
        if not kept or firm or (own_s >= least_s and length_s >= least_s):
            kept[at] = marks[at]
            length_s = own_s
        else:
            length_s += own_s
    return kept


def _apart(group: Sequence[Placed], chosen: Mapping[int, ChapterMark], begins_s: Sequence[float]) -> Iterator[Placed]:
    """Yield the marks of a group that begin ten minutes after a chapter or one another: a page of many posts."""
    last_s = 0.0
    others = sorted(begins_s[at] for at in chosen)
    for at, mark in group:
        last_s = max([last_s, *(begin_s for begin_s in others if begin_s <= begins_s[at])])
        if begins_s[at] - last_s >= _APART_S:
            yield at, mark
            last_s = begins_s[at]


def _at_most(chosen: Mapping[int, ChapterMark], begins_s: Sequence[float]) -> dict[int, ChapterMark]:
    """Return the chapters, of more than a file can list those that are far enough apart."""
    if len(chosen) <= MOST:
        return dict(chosen)
    kept: dict[int, ChapterMark] = {}
    last_s = float("-inf")
    for at, mark in chosen.items():
        if begins_s[at] - last_s >= begins_s[-1] / MOST:
            kept[at] = mark
            last_s = begins_s[at]
    return kept
