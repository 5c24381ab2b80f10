"""The podcast feed: RSS 2.0 with the itunes, atom, content and podcast namespaces, built as a tree by lxml.

What clients need beyond the specifications is noted where it is done. Addresses are ASCII: folders and files are, and
the show's base address is asked to be.
"""

from __future__ import annotations

import base64
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from html import unescape
from urllib.parse import urlsplit

from lxml import etree

from tts_news.errors import PublishError
from tts_news.publish.reading import show_text
from tts_news.publish.settings import ShowSettings
from tts_news.publish.show import Entry
from tts_news.publish.shownotes import NOTES_BYTES, fit, write_notes
from tts_news.publish.sounds import kind_of
from tts_news.records import EpisodeFile

FEED = "feed.xml"
# Exactly these: with a slash at the end of the last one AntennaPod loses chapters and transcripts.
NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "podcast": "https://podcastindex.org/namespace/1.0",
}
_PODCAST_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
_ITEM, _END = b"    <item>", b"  </channel>"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'  # lxml's own has quotes that strict readers do not look for
_TRANSCRIPTS = (
    ("transcript.vtt", "text/vtt", True),
    ("transcript.html", "text/html", False),
    ("transcript.srt", "application/x-subrip", True),
    ("transcript.json", "application/json", False),
)


def check_base(show: ShowSettings) -> str:
    """Return the address that the output folder is served from, with a slash at its end.

    Raises:
        PublishError: It is not set, or no web address in ASCII.
    """
    base = show.base_url.strip()
    parts = urlsplit(base)
    if parts.scheme not in {"https", "http"} or not parts.netloc or not re.fullmatch(r"[!-~]+", base):
        raise PublishError(
            f"a feed needs the address it is served from, not {base!r}",
            hint='set base_url in [show] of tts-news.toml, e.g. base_url = "https://news.example/audio/"',
        )
    return base.rstrip("/") + "/"


def check_hub(show: ShowSettings) -> str:
    """Return the address of the show's WebSub hub, "" when it has none.

    Raises:
        PublishError: It is no web address.
    """
    hub = show.websub_hub.strip()
    if hub and not re.fullmatch(r"https?://[!-.0-?A-~]+(/[!-~]*)?", hub):
        raise PublishError(
            f"[show] websub_hub: {hub!r} is no address", hint='such as "https://pubsubhubbub.appspot.com/"'
        )
    return hub


def check_show_settings(show: ShowSettings) -> None:
    """Raise, before anything is read or spoken, when the feed could not be written as it is asked for.

    Raises:
        PublishError: The show's address or its hub's is none, or nobody knows its licence.
    """
    if show.base_url:
        check_base(show)
    check_hub(show)
    check_licence(show)


def check_licence(show: ShowSettings) -> tuple[str, str]:
    """Return what may be done with the sound, "" when nothing is said, and where that can be read.

    Raises:
        PublishError: It is no name of SPDX's list, and has no address where it can be read.
    """
    licence, address = show_text(show.licence), show_text(show.licence_url)
    if licence and not address and not re.fullmatch(r"[a-z]+[a-z0-9.+]*(-[a-z0-9.+]+)+", licence.lower()):
        raise PublishError(
            f"[show] licence: {licence!r} is known by nobody without the address of its text",
            hint='give licence_url, or a name of the SPDX list, such as "cc-by-4.0"',
        )
    return licence, address


def make_show_guid(base: str) -> str:
    """Return the show's podcast:guid. Made once: a feed that moves keeps it.

    Source: Podcasting 2.0 namespace, guid: UUIDv5 of the feed's address without scheme and trailing slashes.
    """
    return str(uuid.uuid5(_PODCAST_GUIDS, re.sub(r"^[a-z]+://", "", f"{base}{FEED}").rstrip("/")))


def feed_text(text: str) -> str:
    """Return a stranger's text as a feed's plain text.

    Readers disagree on whether a title is text or HTML, and AntennaPod parses it: entities are resolved and angle
    brackets become quotation marks, so that both read the same and nothing is a tag.
    """
    return show_text(unescape(text)).replace("<", "‹").replace(">", "›")


