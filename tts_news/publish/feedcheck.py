"""Our own checks of a published show: feed, pages and files against each other and against the manifests."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tts_news.errors import PublishError
from tts_news.publish.build import find_stale
from tts_news.publish.feed import FEED, NAMESPACES
from tts_news.publish.manifest import MANIFEST, damaged_files, load_episode
from tts_news.publish.settings import PublishSettings, ShowSettings
from tts_news.publish.show import Entry, count_kept, list_folders, load_entry, name_in, newest_first

if TYPE_CHECKING:
    from lxml.etree import _Element

_SMALLEST_SOUND = 16_384  # bytes; AntennaPod ignores a smaller enclosure length
_CATEGORIES = frozenset(
    [
        "Arts",
        "Business",
        "Comedy",
        "Education",
        "Fiction",
        "Government",
        "History",
        "Health & Fitness",
        "Kids & Family",
        "Leisure",
        "Music",
        "News",
        "Religion & Spirituality",
        "Science",
        "Society & Culture",
        "Sports",
        "Technology",
        "True Crime",
        "TV & Film",
    ]
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a player or directory would stumble over, and where."""

    where: str
    fault: str


def check_show(
    output: Path,
    show: ShowSettings,
    settings: PublishSettings,
    *,
    deep: bool = False,
    cover: Callable[[Path | None], bytes] | None = None,
) -> list[Finding]:
    """Return what is wrong with the feed in `output`, its pages, and the files they name; an empty list is good.

    Args:
        output: The show's folder.
        show: The show.
        settings: What is kept in the feed.
        deep: Also read every file of every edition that stands, and hold it to its manifest, and the show's own files
            to what the editions make of them.
        cover: As for `build_show`.

    Raises:
        PublishError: The folder cannot be read.
    """
    standing, findings = _read_editions(output, deep=deep)
    # Of damaged manifests nothing can be made; they are named already.
    if deep and not any(finding.where.endswith(f"/{MANIFEST}") for finding in findings):
        fault = "is not what the editions and the settings make of it: run feed build"
        findings.extend(Finding(name, fault) for name in find_stale(output, show, settings, cover))
    newest = newest_first(standing)
    kept = count_kept([entry.moment.timestamp() for entry in newest], settings)
    entries = {entry.guid: entry for entry in newest[:kept]}
    seen: list[str] = []
    name = FEED
    visited: set[str] = set()
    while name and name not in visited:
        visited.add(name)
        channel, fault = _parse(output / name)
        if channel is None:
            return [*findings, Finding(name, fault)]
        if name == FEED:
            findings.extend(Finding(name, fault) for fault in _check_channel(channel, output, show))
        for item in channel.findall("item"):
            seen.append(_text(item, "guid"))
            where = f"{name}: {_text(item, 'title')[:60] or 'untitled'}"
            findings.extend(Finding(where, fault) for fault in _check_item(item, output, show, entries))
        name = _next_page(channel)
    findings.extend(Finding(FEED, f"guid {guid} stands twice") for guid in sorted(_repeated(seen)))
    missing = [entry.folder for guid, entry in entries.items() if guid not in seen]
    findings.extend(Finding(FEED, f"{folder} is not in the feed: run feed build") for folder in missing)
    return findings


def _read_editions(output: Path, *, deep: bool) -> tuple[list[Entry], list[Finding]]:
    """Return the editions whose manifest is whole, and what is wrong with the others and, if deep, with their files."""
    entries: list[Entry] = []
    findings: list[Finding] = []
    for folder in list_folders(output):
        name_of_it = name_in(output, folder)
        try:
            entries.append(load_entry(folder, name_of_it))
            faults = damaged_files(folder, load_episode(folder)) if deep else {}
        except PublishError as err:
            faults = {MANIFEST: str(err)}
        findings.extend(Finding(f"{name_of_it}/{name}", fault) for name, fault in faults.items())
    return entries, findings


def _repeated(guids: list[str]) -> set[str]:
    return {guid for guid in guids if guids.count(guid) > 1} if len(set(guids)) < len(guids) else set()


def _parse(path: Path) -> tuple[_Element | None, str]:
    from lxml import etree

    try:
        data = path.read_bytes()
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except OSError as err:
        return None, f"cannot be read: {err.strerror}"
    except etree.XMLSyntaxError as err:
        return None, f"not well-formed: {err}"
    if not data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>'):
        return None, "no XML declaration with UTF-8"
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        return None, "no RSS channel"
    if root.nsmap.get("podcast") != NAMESPACES["podcast"]:
        return None, "the podcast namespace is not exactly that of podcastindex.org"
    return channel, ""


def _text(element: _Element, path: str) -> str:
    return (element.findtext(path, namespaces=NAMESPACES) or "").strip()


def _check_channel(channel: _Element, output: Path, show: ShowSettings) -> Iterator[str]:
    for field in ("title", "link", "description", "language", "itunes:author", "itunes:explicit", "podcast:guid"):
        if not _text(channel, field):
            yield f"no {field}"
    if not _text(channel, "itunes:owner/itunes:email"):
        yield "no e-mail of the owner: Spotify and directories ask for it; set email in [show]"
    if len(_text(channel, "description").encode()) > 4000:
        yield "description over 4000 bytes"
    if show.category.partition(">")[0].strip() not in _CATEGORIES:
        yield f"category {show.category!r} is none of Apple's"
    own = channel.find("atom:link[@rel='self']", NAMESPACES)
    if own is None or not (own.get("href") or "").startswith("https://"):
        yield "no atom:link rel=self with an https address"
    try:
        fits = uuid.UUID(_text(channel, "podcast:guid")).version == 5
    except ValueError:
        fits = False
    if not fits:
        yield "podcast:guid is no UUID of version 5"
    yield from _check_cover(channel, output, show)


