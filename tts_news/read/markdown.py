"""Markdown → `Article`: markdown-it does the syntax (CommonMark and tables), the page's own path does the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tts_news.arabic import count_arabic, tidy
from tts_news.errors import ReadError
from tts_news.read.dates import clean_iso, find_date
from tts_news.records import Article

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_UNDERLINED = re.compile(r"^\S[^\n]{0,200}\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE)
_FRONT = re.compile(r"\A(?:\ufeff)?---[ \t]*\n((?:[^\n]{0,500}\n){0,60}?)---[ \t]*\n")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,1000}(?:\s+\"[^\"]{0,200}\")?\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,500})(?<=\S)\1")


def is_markdown(text: str) -> bool:
    """Return whether a text has the headings or the front matter of Markdown."""
    return _FRONT.match(text) is not None or _HEADING.search(text) is not None or _UNDERLINED.search(text) is not None


def strip_inline(text: str) -> str:
    """Return text without the links and stars of Markdown: some tools copy pages with them."""
    return _STRONG.sub(r"\2", _LINK.sub(lambda match: "" if match[0].startswith("!") else match[1], text))


def read_markdown(text: str, source: str) -> Article:
    """Return the article of a Markdown text; its first level-1 heading or front matter is the headline.

    Raises:
        ReadError: It holds no Arabic text.
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    from tts_news.read.page import read_fragment

    facts, rest = _front_matter(text)
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin)
    tokens = parser.parse(rest)
    title, tokens = _headline(tokens, facts.get("title", ""))
    blocks, dropped = read_fragment(parser.renderer.render(tokens, parser.options, {}), source)
    if not blocks or not count_arabic(rest):
        raise ReadError(f"there is no Arabic in {source or 'the text'}", hint="this press reads Arabic articles")
    date = facts.get("date", "")
    return Article(
        title=title,
        blocks=blocks,
        categories=tuple(name for name in re.split(r"[\[\],،\"']+\s*", facts.get("categories", "")) if name.strip()),
        author=facts.get("author", ""),
        published=clean_iso(date) or find_date(date),
        url=facts.get("url", ""),
        dropped=dropped,
        source=source,
    )


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the simple «name: value» lines above a Markdown text, and the text."""
    match = _FRONT.match(text)
    if match is None:
        return {}, text
    pairs = (line.partition(":") for line in match[1].splitlines())
    return {name.strip().lower(): tidy(value).strip("\"'") for name, _, value in pairs if value.strip()}, text[
        match.end() :
    ]


def _headline(tokens: Sequence[Token], stated: str) -> tuple[str, list[Token]]:
    """Return the headline and the tokens without it: the first level-1 heading, else a heading before all text."""
    for at, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        words = "".join(
            child.content for child in tokens[at + 1].children or () if child.type in ("text", "code_inline")
        )
        words = tidy(words)
        if token.tag == "h1" or at == 0:
            same = not stated or stated == words
            return stated or words, [*tokens[:at], *tokens[at + 3 :]] if same or token.tag == "h1" else list(tokens)
    return stated, list(tokens)
