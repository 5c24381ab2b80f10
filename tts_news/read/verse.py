"""Lines of verse in plain text: they rhyme, or fall into two halves, and no full stop ends them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from tts_news.arabic import announces, bare, key, tidy
from tts_news.read.lines import Line

_HALVES = re.compile(r"\s*(?:\*{2,}|\.{3,}|…+|={2,}|/{2,}|ـ{3,}|\t|\s{4,})\s*")
OF_POEMS = re.compile(r"شعر|قصيد|أبيات|البيت|بيتين|ديوان|نشيد|أنشد|ينشد|أغني|غنى|غنت|زجل|موشح")
_LETTERS = re.compile(r"[^\u0621-\u064a]")
_FEWEST_WORDS, _MOST_WORDS = 3, 12


def verse_from(lines: Sequence[Line], at: int) -> int:
    """Return the line after the verse that begins at `at`, `at` itself when none does."""
    stop = at
    while stop < len(lines) and _may_be_verse(lines[stop]):
        stop += 1
    run = lines[at:stop]
    if len(run) < 2:
        return at
    halves = sum(len(_HALVES.split(line.raw.strip())) == 2 for line in run)
    if halves == len(run):
        return stop
    context = any(OF_POEMS.search(line.text) for line in lines[max(0, at - 3) : at])
    shared = _shared_end(run)
    if shared >= 3 or (shared >= 2 and context):
        return stop
    # A quatrain rhymes in its second and fourth line.
    if len(run) >= 4 and len(run) % 2 == 0 and _shared_end(run[1::2]) >= 2 and context:
        return stop
    # A poem that is announced as one may rhyme in its last letter only, as the quatrain and the free verse do.
    announced = at > 0 and announces(lines[at - 1].text)
    return stop if context and announced and len(run) >= 4 and _most_common_end(run) * 4 >= 3 * len(run) else at


def _most_common_end(run: Sequence[Line]) -> int:
    """Return how many lines end in the letter in which most of them do."""
    ends = Counter(_LETTERS.sub("", bare(line.text))[-1:] for line in run)
    return max(ends.values())


def _may_be_verse(line: Line) -> bool:
    if line.marked or line.block is not None or line.anchored or line.text.endswith((".", ":", "؛")):
        return False
    return _FEWEST_WORDS <= line.words <= _MOST_WORDS


def _shared_end(run: Sequence[Line]) -> int:
    """Return how many letters the ends of all lines share; the same last word is no rhyme."""
    ends = [_LETTERS.sub("", bare(line.text.split()[-1])) for line in run]
    if len({key(end) for end in ends}) < len(ends):
        return 0
    columns = zip(*(reversed(end) for end in ends), strict=False)
    return sum(1 for _ in takewhile(lambda letters: len(set(letters)) == 1, columns))


def write_verse(run: Sequence[Line]) -> str:
    """Return lines of verse as a quote has them, the halves of each parted by a comma."""
    return "\n".join("، ".join(filter(None, map(tidy, _HALVES.split(line.raw.strip())))) for line in run)
