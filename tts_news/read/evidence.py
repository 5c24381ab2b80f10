"""What a well-kept extractor takes for the article's text: evidence for `page`, which does the rest itself.

trafilatura has the best F1 of the Arabic-capable extractors (0.994 on 40 Arabic pages, see docs/read.md), but gives no
nested lists, loses lists made of links, and lets promotions through; its titles and dates are not used at all.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from tts_news.arabic import key
from tts_news.read.raw import Raw

# Looking a block up inside the whole evidence costs its length each time.
_LARGEST_LOOKUP = 300_000
_LARGEST_WHOLE = 300_000
_MOST_PLACES = 200_000
"""Places of the largest table that the extractor is given as one."""
_MOST_SPAN = 100  # the extractor's own limit


@dataclass(frozen=True, slots=True)
class Evidence:
    """Keys of the lines that the extractor kept. Empty when it found nothing."""

    lines: frozenset[str]
    joined: str

    def holds(self, raw: Raw) -> bool:
        """Return whether the extractor kept this block, as a line or inside one."""
        own = raw.key
        if not own:
            return False
        if own in self.lines:
            return True
        if raw.parts:
            return sum(part in self.lines or f" {part} " in self.joined for part in raw.parts) * 2 > len(raw.parts)
        return own.count(" ") >= 1 and f" {own} " in self.joined


def gather(tree: HtmlElement, url: str) -> Evidence:
    """Return what trafilatura keeps of a page."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    size = tree.xpath("string-length()")
    # Its answer as a tree: written out as XML and parsed again it would take as long once more.
    found = trafilatura.bare_extraction(
        _without_vast_tables(copy.deepcopy(tree)),
        url=url or None,
        output_format="xml",
        include_comments=False,
        with_metadata=False,
        fast=size > _LARGEST_WHOLE,
    )
    body = getattr(found, "body", None)
    if body is None:
        return Evidence(frozenset(), "")
    texts = [
        key(" ".join(map(str, element.itertext()))) for element in body.iter("p", "head", "item", "quote", "cell", "ab")
    ]
    lines = [text for text in texts if text]
    joined = f" {' '.join(lines)} "
    return Evidence(frozenset(lines), joined if len(joined) < _LARGEST_LOOKUP else "")


def _without_vast_tables(tree: HtmlElement) -> HtmlElement:
    """Return the tree with tables that the extractor would fill up beyond any page's as so many paragraphs.

    It makes every row as wide as the widest, and an element of each place that a cell covers.
    """
    for table in list(tree.iter("table")):
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
        widest = max((sum(_span(cell, "colspan") for cell in row) for row in cells), default=0)
        from_above = sum(_span(cell, "colspan") for row in cells for cell in row if _span(cell, "rowspan") > 1)
        if len(cells) * (widest + from_above) > _MOST_PLACES:
            for element in list(table.iter("table", "thead", "tbody", "tfoot", "tr", "td", "th")):
                element.tag = "p" if element.tag in ("td", "th") else "div"
    return tree


def _span(cell: HtmlElement, name: str) -> int:
    """Return a span as the extractor reads it."""
    text = cell.get(name) or ""
    return min(int(text[:9]), _MOST_SPAN) if text.isdecimal() else 1


def gather_alone(raws: Sequence[Raw]) -> Evidence:
    """Return the evidence of running text alone, for pages on which the extractor finds nothing."""
    lines = [raw.key for raw in raws if raw.is_prose]
    return Evidence(frozenset(lines), "")
