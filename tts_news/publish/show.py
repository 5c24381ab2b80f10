"""The editions of a show as its feed and index need them, read from the manifests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tts_news.errors import PublishError
from tts_news.publish.manifest import MANIFEST, check_names, check_seal
from tts_news.publish.settings import PublishSettings
from tts_news.publish.sounds import sounds_of
from tts_news.records import ChapterSpan, EpisodeFile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import TypeAdapter

_EDITION = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article of an edition comes from."""

    title: str
    author: str = ""
    url: str = ""
    site: str = ""


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
    folder: str = ""

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


def list_entries(output: Path) -> list[Entry]:
    """Return the editions in `output` that stand and have sound, newest first.

    Raises:
        PublishError: A manifest is damaged. It is named and nothing is left out quietly: listeners would not notice.
    """
    return newest_first(load_entry(path) for path in list_folders(output))


def newest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries of editions that stand and have sound, newest first."""
    kept = [entry for entry in entries if not entry.withdrawn and entry.sounds]
    return sorted(kept, key=lambda entry: (entry.moment, entry.slug), reverse=True)


def list_folders(output: Path) -> list[Path]:
    """Return the edition folders in `output`, oldest first."""
    try:
        folders = [path for path in output.iterdir() if _EDITION.fullmatch(path.name)]
    except OSError as err:
        raise PublishError(
            f"cannot read {output}: {err.strerror}", hint="name the show's folder with --output"
        ) from err
    return sorted(path for path in folders if (path / MANIFEST).is_file())


def load_entry(folder: Path) -> Entry:
    """Return the entry of one edition folder.

    Raises:
        PublishError: Its manifest is damaged.
    """
    from dataclasses import replace

    from pydantic import ValidationError

    hint = f"make the edition again, or move {folder} away"
    try:
        data = (folder / MANIFEST).read_bytes()
        check_seal(data, str(folder / MANIFEST))
        entry = _adapter().validate_json(data)
        fault = next(check_names(entry.slug, entry.guid, entry.files), "")
        if fault or entry.moment.tzinfo is None:
            raise PublishError(f"{folder / MANIFEST}: {fault or 'published has no zone'}", hint=hint)
    except (ValidationError, ValueError) as err:
        raise PublishError(f"{folder / MANIFEST} is no manifest: {err}", hint=hint) from err
    except OSError as err:
        raise PublishError(f"cannot read {folder / MANIFEST}: {err.strerror}", hint=hint) from err
    return replace(entry, folder=folder.name)


@cache
def _adapter() -> TypeAdapter[Entry]:
    from pydantic import TypeAdapter

    return TypeAdapter(Entry)


def keep_newest(entries: list[Entry], settings: PublishSettings) -> list[Entry]:
    """Return the entries that the `keep` rules leave in the feed; the editions themselves stay where they are."""
    kept = entries[: settings.keep] if settings.keep > 0 else entries
    if settings.keep_days > 0 and kept:
        oldest = kept[0].moment - timedelta(days=settings.keep_days)
        kept = [entry for entry in kept if entry.moment >= oldest]
    return kept
