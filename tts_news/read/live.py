"""Live pages: which elements are posts, and at what hour each was posted."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from tts_news.arabic import count_words, tidy

_AGO = re.compile(r"^(?:نشر(?:ت)?\s+)?(?:قبل|منذ)\s+\S+(?:\s+\S+){0,3}$|^(?:الآن|للتو)$")
_CLOCK = re.compile(
    r"^(?:الساعة\s+)?([\d٠-٩]{1,2}[:٫.][\d٠-٩]{2}(?:[:.][\d٠-٩]{2})?)(?:\s*(?:ص|م|صباحا|صباحًا|مساء|مساءً|ظهرا|GMT|بتوقيت\s.{2,30}|AM|PM)\b\.?)?(.{0,40})$",
    re.IGNORECASE,
)
_TIME_CLASS = re.compile(r"(?:^|[\s_-])(?:time|timestamp|clock|hour|date|ago|posted)(?:$|[\s_-])", re.IGNORECASE)
_LIVE = re.compile(r"مباشر|لحظة بلحظة|أولا بأول|أولاً بأول|التغطية|تغطية حية|تطورات")
_REACH = 8


def find_posts(root: HtmlElement, title: str) -> dict[HtmlElement, HtmlElement]:
    """Return the posts of a live page, each with the element that holds its time; {} on any other page.

    Posts are siblings of one kind, each with a time at its head and text below it. A chronology has dates, not hours;
    comments and teasers have times as well, so a page that does not call itself live needs clock times.
    """
    live = (
        _LIVE.search(title) is not None or root.find(".//*[@itemtype='https://schema.org/LiveBlogPosting']") is not None
    )
    posts: dict[HtmlElement, HtmlElement] = {}
    groups: dict[tuple[HtmlElement, str, str], dict[HtmlElement, HtmlElement]] = {}
    for element in root.iter("li", "article", "section", "div"):
        parent = element.getparent()
        time = _time_of(element)
        if parent is not None and time is not None and _has_text(element, time):
            groups.setdefault((parent, str(element.tag), element.get("class") or ""), {})[element] = time
    for found in groups.values():
        clocks = sum(bool(clock_of(_text(time))) for time in found.values())
        if len(found) >= 2 and (live or (len(found) >= 3 and clocks * 2 >= len(found))):
            posts |= found
    inner = {up for post in posts for up in post.iterancestors()}
    return {post: time for post, time in posts.items() if post not in inner}


def _time_of(element: HtmlElement) -> HtmlElement | None:
    for node in islice(element.iterdescendants(), _REACH):
        if not isinstance(node.tag, str):
            continue
        text = _text(node) if node.tag == "time" or _TIME_CLASS.search(node.get("class") or "") else ""
        if text and count_words(text) <= 8 and (_AGO.match(text) or clock_of(text)):
            return node
    return None


def _has_text(element: HtmlElement, time: HtmlElement) -> bool:
    linked = sum(count_words(_text(link)) for link in element.iter("a") if (link.get("href") or "#")[0] != "#")
    words = count_words(_text(element)) - count_words(_text(time))
    return words >= 4 and linked * 2 < words


def _text(element: HtmlElement) -> str:
    return tidy(" ".join("".join(map(str, element.itertext())).split()))


def clock_of(text: str) -> str:
    """Return the clock time in the words of a post's time («14:02»), "" when they only say how long ago it was."""
    match = _CLOCK.match(tidy(text))
    return text if match else ""
