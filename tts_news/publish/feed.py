"""The podcast feed: RSS 2.0 with the itunes, atom, content and podcast namespaces, as text.

What clients need beyond the specifications is noted where it is done. Addresses are ASCII: folders and files are, and
the show's base address is asked to be.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape, unescape
from urllib.parse import urlsplit

from tts_news.errors import PublishError
from tts_news.publish.chapters import list_stamps
from tts_news.publish.reading import show_text
from tts_news.publish.settings import ShowSettings
from tts_news.publish.show import Entry
from tts_news.records import ChapterSpan

FEED = "feed.xml"
# Exactly these: with a slash at the end of the last one AntennaPod loses chapters and transcripts.
NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "podcast": "https://podcastindex.org/namespace/1.0",
}
_PODCAST_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
_NOTES_BYTES = 3900  # Apple takes 4000 bytes of a description
_AI_CONTENT = '<podcast:txt purpose="ai-content">true</podcast:txt>'
SOUND_TYPES = {
    ".mp3": "audio/mpeg", ".m4a": "audio/x-m4a", ".m4b": "audio/mp4", ".opus": "audio/ogg", ".ogg": "audio/ogg",
    ".flac": "audio/flac", ".wav": "audio/wav",
}  # fmt: skip
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
    entries: Sequence[Entry], show: ShowSettings, guid: str, cover: str, pages: Sequence[tuple[str, str]] = ()
) -> str:
    """Return one page of the feed.

    Args:
        entries: The episodes of the page, newest first.
        show: The show.
        guid: Its podcast:guid.
        cover: File name of its cover.
        pages: RFC 5005 links of this page, as relation and file name.

    Raises:
        PublishError: `show.base_url` is no address.
    """
    base = check_base(show)
    spaces = "".join(f' xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', f'<rss version="2.0"{spaces}>', "<channel>"]
    parts.extend(_channel(entries, show, base, guid, cover, pages))
    for entry in entries:
        parts.extend(_item(entry, show, base))
    return "\n".join([*parts, "</channel>", "</rss>"]) + "\n"


def _channel(
    entries: Sequence[Entry], show: ShowSettings, base: str, guid: str, cover: str, pages: Sequence[tuple[str, str]]
) -> Iterator[str]:
    title, author = feed_text(show.title), feed_text(show.author or show.title)
    image = f"{base}{cover}"
    own = next((name for relation, name in pages if relation == "self"), FEED)
    yield _tag("title", title)
    yield _tag("link", show.link or base)
    disclosure = show_text(show.shown_disclosure)
    about = _fit([show_text(show.description or show.title)], _NOTES_BYTES - len(disclosure.encode()) - 1)
    yield _tag("description", f"{about} {disclosure}")
    yield _tag("language", show.language)
    yield f'<atom:link rel="self" type="application/rss+xml" href="{escape(base + own)}"/>'
    for relation, name in pages:
        if relation != "self":
            yield f'<atom:link rel="{relation}" type="application/rss+xml" href="{escape(base + name)}"/>'
    if entries:
        yield _tag("lastBuildDate", _mail_date(max(datetime.fromisoformat(entry.modified) for entry in entries)))
    yield _tag("generator", "tts-news")
    yield f"<image>{_tag('url', image)}{_tag('title', title)}{_tag('link', show.link or base)}</image>"
    yield f'<itunes:image href="{escape(image)}"/>'
    yield _category(show.category)
    yield _tag("itunes:explicit", "true" if show.explicit else "false")
    yield _tag("itunes:author", author)
    yield _tag("itunes:type", "episodic")
    if show.email:
        yield f"<itunes:owner>{_tag('itunes:name', author)}{_tag('itunes:email', show.email)}</itunes:owner>"
    yield _tag("podcast:guid", guid)
    owner = f' owner="{escape(show.email)}"' if show.email else ""
    yield f"<podcast:locked{owner}>{'yes' if show.locked else 'no'}</podcast:locked>"
    yield _tag("podcast:medium", "podcast")
    # Nobody hosts what a machine reads, and a person without a role is taken for the host: who makes it is named.
    yield f'<podcast:person role="producer" group="creative direction">{escape(author)}</podcast:person>'
    if show.update_frequency:
        rule = escape(show.update_frequency)
        yield f'<podcast:updateFrequency rrule="{rule}">{rule}</podcast:updateFrequency>'
    if show.funding:
        yield f'<podcast:funding url="{escape(show.funding)}">ادعم البرنامج</podcast:funding>'
    yield _AI_CONTENT
    yield from _texts(show.txt)


def _texts(txt: str | Mapping[str, str]) -> Iterator[str]:
    """Yield the show's own podcast:txt, by purpose where it has one. Source: Podcasting 2.0 namespace, txt."""
    for purpose, text in ({"": txt} if isinstance(txt, str) else txt).items():
        named = f' purpose="{escape(show_text(purpose))}"' if purpose else ""
        if text.strip():
            yield f"<podcast:txt{named}>{escape(show_text(text), quote=False)}</podcast:txt>"


def _category(category: str) -> str:
    """Return the category; "News > Politics" names a subcategory."""
    main, _, sub = (part.strip() for part in category.partition(">"))
    if not sub:
        return f'<itunes:category text="{escape(main)}"/>'
    return f'<itunes:category text="{escape(main)}"><itunes:category text="{escape(sub)}"/></itunes:category>'