def write_feed(
    items: Iterable[bytes],
    show: ShowSettings,
    guid: str,
    cover: str,
    pages: Sequence[tuple[str, str]] = (),
    modified: Iterable[str] = (),
) -> bytes:
    """Return one page of the feed.

    Args:
        items: The episodes of the page as `write_item` writes them, newest first.
        show: The show.
        guid: Its podcast:guid.
        cover: File name of its cover.
        pages: RFC 5005 links of this page, as relation and file name.
        modified: When each of the episodes changed last, ISO 8601 with zone.

    Raises:
        PublishError: `show.base_url` or the hub is no address, or the licence is one that nobody knows without one.
    """
    base = check_base(show)
    rss, channel = _begin()
    _describe_show(channel, show, base, guid, cover)
    _link_pages(channel, base, pages, check_hub(show))
    if moments := [datetime.fromisoformat(moment) for moment in modified]:
        _add(channel, "lastBuildDate", _mail_date(max(moments)))
    head, end = etree.tostring(rss, encoding="UTF-8", pretty_print=True).rsplit(_END, 1)
    return b"".join([_DECLARATION, head, *items, _END, end])


def write_item(entry: Entry, show: ShowSettings, base: str) -> bytes:
    """Return an episode as it stands in a page of the feed; the same on every page and for as long as it stands.

    Args:
        entry: The episode.
        show: The show.
        base: Its address, see `check_base`.
    """
    rss, channel = _begin()
    _describe_episode(etree.SubElement(channel, "item"), entry, show, base)
    text = etree.tostring(rss, encoding="UTF-8", pretty_print=True)
    return text[text.index(_ITEM) : text.rindex(_END)]


def _begin() -> tuple[etree._Element, etree._Element]:
    """Return a feed and its channel, both empty; what stands in it needs no names of its own for the namespaces."""
    rss = etree.Element("rss", {"version": "2.0"}, nsmap=NAMESPACES)
    return rss, etree.SubElement(rss, "channel")


def _add(parent: etree._Element, name: str, text: str = "", attributes: dict[str, str] | None = None) -> etree._Element:
    """Add an element with text that `show_text` has cleaned; a name with a prefix is of that namespace."""
    element = etree.SubElement(parent, _qualify(name), attributes)
    if text:
        element.text = text
    return element


@cache
def _qualify(name: str) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else name


def _describe_show(channel: etree._Element, show: ShowSettings, base: str, guid: str, cover: str) -> None:
    title, author, email = feed_text(show.title), feed_text(show.author or show.title), show_text(show.email)
    image, link = f"{base}{cover}", show_text(show.link) or base
    _add(channel, "title", title)
    _add(channel, "link", link)
    _add(channel, "description", _about(show))
    _add(channel, "language", show_text(show.language))
    _add(channel, "generator", "tts-news")
    pictured = _add(channel, "image")
    for name, text in (("url", image), ("title", title), ("link", link)):
        _add(pictured, name, text)
    _add(channel, "itunes:image", attributes={"href": image})
    _picture(channel, image, f"غلاف {title}")
    _categorise(channel, show.category)
    _add(channel, "itunes:explicit", "true" if show.explicit else "false")
    _add(channel, "itunes:author", author)
    _add(channel, "itunes:type", "episodic")
    if email:
        owner = _add(channel, "itunes:owner")
        _add(owner, "itunes:name", author)
        _add(owner, "itunes:email", email)
    _add(channel, "podcast:guid", guid)
    _add(channel, "podcast:locked", "yes" if show.locked else "no", {"owner": email} if email else None)
    _add(channel, "podcast:medium", "podcast")
    # Nobody hosts what a machine reads, and a person without a role is taken for the host: who makes it is named.
    _add(channel, "podcast:person", author, {"role": "producer", "group": "creative direction"})
    if rule := show_text(show.update_frequency):
        _add(channel, "podcast:updateFrequency", rule, {"rrule": rule})
    if funding := show_text(show.funding):
        _add(channel, "podcast:funding", "ادعم البرنامج", {"url": funding})
    _license(channel, show)
    _say_synthetic(channel)
    _add_texts(channel, show.txt)


def _about(show: ShowSettings) -> str:
    """Return what the show is, and that its voice is synthetic, within Apple's 4000 bytes."""
    disclosure = show_text(show.shown_disclosure)
    about = fit([show_text(show.description or show.title)], NOTES_BYTES - len(disclosure.encode()) - 1)
    return f"{about} {disclosure}"


def _link_pages(channel: etree._Element, base: str, pages: Sequence[tuple[str, str]], hub: str) -> None:
    for relation, name in ({"self": FEED} | dict(pages)).items():
        _add(channel, "atom:link", "", {"rel": relation, "type": "application/rss+xml", "href": base + name})
    if hub:
        _add(channel, "atom:link", "", {"rel": "hub", "href": hub})


def _picture(parent: etree._Element, address: str, words: str) -> None:
    """Add a square picture with words for those who do not see it. Source: Podcasting 2.0 namespace, image."""
    kind = "image/png" if address.endswith(".png") else "image/jpeg"
    facts = {"href": address, "alt": words, "aspect-ratio": "1/1", "type": kind, "purpose": "artwork"}
    _add(parent, "podcast:image", attributes=facts)


