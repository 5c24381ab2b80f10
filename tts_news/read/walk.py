"""A tree → its blocks of text in reading order: headings, paragraphs, quotes, items, tables, figures, notes.

Nothing is decided yet, but nothing is lost either: what no block can hold (marks of notes, struck-out words, formulas,
forms) is returned beside the blocks with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from tts_news.arabic import count_words, has_arabic, key, tidy
from tts_news.read import boilerplate, figures, live, notes, tables
from tts_news.read.inline import BLOCKS, INLINE, LineReader, holds_block
from tts_news.read.linebox import LineBox, flat, item_parts
from tts_news.read.raw import Raw, RawKind
from tts_news.records import Dropped, Figure, Notes, Table, says_something

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BY_TAG = {
    **dict.fromkeys((*_HEADINGS, "summary"), "_heading"),
    **dict.fromkeys(("ul", "ol", "menu"), "_list"),
    **dict.fromkeys(("figure", "figcaption"), "_figure"),
    "dl": "_definitions",
    "blockquote": "_quote",
    "table": "_table",
    "pre": "_code",
    "a": "_anchor",
}
"""Which method reads an element of a kind of its own; any other is walked."""
_EMBEDS = re.compile(
    r"twitter-tweet|twitter-video|instagram-media|tiktok-embed|fb-post|reddit-embed|bluesky-embed|telegram-post",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?://|pic\.twitter\.com/|t\.co/|www\.)\S+")
_VERSE = re.compile(
    r"(?:^|[\s_-])(?:poem|poetry|verse|verses|bayt|beit|qasida|qaseeda|shi3r|mw-poem)(?:$|[\s_-])", re.IGNORECASE
)
_HALVES = re.compile(r"\s*+(?:\*{2,}|\.{3,}|…+|={2,}|/{2,}|ـ{3,}|-{3,}|•{2,})\s*")
_ATTRIBUTION = re.compile(r"^[—–―-]{1,2}\s*(?=\S)")
_LONGEST_ATTRIBUTION = 14


Tables = Mapping[HtmlElement, tuple[int, str, tuple[Raw, ...]]]
"""What each table is: how many nodes it had, the caption it was given, its blocks. To read one takes long."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The blocks of an element, what no block holds, the marks of notes in them, and its tables for the next walk."""

    raws: tuple[Raw, ...]
    dropped: tuple[Dropped, ...]
    marks: tuple[str, ...]
    tables: Tables


