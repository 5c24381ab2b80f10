"""HTML that an office program wrote (Word, Google Docs, LibreOffice) → an article: the whole page is the document.

Word writes lists as paragraphs with a bullet in them, Google Docs writes each level of a list as a list of its own;
both put comments at the end of the page and their marks into the text. Comments are never read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from tts_news.errors import ReadError
from tts_news.read.document import Document
from tts_news.read.encoding import decode
from tts_news.read.formats.unheard import Secret, Unheard
from tts_news.read.manuscript import inner_html, read_manuscript
from tts_news.read.metadata import parse_html
from tts_news.read.settings import ReadSettings
from tts_news.records import Article

_LEVEL = re.compile(r"mso-list\s*:\s*\w+\s+level(\d)")
_MARGIN_STYLE = re.compile(r"mso-element\s*:\s*(?:header|footer)", re.IGNORECASE)
_COMMENT_STYLE = re.compile(r"mso-element\s*:\s*comment|mso-comment-", re.IGNORECASE)
_MARK_CLASS = re.compile(r"MsoCommentReference|msocomanchor", re.IGNORECASE)
_DELETED_CLASS = re.compile(r"msoDel\b", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden", re.IGNORECASE)
_COMMENT_CLASS = re.compile(r"MsoComment|msocomtxt|msocomanchor", re.IGNORECASE)
_KIX = re.compile(r"lst-kix_[\w]+-(\d)")
_ORDERED = re.compile(r"[\d٠-٩]|^\s*[a-zأ-ي][.)]\s*$")


def read_saved(
    document: Document, settings: ReadSettings, since: dt.datetime | None, passed: int = 0
) -> Iterator[Article | ReadError]:
    """Yield the article of a document that was saved or exported as a page.

    Raises:
        ReadError: It is nested too deeply, or empty.
    """
    del settings, since
    if passed:
        return
    tree, too_deep = parse_html(decode(document.data, document.charset))
    body = tree.find(".//body") if tree is not None else None
    if body is None or too_deep:
        raise ReadError(f"there is no article in {document.name}", hint="copy the article's text and read that")
    unheard = Unheard()
    _drop_unread(body, unheard)
    _make_lists(body)
    _nest_lists(body)
    yield read_manuscript(inner_html(body), document.name, Article("", (), dropped=unheard.dropped()))


def _drop_unread(body: HtmlElement, unheard: Unheard) -> None:
    """Take out comments with their marks, struck and hidden text, headers and footers."""
    gone: set[HtmlElement] = set()
    for element in list(body.iter()):
        if not isinstance(element.tag, str) or (gone and not gone.isdisjoint(element.iterancestors())):
            continue
        style, name = element.get("style") or "", element.get("class") or ""
        if element.tag == "o:p":
            element.drop_tag()
        elif _MARGIN_STYLE.search(style):
            unheard.set_aside("".join(map(str, line.itertext())) for line in element.iter("p"))
            gone.add(element)
        elif kind := _secret(style, name):
            if not _MARK_CLASS.search(name):
                unheard.keep_back(kind, "".join(map(str, element.itertext())))
            gone.add(element)
        elif element.tag == "a" and re.match(r"#(?:cmnt|_msocom)", element.get("href") or ""):
            _drop_comment(element, body, unheard)
    for element in gone:
        element.drop_tree()


def _secret(style: str, name: str) -> Secret | None:
    if _COMMENT_STYLE.search(style) or _COMMENT_CLASS.search(name):
        return "comments"
    if _DELETED_CLASS.search(name):
        return "deleted text"
    return "hidden text" if _HIDDEN.search(style) else None


def _drop_comment(link: HtmlElement, body: HtmlElement, unheard: Unheard) -> None:
    """Take out a comment's mark, or the comment when the link leads back to its mark."""
    leads_back = "ref" in (link.get("href") or "")
    element = link
    for up in link.iterancestors():
        if up is body or (not leads_back and up.tag in ("p", "div", "li")):
            break
        element = up
    if leads_back:
        words = "".join(map(str, element.itertext())).replace("".join(map(str, link.itertext())), "", 1)
        unheard.keep_back("comments", words)
    if element.getparent() is not None:  # else it stood in what has gone already
        element.drop_tree()


def _make_lists(body: HtmlElement) -> None:
    """Make lists of the paragraphs that Word marks as items; their bullets and numbers go."""
    lists: list[HtmlElement] = []
    last: HtmlElement | None = None
    for paragraph in list(body.iter("p")):
        level = _LEVEL.search(paragraph.get("style") or "")
        if level is None:
            continue
        marks = [span for span in paragraph.iter("span") if "mso-list" in (span.get("style") or "").replace(" ", "")]
        mark = "".join("".join(map(str, span.itertext())) for span in marks[:1])
        for span in marks:
            if span.getparent() is not None:
                span.drop_tree()
        depth = max(1, int(level[1]))
        follows = last is not None and paragraph.getprevious() is lists[0] if lists else False
        if not follows:
            lists = []
        while len(lists) > depth:
            lists.pop()
        if len(lists) < depth:
            made = etree.Element("ol" if _ORDERED.search(mark) else "ul")
            if lists and len(lists[-1]):
                lists[-1][-1].append(made)
            else:
                paragraph.addprevious(made)
            lists.append(made)
        paragraph.tag = "li"
        tail, paragraph.tail = paragraph.tail, None
        lists[-1].append(paragraph)
        last = paragraph
        if tail and tail.strip():
            lists[0].tail = tail


def _nest_lists(body: HtmlElement) -> None:
    """Put each list that Google Docs writes apart into the last item of the list one level above it."""
    above: dict[int, HtmlElement] = {}
    for element in list(body.iter("ul", "ol")):
        kix = _KIX.search(element.get("class") or "")
        if kix is None:
            continue
        level, before = int(kix[1]), element.getprevious()
        outer = above.get(level - 1)
        if level and outer is not None and before is not None and len(outer) and before in (outer, above[0]):
            outer[-1].append(element)
        elif before is not None and level == 0 and above.get(0) is before and _same(before, element):
            above[0].extend(list(element))
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
            continue
        above = {key: value for key, value in above.items() if key < level} | {level: element}


def _same(one: HtmlElement, other: HtmlElement) -> bool:
    names = [(_KIX.search(element.get("class") or "") or [""])[0] for element in (one, other)]
    return one.tag == other.tag and names[0] == names[1]
