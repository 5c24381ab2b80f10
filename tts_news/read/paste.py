"""Pasted text → `Article`: which lines are the article, and what each of them is.

A paste is a page as a person copies it: menus above, comment forms below, no tags to go by. Decided in this order:

1. every line by itself (`looks`): phrase, date, byline;
2. sections (`inserts`): what a marker such as «مقالات ذات صلة» takes with it, and where nothing follows any more;
3. the article's run: the stretch with most running text in it;
4. the headline (`headline`), among the lines above the run;
5. the lines inside the run, one by one.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tts_news.arabic import announces, count_arabic, has_arabic, is_closed, tidy
from tts_news.errors import ReadError
from tts_news.read import boilerplate
from tts_news.read.bylines import split_byline
from tts_news.read.channels import mark_channel, unthread
from tts_news.read.dates import find_date, starts_with_date
from tts_news.read.headline import clean_below_deck, clean_header, clean_opening, find_headline
from tts_news.read.inserts import mark_sections
from tts_news.read.lines import Line, mark_stopless, split_lines
from tts_news.read.looks import BYLINE, ROLE, Paste, look_at
from tts_news.read.marks import without_marks
from tts_news.read.notes import heads_notes, read_notes
from tts_news.read.questions import tell_questions
from tts_news.read.reflow import reflow
from tts_news.read.roles import to_blocks
from tts_news.read.signoff import sign_off_from, trim_sign_off
from tts_news.read.structure import split_item
from tts_news.records import Article, Dropped, Notes

# About 100,000 words, ten hours of speech. At these limits a paste takes 3 s to sort out on one core.
MOST_CHARACTERS = 600_000
_MOST_LINES = 15_000
PAYWALL = "paywall"
SOURCES = "sources"
"""Reasons in the boilerplate's file: what stands where a text breaks off, and references with what is below them."""
_SMALLEST_ARTICLE = 3
"""Letters of Arabic below which a text is no article at all."""


