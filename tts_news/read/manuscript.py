"""A document that is the article and nothing else → `Article`: what an office program, a book or a mail gives as HTML.

No menus stand around it, so nothing has to be found: its title is what is marked as the title, else the first heading
above all text, else a first line that reads as one. A name and a date below it are read off and not said.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace

from lxml import etree
from lxml.html import HtmlElement

from tts_news.arabic import count_arabic, count_words, ends_sentence, tidy
from tts_news.errors import ReadError
from tts_news.read.bylines import author_above
from tts_news.read.dates import find_date
from tts_news.read.metadata import parse_html
from tts_news.read.page import read_fragment
from tts_news.records import Article, Block, Paragraph

_TITLE = re.compile(r"(?:^|\s)(?:title|MsoTitle|doc-title)(?:\s|$)", re.IGNORECASE)
_LONGEST_TITLE = 22


def read_manuscript(markup: str, source: str, facts: Article | None = None) -> Article:
    """Return the article of a document.

    Args:
        markup: The document as HTML.
        source: The input, for messages.
        facts: What the document states beside its text; its title counts where the text shows none.

    Raises:
        ReadError: It holds no Arabic text.
    """
    facts = facts or Article("", ())
    tree, too_deep = parse_html(f"<html><body>{markup}</body></html>")
    if tree is None or too_deep:
        raise ReadError(f"there is no article in {source}", hint="copy the article's text and read that")
    title = _take_title(tree)
    body = tree.find(".//body")
    blocks, dropped = read_fragment("" if body is None else inner_html(body), source)
    if not title:
        title, blocks = _title_line(blocks, facts.title)
    if not blocks or not count_arabic(repr(blocks)):
        raise ReadError(f"there is no Arabic in {source}", hint="this press reads Arabic articles")
    above = [line.text for line in dropped if line.reason in ("byline", "date line")][:4]
    return replace(
        facts,
        title=title or facts.title,
        blocks=blocks,
        author=facts.author or author_above(above),
        published=facts.published or next(filter(None, map(find_date, above)), ""),
        dropped=(*facts.dropped, *dropped),
        source=source,
    )


def inner_html(element: HtmlElement) -> str:
    """Return what an element holds as HTML."""
    parts = (etree.tostring(child, encoding="unicode", method="html") for child in element)
    return "".join([html.escape(element.text or ""), *parts])


def _take_title(tree: HtmlElement) -> str:
    """Return the title that a document marks, taken out of it; "" when it marks none."""
    marked = next((one for one in tree.iter("p", "h1", "div") if _TITLE.search(one.get("class") or "")), None)
    found = marked if marked is not None else _first_heading(tree)
    if found is None:
        return ""
    title = tidy(" ".join("".join(map(str, found.itertext())).split()))
    if title:
        found.drop_tree()
    return title


def _first_heading(tree: HtmlElement) -> HtmlElement | None:
    """Return the first heading of the first level when no sentence stands above it."""
    for element in tree.iter():
        if element.tag == "h1" and tidy("".join(map(str, element.itertext()))):
            return element
        if element.tag in ("p", "li", "td") and count_words("".join(map(str, element.itertext()))) >= 12:
            return None
    return None


def _title_line(blocks: tuple[Block, ...], stated: str) -> tuple[str, tuple[Block, ...]]:
    """Return a first line that reads as a headline, and the blocks without it; what is stated when there is none."""
    first, below = (blocks[0], blocks[1]) if len(blocks) > 1 else (None, None)
    text = getattr(first, "text", "")
    is_line = isinstance(first, Paragraph) and 0 < count_words(text) <= _LONGEST_TITLE
    reads = not ends_sentence(text) or text.endswith(("؟", "!"))
    if is_line and reads and not text.endswith(("،", ",")) and count_words(getattr(below, "text", "")) >= 8:
        return text, blocks[1:]
    return stated, blocks
