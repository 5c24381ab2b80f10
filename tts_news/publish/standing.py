"""Which edition stands for an article: found by the whole identity in its manifest, not by the folder's name.

A name holds 32 bits of the identity: enough to look there first, too few to believe. An edition that has another name
is found by the catalogue.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tts_news.errors import PublishError
from tts_news.publish.catalogue import Catalogue, open_catalogue
from tts_news.publish.manifest import MANIFEST, load_episode, make_guid
from tts_news.publish.slug import DIGITS, key_hash, transliterate

if TYPE_CHECKING:
    from pathlib import Path

    from tts_news.records import Episode, Identity, Script

_HEAD = 16 * 1024  # bytes; a manifest begins with the identity, whose parts have 300 characters at most


@dataclass(frozen=True, slots=True)
class Sought:
    """The edition that is looked for.

    Attributes:
        identity: Whose edition it is.
        older: The name by which release 0.1, which kept no identity, would have known it; "" for none.
        texts: The `text_hash` of its articles, for what can only be known by its text.
    """

    identity: Identity
    older: str = ""
    texts: tuple[str, ...] = ()


def seek(script: Script, date: str) -> Sought:
    """Return what to look for: the edition of a script that comes out on `date`."""
    from tts_news.records import Identity

    source = script.sources[0] if len(script.sources) == 1 else None
    texts = tuple(source.text_hash for source in script.sources)
    identity = script.identity
    by_title = f"{date} {script.title}"
    if identity is None:
        older = source.url if source and source.url and source.title == script.title else by_title
        return Sought(Identity("older", "", older), older, texts)
    if identity.kind == "bulletin" or source is None:
        return Sought(identity, by_title, texts)
    if identity.kind == "text":  # anyone may claim an address
        return Sought(identity, "" if source.url else by_title, texts)
    return Sought(identity, source.url or by_title, texts)


def find_standing(output: Path, sought: Sought) -> Path | None:
    """Return the folder of the edition, None if there is none; one that stands before one that was withdrawn.

    Raises:
        PublishError: A manifest that seems to be the edition's is damaged, whatever its folder is called. Going on
            would give the episode a second guid, and listeners a second copy.
    """
    identity = sought.identity
    if not output.is_dir():  # nothing has been made yet
        return None
    with open_catalogue(output) as catalogue:
        found = [pair for pair in _loaded(named_in(catalogue, identity.text)) if pair[1].identity == identity]
        if all(episode.withdrawn for _, episode in found):
            found += _elsewhere(catalogue, identity)
        found.sort(key=lambda pair: bool(pair[1].withdrawn))
        if found:
            return found[0][0]
        return _find_older(catalogue, sought) if sought.older else None


def named_for(output: Path, identity: Identity) -> Episode | None:
    """Return the manifest of the edition that bears an identity and is named after it, None if there is none.

    Raises:
        PublishError: It is damaged.
    """
    if not output.is_dir():  # nothing has been made yet
        return None
    episodes = map(_load, named_after(output, identity.text))
    return next((episode for episode in episodes if episode.identity == identity), None)


def named_after(output: Path, text: str) -> list[Path]:
    """Return the edition folders whose names end in a hash of `text`."""
    with open_catalogue(output) as catalogue:
        return named_in(catalogue, text)


def named_in(catalogue: Catalogue, text: str) -> list[Path]:
    """Return the edition folders whose names end in a hash of `text`."""
    whole = key_hash(text, max(DIGITS))
    return catalogue.places_named([whole[:digits] for digits in DIGITS])


def namesakes(output: Path, title: str, date: str) -> list[str]:
    """Return the folders of editions that seem to have this title and day."""
    start = f"{date}-{transliterate(title) or 'edition'}-"
    with open_catalogue(output) as catalogue:
        return [name for each in (start, f"{date[:7]}/{start}") for name in catalogue.names_from(each)]


def _loaded(places: Iterable[Path]) -> list[tuple[Path, Episode]]:
    return [(place, _load(place)) for place in places]


def _elsewhere(catalogue: Catalogue, identity: Identity) -> list[tuple[Path, Episode]]:
    """Return the editions that have the identity under another's name: taken over, renamed, or of release 0.1.

    Raises:
        PublishError: There is none, and a damaged manifest shows the identity or its guid: one of the two is whole if
            a byte of the other has changed.
    """
    places = catalogue.places_of(identity.text)
    places += _marked([catalogue.output / folder for folder in catalogue.faults], identity)
    found, damaged = [], None
    for place in places:
        try:
            episode = _load(place)
        except PublishError as err:
            damaged = damaged or err
        else:
            if episode.identity == identity:
                found.append((place, episode))
    if damaged and not found:
        raise damaged
    return found


def _marked(places: Iterable[Path], identity: Identity) -> list[Path]:
    """Return those of some folders, whose manifests are damaged, that seem to be an identity's."""
    key = json.dumps(identity.key, ensure_ascii=False).encode("utf-8", "surrogatepass")
    marks = (key, make_guid(identity.text).encode())
    marked = []
    for place in places:
        with suppress(OSError), (place / MANIFEST).open("rb") as file:
            head = file.read(_HEAD)
            if any(mark in head for mark in marks):
                marked.append(place)
    return marked


def _find_older(catalogue: Catalogue, sought: Sought) -> Path | None:
    """Return the folder of an edition of release 0.1 that nobody has taken for his own since."""
    for place, episode in _loaded(named_in(catalogue, sought.older)):
        is_free = episode.identity is None or episode.identity.kind == "older" or sought.identity.kind == "older"
        if episode.guid == make_guid(sought.older) and is_free and _may_take(sought, episode):
            return place
    return None


def _may_take(sought: Sought, old: Episode) -> bool:
    """Tell whether an edition without identity can be the one that is sought."""
    texts = tuple(source.text_hash for source in old.sources)
    if not texts or sought.identity.kind == "older":
        return True
    is_bulletin = len(old.sources) > 1 or old.sources[0].title != old.title
    if sought.identity.kind == "text":
        return texts == sought.texts
    return is_bulletin == (sought.identity.kind == "bulletin")


def _load(place: Path) -> Episode:
    try:
        return load_episode(place)
    except PublishError as err:
        hint = f"bring {place} back from where the show is published, or move it away to begin anew"
        raise PublishError(str(err), hint=hint) from err
