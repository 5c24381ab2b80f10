"""Pasted text → `Article`: which lines are the article, and what each of them is.

A paste is a page as a person copies it: menus above, comment forms below, no tags to go by. Decided in this order:

1. every line by itself (`_look`): phrase, date, byline;
2. sections: what a marker such as «مقالات ذات صلة» takes with it, and where nothing follows any more;
3. the article's run: the stretch with most running text in it;
4. the headline, among the lines above the run;
5. the lines inside the run, one by one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from tts_news.errors import ReadError
from tts_news.read import boilerplate, sections
from tts_news.read.dates import count_times, find_date, is_date_line, starts_with_date
from tts_news.read.letters import announces, count_arabic, has_arabic, is_closed, key, tidy
from tts_news.read.lines import Line, split_lines
from tts_news.read.roles import to_blocks
from tts_news.records import Article, Dropped

Kind = Literal["text", "boilerplate", "date", "byline", "caption"]

_BYLINE = re.compile(
    r"^(?:بقلم|بواسطة|كتبت?|كتابة|تحرير|إعداد|اعداد|المحرر|الكاتب|ترجمة|مرسلة بواسطة|أضيف بواسطة|نشر بواسطة|الصفة|By|Posted by|Written by)"
    r"(?=[\s:/\-–|,،]|[A-Za-z])\s*[:/\-–|,،]*\s*"
)
_COMMENT_LINK = re.compile(r"Leave a Comment|تعليقات?\b|اترك تعليق")
_SMALLEST_ARTICLE = 3
"""Words of Arabic below which a text is no article at all."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What a line is by its own words."""

    kind: Kind
    reason: str = ""
    verdict: boilerplate.Verdict | None = None


@dataclass(slots=True)
class _Paste:
    """The state of one reading.

    Attributes:
        dropped: Why line i is left out, "" while it is in.
        tail: The line from which on nothing is article any more.
    """

    lines: tuple[Line, ...]
    looks: list[_Look]
    dropped: list[str]
    lexicon: boilerplate.Lexicon
    tail: int = sys.maxsize
    headline: int = -1
    categories: list[str] = field(default_factory=list)

    def drop(self, at: int, reason: str) -> None:
        self.dropped[at] = self.dropped[at] or reason

    def is_prose(self, at: int) -> bool:
        """Return whether line `at` is running text and nothing is known against it."""
        return self.looks[at].kind == "text" and not self.dropped[at] and self.lines[at].is_paragraph

    def prose_words(self, start: int, stop: int) -> int:
        return sum(self.lines[at].words for at in range(start, stop) if self.is_prose(at))


def read_paste(text: str, source: str = "", lexicon: boilerplate.Lexicon | None = None) -> Article:
    """Return the article of a pasted text, with every line that is not part of it in `dropped`.

    Raises:
        ReadError: The text is empty or holds no Arabic.
    """
    lexicon = lexicon or boilerplate.load()
    lines = _ungroup(split_lines(text))
    if not lines:
        raise ReadError(f"{source or 'the text'} is empty", hint="paste or name an article with some text in it")
    if not any(has_arabic(line.raw) for line in lines):
        raise ReadError(f"there is no Arabic in {source or 'the text'}", hint="this press reads Arabic articles")
    paste = _Paste(lines, [_look(line, lexicon) for line in lines], [""] * len(lines), lexicon)
    _mark_sections(paste)
    start, stop = _find_run(paste)
    lede, start = start, _find_headline(paste, start, stop)
    _clean_header(paste, start)
    _clean_opening(paste, start, lede)
    _clean_below_deck(paste, lede, stop)
    stop = _close_run(paste, start, stop)
    _clean_run(paste, start, stop)
    return _assemble(paste, start, stop, source)


