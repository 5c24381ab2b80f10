"""What a page says about its article: title, byline, dates, section, site, language, canonical address.

No single source is enough: of 40 Arabic article pages 21 have a JSON-LD article, 23 an og:title (9 of them the home
page's), 10 two `<h1>`. Nothing is guessed: what no source states stays "".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from tts_news.arabic import count_words, has_arabic, key, tidy
from tts_news.read.bylines import split_byline
from tts_news.read.dates import clean_iso, find_date, is_date_line
from tts_news.read.identity import can_stand_for
from tts_news.read.markup import is_crowded
from tts_news.read.sections import split_section

_ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|Report|Review)$")
_SEPARATOR = re.compile(r"\s+[|–—\-·•:»«]+\s+|\s*[|»«]\s*")
_HEADLINE_CLASS = re.compile(
    r"(?:entry|post|article|story|news|single|page|content|main)[-_]?(?:title|headline|heading)|headline|^title$|\btitle\b",
    re.IGNORECASE,
)
_SITE_CLASS = re.compile(r"logo|brand|site[-_]?(?:title|name)|h1-off|navbar|masthead", re.IGNORECASE)
BY = re.compile(r"^(?:بقلم|بواسطة|كتبت?|إعداد|تحرير|المحرر|الكاتب|By|Posted by)\s*[:/\-–|]?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page states; "" and () where it states nothing."""

    title: str = ""
    author: str = ""
    published: str = ""
    modified: str = ""
    categories: tuple[str, ...] = ()
    site: str = ""
    language: str = "ar"
    url: str = ""
    dateline: str = ""


def read_metadata(tree: HtmlElement, url: str, container: HtmlElement | None = None) -> Metadata:
    """Return what the page states about its article.

    Args:
        tree: The whole page.
        url: Where it was read from, "" when unknown.
        container: The element that holds the article's text: the headline and date nearest to it are the article's.
    """
    node = _article_node(tree)
    meta = _meta(tree)
    site = _site(node, meta)
    canonical = _canonical(tree, meta, url)
    title = _Titles(tree, node, meta, site, canonical or url, container).best()
    section, title = split_section(title)
    author, dateline = split_byline(_author(tree, node, meta, site, container))
    return Metadata(
        title=title,
        author=author,
        dateline=dateline,
        published=_published(tree, node, meta, container),
        modified=clean_iso(_text(node.get("dateModified"))) or clean_iso(meta.get("article:modified_time", "")),
        categories=_categories(tree, node, meta, title) or ((section,) if section else ()),
        site=site or (urlsplit(canonical or url).hostname or "").removeprefix("www."),
        language=_language(tree, title),
        url=canonical or url,
    )


def is_front_page(tree: HtmlElement, url: str) -> bool:
    """Return whether a page may be a site's or section's front: it states no article, and no article's address."""
    stated = _meta(tree).get("og:type", "").lower() == "article" or bool(_article_node(tree))
    path = urlsplit(url).path.strip("/")
    return not stated and not re.search(r"\d{3}|-.*-", unquote(path))


def _text(value: object) -> str:
    """Return a JSON-LD value as text: the first of a list, the name of a thing."""
    if isinstance(value, list):
        return _text(value[0]) if value else ""
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("@value") or value.get("@id") or "")
    return tidy(_unescape(value)) if isinstance(value, str) else ""


def _unescape(text: str) -> str:
    import html

    return re.sub(r"<[^<>]{1,200}>", "", html.unescape(text))


# ── JSON-LD and <meta> ───────────────────────────────────────────────────────────────────────────────────────────


