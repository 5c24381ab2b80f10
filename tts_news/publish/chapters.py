"""The chapter list as Podcasting 2.0 JSON, and as time stamps for a feed's notes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tts_news.publish.reading import Reading, show_text
from tts_news.records import ChapterSpan


def write_chapters(reading: Reading) -> str:
    """Return the chapters as JSON, in time order and contiguous.

    Source: Podcasting 2.0 JSON chapters format, 1.2.0.
    """
    chapters = []
    for chapter in reading.chapters:
        entry: dict[str, Any] = {"startTime": _number(chapter.start_s), "title": chapter.title}
        entry["endTime"] = _number(chapter.end_s)
        if chapter.url.startswith("https://"):
            entry["url"] = chapter.url
        chapters.append(entry)
    document = {"version": "1.2.0", "title": reading.title, "chapters": chapters}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def list_stamps(chapters: Sequence[ChapterSpan]) -> list[str]:
    """Return a line per chapter, "00:01:05 title": Apple, Spotify and YouTube read chapters from such lines."""
    lines, last = [], -1.0
    for chapter in sorted(chapters, key=lambda mark: (mark.start_s, mark.level)):
        if chapter.start_s > last:
            lines.append(f"{clock(chapter.start_s)} {show_text(chapter.title)}")
        last = chapter.start_s
    return lines


def clock(seconds: float) -> str:
    """Return a time as HH:MM:SS, cut to the second."""
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def short_clock(seconds: float) -> str:
    """Return a time as M:SS, or H:MM:SS from an hour on."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def _number(seconds: float) -> float | int:
    """Return whole seconds as an integer: some readers take nothing else."""
    return int(seconds) if seconds == int(seconds) else seconds