class _Walker(LineReader):
    """Collects the blocks of a tree. Depth is bounded by the parser, which cuts at 256 levels."""

    def __init__(self, posts: Mapping[HtmlElement, HtmlElement], known: Tables) -> None:
        super().__init__()
        self.raws: list[Raw] = []
        self.links = 0
        self.quotes = 0
        self.in_notes = False
        self.posts = posts
        self.known = known
        self.tables: dict[HtmlElement, tuple[int, str, tuple[Raw, ...]]] = {}
        self.post: str | None = None

    # blocks

    def walk(self, element: HtmlElement) -> None:
        """Collect the blocks of an element, its own loose text included."""
        inline = LineBox()
        inline.add(element.text, self.links > 0, False)
        for child in element:
            self._take(child, inline, element)
            inline.add(child.tail, self.links > 0, False)
        self._flush(inline, element)

    def _take(self, child: HtmlElement, inline: LineBox, element: HtmlElement) -> None:
        tag = child.tag
        if tag == "br":
            inline.line_break()
        elif tag in ("img", "picture"):
            self.picture(child)
        elif self.passes_over(child):
            return
        elif tag in INLINE and not holds_block(child):
            self.read_inline(child, inline, self.links > 0, False)
        else:
            # Blocks, and elements of the site's own making (<bsp-list>, <amp-…>): containers.
            self._flush(inline, element)
            inline.clear()
            self._block(child)

    def _block(self, element: HtmlElement) -> None:
        if element in self.posts:
            self._post(element)
        elif notes.is_notes(element) and not self.in_notes:
            self._notes(element)
        elif (names := element.get("class")) and _VERSE.search(names) and element.find(".//h2") is None:
            self._verse(element)
        else:
            getattr(self, _BY_TAG.get(str(element.tag), "walk"))(element)

    def _code(self, element: HtmlElement) -> None:
        if has_arabic("".join(map(str, element.itertext()))):
            self.walk(element)
        else:
            self.leave(element, "code")

    def _anchor(self, element: HtmlElement) -> None:
        away = not (element.get("href") or "#").startswith("#")
        self.links += away
        self.walk(element)
        self.links -= away

    def _flush(self, inline: LineBox, element: HtmlElement) -> None:
        kind: RawKind = "quote" if self.quotes else "paragraph"
        if lines := inline.short_lines():
            text = " ".join(map(self.unmarked, lines))
            self._put(Raw(kind, text, element, lines=tuple(lines)))
            inline.clear()
        for text, links, bolds in inline.lines():
            self._put(Raw(kind, self.unmarked(text), element, links, bolds))
        if self.pictures:
            self._put_pictures()

    def _put(self, raw: Raw) -> None:
        """Collect a block; the first of a post says so, and a post without a heading gets an empty one."""
        if self.post is not None:
            time, self.post = self.post, None
            if raw.kind == "heading":
                raw = replace(raw, post=time)
            else:
                self.raws.append(Raw("heading", "", raw.element, level=2, post=time))
        if raw.text or raw.title or raw.post is not None:
            self.raws.append(raw)

    def _post(self, element: HtmlElement) -> None:
        time = self.posts[element]
        text = tidy(" ".join("".join(map(str, time.itertext())).split()))
        self.post = live.clock_of(text)
        if not self.post:
            self.leave_text(text, "how long ago it was when the page was read")
        self.taken.add(time)
        self.walk(element)
        self.post = None

    def _heading(self, element: HtmlElement) -> None:
        level = _HEADINGS.get(str(element.tag), 3)
        inline = LineBox()
        self.read_children(element, inline, self.links > 0, False)
        lines = inline.lines()
        text = re.sub(r"\s+[#¶]$", "", " ".join(line for line, *_ in lines))
        if text:
            links = sum(line[1] for line in lines)
            folded = element.get("data-fold") is not None or element.tag == "summary"
            self._put(Raw("heading", self.unmarked(text), element, links, level=level, folded=folded))
        self._put_pictures()

    def _quote(self, element: HtmlElement) -> None:
        if _EMBEDS.search(element.get("class") or ""):
            self._embed(element)
            return
        cites = [node for node in element.iter("cite", "footer") if node is not element][:1]
        cite = tidy(" ".join(" ".join("".join(map(str, node.itertext())).split()) for node in cites)).lstrip("—–- ")
        self.taken.update(cites)
        first = len(self.raws)
        self.quotes += 1
        self.walk(element)
        self.quotes -= 1
        quoted = [at for at in range(first, len(self.raws)) if self.raws[at].kind == "quote"]
        if not cite and len(quoted) > 1 and _is_attribution(self.raws[quoted[-1]].text):
            cite = _ATTRIBUTION.sub("", self.raws.pop(quoted.pop()).text)
        if not quoted:
            self.leave_text(cite, "who is quoted, without the quote")
        elif cite:
            self.raws[quoted[-1]] = replace(self.raws[quoted[-1]], cite=cite)

    def _embed(self, element: HtmlElement) -> None:
        """Collect an embedded post as a quote of who posted it; its address and date are noted."""
        paragraphs = [node for node in element.iter("p") if not node.findall(".//p")]
        text = " ".join(line for node in paragraphs if (line := self.line_of(node)))
        for address in _ADDRESS.findall(text):
            self.leave_text(address, "an address")
        text = tidy(" ".join(_ADDRESS.sub(" ", text).split()))
        rest = tidy(" ".join(" ".join(map(str, element.itertext())).split()))
        said = {tidy(" ".join("".join(map(str, node.itertext())).split())) for node in paragraphs}
        for one in said:
            rest = rest.replace(one, " ", 1)
        match = re.match(r"\W*([^(@|]{2,60}?)\s*+(?:[(@|]|$)(.*)", rest.strip(), re.DOTALL)
        links = sum(count_words("".join(map(str, a.itertext()))) for node in paragraphs for a in node.iter("a"))
        if not has_arabic(text) or links * 5 >= count_words(text) * 4:
            self.leave(element, "an embedded post")
            return
        cite = match[1].strip() if match else ""
        self.leave_text(rest.replace(cite, " ", 1) if cite else rest, "details of an embedded post")
        self._put(Raw("quote", self.unmarked(text), element, cite=cite))

    def _verse(self, element: HtmlElement) -> None:
        """Collect a poem as one quote, a line of verse each; the two halves of a line are parted by a comma."""
        inline = LineBox()
        self.read_lines(element, inline)
        if element.tag == "table":
            lines = [" … ".join(self.line_of(cell) for cell in row) for row in tables.table_rows(element) if row]
        else:
            lines = [line for piece in inline.pieces if (line := flat(piece))]
        text = "\n".join(_HALVES.sub("، ", line.strip()).strip("، ") for line in lines)
        self._put(Raw("quote", text, element))

    # lists

    def _list(self, element: HtmlElement, root: HtmlElement | None = None, depth: int = 0) -> None:
        root = element if root is None else root
        ordered = element.tag == "ol"
        items = [child for child in element if child.tag in ("li", "ul", "ol") and child not in self.taken]
        falling = element.get("reversed") is not None
        number = _number(element.get("start"), sum(item.tag == "li" for item in items) if falling else 1)
        containers = list(map(_is_container, items))
        contained = sum(containers) * 2 > len(items)
        self._loose(element)
        for item, container in zip(items, containers, strict=True):
            if item.tag != "li":
                self._list(item, root, depth + 1)
            elif item in self.posts:
                self._post(item)
            elif contained or container:
                self.walk(item)
            else:
                number = _number(item.get("value"), number)
                self._item(item, root, depth, ordered, number)
                number += -1 if falling else 1

    def _loose(self, element: HtmlElement) -> None:
        """Collect what stands in a list and is no item: text, and elements that a site puts between items."""
        inline = LineBox()
        inline.add(element.text, self.links > 0, False)
        for child in element:
            if child.tag not in ("li", "ul", "ol", "dt", "dd"):
                self._take(child, inline, element)
            inline.add(child.tail, self.links > 0, False)
        self._flush(inline, element)

    def _item(self, item: HtmlElement, root: HtmlElement, depth: int, ordered: bool, number: int) -> None:
        inline = LineBox()
        sublists: list[HtmlElement] = []
        inline.add(item.text, self.links > 0, False)
        for child in item:
            if child.tag in ("ul", "ol"):
                sublists.append(child)
            elif child.tag == "br":
                inline.line_break()
            elif child.tag in ("img", "picture"):
                self.picture(child)
            elif not self.passes_over(child):
                self._item_part(child, inline, sublists)
            inline.add(child.tail, self.links > 0, False)
        title, text, links, bolds = item_parts(inline)
        if title or text:
            own = {"root": root, "depth": depth, "ordered": ordered, "number": number, "title": self.unmarked(title)}
            self._put(Raw("item", self.unmarked(text), item, links, bolds, **own))
        for sublist in sublists:
            self._list(sublist, root, depth + 1)
        self._put_pictures()

    def _item_part(self, child: HtmlElement, inline: LineBox, sublists: list[HtmlElement]) -> None:
        nested = [e for e in child.iter("ul", "ol") if e is not child] if child.tag in BLOCKS else []
        inside = set(nested)
        sublists.extend(e for e in nested if inside.isdisjoint(e.iterancestors()))
        self.taken.update(nested)
        if child.tag in BLOCKS:
            inline.line_break()
        self.read_inline(child, inline, self.links > 0, False)
        if child.tag in BLOCKS:
            inline.line_break()

    def _definitions(self, element: HtmlElement) -> None:
        if element.find(".//dt") is None:
            self.walk(element)
            return
        self._loose(element)
        self.taken.update(element.iter("dt", "dd"))  # a part that is not closed holds the next
        term = ""
        for child in element.iter("dt", "dd"):
            text = self.line_of(child)
            if child.tag == "dt":
                if term:
                    self._put(Raw("item", "", child, root=element, title=term))
                term = text
            elif text and not term and (said := self.raws[-1:]) and said[0].root is element:
                self.raws[-1] = replace(said[0], text=f"{said[0].text} {text}".strip())
            elif text:
                self._put(Raw("item", text, child, root=element, title=term))
                term = ""
        if term:
            self._put(Raw("item", "", element, root=element, title=term))
        self._put_pictures()

    # tables

    def _table(self, element: HtmlElement, caption: str = "") -> bool:
        """Collect a table of data as a table, a layout table as its content; return whether it took the caption."""
        rows = tables.table_rows(element)
        own = element.find("caption")
        if tables.is_layout(element, rows):
            for part in ([own] if own is not None else []) + [cell for row in rows for cell in row]:
                self.walk(part)
            return False
        size = int(element.xpath("count(descendant::node())"))
        known = self.known.get(element)
        if known and known[:2] == (size, caption):
            for raw in known[2]:
                self._put(raw)
            return own is None
        before = self._noted()
        title = self.line_of(own) if own is not None else caption
        links = sum(count_words("".join(map(str, link.itertext()))) for link in element.iter("a"))
        made = tables.build_tables(tables.read_cells(rows, self._cell), title)
        raws = [_of_table(table, element, 0 if at else links) for at, table in enumerate(made)]
        raws = raws or [Raw("paragraph", title, element)]
        for raw in raws:
            self._put(raw)
        if self._noted() == before:
            self.tables[element] = (size, caption, tuple(raws))
        self._put_pictures()
        return own is None

    def _noted(self) -> tuple[int, int, int]:
        """Return how much has been noted beside the blocks: where nothing is added, a table says all it has to."""
        return len(self.dropped), len(self.marks), len(self.pictures)

    def _cell(self, cell: HtmlElement) -> str:
        """Return the text of a cell; where a picture stands for it, its description."""
        before = len(self.pictures)
        text = self.line_of(cell)
        if says_something(text) or len(self.pictures) == before:
            return text
        own, self.pictures = self.pictures[before:], self.pictures[:before]
        return " ".join(figure.alt for _, figure in own)

    # for the eye

    def _notes(self, element: HtmlElement) -> None:
        """Collect the notes below an article: their items, or their paragraphs."""
        head = next((node for node in element.iter(*_HEADINGS) if node is not element), None)
        title = self.line_of(head) if head is not None else ""
        items = [node for node in element.iter("li") if not any(up.tag == "li" for up in _up_to(node, element))]
        items = items or [node for node in element.iter("p", "dd") if node is not element]
        if head is not None:
            self.taken.add(head)
        if not items:
            items = [element]
        texts = [self.line_of(item) for item in items]
        ordered = items[0].getparent() is not None and items[0].getparent().tag == "ol"
        numbers = [str(at) if ordered else "" for at in range(1, len(items) + 1)]
        self._put(_of_notes(notes.read_notes(title, texts, numbers), element))
        if items != [element]:
            self.taken.update(items)
            self.in_notes = True
            self.walk(element)
            self.in_notes = False

    def _put_pictures(self) -> None:
        for element, figure in self.pictures:
            self._put(_of_figure(figure, element, self.links))
        self.pictures = []

    def _figure(self, element: HtmlElement) -> None:
        """Collect a picture with its words; what else a figure holds (a table, a quote, text) keeps its kind."""
        captions = [n for n in element.iter("figcaption") if not any(up.tag == "figure" for up in _up_to(n, element))]
        credited = [part for node in captions for part in node.iterdescendants() if figures.is_credit_element(part)]
        credited = [part for part in credited if not any(up in credited for up in part.iterancestors())]
        named = [self.line_of(part) for part in credited]
        self.taken.update(credited)
        caption = " ".join(self.line_of(node) for node in captions)
        self.taken.update(node for node in captions if node is not element)
        if element.tag == "figure" and (table := element.find(".//table")) is not None:
            self.taken.add(table)
            caption = "" if self._table(table, caption) else caption
        before = len(self.pictures)
        if element.tag == "figure":
            self._beside_pictures(element)
        own, self.pictures = self.pictures[before:], self.pictures[:before]
        lexicon = boilerplate.load()
        figure = figures.read_figure([caption], named, [one.alt for _, one in own], lexicon.credits)
        if figure.words or figure.credit:
            self._put(_of_figure(figure, element, self.links))

    def _beside_pictures(self, element: HtmlElement) -> None:
        """Collect the text of a figure outside its caption, if it has any; its pictures stay with it."""
        kept = self.pictures
        self.pictures = []
        own: list[tuple[HtmlElement, Figure]] = []
        inline = LineBox()
        inline.add(element.text, self.links > 0, False)
        for child in element:
            if child.tag in ("img", "picture") or (_is_picture_only(child) and child not in self.taken):
                own += [(image, Figure(alt=alt)) for image in child.iter("img") if (alt := figures.describe(image))]
            else:
                self._take(child, inline, element)
            inline.add(child.tail, self.links > 0, False)
        self._flush(inline, element)
        self.pictures = [*kept, *own]


