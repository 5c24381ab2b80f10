"""A block of a page as it was found, before anything is decided about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from lxml.html import HtmlElement

from tts_news.arabic import count_words, ends_sentence, key
from tts_news.records import Block

RawKind = Literal["heading", "paragraph", "quote", "item", "table", "figure", "notes"]


@dataclass(frozen=True)
class Raw:
    """One block of text and where it stood.

    Attributes:
        element: The element that holds it.
        words, link_words, bold_words: How many words it has, and how many of them are in links or in bold.
        level: Of a heading, 1 to 6.
        root: Of an item, its outermost list; items with one root are one list.
        title: Of an item, the part that the page itself sets apart (bold, `<dt>`, first line before a `<br>`).
        post: Of the heading that begins a post of a live page, its clock time, "" when it has none; else None.
        folded: Whether a heading is the title of an accordion.
        block: Of a table, figure or notes, the block itself; `text` then holds all its words.
        lines: Of a paragraph of short lines that no sentence ends, those lines: verse, it may be.
        parts: Of a table, the keys of its cells: an extractor knows them one by one.
    """

    kind: RawKind
    text: str
    element: HtmlElement
    link_words: int = 0
    bold_words: int = 0
    level: int = 0
    root: HtmlElement | None = None
    depth: int = 0
    ordered: bool = False
    number: int | None = None
    title: str = ""
    cite: str = ""
    post: str | None = None
    folded: bool = False
    block: Block | None = None
    parts: frozenset[str] = frozenset()
    lines: tuple[str, ...] = ()

    @cached_property
    def words(self) -> int:
        """How many words it has."""
        return count_words(self.whole)

    @cached_property
    def whole(self) -> str:
        """Title and text in one line."""
        return f"{self.title} {self.text}".strip() if self.title else self.text

    @property
    def everything(self) -> str:
        """All its words, who is quoted and the hour of a post included: what is left out is left out with them."""
        return " ".join(filter(None, (self.post, self.whole, self.cite)))

    @cached_property
    def key(self) -> str:
        """Its words for comparing, see `arabic.key`."""
        return key(self.whole)

    @property
    def is_prose(self) -> bool:
        """Whether it reads as running text that is not a link."""
        long = (self.words >= 12 and ends_sentence(self.text)) or self.words >= 20
        return self.kind in ("paragraph", "quote") and long and self.link_words <= self.words / 2

    @property
    def is_link(self) -> bool:
        """Whether nearly all of it leads to another page."""
        return self.words > 0 and self.link_words >= 0.8 * self.words


def count_in(raws: Sequence[Raw], counted: Callable[[Raw], bool]) -> dict[HtmlElement, int]:
    """Return for every element how many words of the counted blocks it holds."""
    own: dict[HtmlElement, int] = {}
    for raw in raws:
        if counted(raw):
            own[raw.element] = own.get(raw.element, 0) + raw.words
    totals: dict[HtmlElement, int] = {}
    parents: dict[HtmlElement, HtmlElement | None] = {}
    for element, words in own.items():
        node: HtmlElement | None = element
        while node is not None:
            totals[node] = totals.get(node, 0) + words
            if node not in parents:
                parents[node] = node.getparent()
            node = parents[node]
    return totals
