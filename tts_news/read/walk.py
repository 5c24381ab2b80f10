"""A tree → its blocks of text in reading order: headings, paragraphs, quotes and list items, nothing decided yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from lxml.html import HtmlElement

from tts_news.arabic import count_words, ends_sentence, has_arabic, key, tidy
from tts_news.read import tables
from tts_news.records import Block, Table

RawKind = Literal["heading", "paragraph", "quote", "item", "table"]

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr output q rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr center".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_SKIPPED = frozenset("script style noscript template svg head select option textarea iframe object button".split())
_EMBEDS = re.compile(
    r"twitter-tweet|twitter-video|instagram-media|tiktok-embed|fb-post|reddit-embed|bluesky-embed", re.IGNORECASE
)
_FOOTNOTE = re.compile(r"^\W*\d{1,3}\W*$")
_BULLET = re.compile(r"^\s*(?:[•●▪■◦‣·►▶✓✔✅❖◆]|[-–—*]\s|[\d٠-٩]{1,2}\s*[-.)–]\s*[^\d٠-٩\s])")


@dataclass(frozen=True)
class Raw:
    """One block of text and where it stood.

    Attributes:
        element: The element that holds it.
        words, link_words, bold_words: How many words it has, and how many of them are in links or in bold.
        level: Of a heading, 1 to 6.
        root: Of an item, its outermost list; items with one root are one list.
        title: Of an item, the part that the page itself sets apart (bold, `<dt>`, first line before a `<br>`).
        block: Of a table, the table itself; `text` then holds all its words.
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
    block: Block | None = None
    parts: frozenset[str] = frozenset()

    @cached_property
    def words(self) -> int:
        """How many words it has."""
        return count_words(self.whole)

    @cached_property
    def whole(self) -> str:
        """Title and text in one line."""
        return f"{self.title} {self.text}".strip() if self.title else self.text

    @cached_property
    def key(self) -> str:
        """Its words for comparing, see `letters.key`."""
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


@dataclass(slots=True)
class _Inline:
    """Text of one line box: pieces between line breaks, each a list of (text, in a link, in bold)."""

    pieces: list[list[tuple[str, bool, bool]]] = field(default_factory=lambda: [[]])
    double: set[int] = field(default_factory=set)

    def add(self, text: str | None, link: bool, bold: bool) -> None:
        if text:
            self.pieces[-1].append((text, link, bold))

    def line_break(self) -> None:
        if not "".join(text for text, *_ in self.pieces[-1]).strip():
            self.double.add(len(self.pieces) - 1)
            return
        self.pieces.append([])

    def lines(self) -> list[tuple[str, int, int]]:
        """Return (text, words in links, words in bold) for each line that the breaks make.

        A break after a finished sentence, two breaks in a row, and one before a bullet part paragraphs; any other
        is a soft wrap.
        """
        joined: list[list[tuple[str, bool, bool]]] = []
        for at, piece in enumerate(self.pieces):
            text = _flat(piece)
            if not text:
                continue
            parted = not joined or at in self.double or ends_sentence(_flat(joined[-1])) or _BULLET.match(text)
            if parted:
                joined.append(list(piece))
            else:
                joined[-1] = [*joined[-1], (" ", False, False), *piece]
        return [(_flat(piece), _words(piece, 1), _words(piece, 2)) for piece in joined]


def _flat(piece: Sequence[tuple[str, bool, bool]]) -> str:
    return tidy(" ".join("".join(text for text, *_ in piece).split()))


def _words(piece: Sequence[tuple[str, bool, bool]], which: int) -> int:
    return sum(count_words(part[0]) for part in piece if part[which])


