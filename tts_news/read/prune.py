"""Parts of a page that are not the article by their place in the tree: tag, role, class names, a site's rules.

An element that holds a good part of the text that the extractor takes for the article is never cut, whatever it is
called. The class names are in `data/places.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import cast

from lxml.html import HtmlElement

from tts_news.arabic import count_words, key, tidy
from tts_news.read.notes import is_notes
from tts_news.read.settings import SiteRules
from tts_news.records import Dropped

# Never text for a reader, so not worth a line among what was dropped.
_SILENT = frozenset("script|style|noscript|template|embed|track|map|input|head|link|meta|title".split("|"))
_TAGS = {
    "nav": "navigation",
    "form": "form",
    "button": "button",
    "footer": "footer",
    "aside": "aside",
    "dialog": "dialog",
    "menu": "navigation",
}
_ROLES = {
    "navigation": "navigation",
    "complementary": "aside",
    "banner": "page header",
    "contentinfo": "footer",
    "search": "form",
    "dialog": "dialog",
    "alertdialog": "dialog",
    "menu": "navigation",
    "menubar": "navigation",
    "toolbar": "share buttons",
    "tablist": "navigation",
    "button": "button",
}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[-_\s:./]+|(?<=[a-z])(?=\d)")
# Layout frameworks put these beside any content: «has-sidebar», «no-ads», «post-1 tag-egypt category-news».
_STATE = re.compile(
    r"^(?:has|no|with|without|is|single|tag|category|post|page(?!-links)|template|theme|js|wp-theme|postid|hentry|elementor|et_pb|vc|fusion)-",
    re.IGNORECASE,
)
# Of a page builder's part the name behind «widget» says what it is: «elementor-widget-share-buttons».
_WIDGET = re.compile(r"^elementor-widget-(.+)$")
_NAMES = ("class", "id", "aria-labelledby")
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SHOWN_AGAIN = re.compile(r":(?:block|flex|inline|grid|not-sr-only)|d-\w+-(?:block|flex|inline)|visible-")
# Inside a line of text a class name says how it looks, not that it is something else.
_INLINE = frozenset("span|a|b|strong|em|i|u|small|mark|font|abbr|sub|sup|q|cite|bdi|bdo|s|code|time|label".split("|"))
# A part with more than this share of the article's words is not cut.
_LARGEST_CUT = 0.3


@cache
def _places() -> tuple[dict[str, str], dict[tuple[str, str], str], frozenset[str]]:
    """Return reasons by word and by pair of words, and the names that hide; read once per process."""
    text = resources.files("tts_news.read").joinpath("data", "places.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    words: dict[str, str] = {}
    pairs: dict[tuple[str, str], str] = {}
    for place in tables["place"]:
        words |= dict.fromkeys(place.get("words", ()), place["reason"])
        for pair in place.get("pairs", ()):
            first, second = pair.split()
            pairs[first, second] = place["reason"]
    return words, pairs, frozenset(tables["hidden"]["names"])


def class_reason(element: HtmlElement) -> str:
    """Return what the class names and id of an element say against it, "" when nothing."""
    if not (element.get("class") or element.get("id") or element.get("aria-labelledby")):
        return ""
    names = [name for part in _NAMES for name in (element.get(part) or "").split()]
    by_word, by_pair, hiding = _places()
    classes = (element.get("class") or "").split()
    if not hiding.isdisjoint(name.lower() for name in classes) and not _SHOWN_AGAIN.search(" ".join(classes)):
        return "hidden"
    parent = element.getparent()
    if element.tag in _INLINE and parent is not None and parent.tag in ("p", "li", *_INLINE):
        return ""
    for name in names:
        widget = _WIDGET.match(name)
        if (_STATE.match(name) and not widget) or len(name) > 60:
            continue
        words = [word.lower() for word in _CAMEL.split(widget[1] if widget else name) if word]
        for pair in pairwise(words):
            if pair in by_pair:
                return by_pair[pair]
        for word in (*words, "".join(words)):
            if reason := by_word.get(word):
                return reason
    return ""


PAYWALL = "paywall"
"""The reason of what stands in the place of the rest of a text."""
_WALL_CLASS = re.compile(
    r"paywall|regwall|meter(?:ed)?wall|subscri(?:be|ption)[-_]?(?:wall|prompt|box)|premium[-_]?wall|piano",
    re.IGNORECASE,
)
_WALL_WORDS = re.compile(
    r"اشتراك|اشترك|للمشتركين|المشتركين|سجل الدخول|تسجيل الدخول|سجّل|subscribe|subscription|sign in|log in", re.IGNORECASE
)
_LONGEST_WALL = 80


def _wall_reason(element: HtmlElement) -> str:
    """Return whether an element asks for a subscription where the text breaks off.

    `paywall` is also what publishers call the paid text itself: that says more, and does not ask for anything.
    """
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if names == " " or not _WALL_CLASS.search(names):
        return ""
    text = " ".join(map(str, element.itertext()))
    return PAYWALL if _WALL_WORDS.search(text) and count_words(text) <= _LONGEST_WALL else ""


def _private_reason(element: HtmlElement) -> str:
    """Return why an element is nobody's business but the editors', whatever it holds: a comment in a document."""
    if (
        element.tag in ("p", "div", "li")
        and len(element)
        and any((link.get("href") or "").startswith("#cmnt_ref") for link in element.iterchildren("a"))
    ):
        return "a comment on the text"
    return ""


def _reason(element: HtmlElement) -> str:
    tag = element.tag
    if (style := element.get("style")) and _INVISIBLE.search(style):
        return "hidden"
    if reason := _TAGS.get(tag) or _ROLES.get((element.get("role") or "").lower()):
        return reason
    return class_reason(element)


def prune(
    root: HtmlElement,
    words_of: Callable[[HtmlElement], int],
    rules: SiteRules | None,
    needed: frozenset[HtmlElement] = frozenset(),
) -> tuple[Dropped, ...]:
    """Cut everything from the tree that is not article by its place; return the lines that went, with the reasons.

    Args:
        root: The element that holds the article; changed in place.
        words_of: How many words of the article an element holds, as far as the extractor can tell.
        rules: The site's own selectors, None when there are none.
        needed: Elements that stay whatever stands around them is called: the hours of a live page's posts.
    """
    dropped: list[Dropped] = []
    most = _LARGEST_CUT * max(1, words_of(root))
    for element in select(root, rules.drop if rules else ()):
        _cut(element, "dropped by the site's rules", dropped)
    kept = set(select(root, rules.keep if rules else ())) | needed
    kept |= {up for element in kept for up in element.iterancestors()}
    here: HtmlElement | None = next(iter(root), None)
    while here is not None:
        following = _following(here, root)
        if not isinstance(here.tag, str) or here.tag in _SILENT:
            here.drop_tree()
        elif reason := "" if here in kept else _cut_reason(here, words_of(here), most):
            _cut(here, reason, dropped)
        elif len(here):
            following = here[0]
        here = following
    return tuple(dropped)


def _cut_reason(element: HtmlElement, words: int, most: float) -> str:
    """Return why an element with that many of the article's words is cut, "" when it stays."""
    if reason := _private_reason(element) or _wall_reason(element):
        return reason
    # An open dialog hides the whole page from screen readers; half of the article is never hidden by itself.
    if (element.get("hidden") is not None or element.get("aria-hidden") == "true") and words <= 2 * most:
        return "hidden"
    reason = _reason(element) if words <= most else ""
    if reason == "caption" or (reason == "footer" and is_notes(element)) or is_notes(element):
        _show_as_caption(element, reason)
        return ""
    # The rest of an article folded behind «read more» is hidden as well: more than a few of its words are a sign.
    folded = words > 0.05 * most and element.tag not in ("p", "li", "span")
    return "" if reason == "hidden" and folded else reason


