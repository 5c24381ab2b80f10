"""Which edition stands for an article: found by the whole identity in its manifest, not by the folder's name.

A name holds 32 bits of the identity: enough to look there first, too few to believe. This is the one place that
searches; whatever comes to know the editions better than their folders do answers here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tts_news.errors import PublishError
from tts_news.publish.manifest import MANIFEST, load_episode, make_guid
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
    identity = sought.identity
    named = [(place, _load(place)) for place in named_after(output, identity.text)]
    found = [(place, episode) for place, episode in named if episode.identity == identity]
    if not found or all(episode.withdrawn for _, episode in found):
        found += _scan(output, identity)
    found.sort(key=lambda pair: bool(pair[1].withdrawn))
    if found:
        return found[0][0]
    return _find_older(output, sought) if sought.older else None


def named_after(output: Path, text: str) -> list[Path]:
    """Return the edition folders whose names end in a hash of `text`."""
    digits = key_hash(text)
    paths = output.glob(f"[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]-*-{digits}*")
    ours = (path for path in paths if key_hash(text, 64).startswith(path.name.rpartition("-")[2]))
    return sorted(path for path in ours if (path / MANIFEST).is_file())


def namesakes(output: Path, title: str, date: str) -> list[str]:
    """Return the folders of editions that seem to have this title and day."""
    paths = output.glob(f"{date}-{transliterate(title) or 'edition'}-*")
    return sorted(path.name for path in paths if (path / MANIFEST).is_file())


def _scan(output: Path, identity: Identity) -> list[tuple[Path, Episode]]:
    """Return the editions that have the identity under another's name: taken over, renamed, or of release 0.1.

    Raises:
        PublishError: There is none, and a damaged manifest shows the identity or its guid: one of the two is whole if
            a byte of the other has changed.
    """
    key = json.dumps(identity.key, ensure_ascii=False).encode("utf-8", "surrogatepass")
    marks = (key, make_guid(identity.text).encode())
    found, damaged = [], None
    for place in _editions_with(output, marks):
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


def _editions_with(output: Path, marks: tuple[bytes, ...]) -> Iterator[Path]:
    """Yield the edition folders whose manifest has one of the marks at its beginning; it may be damaged."""
    for manifest in output.glob(f"[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]-*/{MANIFEST}"):
        with suppress(OSError), manifest.open("rb") as file:  # not one of ours: the show's build names it
            head = file.read(_HEAD)
            if any(mark in head for mark in marks):
                yield manifest.parent


def _find_older(output: Path, sought: Sought) -> Path | None:
    """Return the folder of an edition of release 0.1 that nobody has taken for his own since."""
    for place in named_after(output, sought.older):
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
