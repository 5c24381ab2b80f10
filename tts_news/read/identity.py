"""Who an article is, by what its source says, and addresses in the one form in which they are compared.

A feed's guid or Atom id says it, a post's number in WordPress, else the canonical address, else title and date; each
only within the source that says it: two feeds may show one link, and any text may claim any address.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qsl, quote, unquote, unquote_to_bytes, urlencode, urlsplit, urlunsplit

from tts_news.records import Article, Identity, IdentityKind

# Parameters that say how a reader came, never what is read. No `ref`, `source` or `id`: some systems number by them.
_TRACKING: Final = re.compile(
    r"(?:utm|mtm|hsa)_.*|(?:pk|piwik|matomo|itm|stm|at)_(?:campaign|medium|source|keyword|kwd|content|custom\d+)"
    r"|[a-z]{1,4}clid|msclkid|gclsrc|gad_source|[gw]braid|igsh(?:id)?|mc_[ce]id|mkt_tok|_(?:ga|gl|hsenc|hsmi|openstat)"
    r"|oly_(?:anon|enc)_id|vero_(?:id|conv)|s_cid|cmpid|xtor|ref_(?:src|url)|phpsessid|jsessionid",
    re.IGNORECASE,
)
_AMP_QUERY: Final = frozenset({("amp", ""), ("amp", "1"), ("amp", "true"), ("outputtype", "amp"), ("output", "amp")})
_INDEX: Final = re.compile(r"(?:index|default)\.(?:html?|php|aspx?|jsp|shtml)", re.IGNORECASE)
_SESSION: Final = re.compile(r";jsessionid=[^/]*", re.IGNORECASE)
_PLAIN: Final = "/:@!$&'()*+,;=-._~"  # what a path holds as it is (RFC 3986, 3.3)
_NUMBER: Final = re.compile(r"(?!(?:19|20)\d\d(?!\d))(?<!\d)\d{3,}")  # by which a system counts its articles
_LONGEST: Final = 300  # characters of a key or scope; a longer one is kept as its hash


def without_credentials(url: str) -> str:
    """Return an address without user name and password: they are used to fetch it and written nowhere."""
    scheme, mark, rest = url.partition("://")
    host = re.match(r"[^/?#\\]*", rest)
    if not mark or host is None or "@" not in host[0]:
        return url
    return f"{scheme}://{host[0].rpartition('@')[2]}{rest[host.end() :]}"


def with_credentials(url: str, known: str) -> str:
    """Return an address with the user name and password of `known`, if it is on the same host and no less safe."""
    one, other = urlsplit(known), urlsplit(url)
    userinfo, mark, _ = one.netloc.rpartition("@")
    is_safe = other.scheme == one.scheme or (one.scheme, other.scheme) == ("http", "https")
    if not mark or "@" in other.netloc or one.hostname != other.hostname or not is_safe:
        return url
    if one.port != other.port and (one.port, other.port) not in ((80, None), (None, 443), (80, 443)):
        return url
    return other._replace(netloc=f"{userinfo}@{other.netloc}").geturl()


def normalise_address(url: str) -> str:
    """Return an address in the form in which two that lead to one article are equal; for comparing, not for fetching.

    Scheme, user name, default port, `www.`, letter case and spelling of the host, fragment, tracking parameters, their
    order, AMP, index pages, trailing slashes and ways of escaping do not count. A `#!` fragment does: it is a path.
    """
    url = url.strip().encode("utf-8", "replace").decode()
    try:
        parts = urlsplit(url)
        host, port = _host(parts), parts.port
    except ValueError:
        return without_credentials(url)
    if not host:
        return without_credentials(url)
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    scheme = "https" if parts.scheme.lower() in ("http", "https") else parts.scheme.lower()
    return urlunsplit((scheme, host, _path(parts.path), _query(parts.query), fragment))


def _host(parts: SplitResult) -> str:
    """Return the host in lower-case ASCII, without the names that a site has beside its own."""
    host = (parts.hostname or "").rstrip(".")
    with suppress(UnicodeError):  # a label too long or empty: no such host, and compared as it stands
        host = host if host.isascii() else host.encode("idna").decode()
    if ":" in host:
        return f"[{host}]"
    for prefix in ("www.", "amp."):
        host = host.removeprefix(prefix) if host.count(".") > 1 else host
    return host


def _path(path: str) -> str:
    steps = [quote(unquote_to_bytes(step), safe=_PLAIN[1:]) for step in _SESSION.sub("", path).split("/") if step]
    if steps and _INDEX.fullmatch(steps[-1]):
        steps.pop()
    if len(steps) > 1 and steps[-1].lower() in ("amp", "amp.html"):
        steps.pop()
    if len(steps) > 1 and steps[0].lower() == "amp":
        steps.pop(0)
    if steps:
        steps[-1] = re.sub(r"\.amp(?=\.html?$|$)", "", steps[-1], flags=re.IGNORECASE)
    return "/" + "/".join(steps) if steps else ""


def _query(query: str) -> str:
    # Older sites escape letters of windows-1256: what is no UTF-8 stays the bytes it is, or all such queries are one.
    kept = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
        if not _TRACKING.fullmatch(name) and (name.lower(), value.lower()) not in _AMP_QUERY
    ]
    return urlencode(sorted(kept), errors="surrogateescape")


# ── who says so ──────────────────────────────────────────────────────────────────────────────────────────────────


def scope_of(name: str) -> str:
    """Return the source that the user named, as the scope of what it says: an address, "file:" and a path, or "-".

    A query may be a key to a feed that is not for everyone, and editions are published: it is kept as its hash.
    """
    if name == "-":
        return name
    if not name.lower().startswith(("http://", "https://")):
        return f"file:{os.path.realpath(name)}"  # a name that no path can be is a name all the same
    address, mark, query = normalise_address(name).partition("?")
    return short(f"{address}?{_hash(query)}" if mark else address)


def site_of(url: str) -> str:
    """Return the WordPress site that an address of its interface belongs to."""
    return normalise_address(urlsplit(url)._replace(query="", fragment="").geturl().partition("/wp-json")[0])


def short(text: str) -> str:
    """Return a text as part of an identity: in one piece when it is of ordinary length, else its hash."""
    return text if len(text) <= _LONGEST else _hash(text)


def _hash(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


# ── articles ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Stated:
    """What an entry of a feed says of itself: its guid or number, its address, its title and date; all it says."""

    guid: str
    link: str
    title: str
    published: str
    text: str


def identify_entries(entries: Sequence[Stated], kind: IdentityKind, scope: str) -> list[Identity]:
    """Return who each entry of one document is: the first of its names that no other entry there has.

    Feeds exist that give every entry one guid, or the home page as its link: that names nothing. Entries that agree
    in guid, link and title are one article, listed twice.
    """
    names = [_names(entry, kind, scope) for entry in entries]
    alike = [(entry.guid, normalise_address(entry.link), entry.title) for entry in entries]
    bearers: dict[Identity, set[tuple[str, str, str]]] = {}
    for known, own in zip(alike, names, strict=True):
        for name in own:
            bearers.setdefault(name, set()).add(known)
    return [next((name for name in own[:-1] if len(bearers[name]) == 1), own[-1]) for own in names]


def _names(entry: Stated, kind: IdentityKind, scope: str) -> list[Identity]:
    """Return the names of an entry, the best first; the last one is its text, which is nobody else's."""
    names = [Identity(kind, scope, short(without_credentials(entry.guid)))] if entry.guid else []
    if entry.link:
        names.append(Identity("address", scope, short(normalise_address(entry.link))))
    if entry.guid or entry.link:
        names.append(Identity("entry", scope, short(entry.title), entry.published[:10]))
    link = normalise_address(entry.link)
    text = _hash(f"{entry.guid}\n{link}\n{entry.title}\n{entry.published}\n{entry.text}")
    return [*names, Identity("entry", scope, text)]


