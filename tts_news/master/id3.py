"""The ID3 tag of the MP3, written byte by byte.

Written here and not by a library because players are particular. ID3v2.3 with UTF-16: Apple Podcasts and ffprobe
read 2.4 frame sizes wrongly and lose chapters with long titles. Chapters in the order of time: ffprobe and others list
them as they are stored, and mutagen stores them by size. No unsynchronisation: AntennaPod does not undo it.
Pictures last: a streaming player then has titles and chapters before it has the cover.

Source: ID3 tag version 2.3.0 (id3.org, 1999); ID3v2 Chapter Frame Addendum 1.0 (2005).
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from tts_news.errors import MasterError

MAX_CHILDREN = 255
"""Entries a table of contents can count (one byte)."""
MAX_TITLE = 120
"""Letters of a chapter title; players show far fewer, and some drop the chapter of a longer one."""
_MAX_TAG = (1 << 28) - 1
_NO_OFFSET = 0xFFFFFFFF
"""Says: go by the times, not by byte offsets."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image to embed: `mime` image/jpeg or image/png."""

    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Id3Chapter:
    """A chapter frame; times in milliseconds. `group` is the number of the article it belongs to."""

    title: str
    start_ms: int
    end_ms: int
    url: str = ""
    picture: Picture | None = None
    group: int = 0


@dataclass(frozen=True, slots=True)
class Id3:
    """All that goes into the tag; "" leaves a frame out."""

    title: str
    artist: str
    album: str
    date: str
    language: str
    comment: str
    lyrics: str
    url: str
    contents_title: str
    chapters: tuple[Id3Chapter, ...]
    cover: Picture | None
    texts: Mapping[str, str] = field(default_factory=dict)
    """Texts under a name of their own."""


def serialise(tag: Id3) -> bytes:
    """Return the tag as it stands at the start of the file.

    Raises:
        MasterError: It is larger than a tag can be (256 MB).
    """
    frames = [*_texts(tag)]
    frames += _tables(tag)
    frames += [_chapter(number, chapter) for number, chapter in enumerate(tag.chapters)]
    if tag.lyrics:
        frames.append(_frame("USLT", _language_text(tag.language, tag.lyrics)))
    if tag.cover:
        frames.append(_picture(tag.cover, 3))
    body = b"".join(frames)
    if len(body) > _MAX_TAG:
        raise MasterError(
            f"the tag of {tag.title!r} is {len(body)} bytes, more than ID3 can hold", hint="use smaller pictures"
        )
    return b"ID3\x03\x00\x00" + _syncsafe(len(body)) + body


def _texts(tag: Id3) -> list[bytes]:
    year, month, day = [*tag.date[:10].split("-"), "", "", ""][:3]
    texts = {
        "TIT2": tag.title,
        "TPE1": tag.artist,
        "TALB": tag.album,
        "TYER": year,
        "TDAT": day + month if day and month else "",
        "TCON": "Podcast",
        "TLAN": tag.language,
    }
    frames = [_text(name, value) for name, value in texts.items() if value]
    if tag.comment:
        frames.append(_frame("COMM", _language_text(tag.language, tag.comment)))
    frames += [_frame("TXXX", b"\x01" + _utf16(name) + b"\x00\x00" + _utf16(text)) for name, text in tag.texts.items()]
    if tag.url:
        frames.append(_frame("WOAF", _latin(tag.url)))
    return frames


def _tables(tag: Id3) -> list[bytes]:
    """Return the tables of contents: one for all chapters, or past 255 one an article."""
    ids = [f"chp{number}" for number in range(len(tag.chapters))]
    if not ids:
        return []
    if len(ids) <= MAX_CHILDREN:
        return [_table("toc", ids, tag.contents_title, top=True)]
    groups: dict[int, list[str]] = {}
    for name, chapter in zip(ids, tag.chapters, strict=True):
        groups.setdefault(chapter.group, []).append(name)
    titles = {chapter.group: chapter.title for chapter in reversed(tag.chapters)}
    tables = [
        (group, part, own[part : part + MAX_CHILDREN])
        for group, own in groups.items()
        for part in range(0, len(own), MAX_CHILDREN)
    ]
    if len(tables) > MAX_CHILDREN:
        raise MasterError(
            f"{len(ids)} chapters are more than an MP3 can hold", hint="set `chapters` in [master] to sections"
        )
    names = [f"toc{number}" for number in range(len(tables))]
    nested = [_table(name, own, titles[group], top=False) for name, (group, _, own) in zip(names, tables, strict=True)]
    return [_table("toc", names, tag.contents_title, top=True), *nested]


def _table(name: str, children: list[str], title: str, *, top: bool) -> bytes:
    flags = 3 if top else 1  # ordered, and top level or not
    listed = b"".join(_id(child) for child in children)
    # Overcast and BookPlayer show no list without the table; some readers want it titled.
    return _frame("CTOC", _id(name) + bytes([flags, len(children)]) + listed + _text("TIT2", title))


def _chapter(number: int, chapter: Id3Chapter) -> bytes:
    parts = [
        _id(f"chp{number}"),
        struct.pack(">4I", chapter.start_ms, chapter.end_ms, _NO_OFFSET, _NO_OFFSET),
        _text("TIT2", shorten(chapter.title, MAX_TITLE)),
    ]
    if chapter.url:
        parts.append(_frame("WXXX", b"\x01" + _utf16("") + b"\x00\x00" + _latin(chapter.url)))
    if chapter.picture:
        parts.append(_picture(chapter.picture, 0))
    return _frame("CHAP", b"".join(parts))


def shorten(title: str, letters: int) -> str:
    """Return the title, cut between words with an ellipsis when it has more than `letters` characters.

    Only for lists in players: what is said and what stands in the transcript is never cut.
    """
    title = " ".join(title.split())
    if len(title) <= letters:
        return title
    cut = title[: letters - 1]
    if not title[letters - 1].isspace() and " " in cut:
        cut = cut[: cut.rindex(" ")]
    elif unicodedata.combining(title[letters - 1]):
        # One long word: not between a letter and its marks.
        cut = cut.rstrip("".join(chr(mark) for mark in range(0x64B, 0x653)))[:-1]
    return cut.rstrip(" ،,:؛-–—") + "…"


def _picture(picture: Picture, kind: int) -> bytes:
    return _frame("APIC", b"\x00" + _latin(picture.mime) + b"\x00" + bytes([kind]) + b"\x00" + picture.data)


def _text(name: str, value: str) -> bytes:
    return _frame(name, b"\x01" + _utf16(value))


def _language_text(language: str, value: str) -> bytes:
    return b"\x01" + _latin(language) + _utf16("") + b"\x00\x00" + _utf16(value)


def _frame(name: str, body: bytes) -> bytes:
    return name.encode("ascii") + struct.pack(">I", len(body)) + b"\x00\x00" + body


def _utf16(value: str) -> bytes:
    return b"\xff\xfe" + value.replace("\x00", "").encode("utf-16-le")


def _latin(value: str) -> bytes:
    # Addresses and codes; anything else in an address is percent-encoded before it gets here.
    return value.encode("latin-1", "replace")


def _id(name: str) -> bytes:
    return name.encode("ascii") + b"\x00"


def _syncsafe(size: int) -> bytes:
    return bytes((size >> shift) & 0x7F for shift in (21, 14, 7, 0))
