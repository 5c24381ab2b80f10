"""Whether a page is the first of several that hold one text: the next is its own address with a number behind."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from lxml.html import HtmlElement

_PAGE_NAMES = frozenset(["page", "p", "pg", "paged", "pagenum", "pageno", "start", "offset"])
_SECOND = re.compile(r"/(?:(?:page|p|صفحة)[/-])?2/?$", re.IGNORECASE)
_BEHIND = re.compile(r"^/?(?:(?:page|p|صفحة)[/-]?)?[2-9]\d?/?$", re.IGNORECASE)


def continues(tree: HtmlElement, url: str) -> bool:
    """Return whether the page names a next page of the same text; WordPress calls the next article `next` as well."""
    own = _own_address(tree) or url
    for link in tree.iter("link", "a"):
        if "post-page-numbers" in (link.get("class") or "").split():  # WordPress: parts of one post
            return True
        if "next" in (link.get("rel") or "").lower().split() and _is_page_of(own, link.get("href") or ""):
            return True
    return False


def _own_address(tree: HtmlElement) -> str:
    links = (link for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split())
    return next((href for link in links if (href := link.get("href") or "")), "")


def _is_page_of(own: str, href: str) -> bool:
    try:
        here, there = urlsplit(own), urlsplit(urljoin(own, href.strip()))
        numbered = {name.lower(): value for name, value in parse_qsl(there.query)}
    except ValueError:
        return False
    same = unquote(there.path).rstrip("/") == unquote(here.path).rstrip("/") or not own
    if same and any(name in _PAGE_NAMES and value.isdecimal() for name, value in numbered.items()):
        return True
    if not own:
        return _SECOND.search(unquote(there.path)) is not None
    path = unquote(here.path).rstrip("/")
    stem = re.sub(r"\.\w{2,5}$", "", path)
    rest = unquote(there.path)
    behind = next((rest[len(start) :] for start in (path, stem) if start and rest.startswith(start)), "")
    return _BEHIND.match(behind) is not None or re.match(r"^[-_][2-9]\.\w{2,5}$", behind) is not None