def _ungroup(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines with a group each when the text has no empty lines to speak of: then groups say nothing."""
    groups = {line.group for line in lines}
    if len(lines) < 6 or len(groups) > max(2, len(lines) // 12):
        return lines
    return tuple(
        Line(line.raw, line.indent, number, line.bullet, line.number, line.text) for number, line in enumerate(lines)
    )


# ── each line by itself ──────────────────────────────────────────────────────────────────────────────────────────


def _look(line: Line, lexicon: boilerplate.Lexicon) -> _Look:
    if verdict := lexicon.judge(line.text) or boilerplate.judge_shape(line.whole):
        return _Look("boilerplate", verdict.reason, verdict)
    dated = starts_with_date(line.text) and not line.ended
    if is_date_line(line.text) or (dated and (line.words <= 10 or _COMMENT_LINK.search(line.text))):
        return _Look("date", "date line")
    if _is_dated_label(line):
        return _Look("date", "date line")
    if _is_byline(line, lexicon):
        return _Look("byline", "byline")
    if _is_caption(line, lexicon):
        return _Look("caption", "caption")
    return _Look("text")


def _is_dated_label(line: Line) -> bool:
    """Return whether a short line holds a full date with its weekday or hour: «سلمى الحدادالسبت 14 مارس 2026 - 08:30»."""
    if line.marked or line.ended or line.words > 24 or not find_date(line.text):
        return False
    parts = count_times(line.text)
    return parts >= 3 or (parts >= 2 and line.words <= 14) or line.words <= 7


def _is_byline(line: Line, lexicon: boilerplate.Lexicon) -> bool:
    if line.words > 12 or is_closed(line.text):
        return False
    if match := _BYLINE.match(line.text):
        # «كتب محمد علي» is a byline, «كتب أحد المستخدمين أن…» a sentence.
        return (
            line.words <= 6
            or match[0].rstrip().endswith((":", "/", "|", "-", "–", ",", "،"))
            or "بواسطة" in match[0]
            or starts_with_date(line.text)
        )
    parts = [key(part) for part in re.split(r"\s*[-–—|/،,]\s*", line.text) if part.strip()]
    return 1 <= len(parts) <= 4 and line.words <= 7 and any(part in lexicon.agencies for part in parts)


def _is_caption(line: Line, lexicon: boilerplate.Lexicon) -> bool:
    if line.marked or line.words > 30 or is_closed(line.text):
        return False
    # «… (رويترز)», «… - أرشيفية»: a credit behind a description.
    credit = re.search(r"(?:\(([^()]{2,30})\)|[-–|]\s*([^-–|()]{2,30}))$", line.text)
    if credit and key(credit[1] or credit[2]) in lexicon.credits:
        return True
    return (
        line.words <= 15
        and not line.ended
        and any(line.key == start or line.key.startswith(start + " ") for start in lexicon.captions)
    )


# ── sections ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _mark_sections(paste: _Paste) -> None:
    at = 0
    while at < len(paste.lines):
        verdict = paste.looks[at].verdict
        stop = at + 1
        if verdict and paste.prose_words(0, at):
            if verdict.effect == "end" and _is_end(paste, at):
                stop = len(paste.lines)
            elif verdict.effect == "related" and (verdict.alone or announces(paste.lines[at].text)):
                stop = _after_related(paste, at)
            elif verdict.effect == "insert" and (verdict.alone or announces(paste.lines[at].text)):
                stop = _after_insert(paste, at)
            elif verdict.effect == "tags" and verdict.alone:
                stop = _after_tags(paste, at)
        if verdict and verdict.effect == "caption" and verdict.alone:
            stop = min(at + 2, len(paste.lines))
        if verdict and verdict.effect == "contents":
            stop = _after_contents(paste, at)
        if stop == len(paste.lines) and stop > at + 1:
            paste.tail = min(paste.tail, at)
        if stop > at + 1:
            for below in range(at, stop):
                paste.drop(below, paste.looks[below].reason or (verdict.reason if verdict else ""))
        at = stop


def _is_end(paste: _Paste, at: int) -> bool:
    """Return whether the article is over: a comment form in the page's head has the article below it."""
    before, after = paste.prose_words(0, at), paste.prose_words(at + 1, len(paste.lines))
    return before > 0 and after <= 3 * before


def _after_related(paste: _Paste, at: int) -> int:
    """Return where the article goes on after a block of other articles, or the number of lines when it does not."""
    size = len(paste.lines)
    # «قصص مقترحة» … «قصص مقترحة نهاية»: a block that says where it ends.
    for i in range(at + 1, min(size, at + 25)):
        if re.fullmatch(r"(?:\w+ ){1,3}نهايه", paste.lines[i].key):
            return i + 1
    end = next(
        (i for i in range(at + 1, size) if (v := paste.looks[i].verdict) and v.effect == "end" and not v.weak), size
    )
    if _is_teaser_list(paste, at + 1, end):
        return size
    for i in range(at + 1, end):
        if not paste.is_prose(i) or paste.lines[i].text.endswith(("…", "...", "[…]", "]")):
            continue
        if any(paste.looks[j].kind == "date" for j in (i - 1, i + 1) if at < j < size):
            continue
        prose = [j for j in range(i, end) if paste.is_prose(j) or _is_sentence(paste, j)]
        if len(prose) >= 2 or paste.lines[i].words >= 40:
            return _with_heading(paste, at, i)
    return size


def _is_teaser_list(paste: _Paste, start: int, stop: int) -> bool:
    """Return whether headlines and short paragraphs take turns: a list of other articles, each with its teaser."""
    lines = [paste.lines[at] for at in range(start, stop) if paste.looks[at].kind == "text"]
    pairs = 0
    for headline, teaser in zip(lines[::2], lines[1::2], strict=False):
        if headline.ended or headline.words > 25 or not teaser.is_paragraph or teaser.words > 40:
            break
        pairs += 1
    return pairs >= 2 and pairs * 2 >= len(lines) - 1


def _is_sentence(paste: _Paste, at: int) -> bool:
    line = paste.lines[at]
    return paste.looks[at].kind == "text" and line.words >= 5 and line.text.endswith((".", "؟", "!"))


def _with_heading(paste: _Paste, marker: int, at: int) -> int:
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


def _after_insert(paste: _Paste, at: int) -> int:
    """Return where a promotion ends: below the headlines that follow it, above the next running text."""
    lines = paste.lines
    below = at + 1
    while below < len(lines) and below - at <= 10:
        if paste.is_prose(below) or (is_closed(lines[below].text) and lines[below].text.endswith(".")):
            break
        if paste.looks[below].verdict and below > at + 1:
            return below
        far = below > at + 1 and lines[below].group != lines[below - 1].group and not lines[below].marked
        if far and _is_apart(paste, at, below):
            break
        below += 1
    return below


def _is_apart(paste: _Paste, marker: int, at: int) -> bool:
    """Return whether a line below a promotion is a subheading of the article: it stands alone, short, above its text."""
    lines = paste.lines
    if not has_arabic(lines[at].text) or at + 1 >= len(lines):
        return False
    leads = paste.is_prose(at + 1) or lines[at + 1].marked or lines[at + 1].ended
    headlines = [line.words for line in lines[marker + 1 : at] if has_arabic(line.text)]
    return leads and bool(headlines) and lines[at].words <= min(7, min(headlines))


def _after_tags(paste: _Paste, at: int) -> int:
    """Return where the tags below their label end: they are items or stand on adjacent lines, a few words each."""
    lines = paste.lines
    below = at + 1
    while below < len(lines) and lines[below].words <= 5 and not lines[below].ended:
        near = lines[below].group == lines[at].group or lines[below].marked or below == at + 1
        if not near:
            break
        below += 1
    return below


def _after_contents(paste: _Paste, at: int) -> int:
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


# ── the run ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _weight(paste: _Paste, at: int) -> float:
    """Return how much line `at` speaks for being inside the article (running text) or outside (negative)."""
    line, look = paste.lines[at], paste.looks[at]
    if at >= paste.tail:
        return -50.0
    if paste.dropped[at]:
        return 0.0  # an insert after which the article goes on
    if look.kind == "boilerplate":
        return -8.0 if look.verdict and look.verdict.effect in ("end", "related") else -2.5
    if look.kind != "text":
        return -2.5
    if line.is_paragraph:
        return float(min(line.words, 80))
    if line.ended and line.words >= 4:
        return line.words / (1 if line.text.endswith(".") else 2)
    if line.marked:
        return -0.25 if line.words >= 4 else -0.6
    return -0.5 if line.words >= 2 else -1.0


def _find_run(paste: _Paste) -> tuple[int, int]:
    """Return the article's run as [start, stop): the stretch whose weights sum highest (Kadane's algorithm)."""
    best, best_run = 0.0, (0, 0)
    total, start = 0.0, 0
    for at in range(len(paste.lines)):
        if total <= 0:
            total, start = 0.0, at
        total += _weight(paste, at)
        if total > best:
            best, best_run = total, (start, at + 1)
    if best_run != (0, 0):
        return best_run
    # No running text at all: a poem, a list, results. Then the article is whatever nothing speaks against.
    kept = [at for at, look in enumerate(paste.looks) if look.kind == "text" and not paste.dropped[at]]
    if len(kept) > 1:
        return kept[1], kept[-1] + 1
    return (kept[0], kept[0] + 1) if kept else (0, len(paste.lines))


def _close_run(paste: _Paste, start: int, stop: int) -> int:
    """Return the run's end moved over what still belongs to it: a last list, all of a clean paste."""
    size = len(paste.lines)
    rest = [at for at in range(stop, size) if paste.looks[at].kind != "text" or paste.dropped[at]]
    limit = rest[0] if rest else size
    if not rest and not any(paste.dropped[start:stop]) and not any(paste.dropped[:start]):
        return size
    at = stop
    while at < limit:
        line, last = paste.lines[at], paste.lines[at - 1]
        listed = line.marked and (last.marked or announces(last.text))
        chained = line.group == last.group and at > start and not last.is_paragraph
        below_colon = announces(last.text)
        if not (listed or chained or below_colon or (not rest and line.words > 3 and has_arabic(line.text))):
            break
        at += 1
    return at


# ── the headline ─────────────────────────────────────────────────────────────────────────────────────────────────


def _find_headline(paste: _Paste, start: int, stop: int) -> int:
    """Set the headline and return where the body starts."""
    above = [at for at in range(start) if _may_be_headline(paste, at)]
    if above:
        best = max(above, key=lambda at: (_headline_score(paste, at, start, above), -at))
        paste.headline = best
        return _start_below(paste, best, start)
    first = paste.lines[start] if start < len(paste.lines) else None
    has_more = stop - start > 1
    if first and has_more and first.words <= 30 and not first.text.endswith((".", ":", "،", "؛")) and not first.marked:
        paste.headline = start
        lede = next((at for at in range(start + 1, stop) if paste.is_prose(at)), start + 1)
        return _start_below(paste, start, lede)
    return start


def _may_be_headline(paste: _Paste, at: int) -> bool:
    line = paste.lines[at]
    if paste.looks[at].kind != "text" or paste.dropped[at] or line.bullet or not has_arabic(line.text):
        return False
    if _is_title_marker(line) or line.words > 40:
        return line.words <= 40
    return not sections.split_categories(line.text, paste.lexicon.sections)


def _is_title_marker(line: Line) -> bool:
    """Return whether the line is a Markdown heading of the first level."""
    return line.raw.lstrip().startswith("# ")


def _headline_score(paste: _Paste, at: int, start: int, above: Sequence[int]) -> float:
    line = paste.lines[at]
    score = 6.0 if _is_title_marker(line) else 0.0
    score -= 4.0 if line.words < 3 else 0.0
    score += 1.0 if 5 <= line.words <= 22 else 0.0
    score -= 1.0 if line.text.endswith(".") else 0.0
    if _is_repeated(paste, at):
        score += 3.0
    below = _next_text(paste, at)
    if at + 1 < len(paste.lines) and paste.looks[at + 1].kind in ("date", "byline"):
        score += 2.0
    if at > 0 and sections.split_categories(paste.lines[at - 1].text, paste.lexicon.sections, line.text):
        score += 1.0
    # The first of a headline and a deck above the lede is the headline.
    run = at
    while run + 1 in above:
        run += 1
    if below == start or _next_text(paste, run) == start:
        score += 2.5
    return score - 0.05 * (start - at)


def _is_repeated(paste: _Paste, at: int) -> bool:
    """Return whether another line holds this one: breadcrumb, «Leave a Comment on …», the video's title."""
    own = paste.lines[at].key
    return len(own) > 12 and any(own in other.key for i, other in enumerate(paste.lines[:600]) if i != at)


def _next_text(paste: _Paste, at: int) -> int:
    below = at + 1
    while below < len(paste.lines) and (paste.looks[below].kind != "text" or paste.dropped[below]):
        below += 1
    return below


def _start_below(paste: _Paste, headline: int, start: int) -> int:
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


def _is_name(paste: _Paste, at: int) -> bool:
    """Return whether a line of two to four words beside a date is the writer's name."""
    line = paste.lines[at]
    near = [i for i in (at - 1, at + 1) if 0 <= i < len(paste.lines)]
    beside = any(paste.looks[i].kind in ("date", "byline") for i in near)
    return beside and 2 <= line.words <= 4 and not line.ended and not re.search(r"\d", line.text)


def _is_menu(paste: _Paste, at: int) -> bool:
    """Return whether line `at` stands in a run of four short lines."""
    first = at
    while first > 0 and _is_short(paste.lines[first - 1]):
        first -= 1
    last = at
    while last + 1 < len(paste.lines) and _is_short(paste.lines[last + 1]):
        last += 1
    return _is_short(paste.lines[at]) and last - first + 1 >= 4


def _is_short(line: Line) -> bool:
    return line.words <= 8 and not line.ended


def _clean_header(paste: _Paste, start: int) -> None:
    """Give every line above the body its reason; read the categories off the lines that state them."""
    headline = paste.lines[paste.headline] if paste.headline >= 0 else None
    for at in range(start):
        if at == paste.headline:
            continue
        line, look = paste.lines[at], paste.looks[at]
        near = headline is not None and abs(at - paste.headline) <= 3
        names = sections.split_categories(line.text, paste.lexicon.sections, headline.text if headline else "")
        if names and near and not line.bullet and not paste.categories:
            paste.categories = [name for name in names if key(name) not in _NO_CATEGORY]
            paste.drop(at, "category line")
        elif headline and line.key == headline.key:
            paste.drop(at, "repeats the headline")
        else:
            paste.drop(at, look.reason or "above the article")


def _clean_opening(paste: _Paste, start: int, lede: int) -> None:
    """Drop the labels between the deck and the lede: names, sections, captions' rests."""
    for at in range(start, lede):
        line = paste.lines[at]
        names = sections.split_categories(line.text, paste.lexicon.sections)
        lonely = not line.marked and not (_may_open(line) or at + 1 == lede)
        if names or lonely or _is_name(paste, at) or _is_menu(paste, at):
            paste.drop(at, "category line" if names else "above the article")


def _clean_below_deck(paste: _Paste, lede: int, stop: int) -> None:
    """Drop the labels between a deck and the text, when a date or byline among them shows that they are labels."""
    below = next((at for at in range(lede + 1, stop) if paste.is_prose(at)), lede)
    if any(paste.looks[at].kind in ("date", "byline") for at in range(lede + 1, below)):
        for at in range(lede + 1, below):
            line = paste.lines[at]
            if line.words <= 4 and not line.ended and not line.anchored and at + 1 < below:
                paste.drop(at, paste.looks[at].reason or "above the article")


_NO_CATEGORY = frozenset(
    map(key, ("الرئيسية", "الصفحة الرئيسية", "featured", "slider", "سلايدر", "مميز", "غير مصنف", "Home"))
)


# ── inside the run ───────────────────────────────────────────────────────────────────────────────────────────────


def _clean_run(paste: _Paste, start: int, stop: int) -> None:
    headline = paste.lines[paste.headline].key if paste.headline >= 0 else ""
    for at in range(start, len(paste.lines)):
        line, look = paste.lines[at], paste.looks[at]
        if at >= stop:
            paste.drop(at, look.reason or "below the article")
        elif headline and line.key == headline and not line.is_paragraph:
            paste.drop(at, "repeats the headline")
        elif look.kind == "boilerplate":
            if not (look.verdict and look.verdict.weak and _may_be_article(paste, at, start, stop)):
                paste.drop(at, look.reason)
        elif look.kind in ("date", "caption", "byline"):
            if not _is_heading_here(paste, at, start, stop) or look.kind == "byline":
                paste.drop(at, look.reason)
        elif not has_arabic(line.text) and not line.marked and not _is_listed(paste, at, start):
            paste.drop(at, "no Arabic")


def _may_be_article(paste: _Paste, at: int, start: int, stop: int) -> bool:
    """Return whether a word that is often boilerplate is article here: a list item, or a heading above running text."""
    line = paste.lines[at]
    near = [i for i in (at - 1, at + 1) if start <= i < stop]
    if any(paste.looks[i].kind == "boilerplate" for i in near) or not has_arabic(line.text):
        return line.marked and all(paste.lines[i].marked for i in near)
    return line.marked or _is_listed(paste, at, start) or _is_heading_here(paste, at, start, stop)


def _is_listed(paste: _Paste, at: int, start: int) -> bool:
    """Return whether the lines above, in this group, lead up to a line that ends with a colon, or are items."""
    above = at - 1
    while above >= start and paste.lines[above].group == paste.lines[at].group:
        if paste.lines[above].marked or announces(paste.lines[above].text):
            return True
        above -= 1
    return above >= start and announces(paste.lines[above].text)


def _is_heading_here(paste: _Paste, at: int, start: int, stop: int) -> bool:
    """Return whether a short line alone between running text heads what follows, e.g. a date in a chronology."""
    alone = at + 1 < stop and paste.lines[at].group != paste.lines[at + 1].group
    between = at - 1 > start and at + 1 < stop and paste.is_prose(at - 1) and paste.is_prose(at + 1)
    return alone and between and paste.looks[at].kind != "caption"


# ── the record ───────────────────────────────────────────────────────────────────────────────────────────────────


def _assemble(paste: _Paste, start: int, stop: int, source: str) -> Article:
    body = [paste.lines[at] for at in range(start, stop) if not paste.dropped[at]]
    title = paste.lines[paste.headline].text if paste.headline >= 0 else ""
    if not title and len(body) == 1 and count_arabic(body[0].text) < _SMALLEST_ARTICLE:
        raise ReadError(f"there is no article in {source or 'the text'}", hint="it holds a few letters only")
    if not body:
        raise ReadError(
            f"there is no article in {source or 'the text'}: every line of it looks like a menu or a form",
            hint="`tts-news read` shows why each line was left out; mark the article and copy it alone",
        )
    dropped = tuple(
        Dropped(line.whole, reason) for line, reason in zip(paste.lines, paste.dropped, strict=True) if reason
    )
    published, author = _read_meta(paste, start)
    return Article(
        title=title,
        blocks=to_blocks(body),
        categories=tuple(paste.categories),
        author=author,
        published=published,
        dropped=dropped,
        source=source,
    )


def _read_meta(paste: _Paste, start: int) -> tuple[str, str]:
    """Return date and author as the lines around the headline state them, "" when they do not."""
    published, author = "", ""
    first = max(0, paste.headline - 3)
    for at in range(first, start):
        line, look = paste.lines[at], paste.looks[at]
        if look.kind in ("date", "byline") or starts_with_date(line.text):
            published = published or find_date(line.text)
        if look.kind == "byline" and (match := _BYLINE.match(line.text)):
            name = re.split(r"\s+[-–|]\s+|(?<=\D)\d", line.text[match.end() :])[0]
            author = author or tidy(name).strip(" :،-–|")
    return published, author