def _show_as_caption(element: HtmlElement, reason: str) -> None:
    """Mark what a site calls a caption as one, so that its words stand beside the picture and not in the text."""
    if reason == "caption" and element.tag not in ("figure", "figcaption", *_INLINE):
        element.tag = "figcaption" if element.find(".//img") is None else "figure"


def _following(element: HtmlElement, root: HtmlElement) -> HtmlElement | None:
    """Return the element after this one and its descendants, None when the root ends."""
    while element is not root:
        after = element.getnext()
        if after is not None:
            return after
        parent = element.getparent()
        if parent is None:
            return None
        element = parent
    return None


def select(root: HtmlElement, selectors: tuple[str, ...]) -> Iterator[HtmlElement]:
    """Yield the elements that a site's selectors name, except the root itself."""
    from cssselect import SelectorError
    from lxml.cssselect import CSSSelector

    from tts_news.errors import ReadError

    for selector in selectors:
        try:
            found = cast("list[HtmlElement]", CSSSelector(selector, translator="html")(root))
        except SelectorError as err:
            raise ReadError(f"[read.sites] has a selector that does not hold: {selector!r}: {err}") from err
        yield from (element for element in found if element is not root)


def _cut(element: HtmlElement, reason: str, dropped: list[Dropped]) -> None:
    if element.getparent() is None:
        return
    dropped.extend(Dropped(line, reason) for line in visible_lines(element) if key(line))
    element.drop_tree()


_BLOCK_END = frozenset(
    "p|div|li|ul|ol|h1|h2|h3|h4|h5|h6|tr|td|br|section|article|header|footer|figure|blockquote|dt|dd|a".split("|")
)


def visible_lines(element: HtmlElement) -> list[str]:
    """Return the text of an element as the lines a reader would see, descriptions of pictures included."""
    parts: list[str] = []
    from lxml import etree

    walker = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walker:
        seen = isinstance(node.tag, str) and node.tag not in _SILENT
        if event == "start" and not seen:
            walker.skip_subtree()
        if node.tag in _BLOCK_END:
            parts.append("\n")
        if event == "start" and seen and node.text:
            parts.append(_spaced(node.text))
        if event == "start" and node.tag == "img" and node.get("alt"):
            parts.append(f"\n{node.get('alt')}\n")
        if event != "start" and node is not element and node.tail:
            parts.append(_spaced(node.tail))
    lines = (tidy(line) for line in "".join(parts).split("\n"))
    return [line for line in lines if line]


def _spaced(text: str) -> str:
    """Return text on one line, with a space wherever it had white space, so that parts of a word stay together."""
    line = " ".join(text.split())
    return f"{' ' if text[:1].isspace() else ''}{line}{' ' if text[-1:].isspace() and line else ''}"
