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
from tts_news.files import list_names
from tts_news.publish.catalogue import open_catalogue
from tts_news.publish.manifest import MANIFEST, load_episode, make_guid
from tts_news.publish.show import EDITION
from tts_news.publish.slug import key_hash, transliterate

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
    identity, names = sought.identity, _names(output)
    named = [(place, _load(place)) for place in _named_after(output, names, identity.text)]
    found = [(place, episode) for place, episode in named if episode.identity == identity]
    if (not found or all(episode.withdrawn for _, episode in found)) and any(map(EDITION.fullmatch, names)):
        found += _scan(output, identity)
    found.sort(key=lambda pair: bool(pair[1].withdrawn))
    if found:
        return found[0][0]
    return _find_older(output, names, sought) if sought.older else None


def named_after(output: Path, text: str) -> list[Path]:
    """Return the edition folders whose names end in a hash of `text`."""
    return _named_after(output, _names(output), text)


def _named_after(output: Path, names: Iterable[str], text: str) -> list[Path]:
    digits, whole = key_hash(text), key_hash(text, 64)
    ending = [name for name in names if digits in name and whole.startswith(name.rpartition("-")[2])]
    return [output / name for name in ending if EDITION.fullmatch(name) and (output / name / MANIFEST).is_file()]


def namesakes(output: Path, title: str, date: str) -> list[str]:
    """Return the folders of editions that seem to have this title and day."""
    start = f"{date}-{transliterate(title) or 'edition'}-"
    return [name for name in _names(output) if name.startswith(start) and (output / name / MANIFEST).is_file()]


def _names(output: Path) -> list[str]:
    try:
        return list_names(output)
    except FileNotFoundError:  # nothing has been made yet
        return []


def _scan(output: Path, identity: Identity) -> list[tuple[Path, Episode]]:
    """Return the editions that have the identity under another's name: taken over, renamed, or of release 0.1.

    Raises:
        PublishError: There is none, and a damaged manifest shows the identity or its guid: one of the two is whole if
            a byte of the other has changed.
    """
    text = identity.text  # once, not for each of ten thousand
    with open_catalogue(output) as catalogue:
        places = [output / row.folder for row in catalogue.sweep() if row.identity == text]
        places += _marked([output / folder for folder in catalogue.faults], identity)
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


def _find_older(output: Path, names: Iterable[str], sought: Sought) -> Path | None:
    """Return the folder of an edition of release 0.1 that nobody has taken for his own since."""
    for place in _named_after(output, names, sought.older):
        episode = _load(place)
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