def _is_picture_only(node: HtmlElement) -> bool:
    return (
        isinstance(node.tag, str) and node.find(".//img") is not None and not "".join(map(str, node.itertext())).strip()
    )


def _up_to(node: HtmlElement, root: HtmlElement) -> list[HtmlElement]:
    """Return the elements between a node and one above it."""
    between: list[HtmlElement] = []
    for up in node.iterancestors():
        if up is root:
            break
        between.append(up)
    return between


def _is_attribution(text: str) -> bool:
    return _ATTRIBUTION.match(text) is not None and count_words(text) <= _LONGEST_ATTRIBUTION


def _is_container(item: HtmlElement) -> bool:
    """Return whether a list item is a part of the page rather than a point: a heading with text, several paragraphs."""
    if not len(item) or (len(item) == 1 and not len(item[0])):
        return False
    if next(item.iterdescendants(*_HEADINGS), None) is not None:
        return sum(count_words("".join(map(str, p.itertext()))) for p in item.iter("p")) >= 4
    paragraphs = [p for p in item.iter("p") if count_words("".join(map(str, p.itertext()))) >= 8]
    return len(paragraphs) >= 2


def _of_table(table: Table, element: HtmlElement, links: int) -> Raw:
    texts = [table.caption, *table.heads, *(cell.text for row in table.rows for cell in row)]
    parts = frozenset(own for text in texts if (own := key(text)))
    return Raw("table", " ".join(filter(None, texts)), element, links, block=table, parts=parts)


