"""Bulletins that articles are handed over into, held to the edition that stands.

An editor may have reordered, dropped or added something at the desk since: what would undo that is not made here.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tts_news.publish import load_episode
from tts_news.publish.standing import Sought, find_standing
from tts_news.records import Identity
from tts_news.server.store import NAMELESS, JobStore

_CHANGED = "it was changed at the desk: go on with it there"


def find_bulletin(output: Path, title: str, day: str) -> Path | None:
    """Return the folder of a bulletin, None if there is none.

    Raises:
        PublishError: Its manifest is damaged.
    """
    return find_standing(output, Sought(Identity("bulletin", "", title, day)))


def why_closed(store: JobStore, output: Path, title: str, day: str, joining: Iterable[str] = ()) -> str:
    """Return why a bulletin takes no article, "" when it takes one.

    Args:
        store: Where the articles are kept that were handed over into it.
        output: The show's folder.
        title: Of the bulletin.
        day: Of the bulletin, ISO 8601.
        joining: What `article_key` calls those that are about to join: one may have joined before a server died.

    Raises:
        PublishError: Its manifest is damaged.
    """
    place = find_bulletin(output, title, day)
    episode = load_episode(place) if place else None
    if episode is None:
        return ""
    if episode.withdrawn:
        return "it was withdrawn"
    known = store.articles_of(title, day, dropped=True)
    coming = set(joining)
    stands = [source.identity.text for source in episode.sources if source.identity and source.identity.kind != "text"]
    nameless = len(episode.sources) - len(stands)
    if not known and (set(stands) - coming or nameless > _nameless(coming)):
        return "its articles were not handed over here, or are not kept"
    if set(stands) - coming - known.keys():
        return _CHANGED
    named = [one for one, text in known.items() if text and not one.startswith(NAMELESS)]
    kept = [one for one in stands if known.get(one)]
    fewest = _nameless(one for one, text in known.items() if text)
    is_same = kept == named and fewest <= nameless <= fewest + _nameless(coming)
    return "" if is_same else _CHANGED


def _nameless(keys: Iterable[str]) -> int:
    return sum(one.startswith(NAMELESS) for one in keys)
