"""Which bulletins hold an article, by what their manifests say of their sources: no other manifest is opened."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tts_news.publish.catalogue import open_catalogue
from tts_news.publish.manifest import MANIFEST, load_episode
from tts_news.publish.show import article_names, by_age

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tts_news.publish.show import Origin
    from tts_news.records import Episode, Source

# A manifest begins with the edition's identity: a damaged one of a single article is none that is asked for.
_OF_ONE = re.compile(rb'\s*\{\s*"identity":\s*\{\s*"kind":\s*"(?!bulletin"|older")')
_HEAD = 200  # bytes


@dataclass(frozen=True, slots=True)
class Bulletin:
    """An edition of several articles: its folder, its manifest, and which of them (from 0) an article is."""

    place: Path
    episode: Episode
    numbers: tuple[int, ...]


def bulletins_with(output: Path, source: Source) -> Iterator[Bulletin]:
    """Yield the standing bulletins that hold an article, oldest first.

    Args:
        output: The show's folder.
        source: The article as a script or manifest knows it.

    Raises:
        PublishError: A bulletin's manifest is damaged.
    """
    for place in _holding(output, source) if output.is_dir() else ():
        episode = load_episode(place)
        numbers = tuple(number for number, held in enumerate(episode.sources) if is_same_article(held, source))
        if numbers and not episode.withdrawn:
            yield Bulletin(place, episode, numbers)


def _holding(output: Path, source: Source) -> list[Path]:
    """Return the folders of the bulletins that hold an article, and of what may be one and is damaged, oldest first."""
    with open_catalogue(output) as catalogue:
        entries = catalogue.entries(catalogue.holding(list(article_names(source))))
        folders = [entry.folder for entry in entries if any(is_same_article(held, source) for held in entry.sources)]
        folders += [folder for folder in catalogue.faults if not _is_of_one(output / folder)]
    return [output / folder for folder in sorted(folders, key=by_age)]


def _is_of_one(place: Path) -> bool:
    with suppress(OSError), (place / MANIFEST).open("rb") as file:
        return _OF_ONE.match(file.read(_HEAD)) is not None
    return False


def is_same_article(one: Source | Origin, other: Source) -> bool:
    """Return whether two sources are one article, whatever its text is now.

    A file without a date is of the day it was read on, and the same file on another one. What release 0.1 made states
    no identity: there the address tells.
    """
    if one.identity is None or other.identity is None:
        return bool(one.url) and one.url == other.url
    if one.identity == other.identity:
        return True
    is_undated = one.identity.kind == "file" and not (one.published and other.published)
    return is_undated and replace(one.identity, date="") == replace(other.identity, date="")