def identify_handed(site: str, name: str, permalink: str) -> Identity:
    """Return who an article is that a content system hands over: what its site calls it, else its address there."""
    return Identity("cms", short(site), short(without_credentials(name) if name else normalise_address(permalink)))


def next_name(article: Article) -> Identity | None:
    """Return what a source calls an article beside the name that it has given to two: its address, else its title."""
    known = article.identity
    if known is None:
        return None
    if article.url:
        return Identity("address", known.scope, short(normalise_address(article.url)))
    return Identity("entry", known.scope, short(article.title), article.published[:10])


def newest_of_each(identities: Iterable[Identity]) -> list[int]:
    """Return the places of the first of each identity, given the entries newest first."""
    first: dict[Identity, int] = {}
    for place, identity in enumerate(identities):
        first.setdefault(identity, place)
    return sorted(first.values())


def identify_document(article: Article, name: str, url: str) -> Identity:
    """Return who the one article of a page or text is.

    Args:
        article: What was read; its `url` is the address that the document gives for itself.
        name: What the user named, not "-".
        url: Where it was fetched from in the end, "" for a file.
    """
    if url:  # a page may name its canonical address, but none of another site
        stated = normalise_address(article.url)
        return Identity("address", "", short(stated if _same_site(article.url, url) else normalise_address(url)))
    if article.url:
        return Identity("address", scope_of(name), short(normalise_address(article.url)))
    return Identity("file", scope_of(name), short(article.title), article.published[:10])


