"""Which blocks inside the article's element are not the article, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from tts_news.arabic import announces, ends_sentence, has_arabic, is_closed, key
from tts_news.read import boilerplate
from tts_news.read.dates import find_date, is_date_line
from tts_news.read.evidence import Evidence
from tts_news.read.looks import BYLINE
from tts_news.read.raw import Raw
from tts_news.read.signoff import sign_off_from

_SURE_BYLINE = re.compile(r"^(?:بقلم|بواسطة|أضيف بواسطة|نشر بواسطة)\s|[:/|\-–,،]\s*$")
# «كاتبة من لبنان», «باحث في الشأن الإيراني»: who signs, below the text.
_SIGNED = re.compile(
    r"^[*•–-]?\s*(?:كاتبة?|باحثة?|صحا?في?ة?|أكاديمية?|محللة?|روائية?|شاعرة?|أستاذة?|إعلامية?|خبيرة?|ناقدة?)(?=\s)"
)
_PULLED = re.compile(r"pull-?quote", re.IGNORECASE)


# «1906», «1987 – 1990» alone; anywhere but above a text they are of the page.
_OF_FIGURES = ("a counter", "no words")


def judge(raws: Sequence[Raw], evidence: Evidence, title: str, author: str, lexicon: boilerplate.Lexicon) -> list[str]:
    """Return for each block why it is left out, "" when it is kept.

    Args:
        raws: The blocks of the article's element.
        evidence: What the extractor kept.
        title: The headline, "" when unknown: it is not repeated.
        author: Who wrote it as the metadata state, "" when unknown.
        lexicon: The phrases that count, a site's own included.
    """
    reasons = [_own_reason(raw, title, lexicon) for raw in raws]
    _drop_details(raws, reasons, author)
    _drop_sections(raws, reasons, lexicon)
    page = _survey(raws, evidence)
    for at, raw in enumerate(raws):
        if not reasons[at]:
            reasons[at] = _link_reason(raw, reasons, page)
        if not reasons[at] and not page.held[at] and not _stands_alone(at, reasons, page):
            reasons[at] = "not part of the article's text"
    _drop_repeats(raws, reasons)
    _drop_sign_off(raws, reasons)
    _drop_loose_ends(raws, reasons)
    return reasons


@dataclass(slots=True)
class _List:
    """What the items of one list have in common; `first` is the number of its first block."""

    first: int
    items: int = 0
    linked: int = 0
    held: bool = False


@dataclass(frozen=True, slots=True)
class _Survey:
    """The blocks, which of them the extractor kept, their lists, and whether headings are links as a rule."""

    raws: Sequence[Raw]
    held: Sequence[bool]
    lists: dict[HtmlElement, _List]
    linked_headings: bool


def _survey(raws: Sequence[Raw], evidence: Evidence) -> _Survey:
    held = [evidence.holds(raw) for raw in raws]
    lists: dict[HtmlElement, _List] = {}
    for at, raw in enumerate(raws):
        if raw.root is not None:
            facts = lists.setdefault(raw.root, _List(at))
            facts.items += 1
            facts.linked += raw.is_link
            facts.held = facts.held or held[at]
    headings = [raw.is_link for raw in raws if raw.kind == "heading"]
    return _Survey(raws, held, lists, len(headings) > 1 and sum(headings) * 2 > len(headings))


def _own_reason(raw: Raw, title: str, lexicon: boilerplate.Lexicon) -> str:
    """Return what the block's own words say against it."""
    if title and not raw.is_prose and (raw.key == key(title) or (raw.level == 1 and raw.key.endswith(key(title)))):
        return "repeats the headline"
    if raw.kind == "notes" or raw.post is not None:
        return ""
    if raw.kind == "figure":
        return "a link to another page" if raw.is_link else ""
    verdict = lexicon.judge(raw.whole)
    if verdict and not (verdict.weak and raw.kind in ("item", "heading")):
        return verdict.reason
    if raw.words <= 8 and not is_closed(raw.whole) and _names_writer(raw.whole):
        return "byline"
    if raw.kind in ("item", "table"):
        return ""
    shape = boilerplate.judge_shape(raw.whole)
    # «1906» and «01» head the parts of a chronology or a novel.
    if shape and not (raw.kind == "heading" and re.search(r"\d", raw.text) and shape.reason in _OF_FIGURES):
        return shape.reason
    if is_date_line(raw.whole) and raw.kind != "heading":
        return "date line"
    return ""


