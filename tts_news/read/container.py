"""The element that holds the article: the deepest with nearly all its text; what stands around it; the deck above."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml.html import HtmlElement

from tts_news.arabic import key, tidy
from tts_news.read.metadata import Metadata
from tts_news.read.prune import class_reason, select, visible_lines
from tts_news.read.raw import Raw
from tts_news.read.settings import SiteRules
from tts_news.records import Block, Dropped, Paragraph

# The article's element is the deepest that holds this share of the words the extractor kept: less would lose a last
# part that stands in an element of its own, more would take in the author box it sometimes keeps.
_SHARE = 0.97
# What page builders call a part with running text in it; the article is all such parts of one page.
_MODULE = re.compile(
    r"(?:^|\s)(?:elementor-widget-(?:text-editor|theme-post-content)|et_pb_text|et_pb_post_content|wpb_text_column"
    r"|fl-rich-text|fl-module-rich-text|brxe-text|brxe-post-content|fusion-text|siteorigin-widget-tinymce)(?:\s|$)"
)


def find_container(body: HtmlElement, words: Mapping[HtmlElement, int], rules: SiteRules | None) -> HtmlElement:
    """Return the deepest element that holds (nearly) all the text the extractor kept, or what the site's rules name."""
    if rules and rules.keep:
        named = list(select(body, rules.keep))
        if len(named) == 1:
            return named[0]
    total = words.get(body, 0)
    if not total:
        return body
    here = body
    while True:
        inner = next((child for child in here if words.get(child, 0) >= _SHARE * total), None)
        if inner is None or inner.tag in ("p", "ul", "ol", "blockquote", "table", "tbody", "tr", "h1", "h2", "h3"):
            return here
        here = inner


def widen(container: HtmlElement, raws: Sequence[Raw]) -> HtmlElement:
    """Return the element that holds all parts of a page builder's text, `container` itself on any other page.

    The extractor takes one of the parts for the article. A part with running text below it, in the same section of the
    page, is the article as well.
    """
    module = next((up for up in (container, *container.iterancestors()) if _is_module(up)), None)
    if module is None:
        return container
    parts = {up for raw in raws if raw.is_prose for up in raw.element.iterancestors() if _is_module(up)} | {module}
    whole = next((up for up in module.iterancestors() if up.tag in ("main", "article", "body") or _is_page(up)), None)
    if whole is None or whole.tag == "body":
        return container
    own = {
        part for part in parts if whole in part.iterancestors() and not any(map(class_reason, _between(part, whole)))
    }
    if own <= {module}:
        return container
    return next((up for up in module.iterancestors() if own <= set(up.iterdescendants())), container)


def _is_module(element: HtmlElement) -> bool:
    return _MODULE.search(element.get("class") or "") is not None


def _is_page(element: HtmlElement) -> bool:
    """Return whether a page builder calls an element the whole of a page (Elementor names its kind)."""
    return (element.get("data-elementor-type") or "") in ("single", "single-post", "wp-post", "wp-page", "single-page")


def _between(element: HtmlElement, root: HtmlElement) -> Iterator[HtmlElement]:
    for up in (element, *element.iterancestors()):
        if up is root:
            return
        yield up


def outside_lines(body: HtmlElement, container: HtmlElement, title: str) -> Iterator[Dropped]:
    """Yield the lines of the page around the article's element, loose text between the others included."""
    node = container
    while node is not body:
        parent = node.getparent()
        if parent is None:
            return
        lines = [tidy(text) for text in (parent.text, *(sibling.tail for sibling in parent)) if text]
        for sibling in parent:
            if sibling is not node and isinstance(sibling.tag, str) and sibling.tag not in ("script", "style"):
                lines += visible_lines(sibling)
        yield from (Dropped(line, "outside the article") for line in lines if key(line) and key(line) != key(title))
        node = parent


def find_deck(container: HtmlElement, raws: Sequence[Raw], meta: Metadata) -> tuple[Block, ...]:
    """Return the standfirst that many news sites put between headline and text, outside the text's element."""
    decks = [raw for raw in raws if is_called_deck(raw) and raw.words >= 8 and not raw.is_link]
    inside = {raw.key for raw in raws if container in (raw.element, *raw.element.iterancestors())} if decks else set()
    for raw in decks:
        if raw.key not in inside and _is_above(raw, container):
            covered = any(raw.key in own for own in inside)
            return () if covered or raw.key == key(meta.title) else (Paragraph(raw.whole),)
    return ()


def is_called_deck(raw: Raw) -> bool:
    """Return whether its class says that a block is the standfirst between headline and text."""
    names = " ".join((e.get("class") or "") for e in (raw.element, raw.element.getparent()) if e is not None).lower()
    return names != " " and any(word in names for word in _DECKS)


_DECKS = (
    "standfirst",
    "article-subtitle",
    "article__subhead",
    "subheadline",
    "article-excerpt",
    "article__excerpt",
    "article-lead",
    "lead-text",
    "chapeau",
    "deck",
    "subtitle",
)


def _is_above(raw: Raw, container: HtmlElement) -> bool:
    """Return whether the block stands before the container, two levels up at most."""
    up = container
    for _ in range(3):
        parent = up.getparent()
        if parent is None or parent.tag == "body":
            return False
        if any(raw.element is e or raw.element in e.iterdescendants() for e in up.itersiblings(preceding=True)):
            return True
        up = parent
    return False
