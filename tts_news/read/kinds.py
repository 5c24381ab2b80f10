"""What an input is, told by what it says and never by its name; and who reads each kind."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final, cast

from tts_news.errors import ReadError
from tts_news.read.document import Document
from tts_news.read.encoding import decode
from tts_news.read.settings import ReadSettings, SourceKind
from tts_news.records import Article

Reader = Callable[[Document, ReadSettings, dt.datetime | None, int], Iterator[Article | ReadError]]
Lister = Callable[[Document], tuple[str, ...]]

# A reader yields the articles of a document without the first ones, as many as its last argument says.
_READERS: Final = MappingProxyType(
    {
        "feed": "feed:read_feed",
        "wordpress": "wordpress:read_posts",
        "wxr": "formats.wxr:read_export",
        "cms": "formats.cms:read_handed",
        "jsonfeed": "formats.jsonfeed:read_json_feed",
        "newsml": "formats.newsml:read_newsml",
        "nitf": "formats.nitf:read_nitf",
        "ninjs": "formats.ninjs:read_ninjs",
        "sitemap": "formats.sitemap:read_sitemap",
        "docx": "formats.docx:read_docx",
        "odt": "formats.odt:read_odt",
        "epub": "formats.epub:read_epub",
        "mail": "formats.mail:read_message",
        "pdf": "formats.pdf:read_pdf",
        "rtf": "formats.rtf:read_rtf",
        "office": "formats.weboffice:read_saved",
        "telegram": "formats.telegram:read_channel",
        "whatsapp": "formats.whatsapp:read_chat",
    }
)

# A lister returns the addresses that a document names.
_LISTERS: Final = MappingProxyType({"urls": "formats.lists:read_addresses", "opml": "formats.lists:read_subscriptions"})

_HEAD: Final = 65_536
_FEED_MARKS = (b"<rss", b"<feed", b"<rdf:rdf")
_HTML_MARKS = (
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<article",
    b"<div",
    b"<p>",
    b"<p ",
    b"<meta ",
    b"<h1",
    b"<section",
    b"<main",
)


def reader_of(kind: SourceKind) -> Reader | None:
    """Return who reads a kind, loaded now; None for pages and text, which hold one article."""
    return cast("Reader | None", _load(_READERS, kind))


def lister_of(kind: SourceKind) -> Lister | None:
    """Return who reads a list of addresses, loaded now; None for all that is none."""
    return cast("Lister | None", _load(_LISTERS, kind))


def _load(table: Mapping[str, str], kind: str) -> object:
    if kind not in table:
        return None
    module, _, name = table[kind].partition(":")
    return getattr(import_module(f"tts_news.read.{module}"), name)


def guess_kind(document: Document) -> SourceKind:
    """Return what the bytes are."""
    if kind := _binary_kind(document):
        return kind
    head = document.data[:_HEAD].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith((b"[", b"{")) and (kind := _json_kind(document)):
        return kind
    if kind := _XML_KINDS.get(_root_of(head)):
        return kind
    start = head[:4096]
    feed_at = min((at for mark in _FEED_MARKS if (at := start.find(mark)) >= 0), default=-1)
    html_at = min((at for mark in _HTML_MARKS if (at := start.find(mark)) >= 0), default=-1)
    if feed_at >= 0 and start.startswith(b"<") and (html_at < 0 or feed_at < html_at):
        return "wxr" if b"wordpress.org/export/" in head else "feed"
    if b"<title>exported data</title>" in start and b"page_wrap" in head:
        return "telegram"
    if head.startswith(b"<") and html_at >= 0:
        return "office" if _OFFICE.search(head) else "html"
    if (
        any(mark in head for mark in (b"<!doctype html", b"<html", b"</html>", b"</p>", b"</div>"))
        and head.count(b"<") >= 6
    ):
        return "html"
    return _text_kind(document)


# ── office files ─────────────────────────────────────────────────────────────────────────────────────────────────

_PARTS: Final[dict[bytes, SourceKind]] = {b"word/document.xml": "docx"}
_MIMETYPES: Final[dict[bytes, SourceKind]] = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/epub+zip": "epub",
}


def _binary_kind(document: Document) -> SourceKind | None:
    """Return the kind of a file that begins with its signature; "text" is never one of them."""
    data = document.data
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        # A package names itself in its first part, uncompressed (OpenDocument 1.3, part 2, 3.3; OCF 3.3, 4.3).
        if data[30:38] == b"mimetype":
            return next((kind for mark, kind in _MIMETYPES.items() if data[38:].startswith(mark)), "zip")
        return next((kind for part, kind in _PARTS.items() if part in data), "zip")
    return "mail" if _is_message(data[:_HEAD]) else None


# Packages that other programs write, by a part that each has.
_OTHER_ZIPS: Final = (
    (b"xl/workbook.xml", "an Excel workbook"),
    (b"ppt/presentation.xml", "PowerPoint slides"),
    (b"opendocument.spreadsheet", "an OpenDocument sheet"),
    (b"opendocument.presentation", "OpenDocument slides"),
    (b"Index/Document.iwa", "a document of Pages, Numbers or Keynote"),
    (b"visio/document.xml", "a Visio drawing"),
    (b"AndroidManifest.xml", "an app"),
)


def name_zip(data: bytes) -> str:
    """Return what a zip file is that nobody here reads."""
    return next((name for part, name in _OTHER_ZIPS if part in data), "a zip file of a kind that is not known here")


# What Word, LibreOffice and Google Docs write into the pages that they save.
_OFFICE: Final = re.compile(
    rb"urn:schemas-microsoft-com:office:word|<meta[^<>]{0,60}generator[^<>]{0,60}(?:microsoft word|libreoffice)"
    rb"|id=\"?docs-internal-guid|<body[^<>]{0,200}\bdoc-content\b"
)
_FIELD: Final = re.compile(rb"^([A-Za-z][A-Za-z-]{1,40}):[ \t]?", re.MULTILINE)


def _is_message(head: bytes) -> bool:
    """Return whether a text begins with the head of a message: fields of a line each that no article begins with."""
    above = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    lines = [line for line in above.splitlines() if not line.startswith((b" ", b"\t"))]
    fields = {match[1].lower() for line in lines if (match := _FIELD.match(line))}
    told = fields & {b"mime-version", b"message-id", b"received", b"return-path"} and fields & {b"from", b"subject"}
    return bool(told) and all(_FIELD.match(line) for line in lines)


# ── XML ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_PROLOG: Final = re.compile(
    rb"(?:\s{1,200}|<\?[^<>]{0,500}\?>|<!--.{0,4000}?-->|<!doctype[^<>\[]{0,500}(?:\[.{0,4000}?\]\s*)?>)", re.DOTALL
)
_ROOT: Final = re.compile(rb"<(?:[a-z][\w-]{0,30}:)?([a-z][\w.-]{0,40})(?=[\s/>])")
_XML_KINDS: Final[dict[bytes, SourceKind]] = {
    b"newsmessage": "newsml",
    b"newsitem": "newsml",
    b"packageitem": "newsml",
    b"newsml": "newsml",
    b"nitf": "nitf",
    b"urlset": "sitemap",
    b"sitemapindex": "sitemap",
    b"opml": "opml",
}


def _root_of(head: bytes) -> bytes:
    """Return the name of the root element of XML, in lower case and without its prefix; b"" when it is none."""
    at = 0
    for _ in range(20):
        match = _PROLOG.match(head, at)
        if not match:
            break
        at = match.end()
    found = _ROOT.match(head, at)
    return found[1] if found else b""


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _json_kind(document: Document) -> SourceKind | None:
    """Return the kind of a JSON document; "json" is one that nobody here reads, None no JSON at all."""
    try:
        value = json.loads(decode(document.data, document.charset))
    except (ValueError, RecursionError):
        return None
    first = value[0] if isinstance(value, list) and value else value
    if not isinstance(first, dict):
        return "json" if isinstance(value, dict) or not value else None
    return next((kind for kind, fits in _JSON_KINDS.items() if fits(first)), "json")


def _is_wordpress(value: dict[str, Any]) -> bool:
    return isinstance(value.get("content"), dict) and "rendered" in value["content"]


def _is_ninjs(value: dict[str, Any]) -> bool:
    parts = ("headline", "headlines", "body_html", "body_xhtml", "body_text", "bodies", "versioncreated")
    return isinstance(value.get("uri"), str) and any(part in value for part in parts)


def _is_handed(value: dict[str, Any]) -> bool:
    return isinstance(value.get("permalink"), str) and any(part in value for part in ("html", "text", "url"))


def _is_telegram(value: dict[str, Any]) -> bool:
    if isinstance(value.get("chats"), dict) and "about" in value:
        return True
    messages = value.get("messages")
    first = messages[0] if isinstance(messages, list) and messages else None
    return isinstance(first, dict) and "text" in first and "id" in first and "name" in value


def _is_json_feed(value: dict[str, Any]) -> bool:
    return "jsonfeed.org/version" in str(value.get("version")) and isinstance(value.get("items"), list)


_JSON_KINDS: Final[dict[SourceKind, Callable[[dict[str, Any]], bool]]] = {
    "wordpress": _is_wordpress,
    "jsonfeed": _is_json_feed,
    "ninjs": _is_ninjs,
    "telegram": _is_telegram,
    "cms": _is_handed,
}

# ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────────

# «[20/11/2026، 10:03:40 ص] الاسم: …» of an iPhone, «20/11/2026, 10:03 - Name: …» of an Android, and
# «[10:03، 20/11/2026] الاسم: …» as messages are copied.
_DAY: Final = r"[\d٠-٩]{1,4}[/.\-\u200f]{1,2}[\d٠-٩]{1,2}[/.\-\u200f]{1,2}[\d٠-٩]{2,4}"
_CLOCK: Final = r"[\d٠-٩]{1,2}:[\d٠-٩]{2}(?::[\d٠-٩]{2})?(?:\s?(?:[صم]|[AaPp]\.?[Mm]\.?))?"
CHAT_STAMP: Final = re.compile(
    r"^[\u200e\u200f\u202a-\u202e\ufeff]*"
    rf"(?:\[?(?P<day>{_DAY})[,،]?\s(?P<clock>{_CLOCK})(?:\]|\s[-–])|\[(?P<clock2>{_CLOCK})[,،]\s(?P<day2>{_DAY})\])\s",
    re.MULTILINE,
)


def _text_kind(document: Document) -> SourceKind:
    start = decode(document.data[:_HEAD], document.charset)
    if CHAT_STAMP.match(start.lstrip()):
        return "whatsapp"
    lines = [line for line in start.split() if not line.startswith("#")]
    return "urls" if lines and all(line.startswith(("http://", "https://")) for line in lines) else "text"
