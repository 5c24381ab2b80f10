"""What is no article although it looks like one: error pages, walls, checks for robots, log-in pages, other languages.

Decided by what is left once a page or text has been read: little of it, and most of that in the words of such a page.
Phrases are in `data/refusals.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from lxml.html import HtmlElement

from tts_news.arabic import count_words, has_arabic, key
from tts_news.errors import ReadError
from tts_news.read.dump import kept_lines
from tts_news.read.languages import foreign_language
from tts_news.records import Article, Block, ListBlock

_LONGEST = 120
"""Words of the longest page of these kinds; an article about them has more."""
_SHARE = 0.4
_FOREIGN_SHARE = 3
_FEWEST_FOREIGN = 12
_LONGEST_TITLE = 10
_TITLED = 60
"""Words of the longest page that its `<title>` alone gives away."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of page: what it is called, what gives its headline away, what is said on it."""

    name: str
    titles: tuple[str, ...]
    phrases: tuple[str, ...]


@cache
def _kinds() -> tuple[_Kind, ...]:
    text = resources.files("tts_news.read").joinpath("data", "refusals.toml").read_text(encoding="utf-8")
    return tuple(
        _Kind(kind["name"], tuple(map(_padded, kind.get("titles", ()))), tuple(map(_padded, kind["phrases"])))
        for kind in tomllib.loads(text)["kind"]
    )


def _without_joins(line: str) -> str:
    """Return a padded line twice, once without what is written together with a word before it («وسنعود», «بأعمال»)."""
    return line + re.sub(r" [وفبل](?=\w{3})", " ", line)


def _padded(text: str) -> str:
    return f" {key(text)} "


def refuse(article: Article, name: str) -> None:
    """Raise when what was read is no Arabic article.

    Raises:
        ReadError: It is another kind of page, or in another language; the message says which.
    """
    lines = [line for line in (article.title, *_lines(article.blocks)) if line]
    if not any(has_arabic(line) for _, line in kept_lines(article)):
        raise ReadError(f"{name} holds no word of Arabic that is not left out", hint="this press reads Arabic articles")
    if language := foreign_language(" ".join(lines)):
        raise ReadError(f"{name} is in {language}, not in Arabic", hint="this press reads Arabic articles")
    arabic, other = _by_script(lines)
    if other > _FOREIGN_SHARE * arabic and other > _FEWEST_FOREIGN:
        raise ReadError(
            f"{name} holds {arabic} words of Arabic among {other} others", hint="this press reads Arabic articles"
        )
    if kind := kind_of(article.title, lines):
        raise ReadError(f"there is no article in {name}: it is {kind}", hint="open the address in a browser and look")


def asks_password(tree: HtmlElement) -> bool:
    """Return whether a page has a field for a password."""
    return any((field.get("type") or "").lower() == "password" for field in tree.iter("input"))


def refuse_titled(title: str, blocks: Sequence[Block], name: str) -> None:
    """Raise when the title of a page's window says what the page itself hardly does.

    Raises:
        ReadError: It names an error, a check or a closed site, and the page says little.
    """
    if sum(map(count_words, _lines(blocks))) > _TITLED or count_words(title) > _LONGEST_TITLE:
        return
    head = _padded(title)
    kinds = (kind.name for kind in _kinds() if any(phrase in head for phrase in kind.phrases if phrase.count(" ") > 2))
    if kind := next(kinds, ""):
        raise ReadError(f"there is no article in {name}: it is {kind}", hint="open the address in a browser and look")


def refuse_form(blocks: Sequence[Block], name: str) -> None:
    """Raise when a page that asks for a password says little else.

    Raises:
        ReadError: It does.
    """
    if sum(map(count_words, _lines(blocks))) < _LONGEST // 2:
        raise ReadError(
            f"there is no article in {name}: it is a log-in page", hint="log in, and copy the article's text"
        )


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, ListBlock):
            yield from (f"{item.title} {item.body}".strip() for item in block.items)
        elif block.text:
            yield block.text


def _by_script(lines: Sequence[str]) -> tuple[int, int]:
    words = [word for line in lines for word in line.split() if any(map(str.isalpha, word))]
    arabic = sum(map(has_arabic, words))
    return arabic, len(words) - arabic


def kind_of(title: str, lines: Sequence[str]) -> str:
    """Return what kind of page the lines are, "" when they are an article."""
    total = sum(map(count_words, lines))
    if total > _LONGEST:
        return ""
    keys = [(_without_joins(_padded(line)), count_words(line)) for line in lines]
    head = _padded(title)
    for kind in _kinds():
        said = sum(words for line, words in keys if any(phrase in line for phrase in kind.phrases))
        titled = any(phrase in head for phrase in kind.titles) and count_words(title) <= 6
        if said >= _SHARE * total or (titled and said):
            return kind.name
    return ""
