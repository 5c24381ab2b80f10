"""Lines cut into captions: short enough to be read on a small screen, at words, by preference after punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tts_news.publish.reading import Line, Reading
from tts_news.records import Timing, WordTime

LONGEST = 64  # letters: one line of WebVTT (65 by the podcast namespace's guide), two of SRT
_PAUSES = "،؛:.!؟…,;?!»)"
_MIDWORD_PENALTY = 300.0  # against a squared distance from the even length: worth 17 letters of unevenness
_JOINER = "\u2060"  # invisible, does not break a line
_RIGHT_TO_LEFT = "\u200f"


@dataclass(frozen=True, slots=True)
class Caption:
    """What is shown between two times; `words` joined by spaces are its text."""

    start_s: float
    end_s: float
    words: tuple[WordTime, ...]
    timing: Timing = "voice"

    @property
    def text(self) -> str:
        """The words as one line."""
        return " ".join(word.text for word in self.words)


def direction_mark(text: str) -> str:
    """Return the mark that a caption needs before it, "" for most.

    Players take a caption's direction from its first letter: one that opens in Latin would run from left to right,
    its full stop on the wrong side.
    """
    strong = (direction for direction in map(unicodedata.bidirectional, text) if direction in {"L", "R", "AL"})
    return _RIGHT_TO_LEFT if next(strong, "") == "L" else ""


def make_captions(reading: Reading) -> tuple[Caption, ...]:
    """Return the captions of every line that is heard: in order, none overlapping, none without duration.

    A tag-like `<b` and an arrow are broken by an invisible joiner: SRT has no way to escape them, and players drop
    what looks like markup.
    """
    captions: list[Caption] = []
    for line in reading.lines:
        if not line.heard:
            continue
        captions.extend(cut_line(replace(line, words=tuple(map(_defused, line.words)))))
    return tuple(captions)


def cut_line(line: Line) -> tuple[Caption, ...]:
    """Return the captions of one line that is heard; together they have all its words and all its time."""
    groups = _join_short(list(_cut(line.words)))
    starts = [line.start_s, *(group[0].start_s for group in groups[1:])]
    ends = [*starts[1:], line.end_s]
    return tuple(
        Caption(start, end, tuple(group), line.timing) for start, end, group in zip(starts, ends, groups, strict=True)
    )


def _defused(word: WordTime) -> WordTime:
    return replace(word, text=re.sub(r"<(?=[A-Za-z/!?])|-(?=->)", lambda found: found[0] + _JOINER, word.text))


def _cut(words: Sequence[WordTime]) -> Iterator[list[WordTime]]:
    """Yield the words in groups of at most `LONGEST` letters, of about the same length; a longer word stays whole."""
    total = len(" ".join(word.text for word in words))
    even = total / -(-total // LONGEST) if total else LONGEST
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        length, choice = -1, (float("inf"), end - 1)
        for begin in range(end - 1, -1, -1):
            length += len(words[begin].text) + 1
            if length > LONGEST and begin < end - 1:
                break
            stop = end == len(words) or words[end - 1].text[-1:] in _PAUSES
            price = best[begin][0] + (length - even) ** 2 + (0 if stop else _MIDWORD_PENALTY)
            choice = min(choice, (price, begin))
        best.append(choice)
    cuts, end = [len(words)], len(words)
    while end:
        end = best[end][1]
        cuts.append(end)
    cuts.reverse()
    for begin, end in pairwise(cuts):
        yield list(words[begin:end])


def _join_short(groups: list[list[WordTime]]) -> list[list[WordTime]]:
    """Return the groups with those that last no time (signs that are not read) joined to the one before."""
    kept: list[list[WordTime]] = []
    for group in groups:
        if kept and (group[-1].end_s <= group[0].start_s or group[0].start_s <= kept[-1][0].start_s):
            kept[-1].extend(group)
        else:
            kept.append(group)
    return kept