def _names_writer(text: str) -> bool:
    match = BYLINE.match(text)
    return match is not None and _SURE_BYLINE.search(match[0]) is not None


def _drop_details(raws: Sequence[Raw], reasons: list[str], author: str) -> None:
    """Drop what stands above the first sentence and is about the article: writer, date, reading time."""
    names = [key(name) for name in re.split("[،,]", author) if len(name) > 3]
    lede = next((at for at, raw in enumerate(raws) if raw.is_prose and not reasons[at]), 0)
    for at in range(lede):
        raw = raws[at]
        if reasons[at] or is_closed(raw.whole) or raw.words > 20:
            continue
        if is_date_line(raw.whole) or (find_date(raw.whole) and raw.words <= 20):
            reasons[at] = "date line"
        elif raw.kind != "heading" and any(name in raw.key and raw.words <= name.count(" ") + 8 for name in names):
            reasons[at] = "byline"
    for at in range(lede - 2, -1, -1):  # «تاريخ الخبر» above the date that went
        label = raws[at].kind == "paragraph" and raws[at].words <= 3 and not is_closed(raws[at].whole)
        if label and not reasons[at] and reasons[at + 1] in ("date line", "byline"):
            reasons[at] = reasons[at + 1]


def _drop_sections(raws: Sequence[Raw], reasons: list[str], lexicon: boilerplate.Lexicon) -> None:
    """Drop what the markers take with them: the links below a promotion, everything below a comment form."""
    words = [raw.words if raw.is_prose and not why else 0 for raw, why in zip(raws, reasons, strict=True)]
    before, total = 0, sum(words)
    for at, raw in enumerate(raws):
        verdict = lexicon.judge(raw.whole) if reasons[at] else None
        before += words[at]
        if verdict is None:
            continue
        if verdict.effect == "end" and before and total - before <= before:
            for below in range(at + 1, len(raws)):
                reasons[below] = reasons[below] or verdict.reason
            return
        alone = verdict.alone or announces(raw.whole)
        if verdict.effect in ("related", "insert", "contents", "tags", "caption") and alone:
            _drop_below(raws, reasons, at, verdict.reason, everything=verdict.effect == "contents")


def _drop_below(raws: Sequence[Raw], reasons: list[str], at: int, reason: str, *, everything: bool) -> None:
    """Drop the links, and headlines without a full stop, directly below a marker."""
    root = None
    for below in range(at + 1, len(raws)):
        raw = raws[below]
        in_list = raw.root is not None and (root is None or raw.root is root) and (below == at + 1 or root is not None)
        if in_list and (raw.is_link or everything or raw.root is root):
            root = raw.root
        elif not raw.is_link and not (
            below == at + 1 and not ends_sentence(raw.whole) and raw.words <= 25 and raw.kind == "paragraph"
        ):
            return
        reasons[below] = reasons[below] or reason


def _link_reason(raw: Raw, reasons: Sequence[str], page: _Survey) -> str:
    """Return whether a block that is nothing but a link leads away from the article."""
    if not raw.is_link:
        return ""
    if raw.root is not None:
        facts = page.lists[raw.root]
        if facts.linked * 2 <= facts.items or facts.held or _is_announced(facts, reasons, page):
            return ""
        return "a list of links"
    if raw.kind == "heading":
        return "" if page.linked_headings else "a link to another page"
    # A sentence that is a link as a whole is a sentence; a headline that is one is a promotion.
    return "" if is_closed(raw.whole) and raw.words >= 8 else "a link to another page"


def _is_announced(facts: _List, reasons: Sequence[str], page: _Survey) -> bool:
    """Return whether the text before a list ends with a colon: without the list it would dangle."""
    if facts.first == 0 or reasons[facts.first - 1]:
        return False
    return announces(page.raws[facts.first - 1].whole)