class _Walker:
    """Collects the blocks of a tree. Depth is bounded by the parser, which cuts at 256 levels."""

    def __init__(self) -> None:
        self.raws: list[Raw] = []
        self.links = 0
        self.quotes = 0
        self.cite = ""
        self.taken: set[HtmlElement] = set()
        """Elements that were read on their own (a quote's source, a nested list) and are passed over in place."""

    def walk(self, element: HtmlElement) -> None:
        """Collect the blocks of an element, its own loose text included."""
        inline = _Inline()
        inline.add(element.text, self.links > 0, False)
        for child in element:
            self._take(child, inline, element)
            inline.add(child.tail, self.links > 0, False)
        self._flush(inline, element)

    def _take(self, child: HtmlElement, inline: _Inline, element: HtmlElement) -> None:
        tag = child.tag
        if not isinstance(tag, str) or tag in _SKIPPED or child in self.taken:
            return
        if tag == "br":
            inline.line_break()
        elif tag in _INLINE and not _holds_block(child):
            self._inline(child, inline, self.links > 0, False)
        elif tag in _INLINE or tag in _BLOCKS:
            self._flush(inline, element)
            inline.pieces, inline.double = [[]], set()
            self._block(child)
        else:
            # An element of the site's own making (<bsp-list>, <amp-…>): a container.
            self._flush(inline, element)
            inline.pieces, inline.double = [[]], set()
            self.walk(child)

    def _inline(self, node: HtmlElement, inline: _Inline, link: bool, bold: bool) -> None:
        if node.tag == "sup" and _FOOTNOTE.match("".join(map(str, node.itertext()))):
            return
        # An anchor within the page leads nowhere else.
        link = link or (node.tag == "a" and not (node.get("href") or "#").startswith("#"))
        bold = bold or node.tag in ("b", "strong")
        inline.add(node.text, link, bold)
        for child in node:
            if child.tag == "br":
                inline.line_break()
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED and child not in self.taken:
                self._inline(child, inline, link, bold)
            inline.add(child.tail, link, bold)

    def _block(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in _HEADINGS:
            self._heading(element, _HEADINGS[tag])
        elif tag in ("ul", "ol", "menu"):
            self._list(element, element, 0)
        elif tag == "dl":
            self._definitions(element)
        elif tag == "blockquote":
            self._quote(element)
        elif tag == "table":
            self._table(element)
        elif tag == "summary":
            self._heading(element, 3)
        elif tag == "pre":
            if has_arabic("".join(map(str, element.itertext()))):
                self.walk(element)
        elif tag == "a":
            away = not (element.get("href") or "#").startswith("#")
            self.links += away
            self.walk(element)
            self.links -= away
        else:
            self.walk(element)

    def _flush(self, inline: _Inline, element: HtmlElement) -> None:
        for text, links, bolds in inline.lines():
            kind: RawKind = "quote" if self.quotes else "paragraph"
            self.raws.append(Raw(kind, text, element, links, bolds, cite=self.cite))

    def _heading(self, element: HtmlElement, level: int) -> None:
        inline = _Inline()
        self._inline_deep(element, inline)
        text = " ".join(line for line, *_ in inline.lines())
        links = sum(line[1] for line in inline.lines())
        text = re.sub(r"\s+[#¶]$", "", text)
        if text:
            self.raws.append(Raw("heading", text, element, links, level=level))

    def _inline_deep(self, element: HtmlElement, inline: _Inline) -> None:
        """Collect all text of an element as one line box, blocks inside it included."""
        inline.add(element.text, self.links > 0, False)
        for child in element:
            if child.tag == "br":
                inline.line_break()
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                self._inline(child, inline, self.links > 0, False)
                if child.tag in _BLOCKS:
                    inline.add(" ", False, False)
            inline.add(child.tail, self.links > 0, False)

    def _quote(self, element: HtmlElement) -> None:
        if _EMBEDS.search(element.get("class") or ""):
            return
        cites = [node for node in element.iter("cite", "footer") if node is not element]
        self.cite = tidy(" ".join(" ".join("".join(map(str, node.itertext())).split()) for node in cites[:1])).lstrip(
            "—–- "
        )
        self.taken.update(cites[:1])
        self.quotes += 1
        self.walk(element)
        self.quotes -= 1
        self.cite = ""

    def _list(self, element: HtmlElement, root: HtmlElement, depth: int) -> None:
        ordered = element.tag == "ol"
        items = [child for child in element if child.tag in ("li", "ul", "ol")]
        falling = element.get("reversed") is not None
        number = _number(element.get("start"), sum(item.tag == "li" for item in items) if falling else 1)
        for item in items:
            if item.tag != "li":
                self._list(item, root, depth + 1)
                continue
            number = _number(item.get("value"), number)
            self._item(item, root, depth, ordered, number)
            number += -1 if falling else 1

    def _item(self, item: HtmlElement, root: HtmlElement, depth: int, ordered: bool, number: int) -> None:
        inline = _Inline()
        sublists: list[HtmlElement] = []
        inline.add(item.text, self.links > 0, False)
        for child in item:
            if child.tag in ("ul", "ol"):
                sublists.append(child)
            elif child.tag == "br":
                inline.line_break()
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                nested = [e for e in child.iter("ul", "ol") if e is not child] if child.tag in _BLOCKS else []
                sublists.extend(e for e in nested if not any(up in nested for up in e.iterancestors()))
                self.taken.update(nested)
                if child.tag in _BLOCKS:
                    inline.line_break()
                self._inline(child, inline, self.links > 0, False)
                if child.tag in _BLOCKS:
                    inline.line_break()
            inline.add(child.tail, self.links > 0, False)
        title, text, links, bolds = _item_parts(inline)
        if title or text:
            self.raws.append(
                Raw(
                    "item",
                    text,
                    item,
                    links,
                    bolds,
                    root=root,
                    depth=depth,
                    ordered=ordered,
                    number=number,
                    title=title,
                )
            )
        for sublist in sublists:
            self._list(sublist, root, depth + 1)

    def _definitions(self, element: HtmlElement) -> None:
        term: str = ""
        for child in element.iter("dt", "dd"):
            text = tidy(" ".join("".join(map(str, child.itertext())).split()))
            if child.tag == "dt":
                if term:
                    self.raws.append(Raw("item", "", child, root=element, title=term))
                term = text
            elif text:
                self.raws.append(Raw("item", text, child, root=element, title=term))
                term = ""
        if term:
            self.raws.append(Raw("item", "", element, root=element, title=term))

    def _table(self, element: HtmlElement) -> None:
        """Collect a table of data as a table, a layout table as its content."""
        rows = tables.table_rows(element)
        if tables.is_layout(element, rows):
            for cell in (part for row in rows for part in row):
                self.walk(cell)
            return
        caption = element.find("caption")
        title = self._cell_text(caption) if caption is not None else ""
        links = sum(
            count_words("".join(map(str, a.itertext()))) for row in rows for cell in row for a in cell.iter("a")
        )
        for table in tables.build_tables(tables.read_cells(rows, self._cell_text), title):
            self.raws.append(_of_table(table, element, links))
            links = 0

    def _cell_text(self, cell: HtmlElement) -> str:
        """Return the text of a cell in one line; its own lines (`<br>`, paragraphs, a list) are parted by commas."""
        inline = _Inline()
        self._cell_lines(cell, inline)
        lines = [line for piece in inline.pieces if (line := _flat(piece))]
        return " ".join(line if ends_sentence(line) or last else f"{line}،" for line, last in _with_last(lines))

    def _cell_lines(self, node: HtmlElement, inline: _Inline) -> None:
        inline.add(node.text, False, False)
        for child in node:
            if child.tag == "br":
                inline.line_break()
            elif child.tag in _BLOCKS:
                inline.line_break()
                self._cell_lines(child, inline)
                inline.line_break()
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                if _holds_block(child):
                    self._cell_lines(child, inline)
                else:
                    self._inline(child, inline, False, False)
            inline.add(child.tail, False, False)


def _with_last(lines: Sequence[str]) -> list[tuple[str, bool]]:
    return [(line, at == len(lines) - 1) for at, line in enumerate(lines)]


def _of_table(table: Table, element: HtmlElement, links: int) -> Raw:
    texts = [table.caption, *table.heads, *(cell.text for row in table.rows for cell in row)]
    parts = frozenset(own for text in texts if (own := key(text)))
    return Raw("table", " ".join(filter(None, texts)), element, links, block=table, parts=parts)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else otherwise


def _item_parts(inline: _Inline) -> tuple[str, str, int, int]:
    """Return title, text, words in links and words in bold of an item.

    The page sets a title apart by bold type with a colon or a line break behind it.
    """
    pieces = [piece for piece in inline.pieces if _flat(piece)]
    if not pieces:
        return "", "", 0, 0
    links = sum(_words(piece, 1) for piece in pieces)
    bolds = sum(_words(piece, 2) for piece in pieces)
    first = _flat(pieces[0])
    rest = " ".join(_flat(piece) for piece in pieces[1:])
    short = count_words(first) <= 12 and not first.endswith((".", "،", "؛"))
    if rest and short and (first.endswith(":") or _words(pieces[0], 2) == count_words(first)):
        return first.rstrip(" :："), rest, links, bolds
    lead = ""
    for text, _, bold in pieces[0]:
        if not bold and text.strip():
            break
        lead += text
    title = tidy(" ".join(lead.split()))
    body = tidy(" ".join(f"{first} {rest}".split()))
    if title and body.startswith(title) and count_words(title) <= 12:
        after = body[len(title) :].lstrip()
        if title.endswith(":") or after.startswith((":", "–", "-", "—")):
            return title.rstrip(" :："), after.lstrip(" :–-—"), links, bolds
    return "", body, links, bolds


def _holds_block(element: HtmlElement) -> bool:
    return any(isinstance(node.tag, str) and node.tag in _BLOCKS for node in element.iterdescendants())


def walk(element: HtmlElement) -> tuple[Raw, ...]:
    """Return the blocks of text in an element, in reading order."""
    walker = _Walker()
    if element.tag in ("ul", "ol", "dl", "table", "blockquote", *_HEADINGS):
        walker._block(element)  # noqa: SLF001 - the class is this module's own
    else:
        walker.walk(element)
    return tuple(walker.raws)


def count_in(raws: Sequence[Raw], counted: Callable[[Raw], bool]) -> dict[HtmlElement, int]:
    """Return for every element how many words of the counted blocks it holds."""
    totals: dict[HtmlElement, int] = {}
    for raw in raws:
        if not counted(raw):
            continue
        words = raw.words
        node: HtmlElement | None = raw.element
        while node is not None:
            totals[node] = totals.get(node, 0) + words
            node = node.getparent()
    return totals
