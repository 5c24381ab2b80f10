"""A Word document (.docx) → an article. mammoth reads styles, lists, tables and notes; what nobody may hear goes first.

Deleted and moved text, comments, headers and footers are never read; inserted text is: an editor who tracks changes
sees the text as it will be.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from tts_news.errors import ReadError
from tts_news.extras import install_hint
from tts_news.read.document import Document
from tts_news.read.formats.archive import Archive
from tts_news.read.formats.unheard import Unheard
from tts_news.read.manuscript import read_manuscript
from tts_news.read.settings import ReadSettings
from tts_news.records import Article

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "word/document.xml"
# What mammoth reads beside the main part.
_PARTS = ("word/styles.xml", "word/numbering.xml", "word/footnotes.xml", "word/endnotes.xml")
_RELATIONS = ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels")
_COMMENTS = "word/comments.xml"
_MARGINS = re.compile(r"word/(?:header|footer)\d*\.xml")
_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='caption'] => figure > figcaption:fresh
p[style-name='Caption'] => figure > figcaption:fresh
p[style-name^='toc '] => !
p[style-name^='TOC '] => !
strike => s
"""


def read_docx(
    document: Document, settings: ReadSettings, since: dt.datetime | None, passed: int = 0
) -> Iterator[Article | ReadError]:
    """Yield the article of a Word document.

    Raises:
        ReadError: It is damaged, protected or empty, or the extra that reads it is not installed.
    """
    del settings, since
    if passed:
        return
    archive = Archive(document.data, document.name)
    try:
        import mammoth
    except ModuleNotFoundError as err:
        raise ReadError(
            f"{document.name} is a Word document, which needs an extra", hint=install_hint("documents")
        ) from err
    unheard = Unheard()
    cleaned = _cleaned(archive, unheard)
    found = mammoth.convert_to_html(
        cleaned,
        style_map=_STYLES,
        convert_image=mammoth.images.img_element(_no_picture),
        id_prefix="note-",
        include_embedded_style_map=False,
        external_file_access=False,
    )
    facts = Article("", (), dropped=unheard.dropped())
    yield read_manuscript(_with_notes(found.value), document.name, facts)


def _no_picture(_: Any) -> dict[str, str]:
    """Return a picture without its bytes: mammoth keeps its description."""
    return {"src": ""}


def _cleaned(archive: Archive, unheard: Unheard) -> io.BytesIO:
    """Return the parts that are read as a document of their own, hidden text left out, every part checked."""
    for part in sorted(archive.names()):
        if _MARGINS.fullmatch(part):
            unheard.set_aside(_text(paragraph, "t") for paragraph in archive.xml(part).iter(f"{_W}p"))
    if _COMMENTS in archive.names():
        unheard.keep_back("comments", " ".join(_text(one, "t") for one in archive.xml(_COMMENTS).iter(f"{_W}p")))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for part in (*_RELATIONS, *_PARTS, _MAIN):
            if part in archive.names() or part == _MAIN:
                root = archive.xml(part)
                _drop_hidden(root, unheard)
                unheard.keep_back("deleted text", _deleted(root))
                made.writestr(part, etree.tostring(root, encoding="UTF-8", xml_declaration=True))
    target.seek(0)
    return target


def _text(element: etree._Element, name: str) -> str:
    return "".join(part.text or "" for part in element.iter(f"{_W}{name}"))


def _deleted(root: etree._Element) -> str:
    """Return the words that an editor struck or moved away: they stand where they went."""
    return " ".join(_text(one, "delText") or _text(one, "t") for one in root.iter(f"{_W}del", f"{_W}moveFrom"))


def _drop_hidden(root: etree._Element, unheard: Unheard) -> None:
    for vanish in list(root.iter(f"{_W}vanish")):
        facts = vanish.getparent()
        run = facts.getparent() if facts is not None else None
        parent = run.getparent() if run is not None else None
        shown = (vanish.get(f"{_W}val") or "true").lower() in ("0", "false", "off", "none")
        if run is not None and parent is not None and run.tag == f"{_W}r" and not shown:
            unheard.keep_back("hidden text", _text(run, "t"))
            parent.remove(run)


def _with_notes(html: str) -> str:
    """Return mammoth's HTML with its last list, the notes, named as what it is."""
    at = html.rfind('<ol><li id="note-')
    if at < 0:
        return html
    return f'{html[:at]}<section role="doc-endnotes">{html[at:]}</section>'