def _things(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield every JSON-LD object of the page, nested graphs flattened; broken JSON is passed over."""
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        try:
            # strict=False: raw line breaks inside strings are common.
            stack: list[Any] = [json.loads((script.text or "").strip().strip(";"), strict=False)]
        except (ValueError, RecursionError):
            continue
        seen = 0
        while stack and seen < 500:
            value = stack.pop()
            seen += 1
            if isinstance(value, list):
                stack.extend(reversed(value))
            elif isinstance(value, dict):
                yield value
                stack.extend(value[name] for name in ("@graph", "mainEntity", "hasPart") if name in value)


def _types(thing: dict[str, Any]) -> list[str]:
    kinds = thing.get("@type", [])
    return [str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _article_node(tree: HtmlElement) -> dict[str, Any]:
    """Return the JSON-LD article that says most; {} when there is none."""
    nodes = [thing for thing in _things(tree) if any(_ARTICLE_TYPE.search(kind) for kind in _types(thing))]
    return max(
        nodes, key=lambda node: sum(name in node for name in ("headline", "datePublished", "author")), default={}
    )


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = tidy(element.get("content") or "")
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _site(node: dict[str, Any], meta: dict[str, str]) -> str:
    return meta.get("og:site_name") or _text(node.get("publisher")) or meta.get("application-name", "")


def _canonical(tree: HtmlElement, meta: dict[str, str], url: str) -> str:
    """Return the address the page gives for itself; never the home page's or a section's, which broken themes give."""
    links = [
        link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    ]
    for candidate in (*links, meta.get("og:url", "")):
        try:
            address = str(urljoin(url, candidate.strip()))
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme not in ("http", "https") or not (parts.path.strip("/") or parts.query):
            continue
        if not url or can_stand_for(address, url):
            return address
    return ""


def _language(tree: HtmlElement, title: str) -> str:
    stated = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").lower()
    base = re.split("[-_]", stated)[0]
    # A page whose headline is in Arabic letters under lang="en" is a template that nobody translated.
    return (
        str(base) if base in ("ar", "fa", "ur", "ckb", "ps", "ug", "sd") or (base and not has_arabic(title)) else "ar"
    )


# ── the title ────────────────────────────────────────────────────────────────────────────────────────────────────


class _Titles:
    """Weighs what may be the headline; equality with the visible headline is the aim."""

    def __init__(
        self,
        tree: HtmlElement,
        node: dict[str, Any],
        meta: dict[str, str],
        site: str,
        url: str,
        container: HtmlElement | None,
    ) -> None:
        self.site = key(site)
        self.container = container
        self.ancestors = set(container.iterancestors()) if container is not None else set()
        self.node_title = _text(node.get("headline") or node.get("name"))
        raw = tree.findtext(".//title") or ""
        self.page_title = self._strip(tidy(" ".join(raw.split())))
        self.og_title = self._strip(meta.get("og:title") or meta.get("twitter:title", ""))
        self.slug = key(re.sub(r"[-_+/]", " ", unquote(urlsplit(url).path)))
        self.heads = [head for head in tree.iter("h1", "h2", "h3") if 0 < len(_inner(head)) < 400]
        if not any(head.tag == "h1" for head in self.heads):
            self.heads += [part for part in tree.xpath(_NAMED_TITLE) if _may_head(part)]
        self.order = {element: at for at, element in enumerate(tree.iter())} if container is not None else {}

    def best(self) -> str:
        """Return the title; "" when the page has none."""
        firsts = [head for head in self.heads if head.tag == "h1" or _names_headline(head)]
        stated = [title for title in (self.node_title, self.og_title, self.page_title) if title]
        if firsts:
            head = max(firsts, key=self._score)
            if self._score(head) > 0 or not stated:
                return _inner(head)
        # No headline of its own: another heading that says what the metadata says, as the reader sees it.
        for title in stated:
            for head in self.heads:
                if key(_inner(head)) == key(title):
                    return _inner(head)
        return max(stated, key=self._plausible, default="")

    def _plausible(self, title: str) -> float:
        words = set(key(title).split())
        shared = len(words & set(self.slug.split()))
        return shared + (2 if title == self.node_title else 0) - (5 if key(title) == self.site else 0)

    def _score(self, head: HtmlElement) -> float:
        text = _inner(head)
        own = key(text)
        if not own or own == self.site:
            return -5.0
        score = 1.0 if head.tag == "h1" else -1.0
        for stated, weight in ((self.node_title, 3.0), (self.og_title, 2.0), (self.page_title, 2.0)):
            if stated and _same_title(own, key(stated)):
                score += weight
        score += 2.0 if _names_headline(head) else 0.0
        score += min(3.0, 0.75 * len(set(own.split()) & set(self.slug.split())))
        if any(
            _SITE_CLASS.search(f"{e.get('class') or ''} {e.get('id') or ''}")
            for e in (head, head.getparent())
            if e is not None
        ):
            score -= 3.0
        if count_words(text) <= 2:
            score -= 1.5
        return score + self._nearness(head)

    def _nearness(self, head: HtmlElement) -> float:
        """Return a bonus for a headline that shares a close ancestor with the text and stands above it."""
        if self.container is None:
            return 0.0
        above = self.order.get(head, 0) <= self.order.get(self.container, 0) or self.container in head.iterancestors()
        shared = next((up for up in head.iterancestors() if up in self.ancestors or up is self.container), None)
        close = shared is not None and shared.tag not in ("body", "html")
        return (0.5 if above else -1.0) + (1.0 if close else 0.0)

    def _strip(self, title: str) -> str:
        """Return a page title without the site's name before or after it."""
        if not title:
            return ""
        parts = [part for part in _SEPARATOR.split(title) if part and part.strip()]
        if len(parts) < 2:
            return title
        kept = [part for part in parts if not (self.site and _same_site(key(part), self.site))]
        if kept and len(kept) < len(parts):
            first, last = title.find(kept[0]), title.rfind(kept[-1]) + len(kept[-1])
            return title[first:last].strip()
        # No site name is known: a short last part behind a separator is one.
        head = title[: title.rfind(parts[-1])].rstrip(" |–—-·•:»«")
        return head if count_words(parts[-1]) <= 4 and count_words(head) >= 4 else title


def _inner(element: HtmlElement) -> str:
    return tidy(" ".join("".join(str(part) for part in element.itertext()).split()))


# Older systems set the headline as a part of the page like any other, and only its class says what it is.
_NAMED_TITLE = (
    "//*[self::div or self::p or self::span or self::td or self::strong]"
    "[contains(@class, 'itle') or contains(@class, 'eadline')]"
)


def _may_head(part: HtmlElement) -> bool:
    """Return whether a part that is no heading is called an article's headline and is as long as one."""
    return 3 <= count_words(_inner(part)) <= 30 and _names_headline(part) and not part.findall(".//p")


def _names_headline(head: HtmlElement) -> bool:
    names = f"{head.get('class') or ''} {head.get('itemprop') or ''}"
    if head.tag != "h1" and not re.search(
        "(?:entry|post|article|story|news|single)[-_]?(?:title|headline)|headline", names, re.IGNORECASE
    ):
        return False
    # A linked heading leads to another article, except the headline that links to itself.
    return _HEADLINE_CLASS.search(names) is not None and (head.tag == "h1" or head.find(".//a") is None)


def _same_title(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= 20 and long.startswith(short)


def _same_site(part: str, site: str) -> bool:
    return part == site or (len(part) > 3 and (part in site or site in part))


# ── who, when, where ─────────────────────────────────────────────────────────────────────────────────────────────


def _author(
    tree: HtmlElement, node: dict[str, Any], meta: dict[str, str], site: str, container: HtmlElement | None
) -> str:
    value = node.get("author")
    people = value if isinstance(value, list) else [value]
    names = [name for person in people if (name := _text(person)) and not name.startswith("http")]
    if names:
        return "، ".join(dict.fromkeys(names))
    for name in (meta.get("author", ""), meta.get("article:author", "")):
        if name and not name.startswith("http") and key(name) != key(site):
            return name
    scope = _scope(tree, container)
    if not scope.xpath(_NAMES_AUTHOR):
        return ""
    for path in (
        './/*[@itemprop="author"]',
        './/a[@rel="author"]',
        './/*[contains(concat(" ", @class, " "), " author ")]//*[contains(@class, "fn") or self::a]',
        './/*[contains(@class, "author-name")]',
        './/*[contains(@class, "author_name")]',
        './/*[contains(@class, "post-author")]//a',
        './/*[contains(@class, "post-author")]//*[contains(@class, "fn")]',
        './/*[contains(concat(" ", @class, " "), " byline ")]',
        './/*[contains(@class, "type-author")]',
        './/*[contains(@class, "writeBy") or contains(@class, "writer")]',
        './/*[contains(@class, "field--name-uid")]',
    ):
        for element in scope.xpath(path)[:1]:
            byline = BY.sub("", _inner(element))
            if 0 < count_words(split_byline(byline)[0]) <= 8:
                return byline
    return ""


# Whether one of the paths below may lead anywhere: each of them costs as much as this look.
_NAMES_AUTHOR = (
    "boolean(.//*[@itemprop='author' or @rel='author' or contains(@class, 'author') or contains(@class, 'byline')"
    " or contains(@class, 'write') or contains(@class, 'writer') or contains(@class, 'name-uid')])"
)


def _scope(tree: HtmlElement, container: HtmlElement | None) -> HtmlElement:
    """Return the `<article>` or `<main>` around the text, else the element two levels up, else the page."""
    if container is None:
        return tree
    for element in (container, *container.iterancestors()):
        if element.tag in ("article", "main"):
            return element
    up = [element for element in container.iterancestors() if element.tag not in ("body", "html")]
    return up[min(1, len(up) - 1)] if up else tree


def _published(tree: HtmlElement, node: dict[str, Any], meta: dict[str, str], container: HtmlElement | None) -> str:
    """Return the date the page states for the article: machine-readable first, then the line below the headline."""
    stated = _text(node.get("datePublished")), meta.get("article:published_time", ""), meta.get("datepublished", "")
    for value in stated:
        if date := clean_iso(value):
            return date
    scope = _scope(tree, container)
    times = [time for time in scope.iter("time") if time.get("datetime")]
    marked = [
        time for time in times if re.search(r"publish|entry-date", time.get("class") or "") or time.get("itemprop")
    ]
    for time in (*marked, *times[:1]):
        if date := clean_iso(time.get("datetime") or ""):
            return date
    return _visible_date(tree, scope)


_DATED = re.compile(r"date|time|publish|tmstmp|created|submitted|posted", re.IGNORECASE)
_DETAILS = re.compile(r"meta|when|info|details", re.IGNORECASE)


# Elements that have a name, or in which the text begins.
_NAMED_OR_LONG = "descendant-or-self::*[@class or @id or string-length(text()) > 100]"


def _visible_date(tree: HtmlElement, scope: HtmlElement) -> str:
    """Return the full date in an element that says it is the date, above the text."""
    for root in (scope, tree):
        for element in root.xpath(_NAMED_OR_LONG):
            if element.tag in ("script", "style", "option", "a", "title"):
                continue
            if len(element.text or "") > 100:
                break  # the text has begun
            names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
            if names == " ":
                continue
            strong = _DATED.search(names) is not None
            if not strong and not _DETAILS.search(names):
                continue
            text = _inner(element)
            if len(text) <= 120 and (is_date_line(text) or strong) and (date := find_date(text)):
                return date
    return ""


def _categories(tree: HtmlElement, node: dict[str, Any], meta: dict[str, str], title: str) -> tuple[str, ...]:
    value = node.get("articleSection")
    names = [_text(name) for name in value] if isinstance(value, list) else [_text(value)]
    if not any(names):
        names = [meta.get("article:section", "")]
    if not any(names):
        names = [_inner(link) for link in tree.iter("a") if "category" in (link.get("rel") or "").split()][:6]
    if not any(names):
        names = _crumbs(tree, title)
    kept = [name for name in names if name and key(name) not in _NOT_A_SECTION and count_words(name) <= 6]
    return tuple(dict.fromkeys(kept))


_NOT_A_SECTION = frozenset(
    map(key, ("الرئيسية", "الصفحة الرئيسية", "Home", "غير مصنف", "Uncategorized", "featured", "slider"))
)


def _crumbs(tree: HtmlElement, title: str) -> list[str]:
    for thing in _things(tree):
        if "BreadcrumbList" in _types(thing) and isinstance(thing.get("itemListElement"), list):
            steps = [step for step in thing["itemListElement"] if isinstance(step, dict)]
            names = [_text(step.get("name") or step.get("item")) for step in steps]
            return [name for name in names if key(name) != key(title) and not name.startswith("http")][:4]
    return []


def parse_html(text: str) -> tuple[HtmlElement | None, bool]:
    """Return the page as a tree and whether it is nested or crowded beyond any page.

    The tree is None when there is no element, or when it would take more memory or time than any page is worth.
    """
    from lxml.html import HTMLParser, document_fromstring

    if is_crowded(text):
        return None, True
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = document_fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None, False
    _mend_head(tree)
    return tree, any("depth" in entry.message for entry in parser.error_log)


_OF_HEADS = frozenset("title meta link script style base noscript template bgsound basefont object".split())


def _mend_head(tree: HtmlElement) -> None:
    """Move what is no part of a head into the body.

    HTML 5 may leave out the tags of both, and libxml2 does not end a head before an element that HTML 4 had not.
    """
    head = tree.find("head")
    children = [] if head is None else list(head)
    first = next((at for at, child in enumerate(children) if child.tag not in _OF_HEADS), len(children))
    strays = children[first:]
    if head is None or not strays:
        return
    body = tree.find("body")
    if body is None:
        body = etree.SubElement(tree, "body")
    strays[-1].tail = "".join(filter(None, (strays[-1].tail, body.text))) or None
    body.text = None
    for stray in reversed(strays):
        body.insert(0, stray)