def read_paste(text: str, source: str = "", lexicon: boilerplate.Lexicon | None = None) -> Article:
    """Return the article of a pasted text, with every line that is not part of it in `dropped`.

    Raises:
        ReadError: The text is empty or holds no Arabic.
    """
    lexicon = lexicon or boilerplate.load()
    if len(text) > MOST_CHARACTERS or text.count("\n") > _MOST_LINES:
        raise ReadError(
            f"{source or 'the text'} is longer than any article: {len(text):,} characters",
            hint="split it into its articles and name each",
        )
    text, shed = reflow(text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = _ungroup(split_lines(text))
    lines = mark_stopless(unthread(lines), lexicon.judge)
    if not lines:
        raise ReadError(f"{source or 'the text'} is empty", hint="paste or name an article with some text in it")
    if not any(has_arabic(line.raw) for line in lines):
        raise ReadError(f"there is no Arabic in {source or 'the text'}", hint="this press reads Arabic articles")
    paste = Paste(lines, [look_at(line, lexicon) for line in lines], [""] * len(lines), lexicon)
    mark_channel(paste)
    mark_sections(paste)
    start, stop = _find_run(paste)
    lede, start = start, find_headline(paste, start, stop)
    clean_header(paste, start)
    clean_opening(paste, start, lede)
    clean_below_deck(paste, lede, stop)
    stop = _close_run(paste, start, stop)
    _clean_run(paste, start, stop)
    _drop_sign_off(paste, start, stop)
    return _assemble(paste, start, stop, source, shed)


def _ungroup(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines with a group each when the text has no empty lines to speak of: then groups say nothing."""
    groups = {line.group for line in lines}
    if len(lines) < 6 or len(groups) > max(2, len(lines) // 12):
        return lines
    return tuple(replace(line, group=number) for number, line in enumerate(lines))


def _weight(paste: Paste, at: int) -> float:
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
    if line.is_statement:
        return float(min(line.words, 80))
    if line.ended and line.words >= 4:
        return line.words / (1 if line.text.endswith(".") else 2)
    if line.marked:
        return -0.25 if line.words >= 4 else -0.6
    return -0.5 if line.words >= 2 else -1.0


def _find_run(paste: Paste) -> tuple[int, int]:
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


def _is_closing_list(paste: Paste, at: int, limit: int) -> bool:
    """Return whether the marked lines from `at` on are a last list of the article rather than a menu or tags.

    Numbers and ticks are; other bullets are when one item is a sentence, has a title, or is longer than a label.
    """
    items: list[Line] = []
    while at < limit and (paste.lines[at].marked or (items and paste.lines[at].group == items[-1].group)):
        items.append(paste.lines[at])
        at += 1
    if items[0].number is not None or items[0].bullet in "✓✔✅☑":
        return True
    return any(item.words >= 6 or item.ended or split_item(item.text).title for item in items)


def _close_run(paste: Paste, start: int, stop: int) -> int:
    """Return the run's end moved over what still belongs to it: a last list, all of a clean paste."""
    size = len(paste.lines)
    rest = [at for at in range(stop, size) if paste.looks[at].kind != "text" or paste.dropped[at]]
    limit = rest[0] if rest else size
    if not rest and not any(paste.dropped[start:stop]) and not any(paste.dropped[:start]):
        return size
    at = stop
    while at < limit:
        line, last = paste.lines[at], paste.lines[at - 1]
        listed = line.marked and (last.marked or announces(last.text) or _is_closing_list(paste, at, limit))
        chained = line.group == last.group and at > start and not last.is_paragraph
        below_colon = announces(last.text)
        # «قال.», «نعم.»: a whole sentence, however short.
        sentence = is_closed(line.text) and has_arabic(line.text)
        unstopped = line.stopless and line.words >= 8 and not line.marked
        if not (
            listed
            or chained
            or below_colon
            or sentence
            or unstopped
            or (not rest and line.words > 3 and has_arabic(line.text))
        ):
            break
        at += 1
    return at


def _clean_run(paste: Paste, start: int, stop: int) -> None:
    headline = paste.lines[paste.headline].key if paste.headline >= 0 else ""
    for at in range(start, len(paste.lines)):
        line, look = paste.lines[at], paste.looks[at]
        if at >= stop:
            paste.drop(at, look.reason or "below the article")
        elif headline and line.key == headline and not line.is_paragraph:
            paste.drop(at, "repeats the headline")
        elif look.kind == "boilerplate":
            if not _is_figure_here(paste, at, start, stop) and not (
                look.verdict and look.verdict.weak and _may_be_article(paste, at, start, stop)
            ):
                paste.drop(at, look.reason)
        elif look.kind in ("date", "caption", "byline"):
            if not _is_heading_here(paste, at, start, stop) or look.kind == "byline":
                paste.drop(at, look.reason)
        elif not has_arabic(line.text) and not line.marked and not _is_listed(paste, at, start):
            paste.drop(at, "no Arabic")


def _is_figure_here(paste: Paste, at: int, start: int, stop: int) -> bool:
    """Return whether a line of figures stands in the text for itself: a year of a chronology, a share, an amount.

    One to three bare digits are a counter or the number of a page.
    """
    line = paste.lines[at]
    if paste.looks[at].reason != "a counter" or len(re.sub(r"\D", "", line.text)) < 3 + line.text.strip().isdigit():
        return False
    between = start < at < stop - 1 and paste.is_prose(at + 1)
    return between and paste.looks[at - 1].kind == "text" and not re.search(r"[^\W\d_]", line.text)


def _drop_sign_off(paste: Paste, start: int, stop: int) -> None:
    kept = [at for at in range(start, stop) if not paste.dropped[at]]
    for at in kept[sign_off_from([paste.lines[at].whole for at in kept]) :]:
        paste.drop(at, "sign-off")


def _may_be_article(paste: Paste, at: int, start: int, stop: int) -> bool:
    """Return whether a word that is often boilerplate is article here: a list item, or a heading above running text."""
    line = paste.lines[at]
    near = [i for i in (at - 1, at + 1) if start <= i < stop]
    if any(paste.looks[i].kind == "boilerplate" for i in near) or not has_arabic(line.text):
        return line.marked and all(paste.lines[i].marked for i in near)
    return line.marked or _is_listed(paste, at, start) or _is_heading_here(paste, at, start, stop)


def _is_listed(paste: Paste, at: int, start: int) -> bool:
    """Return whether the lines above, in this group, lead up to a line that ends with a colon, or are items."""
    above = at - 1
    while above >= start and paste.lines[above].group == paste.lines[at].group:
        if paste.lines[above].marked or announces(paste.lines[above].text):
            return True
        above -= 1
    return above >= start and announces(paste.lines[above].text)


def _is_heading_here(paste: Paste, at: int, start: int, stop: int) -> bool:
    """Return whether a short line alone between running text heads what follows, e.g. a date in a chronology."""
    alone = at + 1 < stop and paste.lines[at].group != paste.lines[at + 1].group
    between = at - 1 > start and at + 1 < stop and paste.is_prose(at - 1) and paste.is_prose(at + 1)
    return alone and between and paste.looks[at].kind != "caption"


def _assemble(paste: Paste, start: int, stop: int, source: str, shed: tuple[Dropped, ...]) -> Article:
    body = [paste.lines[at] for at in range(start, stop) if not paste.dropped[at]]
    title = paste.lines[paste.headline].text if paste.headline >= 0 else ""
    if not title and len(body) == 1 and count_arabic(body[0].text) < _SMALLEST_ARTICLE:
        raise ReadError(f"there is no article in {source or 'the text'}", hint="it holds a few letters only")
    if not body:
        raise ReadError(
            f"there is no article in {source or 'the text'}: every line of it looks like a menu or a form",
            hint="`tts-news read` shows why each line was left out; mark the article and copy it alone",
        )
    notes = _notes(paste)
    dropped = tuple(
        Dropped(line.whole, reason)
        for line, reason in zip(paste.lines, paste.dropped, strict=True)
        if reason and not (notes and reason == SOURCES)
    )
    marked = (mark for line in body if not line.block for mark in without_marks(line.whole)[1])
    marks = tuple(Dropped(mark, "the mark of a note") for mark in marked)
    published, author = _read_meta(paste, start)
    blocks, signed = trim_sign_off(tell_questions(to_blocks(body)))
    return Article(
        title=title,
        blocks=(*blocks, *((notes,) if notes else ())),
        categories=tuple(paste.categories),
        author=author,
        published=published,
        dropped=(*shed, *dropped, *marks, *signed),
        missing="paywall" if PAYWALL in paste.dropped[start:] else "",
        source=source,
    )


def _notes(paste: Paste) -> Notes | None:
    """Return the references below a text, which are for the eye; None when it has none."""
    found = [line for line, reason in zip(paste.lines, paste.dropped, strict=True) if reason == SOURCES]
    if len(found) < 2 or not heads_notes(found[0].text):
        return None
    marks = [str(line.number) if line.number is not None else "" for line in found[1:]]
    return read_notes(found[0].text, [line.text for line in found[1:]], marks)


def _read_meta(paste: Paste, start: int) -> tuple[str, str]:
    """Return date and author as the lines around the headline state them, "" when they do not."""
    published, author = "", paste.account
    first = max(0, paste.headline - 3)
    for at in range(first, start):
        line, look = paste.lines[at], paste.looks[at]
        if look.kind in ("date", "byline") or starts_with_date(line.text):
            published = published or find_date(line.text)
        if look.kind == "byline" and ROLE.match(line.text):
            above = paste.lines[at - 1] if at else line
            author = author or (above.text if at - 1 != paste.headline and 2 <= above.words <= 4 else "")
        elif look.kind == "byline" and (match := BYLINE.match(line.text)):
            author = author or split_byline(tidy(line.text[match.end() :]))[0]
    return published, author
