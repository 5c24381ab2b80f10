"""A WordPress site's REST API (`/wp-json/wp/v2/posts`) → entries: the whole text, no page around it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from tts_news.errors import ReadError
from tts_news.read.dates import clean_iso
from tts_news.read.encoding import decode, mend
from tts_news.read.entries import Entry, join_link, plain, read_entries, take_entries
from tts_news.read.identity import normalise_address, scope_of, site_of
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, IdentityKind

if TYPE_CHECKING:
    from tts_news.read.document import Document

_ROUTE = "wp-json/wp/v2/posts"
# The most the API gives at once (WordPress REST API Handbook, Pagination).
_PAGE_SIZE = 100
_MOST_PAGES = 20


def read_site(
    url: str, settings: ReadSettings, since: dt.datetime | None, passed: int = 0
) -> Iterator[Article | ReadError]:
    """Yield the newest posts of a site; `url` is the site's address or that of its posts.

    Raises:
        ReadError: It answers with something else than posts.
    """
    from tts_news.read.fetch import Fetcher

    posts: list[dict[str, Any]] = []
    wanted = settings.limit or _PAGE_SIZE
    with Fetcher(settings) as fetcher:
        for number in range(1, _MOST_PAGES + 1):
            page = fetcher.fetch(_address(url, min(_PAGE_SIZE, wanted), number, since))
            posts += _posts(decode(page.body, page.charset), url)
            total = page.header("x-wp-totalpages")
            if len(posts) >= wanted or not total.isdecimal() or number >= int(total):
                break
    origin: tuple[IdentityKind, str] = ("wordpress", site_of(url))
    yield from read_entries(take_entries(posts, _entry, url), settings, since, url, origin, passed)


def _address(url: str, size: int, number: int, since: dt.datetime | None) -> str:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    if "/wp-json/" in parts.path or "rest_route" in query:
        base = f"{parts.scheme}://{parts.netloc}{parts.path}"
    else:
        base = urljoin(f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/", _ROUTE)
    single = base.rstrip("/").rsplit("/", 1)[-1].isdecimal()
    query |= {"_embed": "author,wp:term"}
    if not single:
        query |= {"per_page": str(size), "page": str(number), "orderby": "date", "order": "desc"}
        if since:
            query["after"] = since.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{base}?{urlencode(query)}"


def read_posts(
    document: Document, settings: ReadSettings, since: dt.datetime | None, passed: int = 0
) -> Iterator[Article | ReadError]:
    """Yield the posts of a saved answer of the API.

    Raises:
        ReadError: It is something else.
    """
    posts = _posts(decode(document.data, document.charset), document.name)
    take = _entry if document.url else _saved_entry
    origin: tuple[IdentityKind, str] = (
        "wordpress",
        site_of(document.name) if document.url else scope_of(document.name),
    )
    entries = take_entries(posts, take, document.name)
    yield from read_entries(entries, settings, since, document.name, origin, passed)


def _posts(text: str, name: str) -> list[dict[str, Any]]:
    try:
        value = json.loads(text)
        if "\\ud" in text.lower():  # half an emoji, cut off by the limit of some field
            value = json.loads(mend(json.dumps(value, ensure_ascii=False)))
    except (ValueError, RecursionError) as err:
        raise ReadError(f"{name} does not answer as a WordPress site does", hint=_HINT) from err
    if isinstance(value, dict) and "content" not in value:
        raise ReadError(f"{name} has no posts for us: {value.get('message') or 'an unknown answer'}", hint=_HINT)
    posts = value if isinstance(value, list) else [value]
    return [post for post in posts if isinstance(post, dict)]


_HINT = "not every site opens its REST API; try its feed (/feed/) instead"


def _rendered(post: dict[str, Any], name: str) -> str:
    value = post.get(name)
    value = value.get("rendered") if isinstance(value, dict) else value
    return value if isinstance(value, str) else ""


def _entry(post: dict[str, Any]) -> Entry:
    stated = post.get("link")
    link = join_link("", stated) if isinstance(stated, str) else ""
    embedded = post.get("_embedded")
    embedded = embedded if isinstance(embedded, dict) else {}
    return Entry(
        title=plain(_rendered(post, "title")),
        link=link,
        content=_rendered(post, "content"),
        summary=_rendered(post, "excerpt"),
        author=_names(embedded.get("author")),
        published=_date(post, "date"),
        modified=_date(post, "modified"),
        categories=_terms(embedded.get("wp:term")),
        site=(urlsplit(link).hostname or "").removeprefix("www."),
        complete=True,
        guid=str(post["id"]) if isinstance(post.get("id"), int) else "",
    )


def _saved_entry(post: dict[str, Any]) -> Entry:
    """Return a post of a saved answer: a file may hold one site's now and another's next, so it names its site."""
    entry = _entry(post)
    host = urlsplit(normalise_address(entry.link)).netloc
    return replace(entry, guid=f"{host} {entry.guid}") if host and entry.guid else entry


def _date(post: dict[str, Any], name: str) -> str:
    """Return a date of a post; the `_gmt` fields are UTC without saying so."""
    gmt, local = post.get(f"{name}_gmt"), post.get(name)
    if isinstance(gmt, str) and (iso := clean_iso(gmt)):
        return iso if iso.endswith("Z") or "+" in iso or "T" not in iso else f"{iso}+00:00"
    return clean_iso(local) if isinstance(local, str) else ""


def _names(people: object) -> str:
    listed = people if isinstance(people, list) else []
    names = [plain(str(one["name"])) for one in listed if isinstance(one, dict) and one.get("name")]
    return "، ".join(names)


def _terms(groups: object) -> tuple[str, ...]:
    listed = [term for group in groups if isinstance(group, list) for term in group] if isinstance(groups, list) else []
    categories = [term for term in listed if isinstance(term, dict) and term.get("taxonomy") == "category"]
    return tuple(dict.fromkeys(plain(str(term["name"])) for term in categories if term.get("name")))
