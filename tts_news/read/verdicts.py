"""Which blocks inside the article's element are not the article, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tts_news.read import boilerplate
from tts_news.read.dates import find_date, is_date_line
from tts_news.read.evidence import Evidence
from tts_news.read.letters import announces, ends_sentence, has_arabic, is_closed, key
from tts_news.read.walk import Raw

_BYLINE = re.compile(
    r"^(?:بقلم|بواسطة|كتبت?|تحرير|إعداد|اعداد|المحرر|الكاتب|الصفة|الدور|ترجمة|By|Posted by)\s*[:/|\-–,،]"
    r"|^(?:بقلم|بواسطة|أضيف بواسطة|نشر بواسطة)\s"
)


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
    for at, raw in enumerate(raws):
        if not reasons[at]:
            reasons[at] = _link_reason(raws, reasons, at, evidence)
        if not reasons[at] and not evidence.holds(raw) and not _stands_alone(raws, reasons, at, evidence):
            reasons[at] = "not part of the article's text"
    _drop_loose_ends(raws, reasons)
    return reasons


def _own_reason(raw: Raw, title: str, lexicon: boilerplate.Lexicon) -> str:
    """Return what the block's own words say against it."""
    if title and raw.key == key(title) and not raw.is_prose:
        return "repeats the headline"
    verdict = lexicon.judge(raw.whole)
    if verdict and not (verdict.weak and raw.kind in ("item", "heading")):
        return verdict.reason
    if _BYLINE.match(raw.whole) and raw.words <= 8 and not is_closed(raw.whole):
        return "byline"
    if raw.kind == "item":
        return ""
    if shape := boilerplate.judge_shape(raw.whole):
        return shape.reason
    if is_date_line(raw.whole) and raw.kind != "heading":
        return "date line"
    return ""


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
        elif any(name in raw.key and raw.words <= name.count(" ") + 8 for name in names):
            reasons[at] = "byline"


def _drop_sections(raws: Sequence[Raw], reasons: list[str], lexicon: boilerplate.Lexicon) -> None:
    """Drop what the markers take with them: the links below a promotion, everything below a comment form."""
    for at, raw in enumerate(raws):
        verdict = lexicon.judge(raw.whole) if reasons[at] else None
        if verdict is None:
            continue
        before = sum(
            other.words for other, why in zip(raws[:at], reasons[:at], strict=True) if other.is_prose and not why
        )
        if verdict.effect == "end" and before:
            after = sum(
                o.words for o, why in zip(raws[at + 1 :], reasons[at + 1 :], strict=True) if o.is_prose and not why
            )
            if after <= before:
                for below in range(at + 1, len(raws)):
                    reasons[below] = reasons[below] or verdict.reason
                return
        alone = verdict.alone or announces(raw.whole)
        if verdict.effect in ("related", "insert", "contents") and alone:
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


def _link_reason(raws: Sequence[Raw], reasons: Sequence[str], at: int, evidence: Evidence) -> str:
    """Return whether a block that is nothing but a link leads away from the article."""
    raw = raws[at]
    if not raw.is_link:
        return ""
    if raw.kind == "item":
        items = [other for other in raws if other.root is raw.root]
        linked = sum(other.is_link for other in items)
        if linked * 2 <= len(items) or evidence.holds(raw) or _is_announced(raws, reasons, at):
            return ""
        return "a list of links"
    if raw.kind == "heading":
        headings = [other for other in raws if other.kind == "heading"]
        all_linked = len(headings) > 1 and sum(other.is_link for other in headings) * 2 > len(headings)
        return "" if all_linked and evidence.holds(raw) else "a link to another page"
    # A sentence that is a link as a whole is a sentence; a headline that is one is a promotion.
    return "" if is_closed(raw.whole) and raw.words >= 8 else "a link to another page"


def _is_announced(raws: Sequence[Raw], reasons: Sequence[str], at: int) -> bool:
    """Return whether the text before an item's list ends with a colon: without the list it would dangle."""
    root = raws[at].root
    first = at
    while first > 0 and raws[first - 1].root is root and root is not None:
        first -= 1
    if first == 0 or reasons[first - 1]:
        return False
    above = raws[first - 1]
    return announces(above.whole) and above.kind in ("paragraph", "item", "quote", "heading")


def _stands_alone(raws: Sequence[Raw], reasons: Sequence[str], at: int, evidence: Evidence) -> bool:
    """Return whether a block that the extractor left out is article all the same."""
    raw = raws[at]
    if not has_arabic(raw.whole):
        return raw.kind == "item" and _is_announced(raws, reasons, at)
    if at and raws[at - 1].kind == "quote" and not reasons[at - 1] and raw.words <= 8:
        return True  # who is quoted
    if raw.link_words * 2 > raw.words and raw.kind != "item":
        return False
    if raw.kind == "item":
        mates = [other for other in raws if other.root is raw.root]
        return _is_announced(raws, reasons, at) or not raw.is_link or any(evidence.holds(other) for other in mates)
    if raw.kind == "heading":
        return any(evidence.holds(other) for other in raws[at + 1 : at + 3])
    if raw.words >= 8 or (raw.words >= 3 and ends_sentence(raw.whole)):
        return True
    near = [raws[i] for i in (at - 1, at + 1) if 0 <= i < len(raws)]
    return raw.kind == "paragraph" and len(near) == 2 and all(map(evidence.holds, near))


def _drop_loose_ends(raws: Sequence[Raw], reasons: list[str]) -> None:
    """Drop headings that head nothing, and the labels among the links below the last sentence."""
    last = max((at for at, raw in enumerate(raws) if not reasons[at] and _holds_text(raw)), default=-1)
    if any(why in _LINKS for why in reasons[last + 1 :]):
        for at in range(last + 1, len(raws)):
            reasons[at] = reasons[at] or "below the article"
    below: Raw | None = None
    for at in range(len(raws) - 1, -1, -1):
        if reasons[at]:
            continue
        raw = raws[at]
        if raw.kind == "heading" and (below is None or (below.kind == "heading" and below.level < raw.level)):
            reasons[at] = "a heading with nothing below it"
            continue
        below = raw


_LINKS = ("a link to another page", "a list of links", "not part of the article's text")


def _holds_text(raw: Raw) -> bool:
    return raw.kind in ("item", "quote") or (raw.kind == "paragraph" and (raw.words > 8 or ends_sentence(raw.text)))