def _item(entry: Entry, show: ShowSettings, base: str) -> Iterator[str]:
    place = f"{base}{entry.folder}/"
    yield "<item>"
    yield _tag("title", feed_text(entry.title))
    yield f'<guid isPermaLink="false">{escape(entry.guid)}</guid>'
    yield _tag("link", f"{place}index.html")
    # AntennaPod drops dates in the future: a story dated ahead of its time comes out now.
    yield _tag("pubDate", _mail_date(min(entry.moment, datetime.now(UTC))))
    opened = _paragraph(show)
    notes = "".join(f"{opened}{paragraph}</p>" for paragraph in _notes(entry, show, len(f"{opened}</p>")))
    yield _tag("description", notes)
    yield _tag("content:encoded", notes)
    sound = entry.file("audio")
    if sound:
        kind = SOUND_TYPES.get(sound.name[sound.name.rfind(".") :], "audio/mpeg")
        yield f'<enclosure url="{escape(place + sound.name)}" length="{sound.size}" type="{kind}"/>'
    yield _tag("itunes:duration", str(max(1, round(entry.duration_s))))
    yield _tag("itunes:explicit", "true" if show.explicit else "false")
    yield _tag("itunes:episodeType", "full")
    yield from _credits(entry)
    yield _AI_CONTENT
    image = entry.file("image")
    if image:
        yield f'<itunes:image href="{escape(place + image.name)}"/>'
    names = {file.name for file in entry.files}
    for name, kind, captions in _TRANSCRIPTS:
        if name in names:
            rel = ' rel="captions"' if captions else ""
            yield f'<podcast:transcript url="{escape(place + name)}" type="{kind}" language="{show.language}"{rel}/>'
    if "chapters.json" in names:
        yield f'<podcast:chapters url="{escape(place)}chapters.json" type="application/json+chapters"/>'
    yield "</item>"


def _credits(entry: Entry) -> Iterator[str]:
    authors = dict.fromkeys(feed_text(source.author) for source in entry.sources)
    for author in filter(None, authors):
        yield f'<podcast:person role="author" group="writing">{escape(author)}</podcast:person>'


def _paragraph(show: ShowSettings) -> str:
    """Return the tag that opens a paragraph of the notes.

    Apps lay out what has no direction from left to right, a full stop before its sentence; "auto" fails where a
    sentence opens with a Latin word.
    """
    return f'<p dir="rtl" lang="{escape(show.language)}">'


def _notes(entry: Entry, show: ShowSettings, tags: int) -> Iterator[str]:
    """Yield the paragraphs of the notes, as HTML, each in `tags` bytes of tags, within Apple's 4000 bytes.

    They are summary, chapters, corrections, sources and what the voice is. Chapters that do not fit are left to the
    chapter list: first the sections inside articles, then the last ones.
    """
    summary = _summary(entry.summary or entry.title)
    tail = [escape(_fit([show_text(note)], 300), quote=False) for note in entry.notes[-2:]]
    links = [_source_link(source.url, source.site or source.title) for source in entry.sources if source.url]
    tail.extend([link for link in links if len(link.encode()) < 400][:3])
    tail.append(escape(_fit([show_text(show.shown_disclosure)], 600), quote=False))
    taken = sum(len(text.encode()) + tags for text in [summary, *tail])
    stamps = _fitting_stamps(entry.chapters, _NOTES_BYTES - tags - taken)
    yield summary
    if len(stamps) >= 3:  # Apple makes chapters from three time stamps or more
        yield "<br/>".join(stamps)
    yield from tail


def _summary(text: str) -> str:
    """Return the summary as HTML within half of the notes; that of a bulletin keeps its lines, a headline each."""
    lines = [show_text(line) for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return escape(_fit(lines, _NOTES_BYTES // 2), quote=False)
    kept: list[str] = []
    for line in lines:
        kept.append(escape(line, quote=False))
        if len("<br/>".join(kept).encode()) > _NOTES_BYTES // 2:
            kept[-1] = "…"
            break
    return "<br/>".join(kept)


def _fitting_stamps(chapters: Sequence[ChapterSpan], room: int) -> list[str]:
    for chosen in (chapters, [chapter for chapter in chapters if chapter.level == 0]):
        stamps = [escape(stamp, quote=False) for stamp in list_stamps(chosen)]
        if sum(len(stamp.encode()) + 5 for stamp in stamps) <= room:
            return stamps
    while stamps and sum(len(stamp.encode()) + 5 for stamp in stamps) > room:
        stamps.pop()
    return stamps


def _source_link(url: str, name: str) -> str:
    if not url.startswith(("https://", "http://")):
        return f"المصدر: {escape(show_text(name), quote=False)}"
    return f'المصدر: <a href="{escape(url)}">{escape(show_text(name), quote=False)}</a>'


def _fit(pieces: Sequence[str], limit: int = _NOTES_BYTES) -> str:
    """Return the text, ended at a word with an ellipsis where it is longer than `limit` bytes of UTF-8.

    The whole text is on the page and in the transcript: this is an excerpt, and says so.
    """
    text = " ".join(pieces)
    if len(text.encode()) <= limit:
        return text
    return text.encode()[: limit - 4].decode(errors="ignore").rsplit(" ", 1)[0] + " …"


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(text, quote=False)}</{name}>"


def _mail_date(moment: datetime) -> str:
    """Return an RFC 2822 date with English names, whatever the locale."""
    return format_datetime(moment)
