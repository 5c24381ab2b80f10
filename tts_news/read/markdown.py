"""Markdown → `Article`: markdown-it does the syntax (CommonMark and tables), the page's own path does the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tts_news.arabic import count_arabic, tidy
from tts_news.errors import ReadError
from tts_news.read.dates import clean_iso, find_date
from tts_news.records import Article, Dropped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_UNDERLINED = re.compile(r"^\S[^\n]{0,200}\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE)
_FRONT = re.compile(r"\A(?:\ufeff)?---[ \t]*\n((?:[^\n]{0,500}\n){0,60}?)---[ \t]*\n")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,1000}(?:\s+\"[^\"]{0,200}\")?\)")
_NOTE = re.compile(r"^ {0,3}\[\^([^\]\s]{1,60})\]:[ \t]*(.{1,2000})$", re.MULTILINE)
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,500})(?<=\S)\1")


def is_markdown(text: str) -> bool:
    """Return whether a text has the headings or the front matter of Markdown."""
    return _FRONT.match(text) is not None or _HEADING.search(text) is not None or _UNDERLINED.search(text) is not None


def strip_inline(text: str) -> str:
    """Return text without the links and stars of Markdown: some tools copy pages with them."""
    return _STRONG.sub(r"\2", _LINK.sub(lambda match: "" if match[0].startswith("!") else match[1], text))


def descriptions(text: str) -> tuple[Dropped, ...]:
    """Return the descriptions of pictures that `strip_inline` takes out."""
    found = (match[1] for match in _LINK.finditer(text) if match[0].startswith("!"))
    return tuple(Dropped(tidy(alt), "a picture's description") for alt in found if any(map(str.isalnum, alt)))


def read_markdown(text: str, source: str) -> Article:
    """Return the article of a Markdown text; its first level-1 heading or front matter is the headline.

    Raises:
        ReadError: It holds no Arabic text.
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    from tts_news.read.page import read_fragment

    facts, rest, unused = _front_matter(text)
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
        dropped=(*unused, *dropped, *_unused_notes(rest)),
        source=source,
    )


_FACTS = frozenset(["title", "date", "categories", "author", "url"])


def _front_matter(text: str) -> tuple[dict[str, str], str, tuple[Dropped, ...]]:
    """Return the simple «name: value» lines above a Markdown text, the text, and the lines that say anything else."""
    match = _FRONT.match(text)
    if match is None:
        return {}, text, ()
    lines = [line for line in match[1].splitlines() if line.strip()]
    unused = tuple(
        Dropped(tidy(line), "front matter")
        for line in lines
        if line.partition(":")[0].strip().lower() not in _FACTS or not line.partition(":")[2].strip()
    )
    pairs = (line.partition(":") for line in lines)
    facts = {name.strip().lower(): tidy(value).strip("\"'") for name, _, value in pairs if value.strip()}
    return facts, text[match.end() :], unused


def _unused_notes(text: str) -> tuple[Dropped, ...]:
    """Return the notes that nothing refers to: the parser passes over them."""
    lost = (match for match in _NOTE.finditer(text) if text.count(f"[^{match[1]}]") < 2)
    return tuple(Dropped(tidy(match[2]), "a note that nothing refers to") for match in lost)


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