def _license(channel: etree._Element, show: ShowSettings) -> None:
    """Add what may be done with the sound. Source: Podcasting 2.0 namespace, license."""
    licence, address = check_licence(show)
    if licence:
        text, facts = (licence, {"url": address}) if address else (licence.lower(), None)
        _add(channel, "podcast:license", text, facts)


def _say_synthetic(parent: etree._Element) -> None:
    _add(parent, "podcast:txt", "true", {"purpose": "ai-content"})


def _add_texts(channel: etree._Element, txt: str | Mapping[str, str]) -> None:
    """Add the show's own podcast:txt, by purpose where it has one. Source: Podcasting 2.0 namespace, txt."""
    for purpose, text in ({"": txt} if isinstance(txt, str) else txt).items():
        if text.strip():
            _add(channel, "podcast:txt", show_text(text), {"purpose": show_text(purpose)} if purpose else None)


def _categorise(channel: etree._Element, category: str) -> None:
    """Add the category; "News > Politics" names a subcategory."""
    main, _, sub = (part.strip() for part in show_text(category).partition(">"))
    element = _add(channel, "itunes:category", attributes={"text": main})
    if sub:
        _add(element, "itunes:category", attributes={"text": sub})


def _describe_episode(item: etree._Element, entry: Entry, show: ShowSettings, base: str) -> None:
    place = f"{base}{entry.folder}/"
    title, page = feed_text(entry.title), f"{place}index.html"
    _add(item, "title", title)
    _add(item, "guid", entry.guid, {"isPermaLink": "false"})
    _add(item, "link", page)
    # AntennaPod drops dates in the future: a story dated ahead of its time comes out now.
    _add(item, "pubDate", _mail_date(min(entry.moment, datetime.now(UTC))))
    notes = write_notes(entry, show)
    _add(item, "description", notes)
    _add(item, "content:encoded", notes)
    _add_sounds(item, entry, show, place)
    _add(item, "itunes:duration", str(max(1, round(entry.duration_s))))
    _add(item, "itunes:explicit", "true" if show.explicit else "false")
    _add(item, "itunes:episodeType", "full")
    for author in filter(None, dict.fromkeys(feed_text(source.author) for source in entry.sources)):
        _add(item, "podcast:person", author, {"role": "author", "group": "writing"})
    _say_synthetic(item)
    if image := entry.file("image"):
        _add(item, "itunes:image", attributes={"href": place + image.name})
        _picture(item, place + image.name, f"بطاقة الحلقة: {title}")
    _add(item, "podcast:contentLink", "النص الكامل، يتابع الصوت", {"href": page})
    _add_views(item, {file.name for file in entry.files}, show_text(show.language), place)


def _add_sounds(item: etree._Element, entry: Entry, show: ShowSettings, place: str) -> None:
    """Add the sound for every player, and the others for those who choose."""
    for number, sound in enumerate(entry.sounds):
        if number == 0:
            kind = kind_of(sound.name).media_type
            _add(item, "enclosure", "", {"url": place + sound.name, "length": str(sound.size), "type": kind})
        else:
            _add_alternate(item, sound, entry.duration_s, show, place)


def _add_alternate(item: etree._Element, sound: EpisodeFile, duration_s: float, show: ShowSettings, place: str) -> None:
    """Add a sound in another format. Source: Podcasting 2.0 namespace, alternateEnclosure, source and integrity."""
    kind = kind_of(sound.name)
    facts = {
        "type": kind.media_type,
        "length": str(sound.size),
        "bitrate": str(round(8 * sound.size / max(1.0, duration_s))),
        "title": kind.title,
        "lang": show_text(show.language),
        "codecs": kind.codecs,
    }
    alternate = _add(item, "podcast:alternateEnclosure", attributes=facts)
    _add(alternate, "podcast:source", attributes={"uri": place + sound.name})
    digest = base64.b64encode(bytes.fromhex(sound.sha256)).decode("ascii")
    _add(alternate, "podcast:integrity", attributes={"type": "sri", "value": f"sha256-{digest}"})


def _add_views(item: etree._Element, names: set[str], language: str, place: str) -> None:
    for name, kind, captions in _TRANSCRIPTS:
        if name in names:
            facts = {"url": place + name, "type": kind, "language": language}
            _add(item, "podcast:transcript", "", facts | ({"rel": "captions"} if captions else {}))
    if "chapters.json" in names:
        _add(item, "podcast:chapters", "", {"url": f"{place}chapters.json", "type": "application/json+chapters"})


def _mail_date(moment: datetime) -> str:
    """Return an RFC 2822 date with English names, whatever the locale."""
    return format_datetime(moment)
