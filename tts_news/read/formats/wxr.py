"""A WordPress export (WXR) → the posts that are published: no drafts, no private ones, no attachments, no menus.

What stands in `content:encoded` is what the editor keeps, before WordPress makes a page of it: in the classic editor
empty lines part paragraphs, and shortcodes stand in brackets. Source: wp-admin/includes/export.php (WXR 1.2).
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from tts_news.errors import ReadError
from tts_news.read.document import Document
from tts_news.read.entries import Entry, iso_of, join_link, plain, read_entries, take_entries
from tts_news.read.feed import child_text, entry_elements, losses
from tts_news.read.identity import normalise_address, scope_of
from tts_news.read.markup import local_name, parse_xml
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, IdentityKind

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_EXCERPT = re.compile(r"^\{http://wordpress\.org/export/[\d.]{1,5}/excerpt/\}encoded$")
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


def read_export(
    document: Document, settings: ReadSettings, since: dt.datetime | None, passed: int = 0
) -> Iterator[Article | ReadError]:
    """Yield the published posts of an export, newest first, behind the `passed` first.

    Raises:
        ReadError: It holds none.
    """
    mended = parse_xml(document.data, document.name)
    items = entry_elements(mended)
    posts = [item for item in items if _is_published(item)]
    if not posts:
        states = Counter(_wp(item, "status") or "without a status" for item in items)
        listed = ", ".join(f"{count} {state}" for state, count in states.most_common(5))
        raise ReadError(
            f"{document.name} is a WordPress export without a published post: {listed or 'it is empty'}",
            hint="only published posts are read; export posts, not pages or media",
        )
    channel = next((child for child in mended.root if local_name(child) == "channel"), mended.root)
    site, home, writers = plain(child_text(channel, "title")), _home(channel), _writers(channel)
    entries = take_entries(posts, lambda item: _entry(item, site, home, writers), document.name)
    origin: tuple[IdentityKind, str] = ("wordpress", f"{scope_of(document.name)} {normalise_address(home)}".strip())
    found = [*entries, *losses(mended, document.name)]
    yield from read_entries(found, settings, since, document.name, origin, passed)


def _wp(item: etree._Element, name: str) -> str:
    """Return the text of a `wp:` child, whatever version of the export names it."""
    for child in item:
        if local_name(child) == name and str(child.tag).startswith("{http://wordpress.org/export/"):
            return (child.text or "").strip()
    return ""


def _is_published(item: etree._Element) -> bool:
    """Return whether an item is a post that everyone may read: «publish» and no password before it."""
    kind, state = _wp(item, "post_type"), _wp(item, "status")
    return kind == "post" and state == "publish" and not _wp(item, "post_password")


def _entry(item: etree._Element, site: str, home: str, writers: dict[str, str]) -> Entry:
    login = child_text(item, _CREATOR)
    excerpt = next((child for child in item if isinstance(child.tag, str) and _EXCERPT.match(child.tag)), None)
    return Entry(
        title=plain(child_text(item, "title")),
        link=join_link(home, child_text(item, "link")),
        content=as_page(child_text(item, _CONTENT)),
        summary=(excerpt.text or "") if excerpt is not None else "",
        author=writers.get(login, login),
        published=_date(item, "post_date") or iso_of(child_text(item, "pubdate")),
        modified=_date(item, "post_modified"),
        categories=tuple(
            dict.fromkeys(
                plain(child.text or "")
                for child in item
                if local_name(child) == "category" and child.get("domain") == "category" and (child.text or "").strip()
            )
        ),
        site=site,
        complete=True,
        guid=_wp(item, "post_id"),
    )


def _date(item: etree._Element, name: str) -> str:
    """Return a date; the `_gmt` one is UTC without saying so, and all zeros for what was never published."""
    gmt = iso_of(_wp(item, f"{name}_gmt"))
    return f"{gmt}+00:00" if "T" in gmt else iso_of(_wp(item, name))


def _home(channel: etree._Element) -> str:
    return _wp(channel, "base_blog_url") or child_text(channel, "link")


def _writers(channel: etree._Element) -> dict[str, str]:
    """Return the names that the writers go by, by login."""
    people = (child for child in channel if local_name(child) == "author")
    named = ((_wp(one, "author_login"), plain(_wp(one, "author_display_name"))) for one in people)
    return {login: name for login, name in named if login and name}


# ── what the editor keeps → HTML ─────────────────────────────────────────────────────────────────────────────────

_SHORTCODE = re.compile(
    r"\[(?P<close>/?)(?P<name>[a-z][\w-]{1,40})(?P<facts>(?:\s[^\[\]]{0,2000})?)/?\]", re.IGNORECASE | re.ASCII
)
# The shortcodes of WordPress itself that hold no text; what [caption] holds is a picture and its words.
_EMPTY = frozenset(("gallery", "audio", "video", "playlist", "embed"))
_CAPTION = re.compile(
    r"\[(?:wp_)?caption\b[^\[\]]{0,2000}\](?P<inner>.{0,5000}?)\[/(?:wp_)?caption\]", re.DOTALL | re.IGNORECASE
)
_MEDIA = re.compile(r"\[(?P<name>embed|video|audio)\b[^\[\]]{0,2000}\][^\[\]]{0,2000}\[/(?P=name)\]", re.IGNORECASE)
_PICTURE = re.compile(r"(?:<a\b[^<>]{0,2000}>\s*)?<img\b[^<>]{0,5000}>(?:\s*</a>)?", re.IGNORECASE)
_BLOCK = re.compile(
    r"^\s*</?(?:p|div|h[1-6]|ul|ol|li|dl|dt|dd|blockquote|table|thead|tbody|tr|td|th|figure|figcaption|pre|section|"
    r"article|aside|details|hr|form|iframe|script|style|!--)\b",
    re.IGNORECASE,
)


def as_page(content: str) -> str:
    """Return the content of an editor as the HTML that WordPress would make of it."""
    text = _MEDIA.sub("\n\n", _CAPTION.sub(_figure, content.replace("\r\n", "\n")))
    paired = {match["name"].lower() for match in _SHORTCODE.finditer(text) if match["close"]}
    text = _SHORTCODE.sub(lambda match: "\n\n" if _is_shortcode(match, paired) else match[0], text)
    parts = (part.strip() for part in re.split(r"\n[ \t]*\n", text))
    return "\n".join(part if _BLOCK.match(part) else _paragraph(part) for part in parts if part)


def _is_shortcode(match: re.Match[str], paired: set[str]) -> bool:
    """Return whether brackets are a shortcode: a known one, one that ends somewhere, one with settings.

    «[NATO]» is a word in brackets.
    """
    name = match["name"].lower()
    return name in _EMPTY or name in paired or "=" in match["facts"]


def _figure(match: re.Match[str]) -> str:
    words = _PICTURE.sub("", match["inner"]).strip()
    picture = _PICTURE.search(match["inner"])
    return f"\n\n<figure>{picture[0] if picture else ''}<figcaption>{words}</figcaption></figure>\n\n"


def _paragraph(text: str) -> str:
    lines = text.split("\n")
    if any(_BLOCK.match(line) for line in lines):
        return text
    return f"<p>{'<br>'.join(lines)}</p>"