def _of_figure(figure: Figure, element: HtmlElement, links: int) -> Raw:
    text = " ".join(filter(None, (figure.caption, figure.alt, figure.credit)))
    return Raw("figure", text, element, count_words(text) if links else 0, block=figure)


def _of_notes(found: Notes, element: HtmlElement) -> Raw:
    text = " ".join(filter(None, (found.title, *(f"{note.mark} {note.words}".strip() for note in found.notes))))
    return Raw("notes", text, element, block=found)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else otherwise


def walk(
    element: HtmlElement, posts: Mapping[HtmlElement, HtmlElement] | None = None, known: Tables | None = None
) -> Walk:
    """Return the blocks of text in an element, in reading order, and what none of them holds.

    Args:
        element: What is walked.
        posts: The posts of a live page, each with the element of its hour.
        known: The tables of an earlier walk; those that have lost nothing since are not read again.
    """
    walker = _Walker(posts or {}, known or {})
    if element.tag in ("ul", "ol", "dl", "table", "blockquote", "figure", *_HEADINGS):
        walker._block(element)  # noqa: SLF001 - the class is this module's own
    else:
        walker.walk(element)
    walker._put_pictures()  # noqa: SLF001 - as above
    return Walk(tuple(walker.raws), tuple(walker.dropped), tuple(walker.marks), walker.tables)
