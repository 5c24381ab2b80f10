"""An OpenDocument text (.odt) → an article. Source: OASIS OpenDocument 1.3, part 3.

Deleted text lies in `text:tracked-changes` apart from the text, comments in `office:annotation`: both are passed over.
"""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from tts_news.errors import ReadError
from tts_news.read.document import Document
from tts_news.read.formats.agency import find_all
from tts_news.read.formats.archive import Archive
from tts_news.read.formats.unheard import Secret, Unheard
from tts_news.read.manuscript import read_manuscript
from tts_news.read.markup import local_name
from tts_news.read.settings import ReadSettings
from tts_news.records import Article

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_UNREAD = frozenset(
    ("tracked-changes", "annotation", "annotation-end", "table-of-content", "alphabetical-index", "sequence-decls",
     "forms", "image", "object", "object-ole", "script", "hidden-text", "hidden-paragraph", "page-number", "bookmark")
)  # fmt: skip
_SECRETS: dict[str, Secret] = {"annotation": "comments", "tracked-changes": "deleted text"}
_MARGINS = ("header", "header-left", "header-first", "footer", "footer-left", "footer-first")
_TABLES = {"table": "table", "table-row": "tr", "table-cell": "td", "table-header-rows": "thead"}


def read_odt(
    document: Document, settings: ReadSettings, since: dt.datetime | None, passed: int = 0
) -> Iterator[Article | ReadError]:
    """Yield the article of an OpenDocument text.

    Raises:
        ReadError: It is damaged, protected or empty.
    """
    del settings, since
    if passed:
        return
    archive = Archive(document.data, document.name)
    if "manifest:encryption-data" in archive.read("META-INF/manifest.xml").decode("utf-8", "replace"):
        raise ReadError(f"{document.name} is protected by a password", hint="save it without one")
    writer = _Writer()
    if "styles.xml" in archive.names():
        styles = archive.xml("styles.xml")
        writer.learn(styles)
        for margin in find_all(styles, *_MARGINS):
            writer.unheard.set_aside("".join(map(str, one.itertext())) for one in find_all(margin, "p", "h"))
    content = archive.xml("content.xml")
    writer.learn(content)
    body = next(find_all(content, "text"), None)
    if body is None:
        raise ReadError(f"{document.name} holds no text", hint="save it as a text document")
    markup = writer.document(body)
    yield read_manuscript(markup, document.name, Article("", (), dropped=writer.unheard.dropped()))


def _words(element: etree._Element) -> str:
    """Return the words of what is not read; who commented or changed, and when, is not among them."""
    return " ".join("".join(map(str, one.itertext())) for one in find_all(element, "p", "h")) or (
        "" if local_name(element) in _SECRETS else "".join(map(str, element.itertext()))
    )


@dataclass(slots=True)
class _Writer:
    """Writes OpenDocument as HTML: styles by name with their parents, and the notes met on the way."""

    parents: dict[str, str] = field(default_factory=dict)
    bold: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    numbered: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    unheard: Unheard = field(default_factory=Unheard)

    def learn(self, root: etree._Element) -> None:
        """Note which styles are bold, hidden or numbered, and what each derives from."""
        for style in find_all(root, "style"):
            name = style.get(f"{_STYLE}name") or ""
            self.parents[name] = style.get(f"{_STYLE}parent-style-name") or ""
            for facts in find_all(style, "text-properties"):
                if facts.get(f"{_FO}font-weight") == "bold":
                    self.bold.add(name)
                if facts.get(f"{_TEXT}display") == "none":
                    self.hidden.add(name)
        for style in find_all(root, "list-style"):
            if next(find_all(style, "list-level-style-number"), None) is not None:
                self.numbered.add(style.get(f"{_STYLE}name") or "")

    def document(self, body: etree._Element) -> str:
        """Return the text of a document as HTML, its notes last."""
        text = self.inside(body)
        notes = "".join(f"<li>{note}</li>" for note in self.notes)
        return f'{text}<section role="doc-endnotes"><ol>{notes}</ol></section>' if notes else text

    def inside(self, element: etree._Element) -> str:
        """Return what an element holds."""
        parts = [html.escape(element.text or "")]
        for child in element:
            parts += [self.written(child), html.escape(child.tail or "")]
        return "".join(parts)

    def written(self, element: etree._Element) -> str:
        """Return an element, "" for what is not read."""
        name, style = local_name(element), element.get(f"{_TEXT}style-name") or ""
        if name in _UNREAD or style in self.hidden:
            self.unheard.keep_back(_SECRETS.get(name, "hidden text"), _words(element))
            return ""
        if name in ("s", "tab"):
            return " "
        if name == "line-break":
            return "<br>"
        if name == "note":
            return self.noted(element)
        if name in ("h", "p"):
            return self.paragraph(element, name, style)
        if name == "span":
            inner = self.inside(element)
            return f"<b>{inner}</b>" if style in self.bold else inner
        if name == "list":
            return self.listed(element, style)
        if name in ("title", "desc"):
            return f'<figure><img alt="{html.escape("".join(map(str, element.itertext())))}"></figure>'
        if name in _TABLES:
            return self.table(element, _TABLES[name])
        return self.inside(element)

    def paragraph(self, element: etree._Element, name: str, style: str) -> str:
        """Return a heading or paragraph with the role that its style gives it."""
        inner = self.inside(element)
        base = style
        for _ in range(20):
            if base in ("Title", "Subtitle", "Quotations", "Caption", "Illustration"):
                break
            base = self.parents.get(base, "")
        if name == "h":
            level = element.get(f"{_TEXT}outline-level") or "1"
            level = level if level in tuple("123456") else "6"
            return f"<h{level}>{inner}</h{level}>"
        if base == "Quotations":
            return f"<blockquote><p>{inner}</p></blockquote>"
        if base in ("Caption", "Illustration"):
            return f"<figure><figcaption>{inner}</figcaption></figure>"
        role = f' class="{base.lower()}"' if base in ("Title", "Subtitle") else ""
        return f"<p{role}>{f'<b>{inner}</b>' if style in self.bold and inner else inner}</p>"

    def listed(self, element: etree._Element, style: str) -> str:
        """Return a list; a list inside takes the style of the one around it."""
        outer = element.iterancestors(f"{_TEXT}list")
        styles = [style, *(one.get(f"{_TEXT}style-name") or "" for one in outer)]
        tag = "ol" if next(filter(None, styles), "") in self.numbered else "ul"
        items = "".join(f"<li>{self.inside(item)}</li>" for item in element if local_name(item) == "list-item")
        return f"<{tag}>{items}</{tag}>"

    def table(self, element: etree._Element, tag: str) -> str:
        """Return a table, row or cell with its spans; covered cells are no cells."""
        across = element.get(f"{_TABLE}number-columns-spanned") or ""
        down = element.get(f"{_TABLE}number-rows-spanned") or ""
        sizes = (("colspan", across), ("rowspan", down))
        spans = "".join(f' {key}="{value}"' for key, value in sizes if value.isdecimal())
        inner = "".join(self.written(child) for child in element if local_name(child) != "covered-table-cell")
        if tag == "td" and any(local_name(up) == "table-header-rows" for up in element.iterancestors()):
            tag = "th"
        return f"<{tag}{spans}>{inner}</{tag}>"

    def noted(self, element: etree._Element) -> str:
        """Return the mark of a note, its words kept for the end."""
        body = next(find_all(element, "note-body"), None)
        self.notes.append(self.inside(body) if body is not None else "")
        number = len(self.notes)
        return f'<sup role="doc-noteref"><a href="#fn{number}" role="doc-noteref">{number}</a></sup>'