def _check_cover(channel: _Element, output: Path, show: ShowSettings) -> Iterator[str]:
    image = channel.find("itunes:image", NAMESPACES)
    address = "" if image is None else image.get("href") or ""
    path = _local(address, output, show)
    if path is None or not path.is_file():
        yield f"the cover {address or '(none)'} is not there"
        return
    width, height = _picture_size(path.read_bytes())
    if width != height or not 1400 <= width <= 3000:
        yield f"the cover is {width} × {height}: Apple asks for a square of 1400 to 3000 pixels"


def _picture_size(data: bytes) -> tuple[int, int]:
    """Return width and height of a JPEG or PNG, 0 × 0 when it is neither."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) > 24:
        return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    at = 2
    while data.startswith(b"\xff\xd8") and at + 9 < len(data) and data[at] == 0xFF:
        # Frame headers SOF0 to SOF15 but for the tables DHT, JPG and DAC among them.
        if 0xC0 <= data[at + 1] <= 0xCF and data[at + 1] not in {0xC4, 0xC8, 0xCC}:
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return 0, 0


def _local(address: str, output: Path, show: ShowSettings) -> Path | None:
    """Return the file in `output` that an address of the feed stands for, None when it lies elsewhere."""
    base = show.base_url.rstrip("/") + "/"
    relative = address.removeprefix(base)
    if relative == address or not re.fullmatch(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+){0,2}", relative) or ".." in relative:
        return None
    return output / relative


def _check_item(item: _Element, output: Path, show: ShowSettings, entries: dict[str, Entry]) -> Iterator[str]:
    for field in ("title", "guid", "pubDate", "description", "itunes:duration"):
        if not _text(item, field):
            yield f"no {field}"
    if len(_text(item, "description").encode()) > 4000:
        yield "description over 4000 bytes"
    entry = entries.get(_text(item, "guid"))
    if entry is None:
        yield "its guid belongs to no edition here: run feed build"
    yield from _check_date(_text(item, "pubDate"))
    yield from _check_enclosure(item, output, show, entry)
    yield from _check_alternates(item, output, show)
    for kind in ("podcast:transcript", "podcast:chapters"):
        found = item.findall(kind, NAMESPACES)
        if not found:
            yield f"no {kind}"
        for element in found:
            yield from _check_view(element.get("url") or "", output, show)


def _check_date(text: str) -> Iterator[str]:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        yield f"pubDate {text!r} is no RFC 2822 date"
        return
    if moment.tzinfo is None or moment > datetime.now(UTC) + timedelta(minutes=5):
        yield f"pubDate {text!r} lies in the future or has no zone"
    if not text.startswith(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][moment.weekday()]):
        yield f"pubDate {text!r} has the wrong weekday"


def _check_enclosure(item: _Element, output: Path, show: ShowSettings, entry: Entry | None) -> Iterator[str]:
    enclosures = item.findall("enclosure")
    if len(enclosures) != 1:
        yield f"{len(enclosures)} enclosures"
        return
    address, length = enclosures[0].get("url") or "", enclosures[0].get("length") or ""
    if urlsplit(address).scheme != "https":
        yield f"{address} is not https"
    path = _local(address, output, show)
    if path is None or not path.is_file():
        yield f"{address} is not in the folder"
        return
    data = path.read_bytes()
    if not length.isdecimal() or int(length) != len(data):
        yield f"length {length!r}, the file has {len(data)} bytes"
    if len(data) < _SMALLEST_SOUND:
        yield f"{path.name} has {len(data)} bytes: AntennaPod ignores lengths below {_SMALLEST_SOUND}"
    listed = {file.name: file.sha256 for file in entry.files} if entry else {}
    if entry and listed.get(path.name) != hashlib.sha256(data).hexdigest():
        yield f"{path.name} is not the file of the manifest"
    if path.suffix == ".mp3" and not (data.startswith(b"ID3") or data[:1] == b"\xff"):
        yield f"{path.name} does not begin as an MP3"


def _check_alternates(item: _Element, output: Path, show: ShowSettings) -> Iterator[str]:
    for alternate in item.findall("podcast:alternateEnclosure", NAMESPACES):
        source = alternate.find("podcast:source", NAMESPACES)
        address = "" if source is None else source.get("uri") or ""
        path = _local(address, output, show)
        if path is None or not path.is_file():
            yield f"{address or 'an alternative without address'} is not in the folder"
        elif alternate.get("length") != str(path.stat().st_size):
            yield f"length {alternate.get('length')!r}, {path.name} has {path.stat().st_size} bytes"


def _check_view(address: str, output: Path, show: ShowSettings) -> Iterator[str]:
    path = _local(address, output, show)
    if path is None or not path.is_file():
        yield f"{address or 'a view without address'} is not in the folder"
    elif path.suffix == ".json":
        try:
            json.loads(path.read_bytes())
        except ValueError:
            yield f"{path.name} is no JSON"
    elif path.suffix == ".vtt" and not path.read_bytes().startswith(b"WEBVTT\n\n"):
        yield f"{path.name} is no WebVTT"


def _next_page(channel: _Element) -> str:
    link = channel.find("atom:link[@rel='next']", NAMESPACES)
    name = "" if link is None else (link.get("href") or "").rpartition("/")[2]
    return name if re.fullmatch(r"feed-[0-9]+\.xml", name) else ""
