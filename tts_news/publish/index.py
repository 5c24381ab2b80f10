"""The show's index: every edition by its page, newest first, on static pages of a hundred."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC

from tts_news.publish.reading import show_text
from tts_news.publish.settings import ShowSettings
from tts_news.publish.show import Entry
from tts_news.publish.templates import dress, render

PER_PAGE = 100
"""Editions that the front page holds at least."""
LISTED = 500
"""Editions in `editions.json`; about 60 kB."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the index stands: its number from the oldest on, 0 for the front page, and its neighbours."""

    number: int = 0
    newer: str = ""
    older: str = ""


def write_index(entries: Sequence[Entry], show: ShowSettings, cover: str, feed: str, place: Place = Place()) -> str:
    """Return a page of the index.

    Args:
        entries: The editions on it, newest first.
        show: The show.
        cover: File name of the cover, "" when there is none.
        feed: Address of the feed, "" when there is none.
        place: Which page it is.
    """
    return render(
        "index.html",
        **dress(show, "front.js"),
        language=show.language,
        show=show,
        cover="" if place.number else cover,
        feed=feed,
        base=feed.rpartition("/")[0] + "/",
        place=place,
        editions=list(map(_edition, entries)),
    )


@dataclass(frozen=True, slots=True)
class _Edition:
    """An edition as the front page shows it; `summary` has a line for every headline of a bulletin, with its time."""

    folder: str
    title: str
    date: str
    published: str
    duration_s: float
    cover: str
    sound: str
    summary: tuple[tuple[str, float | None], ...]


def _edition(entry: Entry) -> _Edition:
    image, sound = entry.file("image"), next(iter(entry.sounds), None)
    return _Edition(
        folder=entry.folder,
        title=entry.title,
        date=entry.date,
        published=entry.moment.astimezone(UTC).isoformat(timespec="seconds"),
        duration_s=entry.duration_s,
        cover=image.name if image else "",
        sound=sound.name if sound else "",
        summary=tuple(_headlines(entry) if len(entry.sources) > 1 else _lines(entry.summary)),
    )


def _lines(summary: str) -> Iterator[tuple[str, None]]:
    return ((show_text(line), None) for line in summary.splitlines() if line.strip())


def _headlines(entry: Entry) -> Iterator[tuple[str, float | None]]:
    """Yield the headlines of a bulletin: all of them, where its summary holds what has room. One may be there twice."""
    starts: dict[str, deque[float]] = defaultdict(deque)
    for chapter in entry.chapters:
        if chapter.level == 0:
            starts[show_text(chapter.title)].append(chapter.start_s)
    for source in entry.sources:
        title = show_text(source.title)
        yield title, starts[title].popleft() if starts[title] else None


def write_list(entries: Sequence[Entry]) -> str:
    """Return the newest editions as JSON, newest first: what pages offer as the next one, and search looks through.

    Pages of editions are not written again when others come: they ask for this.
    """
    listed = [
        {
            "folder": entry.folder,
            "title": show_text(entry.title),
            "date": entry.date,
            "duration_s": round(entry.duration_s, 3),
        }
        for entry in entries[:LISTED]
    ]
    return json.dumps(listed, ensure_ascii=False, indent=0) + "\n"


def write_app(show: ShowSettings, cover: str) -> str:
    """Return what a browser needs to install the show. Source: W3C Web Application Manifest."""
    facts: dict[str, object] = {
        "name": show_text(show.title),
        "short_name": show_text(show.title),
        "lang": show.language,
        "dir": "rtl",
        "start_url": "index.html",
        "scope": "./",
        "display": "standalone",
        "theme_color": show.colour,
        "background_color": "#fdfcfa",
    }
    if cover:
        kind = "image/png" if cover.endswith(".png") else "image/jpeg"
        facts["icons"] = [{"src": cover, "sizes": "any", "type": kind}]
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
