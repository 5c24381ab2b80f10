"""The player for pages elsewhere: `embed.html` beside each edition and, for the latest, beside the feed.

A page takes it in by an `<iframe>`, or by one line that also follows along in the page's own paragraphs (follow.js).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from typing import Protocol

from tts_news.publish.reading import show_text
from tts_news.publish.settings import ShowSettings
from tts_news.publish.sounds import kind_of, sounds_of
from tts_news.publish.templates import dress, render
from tts_news.records import SYNTHETIC_VOICE, EpisodeFile

EMBED = "embed.html"
OEMBED = "oembed.json"
FOLLOW = "follow.js"
HEIGHT_PX = 120


class Jump(Protocol):
    """A chapter, as the manifest or the reading has it."""

    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def start_s(self) -> float: ...  # noqa: D102


def write_embed(
    title: str,
    duration_s: float,
    files: Sequence[EpisodeFile],
    chapters: Sequence[Jump],
    show: ShowSettings,
    place: str = "",
) -> str:
    """Return the player of an edition, "" when it has no sound.

    Args:
        title: The edition's title.
        duration_s: How long it is.
        files: Its files.
        chapters: Where it may be jumped to, in order of time.
        show: The show it belongs to.
        place: The way to the edition's folder, ending in "/"; "" where the player lies in it.
    """
    sound = next(iter(sounds_of(files)), None)
    if sound is None:
        return ""
    cover = next((file.name for file in files if file.kind == "image"), "")
    return render(
        "embed.html",
        **dress(show, "embed.js", ["embed.css"]),
        language=show.language,
        show=show,
        title=title,
        duration_s=duration_s,
        place=place,
        sound=sound.name,
        sound_type=kind_of(sound.name).media_type,
        cover=cover,
        chapters=chapters,
        synthetic=SYNTHETIC_VOICE,
    )


def iframe(title: str, folder: str, show: ShowSettings) -> str:
    """Return the line that puts an edition's player into a page, "" while nobody knows where the show is served."""
    if not show.base_url:
        return ""
    address = f"{show.base_url.rstrip('/')}/{folder}/{EMBED}"
    return (
        f'<iframe src="{escape(address)}" title="{escape(f"استمع: {show_text(title)}")}" width="100%" '
        f'height="{HEIGHT_PX}" style="border:0" loading="lazy" allow="autoplay"></iframe>'
    )


def follow_line(folder: str, show: ShowSettings) -> str:
    """Return the line that puts the player into a page and follows along in its paragraphs, "" as for `iframe`."""
    if not show.base_url:
        return ""
    address = f"{show.base_url.rstrip('/')}/{FOLLOW}"
    return f'<script src="{escape(address)}" data-edition="{escape(folder)}" async></script>'


def write_oembed(title: str, folder: str, files: Sequence[EpisodeFile], show: ShowSettings) -> str:
    """Return what whoever is given the edition's address learns, "" as for `iframe`. Source: oembed.com, 2.3.4."""
    if not show.base_url or not sounds_of(files):
        return ""
    facts: dict[str, object] = {
        "version": "1.0",
        "type": "rich",
        "provider_name": show_text(show.title),
        "provider_url": f"{show.base_url.rstrip('/')}/",
        "title": show_text(title),
        "html": iframe(title, folder, show),
        "width": 640,
        "height": HEIGHT_PX,
    }
    return json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