def identify_text(data: bytes, number: int) -> Identity:
    """Return who an article from standard input is: its own text. Whatever it claims to be, anyone can claim."""
    return Identity(
        "text", "-", f"sha256:{hashlib.sha256(data.strip()).hexdigest()}" + (f" {number}" if number else "")
    )


def _same_site(one: str, other: str) -> bool:
    return _site(one) == _site(other)


def _site(url: str) -> str:
    """Return the site of an address; its pages for telephones are its own, and may name the one they are made of."""
    host = urlsplit(normalise_address(url)).netloc
    return re.sub(r"^(?:m|mobile)\.(?=[^.]+\.)", "", host)


def can_stand_for(canonical: str, own: str) -> bool:
    """Return whether a page at `own` can have the canonical address that it states.

    Broken themes state the section's or the home page's, their one script's without its query, or that of the article
    they were made with, on every page: then all articles of a site would be one.
    """
    here, there = urlsplit(normalise_address(own)), urlsplit(normalise_address(canonical))
    if _is_numbered_otherwise(here.path, there.path):
        return False
    if here.path == there.path:  # dropped is what an article may be numbered by
        numbers = {part for part in here.query.split("&") if any(letter.isdecimal() for letter in part)}
        return not numbers or not numbers.isdisjoint(there.query.split("&"))
    if here.path.startswith(f"{there.path}/") and not there.query:
        return _is_articles(there)
    return _is_articles(there) or not _is_articles(here)


def _is_numbered_otherwise(one: str, other: str) -> bool:
    """Return whether two paths of one form hold other numbers in the same place; years may be an old and a new date."""
    pairs = list(zip(one.split("/"), other.split("/"), strict=False))
    is_one_form = one.count("/") == other.count("/")
    numbers = [(set(_NUMBER.findall(here)), set(_NUMBER.findall(there))) for here, there in pairs]
    return is_one_form and any(here and there and here.isdisjoint(there) for here, there in numbers)


def _is_articles(address: SplitResult) -> bool:
    """Return whether an address has the form of an article's: a number, or a title of several words."""
    return re.search(r"\d{3}|-[^/-]+-", unquote(f"{address.path}?{address.query}")) is not None
