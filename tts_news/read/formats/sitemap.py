"""A sitemap, a news sitemap above all → its pages, newest first. Source: sitemaps.org; Google News sitemaps 0.9."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from lxml import etree

from tts_news.errors import ReadError
from tts_news.read.document import Document
from tts_news.read.entries import Entry, iso_of, join_link, read_entries, take_entries
from tts_news.read.formats.agency import find, find_all
from tts_news.read.identity import scope_of
from tts_news.read.markup import local_name, parse_xml, text_of
from tts_news.read.settings import ReadSettings
from tts_news.records import Article

# Beyond this nobody meant «all of them»: a site's whole archive lies in its sitemap.
_MOST_PAGES = 1_000


def read_sitemap(
    document: Document, settings: ReadSettings, since: dt.datetime | None, passed: int = 0
) -> Iterator[Article | ReadError]:
    """Yield the articles of the pages that a sitemap lists, newest first, behind the `passed` first.

    Raises:
        ReadError: It lists sitemaps, nothing, or a whole archive.
    """
    root = parse_xml(document.data, document.name, document.charset).root
    if local_name(root) == "sitemapindex":
        listed = [text_of(find(one, "loc")) for one in find_all(root, "sitemap")]
        raise ReadError(
            f"{document.name} lists {len(listed)} sitemaps, not pages", hint=f"name one of them: {' '.join(listed[:3])}"
        )
    pages = list(find_all(root, "url"))
    if not pages:
        raise ReadError(f"{document.name} is a sitemap without pages", hint="open it to see what it holds")
    if len(pages) > _MOST_PAGES and not settings.limit and since is None:
        raise ReadError(f"{document.name} lists {len(pages):,} pages", hint="choose with --limit or --since")
    entries = take_entries(pages, lambda page: _entry(page, document.url), document.name)
    yield from read_entries(entries, settings, since, document.name, ("feed", scope_of(document.name)), passed)


def _entry(page: etree._Element, base: str) -> Entry:
    news = find(page, "news")
    return Entry(
        title=text_of(find(news, "title")),
        link=join_link(base, text_of(find(page, "loc"))),
        published=iso_of(text_of(find(news, "publication_date"))),
        modified=iso_of(text_of(find(page, "lastmod"))),
        site=text_of(find(news, "publication", "name")),
        language=text_of(find(news, "publication", "language")).partition("-")[0].lower() or "ar",
    )
