"""The headline of a paste and the lines around it: deck, category line, labels."""

from __future__ import annotations

import re
from collections.abc import Collection

from tts_news.arabic import has_arabic, key
from tts_news.read import sections
from tts_news.read.lines import Line
from tts_news.read.looks import Paste

_HEADLINE_REACH = 60
"""How many lines above the text the headline is looked for."""
_NO_CATEGORY = frozenset(
    map(key, ("الرئيسية", "الصفحة الرئيسية", "featured", "slider", "سلايدر", "مميز", "غير مصنف", "Home"))
)


def find_headline(paste: Paste, start: int, stop: int) -> int:
    """Set the headline and return where the body starts."""
    if 0 <= paste.labelled <= start:
        paste.headline = paste.labelled
        return _start_below(paste, paste.headline, max(start, paste.headline + 1))
    start = _below_announcement(paste, start, stop)
    above = {at for at in range(max(0, start - _HEADLINE_REACH), start) if _may_be_headline(paste, at)}
    # A headline that ends with ؟ or ! reads as the first sentence of the run.
    first = paste.lines[start] if stop - start > 1 else None
    if (
        first
        and first.block is None
        and 4 <= first.words <= 30
        and not first.anchored
        and not first.text.endswith((".", ":", "،", "؛"))
        and not first.marked
    ):
        above.add(start)
    if not above:
        return start
    lede = next((at for at in range(start + 1, stop) if paste.is_prose(at)), start + 1) if start in above else start
    first_of_zone = _first_below_menu(paste, above, lede)
    best = max(above, key=lambda at: (_headline_score(paste, at, lede, first_of_zone), -at))
    paste.headline = best
    return _start_below(paste, best, lede if best == start else start)


def _below_announcement(paste: Paste, start: int, stop: int) -> int:
    """Return where the text begins behind «نرجو نشر البيان التالي:», when a headline follows that."""
    if stop - start < 3 or not paste.lines[start].text.endswith(":") or paste.lines[start].words > 8:
        return start
    below = paste.lines[start + 1]
    fits = 4 <= below.words <= 30 and not below.ended and _may_be_headline(paste, start + 1)
    return start + 1 if fits and paste.is_prose(start + 2) else start


def _may_be_headline(paste: Paste, at: int) -> bool:
    line = paste.lines[at]
    if line.block is not None:
        return False
    if paste.looks[at].kind != "text" or paste.dropped[at] or line.bullet or line.anchored or not has_arabic(line.text):
        return False
    # A greeting or an announcement; in «قال الشاعر:» what follows is the text.
    if line.text.endswith(("،", ":")) and not _is_title_marker(line):
        return False
    if _is_title_marker(line) or line.words > 40:
        return line.words <= 40
    return not sections.split_categories(line.text, paste.lexicon.sections)


def _is_title_marker(line: Line) -> bool:
    """Return whether the line is a Markdown heading of the first level."""
    return line.raw.lstrip().startswith("# ")


def _first_below_menu(paste: Paste, above: Collection[int], start: int) -> int:
    """Return the first that may be the headline between the last menu and the text: what follows is deck or heading."""
    top = start
    while top > 0 and start - top < _HEADLINE_REACH and not _is_nav(paste, top - 1):
        top -= 1
    zone = sorted(at for at in above if at >= top)
    long = [at for at in zone if paste.lines[at].words >= 5 and not paste.lines[at].text.endswith(".")]
    return (long or zone or [-1])[0]


def _is_nav(paste: Paste, at: int) -> bool:
    """Return whether line `at` ends a run of three items, or of three labels that nothing else explains."""
    run = range(at - 2, at + 1)
    if at >= 2 and all(paste.lines[i].bullet for i in run):
        return True
    return at >= 2 and all(paste.looks[i].kind == "text" and paste.lines[i].words <= 3 for i in run)


def _headline_score(paste: Paste, at: int, start: int, first: int) -> float:
    line = paste.lines[at]
    score = 6.0 if _is_title_marker(line) else 0.0
    score -= 4.0 if line.words < 3 else 0.0
    score += (0.5 if 5 <= line.words <= 22 else 0.0) + 0.1 * min(line.words, 14)
    score -= 1.0 if line.text.endswith(".") else 0.0
    score -= 3.0 if _is_menu(paste, at) else 0.0
    if _is_repeated(paste, at):
        score += 3.0
    if at + 1 < len(paste.lines) and paste.looks[at + 1].kind in ("date", "byline"):
        score += 3.0 if line.words >= 5 else 1.5
    if at > 0 and sections.split_categories(paste.lines[at - 1].text, paste.lexicon.sections, line.text):
        score += 1.0
    if at == first:
        score += 2.5
    if at == 0 and _stands_above_all(paste):
        score += 8.0
    return score - 0.05 * (start - at)


