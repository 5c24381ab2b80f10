"""What stands in the files beside the sound: titles, chapters, links, pictures, and that a machine has spoken."""

from __future__ import annotations

import base64
import struct
from typing import TYPE_CHECKING

from tts_news.master import id3
from tts_news.master.cover import make_cover, shrink_cover
from tts_news.master.id3 import shorten
from tts_news.records import DIGITAL_SOURCE_TYPE, SYNTHETIC_VOICE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tts_news.records import ChapterSpan, Tags

_SOURCE_TYPE = "digitalSourceType"
"""By this name IPTC's mark of synthetic sound stands in tags that may have any name."""
_FREE_NAMES = frozenset({"opus", "flac"})
_MP4_TITLE = 63
_MP4_TITLE_BYTES = 127
"""AntennaPod reads the length byte of a chapter title as signed, and loses all chapters from a longer one on."""
_PICTURE_SIDE = 600
_MOST_PICTURES = 40
"""Of about 25 kB each: a streaming player must fetch the tag before it shows the chapters."""


def comment_of(tags: Tags) -> str:
    """Return the comment, with the disclosure when it has none of its own."""
    disclosed = any(word in tags.comment for word in ("مولَّد", "مولد", "اصطناعي"))
    return tags.comment if disclosed else "\n".join(filter(None, [tags.comment, SYNTHETIC_VOICE]))


def id3_tag(tags: Tags, chapters: Sequence[ChapterSpan], cover: bytes) -> bytes:
    """Return the tag of the MP3."""
    group = -1
    entries = []
    pictures = _pictures(tags, chapters)
    for number, chapter in enumerate(chapters):
        group += chapter.level == 0 or group < 0
        entries.append(
            id3.Id3Chapter(
                title=chapter.title,
                start_ms=round(chapter.start_s * 1000),
                # Cut, not rounded: no chapter may end after the sound.
                end_ms=int(chapter.end_s * 1000),
                url=chapter.url,
                picture=pictures.get(number),
                group=group,
            )
        )
    return id3.serialise(
        id3.Id3(
            title=tags.title,
            artist=tags.artist or tags.album or tags.title,
            album=tags.album or tags.title,
            date=tags.date,
            language=tags.language,
            comment=comment_of(tags),
            texts={_SOURCE_TYPE: DIGITAL_SOURCE_TYPE},
            lyrics=tags.lyrics,
            url=tags.url,
            contents_title=tags.title,
            chapters=tuple(entries),
            cover=id3.Picture("image/jpeg", cover),
        )
    )


def _pictures(tags: Tags, chapters: Sequence[ChapterSpan]) -> dict[int, id3.Picture]:
    """Return a title card for each article of an edition of several, by chapter number; one article has its cover."""
    articles = [number for number, chapter in enumerate(chapters) if chapter.level == 0]
    if len(articles) < 2 or len(articles) == len(chapters) or len(articles) > _MOST_PICTURES:
        return {}
    return {
        number: id3.Picture("image/jpeg", make_cover(chapters[number].title, tags.title, tags.date, _PICTURE_SIDE))
        for number in articles
    }


def ffmetadata(name: str, tags: Tags, chapters: Sequence[ChapterSpan], cover: bytes) -> str:
    """Return tags and chapters in ffmpeg's own text form, as the named format wants them."""
    pairs = {
        "title": tags.title,
        "artist": tags.artist or tags.album or tags.title,
        "album": tags.album or tags.title,
        "date": tags.date,
        "genre": "Podcast",
        "comment": comment_of(tags),
        "lyrics": tags.lyrics,
        "language": tags.language,
    }
    if name in _FREE_NAMES:
        pairs[_SOURCE_TYPE] = DIGITAL_SOURCE_TYPE
    else:  # MP4 and WAV as ffmpeg writes them keep the names they know
        pairs["comment"] += f"\n{_SOURCE_TYPE}: {DIGITAL_SOURCE_TYPE}"
    if name == "opus":
        # ffmpeg attaches no picture to Ogg; this is the block it would be, small: the file is for who counts bytes.
        pairs["METADATA_BLOCK_PICTURE"] = base64.b64encode(_flac_picture(shrink_cover(cover))).decode("ascii")
    if name == "flac":
        # ffmpeg writes the chapters of Ogg in this form, but not those of FLAC.
        for number, chapter in enumerate(chapters):
            pairs[f"CHAPTER{number:03d}"] = _clock(chapter.start_s)
            pairs[f"CHAPTER{number:03d}NAME"] = chapter.title
    lines = [";FFMETADATA1", *(f"{key}={_escape(value)}" for key, value in pairs.items() if value)]
    for chapter in chapters:
        start, end = round(chapter.start_s * 1000), int(chapter.end_s * 1000)
        title = mp4_title(chapter.title) if name == "m4b" else chapter.title
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={start}", f"END={end}", f"title={_escape(title)}"]
    return "\n".join(lines) + "\n"


def mp4_title(title: str) -> str:
    """Return the chapter title in at most 63 letters and 127 bytes of UTF-8."""
    letters = _MP4_TITLE
    short = shorten(title, letters)
    while len(short.encode()) > _MP4_TITLE_BYTES:
        letters -= 1
        short = shorten(title, letters)
    return short


def _flac_picture(jpeg: bytes) -> bytes:
    """Return a picture block. Source: RFC 9639, section 8.8; sizes in pixels may be 0 for "not stated"."""
    mime = b"image/jpeg"
    head = struct.pack(">2I", 3, len(mime)) + mime + struct.pack(">6I", 0, 0, 0, 0, 0, len(jpeg))
    return head + jpeg


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes // 60):02d}:{int(minutes % 60):02d}:{rest:06.3f}"


def _escape(value: str) -> str:
    for special in "\\=;#\n":
        value = value.replace(special, "\\" + special)
    return value
