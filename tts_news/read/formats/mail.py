"""A message (.eml) or a page saved as one (.mhtml) → an article. The standard library reads MIME.

Of a message its own text is read: the subject is the headline, what it quotes and its signature are left out. A saved
page is read as any other.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from tts_news.arabic import tidy
from tts_news.errors import ReadError
from tts_news.read.dates import clean_iso
from tts_news.read.document import Document
from tts_news.read.encoding import decode
from tts_news.read.formats.agency import origin_of
from tts_news.read.identity import short
from tts_news.read.manuscript import inner_html, read_manuscript
from tts_news.read.metadata import parse_html
from tts_news.read.page import read_page
from tts_news.read.paste import read_paste
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Dropped, Identity

_REPLY = re.compile(r"^(?:(?:re|fwd?|fw|رد|إعادة توجيه|تحويل)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_MOST_PARTS = 5_000
# The standard library looks at every parameter of a header for every other one.
_LONG_HEADER = re.compile(
    rb"^(?:Content-[A-Z-]{1,40}|Subject|From|Date|Message-ID|Snapshot-[A-Z-]{1,40}):(?:[^\n]|\n[ \t]){20000}",
    re.IGNORECASE | re.MULTILINE,
)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_QUOTED = re.compile(r"^>.*$", re.MULTILINE)


def read_message(
    document: Document, settings: ReadSettings, since: dt.datetime | None, passed: int = 0
) -> Iterator[Article | ReadError]:
    """Yield the article of a message or of a saved page.

    Raises:
        ReadError: It has no text.
    """
    del since
    if passed:
        return
    if _LONG_HEADER.search(document.data) or document.data.count(b"\n--") > _MOST_PARTS:
        raise ReadError(
            f"{document.name} has a longer header, or more parts, than any message", hint="copy its text and read that"
        )
    message = message_from_bytes(document.data, policy=policy.default)
    part = message.get_body(preferencelist=("html", "plain")) if isinstance(message, EmailMessage) else None
    if part is None:
        raise ReadError(f"{document.name} is a message without a text", hint="name the file that is attached to it")
    data = part.get_payload(decode=True)
    body = data if isinstance(data, bytes) else b""
    charset = str(part.get_content_charset() or "")
    location = str(part.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
    if "related" in message.get_content_type() and location.startswith(("http://", "https://")):
        article = read_page(body, location, settings, charset=charset, source=document.name)
    else:
        article = _letter(message, part.get_content_type(), decode(body, charset), document)
    attached = tuple(Dropped(name, "an attachment") for one in message.walk() if (name := one.get_filename()))
    yield replace(article, source=document.name, dropped=(*article.dropped, *attached))


def _letter(message: EmailMessage, kind: str, text: str, document: Document) -> Article:
    subject = _REPLY.sub("", tidy(str(message.get("Subject") or "")))
    facts = Article(title=subject, blocks=(), published=_date(str(message.get("Date") or "")), site=_sender(message))
    own = str(message.get("Message-ID") or "").strip()
    identity = Identity("feed", origin_of(document), short(own)) if own else None
    if kind == "text/html":
        article = read_manuscript(_marked(subject, text), document.name, facts)
        return replace(article, identity=identity)
    cut = _SIGNATURE.split(text.replace("\r\n", "\n"), maxsplit=1)
    quoted = [Dropped(tidy(line), "quoted in the message") for line in _QUOTED.findall(cut[0]) if tidy(line.strip(">"))]
    signed = [Dropped(tidy(line), "signature") for line in "".join(cut[1:]).splitlines() if tidy(line)]
    words = _QUOTED.sub("", cut[0])
    article = read_paste(f"# {subject}\n\n{words}" if subject else words, document.name)
    return replace(
        article,
        published=article.published or facts.published,
        site=facts.site,
        identity=identity,
        dropped=(*article.dropped, *quoted, *signed),
    )


def _marked(subject: str, text: str) -> str:
    """Return the HTML of a message under its subject, without the messages that it quotes."""
    tree, _ = parse_html(text)
    body = tree.find(".//body") if tree is not None else None
    if body is None:
        return ""
    for quoted in list(body.iter("div", "blockquote")):
        if re.search(r"gmail_quote|yahoo_quoted|moz-cite-prefix|gmail_signature", quoted.get("class") or "") or (
            quoted.tag == "blockquote" and (quoted.get("type") or "") == "cite"
        ):
            quoted.drop_tree()
    head = f'<p class="title">{html.escape(subject)}</p>' if subject else ""
    return head + inner_html(body)


def _date(text: str) -> str:
    try:
        return clean_iso(parsedate_to_datetime(text).isoformat())
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _sender(message: EmailMessage) -> str:
    """Return the name that the sender goes by; an address is nobody's name."""
    return tidy(parseaddr(str(message.get("From") or ""))[0])
