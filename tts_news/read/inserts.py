"""Sections of a paste: what a marker («مقالات ذات صلة») takes with it, and where the rest is no article any more."""

from __future__ import annotations

import re
from itertools import accumulate

from tts_news.arabic import announces, has_arabic
from tts_news.read.boilerplate import Verdict
from tts_news.read.looks import Paste

_RELATED_REACH = 150
"""How many lines a block of other articles has at most before the article may go on."""


def mark_sections(paste: Paste) -> None:
    """Drop every section of a paste; `paste.tail` is set where the last one begins that nothing follows."""
    size = len(paste.lines)
    words = [line.words if paste.is_prose(at) else 0 for at, line in enumerate(paste.lines)]
    after = [*reversed(list(accumulate(reversed(words)))), 0]
    at, before = 0, 0
    while at < size:
        verdict = paste.looks[at].verdict
        stop = _section_end(paste, at, verdict, before, after[at + 1]) if verdict else at + 1
        if verdict and stop > at + 1:
            if stop == size:
                paste.tail = at
            for below in range(at, stop):
                paste.drop(below, paste.looks[below].reason or verdict.reason)
        before += words[at] if stop == at + 1 else 0
        at = stop


def _section_end(paste: Paste, at: int, verdict: Verdict, before: int, after: int) -> int:
    """Return where the section that line `at` opens ends; `before` and `after` count words of prose."""
    alone = verdict.alone or announces(paste.lines[at].text)
    if verdict.effect == "caption" and verdict.alone:
        return min(at + 2, len(paste.lines))
    if verdict.effect == "contents":
        return _after_contents(paste, at)
    if not before:
        return at + 1
    # A comment form in the page's head has the article below it.
    if verdict.effect == "end" and after <= 3 * before:
        return len(paste.lines)
    if verdict.effect == "related" and alone:
        return _after_related(paste, at)
    if verdict.effect == "insert" and alone:
        return _after_insert(paste, at)
    if verdict.effect == "tags" and verdict.alone:
        return _after_tags(paste, at)
    return at + 1


def _after_related(paste: Paste, at: int) -> int:
    """Return where the article goes on after a block of other articles, or the number of lines when it does not."""
    size = len(paste.lines)
    # «قصص مقترحة» … «قصص مقترحة نهاية»: a block that says where it ends.
    for i in range(at + 1, min(size, at + 25)):
        if re.fullmatch(r"(?:\w+ ){1,3}نهايه", paste.lines[i].key):
            return i + 1
    reach = min(size, at + _RELATED_REACH)
    end = next(
        (i for i in range(at + 1, reach) if (v := paste.looks[i].verdict) and v.effect == "end" and not v.weak), reach
    )
    if _is_teaser_list(paste, at + 1, end):
        return size
    sentences = [i for i in range(at + 1, end) if _is_sentence(paste, i)]
    for number, i in enumerate(sentences):
        if not paste.lines[i].is_statement or paste.lines[i].text.endswith(("…", "...", "[…]", "]")):
            continue
        if any(paste.looks[j].kind == "date" for j in (i - 1, i + 1) if at < j < size):
            continue
        if len(sentences) - number >= 2 or paste.lines[i].words >= 40:
            return _with_heading(paste, at, i)
    return size


def _is_teaser_list(paste: Paste, start: int, stop: int) -> bool:
    """Return whether headlines and short paragraphs take turns: a list of other articles, each with its teaser."""
    lines = [paste.lines[at] for at in range(start, stop) if paste.looks[at].kind == "text"]
    pairs = 0
    for headline, teaser in zip(lines[::2], lines[1::2], strict=False):
        if headline.ended or headline.words > 25 or not teaser.is_paragraph or teaser.words > 40:
            break
        pairs += 1
    return pairs >= 2 and pairs * 2 >= len(lines) - 1


def _is_sentence(paste: Paste, at: int) -> bool:
    line = paste.lines[at]
    if paste.looks[at].kind != "text" or paste.dropped[at]:
        return False
    return line.is_statement or (line.words >= 5 and line.text.endswith("."))


def _with_heading(paste: Paste, marker: int, at: int) -> int:
    """Return `at`, or the line of the subheading above it: not one of the headlines directly below the marker."""
    lines = paste.lines
    while at - 1 > marker + 1 and lines[at - 1].group == lines[at].group and paste.looks[at - 1].kind == "text":
        at -= 1
    above = at - 1
    if above <= marker + 1 or paste.looks[above].kind != "text" or lines[above].marked:
        return at
    alone = lines[above - 1].group != lines[above].group
    first_group = lines[marker + 1].group
    return above if alone and lines[above].group != first_group and lines[above].words <= 20 else at


def _after_insert(paste: Paste, at: int) -> int:
    """Return where a promotion ends: below the headlines that follow it, above the next running text."""
    lines = paste.lines
    below = at + 1
    while below < len(lines) and below - at <= 10:
        line = lines[below]
        if paste.is_prose(below) or announces(line.text) or (line.ended and line.text.endswith(".")):
            break
        if paste.looks[below].verdict and below > at + 1:
            return below
        far = below > at + 1 and lines[below].group != lines[below - 1].group and not lines[below].marked
        if far and _is_apart(paste, at, below):
            break
        below += 1
    return below


def _is_apart(paste: Paste, marker: int, at: int) -> bool:
    """Return whether a line below a promotion is a subheading of the article: alone, short, above its text."""
    lines = paste.lines
    if not has_arabic(lines[at].text) or at + 1 >= len(lines):
        return False
    leads = paste.is_prose(at + 1) or lines[at + 1].marked or lines[at + 1].ended
    headlines = [line.words for line in lines[marker + 1 : at] if has_arabic(line.text)]
    return leads and bool(headlines) and lines[at].words <= min(7, *headlines)


def _after_tags(paste: Paste, at: int) -> int:
    """Return where the tags below their label end: they are items or stand on adjacent lines, a few words each."""
    lines = paste.lines
    below = at + 1
    while below < len(lines) and lines[below].words <= 5 and not lines[below].ended:
        near = lines[below].group == lines[at].group or lines[below].marked or below == at + 1
        if not near:
            break
        below += 1
    return below


def _after_contents(paste: Paste, at: int) -> int:
    lines = paste.lines
    below = at + 1
    while below < len(lines) and not lines[below].is_paragraph:
        name = re.sub(r"^(?:#\s)+", "", lines[below].key)
        later = any(name and name == other.key for other in lines[below + 1 :][:400])
        numbered = re.match(r"^\W*\d", lines[below].raw) is not None and lines[below].group == lines[at + 1].group
        if not (later or numbered):
            break
        below += 1
    return below
