"""The editions of a show as its feed and index need them, read from the manifests."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from tts_news.errors import PublishError
from tts_news.files import list_names
from tts_news.publish.manifest import MANIFEST, check_moments, check_names, check_seal, without_ledger
from tts_news.publish.settings import PublishSettings
from tts_news.publish.sounds import sounds_of
from tts_news.records import ChapterSpan, EpisodeFile, Identity, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pydantic import TypeAdapter

EDITION = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[a-z0-9-]+")
SHARD = re.compile(r"[0-9]{4}-[0-9]{2}")
"""What the folders of months are called, in which editions lie where `[publish] shard` asks for it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article of an edition comes from, and which it is."""

    title: str
    author: str = ""
    url: str = ""
    site: str = ""
    published: str = ""
    identity: Identity | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """The part of a manifest that a feed shows: all but the ledger, which is most of a manifest's bytes."""

    guid: str
    slug: str
    title: str
    date: str
    published: str
    modified: str
    duration_s: float
    files: tuple[EpisodeFile, ...]
    chapters: tuple[ChapterSpan, ...]
    sources: tuple[Origin, ...] = ()
    notes: tuple[str, ...] = ()
    summary: str = ""
    withdrawn: str = ""
    identity: Identity | None = None
    folder: str = ""
    """The way to its folder from the show's: its name, behind that of its month if it lies in one; see `name_in`."""

    def file(self, kind: str) -> EpisodeFile | None:
        """Return the first file of a kind."""
        return next((file for file in self.files if file.kind == kind), None)

    @property
    def sounds(self) -> tuple[EpisodeFile, ...]:
        """The sound files, the one for every player first."""
        return sounds_of(self.files)

    @property
    def moment(self) -> datetime:
        """When the edition came out."""
        return datetime.fromisoformat(self.published)


def article_names(article: Origin | Source) -> Iterator[str]:
    """Yield names of which two states of an article have one in common; that two have one proves nothing."""
    if article.identity is not None:
        identity = article.identity
        # A file without a date is of the day it was read on, and the same file on another one.
        yield (replace(identity, date="") if identity.kind == "file" else identity).text
    if article.url:
        yield f"url {article.url}"


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries of editions that stand and have sound, newest first."""
    kept = [entry for entry in entries if not entry.withdrawn and entry.sounds]
    return sorted(kept, key=lambda entry: (entry.moment, entry.slug), reverse=True)


def list_editions(output: Path) -> list[str]:
    """Return the ways to all edition folders of a show, oldest first, whether they hold a manifest or not.

    Raises:
        PublishError: The folder cannot be read.
    """
    try:
        names = list_names(output)
        found = [name for name in names if EDITION.fullmatch(name)]
        for shard in shards_in(output, names):
            found += [f"{shard}/{name}" for name in list_names(output / shard) if EDITION.fullmatch(name)]
    except OSError as err:
        raise PublishError(
            f"cannot read {output}: {err.strerror}", hint="name the show's folder with --output"
        ) from err
    return sorted(found, key=by_age)


def shards_in(output: Path, names: Iterable[str]) -> list[str]:
    """Return those of a show's names that are folders of months; a link leads to what is not the show's."""
    months = (name for name in names if SHARD.fullmatch(name))
    return [name for name in months if (output / name).is_dir() and not (output / name).is_symlink()]


def by_age(folder: str) -> str:
    """Return what sorts the ways to editions from the oldest day on, wherever they lie."""
    return folder.rpartition("/")[2]


def name_in(output: Path, place: Path) -> str:
    """Return the way from a show's folder to an edition's: how feed, pages and catalogue know it."""
    return place.relative_to(output).as_posix()


def way_up(name: str) -> str:
    """Return the way from an edition's folder to its show's, as pages write it."""
    return "../" * (1 + name.count("/"))


def place_named(output: Path, name: str) -> Path:
    """Return where the edition of a folder's name lies: in its month's folder if it is there, else in the show's."""
    sharded = output / name[:7] / name
    return sharded if not (output / name).exists() and sharded.is_dir() else output / name


def list_folders(output: Path) -> list[Path]:
    """Return the edition folders in `output`, oldest first.

    Raises:
        PublishError: The folder cannot be read.
    """
    return [output / name for name in list_editions(output) if (output / name / MANIFEST).is_file()]


def load_entry(folder: Path, name: str = "") -> Entry:
    """Return the entry of one edition folder.

    Args:
        folder: It.
        name: How its show knows it, see `name_in`; what it is called when not given.

    Raises:
        PublishError: Its manifest is damaged.
    """
    from pydantic import ValidationError

    hint = f"make the edition again, or move {folder} away"
    manifest = f"{folder}/{MANIFEST}"  # no path: it costs as much as reading the file, ten thousand times at a build
    try:
        with open(manifest, "rb", buffering=0) as file:  # noqa: PTH123
            data = file.read()
        check_seal(data, manifest)
        entry = entry_adapter().validate_json(without_ledger(data))
        faults = chain(check_names(entry.slug, entry.guid, entry.files), check_moments(entry.published, entry.modified))
        for fault in faults:
            raise PublishError(f"{manifest}: {fault}", hint=hint)
    except (ValidationError, ValueError) as err:
        raise PublishError(f"{manifest} is no manifest: {err}", hint=hint) from err
    except OSError as err:
        raise PublishError(f"cannot read {manifest}: {err.strerror}", hint=hint) from err
    return replace(entry, folder=name or folder.name)


@cache
def entry_adapter() -> TypeAdapter[Entry]:
    """Return what reads and writes entries as JSON."""
    from pydantic import TypeAdapter

    return TypeAdapter(Entry)


def count_kept(moments: Sequence[float], settings: PublishSettings) -> int:
    """Return how many editions the `keep` rules leave in the feed; the editions themselves stay where they are.

    Args:
        moments: When the editions came out, in seconds since 1970, newest first.
        settings: The rules.
    """
    kept = moments[: settings.keep] if settings.keep > 0 else moments
    if settings.keep_days > 0 and kept:
        oldest = kept[0] - timedelta(days=settings.keep_days).total_seconds()
        kept = [moment for moment in kept if moment >= oldest]
    return len(kept)