def _stands_alone(at: int, reasons: Sequence[str], page: _Survey) -> bool:
    """Return whether a block that the extractor left out is article all the same."""
    raws, raw = page.raws, page.raws[at]
    if raw.root is not None:
        facts = page.lists[raw.root]
        return _is_announced(facts, reasons, page) or (has_arabic(raw.whole) and (not raw.is_link or facts.held))
    if raw.kind in ("figure", "notes") or raw.post is not None:
        return True
    if raw.kind == "heading" and raw.level == 3 and raw.words <= 4 and not has_arabic(raw.whole):
        return any(page.held[at + 1 : at + 2])  # the year of a chronology
    if not has_arabic(raw.whole):
        return False
    if at and raws[at - 1].kind == "quote" and not reasons[at - 1] and raw.words <= 8:
        return True  # who is quoted
    if raw.link_words * 2 > raw.words:
        return False
    if raw.kind == "heading" and raw.folded:
        return True
    if raw.kind == "heading":
        below = raws[at + 1] if at + 1 < len(raws) else None
        heads_list = below is not None and below.root is not None and not below.is_link and has_arabic(below.whole)
        return heads_list or any(page.held[at + 1 : at + 3])
    if raw.words >= 8 or (raw.words >= 3 and ends_sentence(raw.whole)):
        return True
    return raw.kind == "paragraph" and 0 < at < len(raws) - 1 and page.held[at - 1] and page.held[at + 1]


def _drop_repeats(raws: Sequence[Raw], reasons: list[str]) -> None:
    """Drop the sentences that a page sets in large type beside the text they stand in."""
    pulled = [at for at, raw in enumerate(raws) if not reasons[at] and _is_pulled(raw)]
    if not pulled:
        return
    text = " ".join(raw.key for at, raw in enumerate(raws) if at not in pulled and not reasons[at])
    for at in pulled:
        if f" {raws[at].key} " in f" {text} ":
            reasons[at] = "a sentence of the text in large type"


def _is_pulled(raw: Raw) -> bool:
    elements = (raw.element, *islice(raw.element.iterancestors(), 3))
    return raw.kind in ("quote", "paragraph") and any(_PULLED.search(e.get("class") or "") for e in elements)


def _drop_sign_off(raws: Sequence[Raw], reasons: list[str]) -> None:
    """Drop the initials of the desk, the agency's name and what stands below «انتهى»."""
    kept = [at for at, reason in enumerate(reasons) if not reason]
    lines = [f"• {raws[at].whole}" if raws[at].kind == "item" else raws[at].whole for at in kept]
    end = sign_off_from(lines)
    for at in kept[end:]:
        reasons[at] = "sign-off"
    last = kept[end - 1] if end else -1
    if last > 0 and raws[last].words <= 8 and _SIGNED.match(raws[last].whole) and not ends_sentence(raws[last].whole):
        reasons[last] = "byline"


def _drop_loose_ends(raws: Sequence[Raw], reasons: list[str]) -> None:
    """Drop headings that head nothing, and the labels among the links below the last sentence."""
    paragraphs = [
        raw for raw, why in zip(raws, reasons, strict=True) if raw.kind == "paragraph" and raw.words >= 12 and not why
    ]
    # Some desks set no full stop at the end of a paragraph.
    closing = sum(ends_sentence(raw.text) for raw in paragraphs) * 2 >= len(paragraphs)
    last = max((at for at, raw in enumerate(raws) if not reasons[at] and _holds_text(raw, closing=closing)), default=-1)
    labels = sum(
        not why for raw, why in zip(raws[last + 1 :], reasons[last + 1 :], strict=True) if raw.kind != "figure"
    )
    if labels >= 3 or any(why in _LINKS for why in reasons[last + 1 :]):
        for at in range(last + 1, len(raws)):
            reasons[at] = reasons[at] or ("" if raws[at].kind == "figure" else "below the article")
    below: Raw | None = None
    for at in range(len(raws) - 1, -1, -1):
        if reasons[at]:
            continue
        raw = raws[at]
        if raw.kind in ("figure", "notes"):
            continue
        if raw.kind == "heading" and (below is None or (below.kind == "heading" and below.level < raw.level)):
            reasons[at] = "a heading with nothing below it"
            continue
        below = raw


_LINKS = ("a link to another page", "a list of links", "not part of the article's text")


def _holds_text(raw: Raw, *, closing: bool) -> bool:
    sentence = raw.words >= (20 if closing else 9) or (raw.words >= 3 and is_closed(raw.text)) or announces(raw.text)
    return raw.kind in ("item", "quote", "table", "notes") or (raw.kind == "paragraph" and sentence)
