"""What stands inside a line of text: its words, links and bold type; marks of notes and pictures go out of it.

What no block can hold (marks, struck-out words, formulas, forms) is kept beside the lines with the reason.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from tts_news.arabic import ends_sentence, tidy
from tts_news.read import figures, marks
from tts_news.read.linebox import LineBox, flat
from tts_news.records import Dropped, Figure

_NOTE_MARK = "the mark of a note"
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr output q rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr center".split()
)
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_UNSEEN = frozenset("script style noscript template head link meta title".split())
_UNREAD = {
    "svg": "a drawing",
    "math": "a formula",
    "select": "form",
    "option": "form",
    "textarea": "form",
    "iframe": "an embedded page",
    "object": "an embedded page",
    "video": "player",
    "audio": "player",
    "canvas": "a drawing",
    "button": "button",
}
_STRUCK = frozenset(["del", "s", "strike"])
_LINE_THROUGH = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)


class LineReader:
    """Reads the lines inside an element."""

    def __init__(self) -> None:
        self.dropped: list[Dropped] = []
        self.marks: list[str] = []
        self.pictures: list[tuple[HtmlElement, Figure]] = []
        """Pictures inside a line of text, which stand below it."""
        self.taken: set[HtmlElement] = set()
        """Elements that were read on their own (a quote's source, a nested list) and are passed over in place."""

    def leave(self, node: HtmlElement, reason: str) -> None:
        """Note that the words of an element are left out."""
        alts = (image.get("alt") or "" for image in node.iter("img"))
        self.leave_text(" ".join([*map(str, node.itertext()), *alts]), reason)

    def leave_text(self, text: str, reason: str) -> None:
        """Note that words are left out."""
        line = tidy(" ".join(text.split()))
        if any(map(str.isalnum, line)):
            self.dropped.append(Dropped(line, reason))

    def passes_over(self, node: HtmlElement) -> bool:
        """Return whether an element is not walked; what it says is noted."""
        tag = node.tag
        if not isinstance(tag, str) or tag in _UNSEEN or node in self.taken:
            return True
        if tag in _UNREAD:
            self.leave(node, _UNREAD[tag])
            return True
        if tag in _STRUCK or ((style := node.get("style")) and _LINE_THROUGH.search(style)):
            self.leave(node, "struck out")
            return True
        return False

    def unmarked(self, text: str) -> str:
        """Return a line without the marks of notes written into it; they are noted."""
        plain, found = marks.without_marks(text)
        for mark in found:
            self.marks.append(mark)
            self.leave_text(mark, _NOTE_MARK)
        return plain

    def read_inline(self, node: HtmlElement, inline: LineBox, link: bool, bold: bool) -> None:
        """Add what an element within a line says; `link` and `bold` are what stands around it."""
        if marks.is_note_mark(node, inline):
            self.marks.append("".join(map(str, node.itertext())).strip())
            self.leave(node, _NOTE_MARK)
            return
        if node.tag in ("sup", "sub") and not len(node):
            own = "".join(map(str, node.itertext()))
            change = marks.raise_text if node.tag == "sup" else marks.lower_text
            inline.add(change(own, inline.before), link, bold)
            return
        # An anchor within the page leads nowhere else.
        link = link or (node.tag == "a" and not (node.get("href") or "#").startswith("#"))
        bold = bold or node.tag in ("b", "strong")
        self.read_children(node, inline, link, bold)

    def read_children(self, node: HtmlElement, inline: LineBox, link: bool, bold: bool) -> None:
        """Add what an element holds; blocks inside it stand on lines of their own."""
        inline.add(node.text, link, bold)
        for child in node:
            if child.tag == "br":
                inline.line_break()
            elif child.tag in ("img", "picture"):
                self.picture(child)
            elif not self.passes_over(child):
                parts = child.tag in BLOCKS
                if parts:
                    inline.line_break()
                self.read_inline(child, inline, link, bold)
                if parts:
                    inline.line_break()
            inline.add(child.tail, link, bold)

    def line_of(self, cell: HtmlElement) -> str:
        """Return what a cell, caption or note says in one line; its lines (`<br>`, paragraphs) are parted by commas."""
        if not len(cell):
            return self.unmarked(flat([(cell.text or "", False, False)]))
        inline = LineBox()
        self.read_lines(cell, inline)
        lines = [line for piece in inline.pieces if (line := flat(piece))]
        return self.unmarked(
            " ".join([*(line if ends_sentence(line) else f"{line}،" for line in lines[:-1]), *lines[-1:]])
        )

    def read_lines(self, node: HtmlElement, inline: LineBox) -> None:
        """Add what an element holds, its blocks as lines, however deep they lie."""
        inline.add(node.text, False, False)
        for child in node:
            if child.tag == "br":
                inline.line_break()
            elif child.tag in ("img", "picture"):
                self.picture(child)
            elif self.passes_over(child):
                pass
            elif child.tag in INLINE and not holds_block(child):
                self.read_inline(child, inline, False, False)
            else:
                inline.line_break()
                self.read_lines(child, inline)
                inline.line_break()
            inline.add(child.tail, False, False)

    def picture(self, picture: HtmlElement) -> None:
        """Keep the description of a picture for the block below the line it stands in."""
        for image in picture.iter("img"):
            if alt := figures.describe(image):
                self.pictures.append((image, Figure(alt=alt)))


def holds_block(element: HtmlElement) -> bool:
    """Return whether an element has blocks inside it."""
    return len(element) > 0 and next(element.iterdescendants(*BLOCKS), None) is not None
