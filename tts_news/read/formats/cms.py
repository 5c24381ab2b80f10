"""An article as a content system hands it over: JSON of our own, the same in a file, a pipe and `POST /editions`.

One object, or a list of them. Exactly one of `html`, `text` and `url` holds the article; whatever else is stated of it
goes before what its text or page says. An id counts within its site, which is the permalink's host if none is stated.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from tts_news.arabic import key, tidy
from tts_news.errors import ReadError
from tts_news.read.document import Document
from tts_news.read.entries import Entry, article_of, fetch_page
from tts_news.read.formats.jsonfeed import as_object, load_json
from tts_news.read.guard import guarded
from tts_news.read.handed import HandedArticle, say_fault
from tts_news.read.identity import identify_text, normalise_address, scope_of, short
from tts_news.read.inputs import read_text
from tts_news.read.page import read_page
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Heading, Identity, Paragraph


def read_handed(
    document: Document, settings: ReadSettings, _since: dt.datetime | None, passed: int = 0
) -> Iterator[Article | ReadError]:
    """Yield the articles that were handed over, in their order, behind the `passed` first.

    What they say of themselves is believed where the user said that they are handed over (`--from cms`); in a file
    that only looks like it, it is the file that says so.

    Raises:
        ReadError: It is no JSON.
    """
    value = load_json(document)
    for number, one in enumerate(islice(value if isinstance(value, list) else [value], passed, None), passed + 1):
        try:
            with guarded(f"article {number} of {document.name}"):
                yield _article(_checked(one), document, settings)
        except ReadError as err:
            yield err


def _checked(value: Any) -> HandedArticle:
    try:
        return HandedArticle.model_validate(as_object(value))
    except ValidationError as err:
        raise ReadError(
            f"no article of a content system: {say_fault(err)}", hint="docs/serve.md lists its names"
        ) from err


def _article(handed: HandedArticle, document: Document, settings: ReadSettings) -> Article:
    article = _stated(_read(handed, settings, handed.title or handed.permalink or document.name), handed)
    return replace(article, source=document.name, identity=_identity(handed, document, settings))


def _identity(handed: HandedArticle, document: Document, settings: ReadSettings) -> Identity | None:
    """Return who the article is, None where the document as a whole says it."""
    own = handed.identity
    if own is not None and settings.kind == "cms":
        return own
    if document.name == "-" and settings.kind == "cms":
        text = "\n\n".join(filter(None, (handed.title, handed.html or handed.text or handed.url)))
        return identify_text(text.encode(), 0)
    return replace(own, scope=scope_of(document.name), key=short(f"{own.scope} {own.key}")) if own else None


def _read(handed: HandedArticle, settings: ReadSettings, name: str) -> Article:
    if handed.url:
        return fetch_page(handed.url, settings)
    if handed.text:
        return _titled(read_text("\n\n".join(filter(None, (handed.title, handed.text))), name), handed.title)
    if handed.is_page:
        return read_page(handed.html.encode(), handed.permalink, settings, charset="utf-8", source=name)
    return article_of(Entry(title=tidy(handed.title), link=""), handed.html, name)


def _titled(article: Article, title: str) -> Article:
    """Return an article of plain text under its stated headline, which stood above it.

    Where another line was taken for the headline that line is a heading now, and the stated one stands nowhere else.
    """
    if not title or key(article.title) == key(title):
        return article
    first = article.blocks[0] if article.blocks else None
    is_first = isinstance(first, Paragraph | Heading) and key(first.text) == key(title)
    above = (Heading(article.title),) if article.title else ()
    dropped = list(article.dropped)
    again = next((at for at, one in enumerate(dropped) if key(one.text) == key(title)), None)
    if again is not None and not is_first:
        del dropped[again]
    blocks = (*above, *article.blocks[1 if is_first else 0 :])
    return replace(article, title=tidy(title), blocks=blocks, dropped=tuple(dropped))


def _stated(article: Article, handed: HandedArticle) -> Article:
    """Return the article with all that was stated of it."""
    address = handed.permalink or handed.url or article.url
    return replace(
        article,
        title=tidy(handed.title) or article.title,
        author=tidy(handed.author) or article.author,
        published=handed.date or article.published,
        modified=handed.modified or article.modified,
        categories=tuple(filter(None, map(tidy, handed.categories))) or article.categories,
        url=address,
        site=article.site or (urlsplit(normalise_address(address)).hostname or ""),
        language=handed.language.partition("-")[0].lower() or article.language,
    )