def _stands_above_all(paste: Paste) -> bool:
    """Return whether the first line stands alone above text that is no prose: the title of a poem, of a table."""
    lines = paste.lines
    alone = len(lines) > 2 and lines[1].group != lines[0].group and lines[2].group == lines[1].group
    return alone and not any(paste.is_prose(at) for at in range(len(lines)))


def _is_repeated(paste: Paste, at: int) -> bool:
    """Return whether another line holds this one: breadcrumb, «Leave a Comment on …», the video's title."""
    own, text = paste.lines[at].key, paste.lines[at].text
    # Keys say "#" for every number: «الخطوة 1» and «الخطوة 2» are not the same line.
    others = (other for i, other in enumerate(paste.lines[:600]) if i != at)
    return len(own) > 12 and any(own in other.key and ("#" not in own or text in other.whole) for other in others)


def _start_below(paste: Paste, headline: int, start: int) -> int:
    """Return where the body starts: at the first line below the headline that is not about the headline."""
    at = headline + 1
    while at < start:
        line = paste.lines[at]
        names = sections.split_categories(line.text, paste.lexicon.sections, paste.lines[headline].text)
        meta = paste.looks[at].kind != "text" or paste.dropped[at] or names
        if not meta and not line.marked and _may_open(line) and not _is_menu(paste, at) and not _is_name(paste, at):
            return at
        if not meta and line.marked and all(paste.lines[i].marked for i in range(at, start)):
            return at
        at += 1
    return start


def _may_open(line: Line) -> bool:
    """Return whether a line between headline and lede is a deck or a first subheading rather than a label."""
    return line.words >= 4 or (line.words >= 2 and (line.anchored or line.ended))


def _is_name(paste: Paste, at: int) -> bool:
    """Return whether a line of two to four words beside a date is the writer's name."""
    line = paste.lines[at]
    near = [i for i in (at - 1, at + 1) if 0 <= i < len(paste.lines)]
    beside = any(paste.looks[i].kind in ("date", "byline") for i in near)
    return beside and 2 <= line.words <= 4 and not line.ended and not re.search(r"\d", line.text)


def _is_menu(paste: Paste, at: int) -> bool:
    """Return whether line `at` stands in a run of four short lines that nothing else explains."""
    first = at
    while first > max(0, at - 4) and _is_short(paste, first - 1):
        first -= 1
    last = at
    while last + 1 < min(len(paste.lines), at + 4) and _is_short(paste, last + 1):
        last += 1
    return _is_short(paste, at) and last - first + 1 >= 4


def _is_short(paste: Paste, at: int) -> bool:
    line = paste.lines[at]
    return paste.looks[at].kind == "text" and line.words <= 8 and not line.ended


def clean_header(paste: Paste, start: int) -> None:
    """Give every line above the body its reason; read the categories off the lines that state them."""
    headline = paste.lines[paste.headline] if paste.headline >= 0 else None
    for at in range(start):
        if at == paste.headline:
            continue
        line, look = paste.lines[at], paste.looks[at]
        near = headline is not None and abs(at - paste.headline) <= 3
        names = sections.split_categories(line.text, paste.lexicon.sections, headline.text if headline else "")
        if names and near and not line.bullet and not paste.categories and not _is_menu(paste, at):
            paste.categories = [name for name in names if key(name) not in _NO_CATEGORY]
            paste.drop(at, "category line")
        elif headline and line.key == headline.key:
            paste.drop(at, "repeats the headline")
        else:
            paste.drop(at, look.reason or "above the article")


def clean_opening(paste: Paste, start: int, lede: int) -> None:
    """Drop the labels between the deck and the lede: names, sections, captions' rests."""
    for at in range(start, lede):
        line = paste.lines[at]
        names = sections.split_categories(line.text, paste.lexicon.sections)
        lonely = not line.marked and not (_may_open(line) or at + 1 == lede)
        if names or lonely or _is_name(paste, at) or _is_menu(paste, at):
            paste.drop(at, "category line" if names else "above the article")


def clean_below_deck(paste: Paste, lede: int, stop: int) -> None:
    """Drop the labels between a deck and the text, when a date or byline among them shows that they are labels."""
    below = next((at for at in range(lede + 1, stop) if paste.is_prose(at)), lede)
    if any(paste.looks[at].kind in ("date", "byline") for at in range(lede + 1, below)):
        for at in range(lede + 1, below):
            line = paste.lines[at]
            if line.words <= 4 and not line.ended and not line.anchored and at + 1 < below:
                paste.drop(at, paste.looks[at].reason or "above the article")
