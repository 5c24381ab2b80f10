"""The edition folder: built as a draft beside its place and swapped in whole."""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import shutil
from dataclasses import dataclass, field, replace
from datetime import date as calendar_date
from itertools import count
from pathlib import PurePath
from typing import TYPE_CHECKING, Self

from tts_news.errors import PublishError, WithdrawnError
from tts_news.files import (
    hold,
    list_names,
    lock_folder,
    new_draft,
    recover,
    remove_draft,
    remove_drafts,
    swap_in,
    sync_path,
    sync_tree,
    write_file,
)
from tts_news.publish.catalogue import open_catalogue
from tts_news.publish.clock import is_year
from tts_news.publish.disk import disk_errors
from tts_news.publish.manifest import MANIFEST, SCRIPT, damaged_files, dump_episode, list_files, load_episode, make_guid
from tts_news.publish.settings import Shard
from tts_news.publish.show import SHARD, name_in, shards_in
from tts_news.publish.slug import DIGITS, make_slug
from tts_news.publish.sounds import SUPERSEDED, sounds_of
from tts_news.publish.standing import Sought, find_standing, named_after

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

    from tts_news.records import Episode, EpisodeFile

_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class FolderDraft:
    """A folder in the making. Write files into `folder`, then `commit`; until then nothing can be seen.

    Attributes:
        output: The show's folder.
        folder: Working folder, on the file system of the output; its name means nothing.
        place: Where the edition will stand, e.g. output/2026-11-22-<slug>, or in a folder of its month.
        slug: ASCII stem of the edition's names.
        guid: The edition's guid, the old one's if there is an old one.
        previous: Manifest of the edition that stands at `place`, None for a new one.
    """

    output: Path
    folder: Path
    place: Path
    slug: str
    guid: str
    previous: Episode | None
    _name: str = field(default="", repr=False)  # what the folder of a new edition is named after
    _lock: int = field(default=-1, repr=False)
    _open: bool = field(default=True, repr=False)

    def commit(self, episode: Episode, taken_up: str = "") -> Episode:
        """Write the manifest, with the files of `folder` in it, and swap the folder in.

        Files that somebody put into the old edition's folder move along; a `script.json` edited there by hand
        is kept as `script.edited.json` when the new one differs, unless its text is `taken_up`.

        Returns:
            The episode as written.

        Raises:
            PublishError: The disk is full or refuses; the old edition stands, the draft is gone.
        """
        try:
            with disk_errors(self.place), lock_folder(self.output):
                if standing := self._made_meanwhile(episode):
                    return standing
                files = list_files(self.folder)
                if self.previous is not None:
                    if not episode.withdrawn:
                        files += _keep_addresses(self.folder, files, self.previous)
                    _carry_over(self.place, self.folder, self.previous, episode, taken_up)
                written = replace(episode, files=files)
                (self.folder / MANIFEST).write_text(dump_episode(written), encoding="utf-8", newline="\n")
                sync_tree(self.folder)
                with open_catalogue(self.output) as catalogue, catalogue.changing(self.name):
                    self.place.parent.mkdir(exist_ok=True)
                    swap_in(self.folder, self.place)
                for folder in {self.place.parent, self.output}:
                    sync_path(folder)
        except UnicodeEncodeError as err:  # half a surrogate pair; the reading room takes them out of articles
            raise PublishError(f"text that is no Unicode in the manifest of {self.place.name}") from err
        finally:
            self.abandon()
        return written

    def _made_meanwhile(self, episode: Episode) -> Episode | None:
        """Return the edition that another process has put here since, if it is the very one that is to be committed.

        Raises:
            PublishError: It is another state of the edition, corrected or withdrawn, or an edition of another article
                of the same 32 bits. Committing would lose it unsaid, or bring back what was withdrawn.
        """
        places = [self.place] if self.previous else [self.place, *named_after(self.output, self._name)]
        for place in filter(lambda place: (place / MANIFEST).is_file(), dict.fromkeys(places)):
            standing = load_episode(place)
            if (self.previous and _state(standing) == _state(self.previous)) or (
                place != self.place and standing.guid != self.guid
            ):
                continue
            if place == self.place and episode.recipe and _state(standing)[:-1] == _state(episode)[:-1]:
                return standing
            raise PublishError(f"{place.name} has become another edition meanwhile", hint="make it again")
        return None

    @property
    def name(self) -> str:
        """How the show knows the edition, see `show.name_in`."""
        return name_in(self.output, self.place)

    def abandon(self) -> None:
        """Remove the draft. Does nothing after a commit, and never raises: the first error is the one to report."""
        if not self._open:
            return
        self._open = False
        remove_draft(self.folder)
        if self._lock >= 0:
            os.close(self._lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abandon()


def open_folder(
    output: Path, title: str, date: str, sought: Sought, replaces: Path | None = None, shard: Shard = ""
) -> FolderDraft:
    """Return a draft of the edition called `title`, with the old manifest if this is a correction.

    Args:
        output: The show's folder; made if it is not there.
        title: Decides the letters of the folder's name, nothing else.
        date: ISO date of the edition. An edition that exists keeps its folder, and with it its first date.
        sought: What makes it this edition and no other.
        replaces: Folder of an edition that it shall take the place of, although that one is another's, or although it
            was withdrawn.
        shard: See `PublishSettings.shard`.

    Raises:
        PublishError: The folder cannot be made or written, or `date` is no date.
    """
    checked = _check_date(date)
    with disk_errors(output), lock_folder(output):
        recover_show(output)
        place = _place_of(output, sought, replaces)
        if place is None:
            place, slug, guid = _new_names(output, title, checked, sought.identity.text, shard)
            return _start(output, place, slug, guid, None, sought.identity.text)
        previous = load_episode(place)
        _refuse_withdrawn(place, previous, sought, replaces)
        return _start(output, place, previous.slug, previous.guid, previous)


def _new_names(output: Path, title: str, date: str, text: str, shard: Shard) -> tuple[Path, str, str]:
    """Return folder, slug and guid of a new edition: those of its identity, or others where they are taken.

    They are taken by an edition whose identity has the same 32 bits, or that took the place of this one's.
    """
    guids = {load_episode(place).guid for place in named_after(output, text)}
    names = (make_guid(text if number == 1 else f"{text} {number}") for number in count(1))
    guid = next(name for name in names if name not in guids)
    for digits in DIGITS:
        slug = make_slug(title, text, digits)
        place = (output / date[:7] if shard == "month" else output) / f"{date}-{slug}"
        _check_shard(place.parent)
        if not place.exists():
            return place, slug, guid
        if not (place / MANIFEST).is_file():
            raise PublishError(
                f"{place} is there and holds no edition", hint="move it away, or choose another --output"
            )
    raise PublishError(f"{place} is there and is the edition of another article", hint="move it away")


def _check_shard(folder: Path) -> None:
    """Refuse a folder of a month that is a file, or a link: what it leads to is not the show's.

    Raises:
        PublishError: It is one.
    """
    if SHARD.fullmatch(folder.name) and folder.exists() and (folder.is_symlink() or not folder.is_dir()):
        raise PublishError(f"{folder} is there and is no folder", hint="move it away: the month's editions go there")


def _place_of(output: Path, sought: Sought, replaces: Path | None) -> Path | None:
    """Return where the edition stands, or the edition that it is to replace.

    Raises:
        PublishError: It stands already and would replace another one.
    """
    place = find_standing(output, sought)
    if replaces is None or place is None or place.name == replaces.name or load_episode(place).withdrawn:
        return replaces or place
    raise PublishError(
        f"this article has an edition of its own, {place.name}, and cannot replace {replaces.name} as well",
        hint=f"withdraw {place.name} first",
    )


def reopen_folder(output: Path, place: Path) -> FolderDraft:
    """Return an empty draft that will replace the edition at `place`.

    Raises:
        PublishError: There is no edition, or the folder cannot be written.
    """
    with disk_errors(place), lock_folder(output):
        recover_show(output)
        previous = load_episode(place)
        return _start(output, place, previous.slug, previous.guid, previous)


def _start(output: Path, place: Path, slug: str, guid: str, previous: Episode | None, name: str = "") -> FolderDraft:
    """Make the draft's folder and hold it. The caller holds the output folder."""
    folder = new_draft(output, f"{slug}-{secrets.token_hex(4)}")
    try:
        lock = hold(folder)
    except BaseException:
        folder.rmdir()
        raise
    return FolderDraft(output, folder, place, slug, guid, previous, name, lock)


def recover_show(output: Path) -> None:
    """Finish what dead processes left in a show's folder; it is listed only where the catalogue does not answer for it.

    The caller holds the folder.

    Raises:
        OSError: It cannot be read or mended.
    """
    with open_catalogue(output) as catalogue:
        is_current = catalogue.is_current()
    (remove_drafts if is_current else recover_folders)(output)


def recover_folders(output: Path) -> None:
    """Finish what dead processes left in a show's folder and in those of months; the caller holds the show's.

    Raises:
        OSError: One cannot be read or mended.
    """
    recover(output)
    for shard in shards_in(output, list_names(output)):
        recover(output / shard)


def _state(episode: Episode) -> tuple[object, ...]:
    """Return what tells two states of one edition apart; its files are their hashes."""
    return episode.guid, episode.withdrawn, episode.recipe, episode.revision, episode.modified, episode.files


def find_folder(output: Path, sought: Sought, replaces: Path | None = None) -> tuple[Path, Episode] | None:
    """Return folder and manifest of the edition, or of the one it is to replace; None if there is none.

    An edition with a file that is missing or is not the manifest's is none: it must be made again.

    Raises:
        PublishError: Its manifest cannot be read, or it was withdrawn and is not the one to be replaced.
    """
    place = _place_of(output, sought, replaces)
    if place is None:
        return None
    episode = load_episode(place)
    _refuse_withdrawn(place, episode, sought, replaces)
    return (place, episode) if not episode.withdrawn and _is_whole(place, episode) else None


def adopt_folder(output: Path, sought: Sought) -> Episode | None:
    """Write into an edition of release 0.1 whose it is, so that it is found when its article's address has changed.

    Returns:
        Its manifest, None if there is none.

    Raises:
        PublishError: It is damaged, or cannot be written.
    """
    if not output.is_dir():
        return None
    with disk_errors(output), lock_folder(output):
        place = find_standing(output, sought)
        if place is None:
            return None
        episode = load_episode(place)
        if episode.identity is None:
            episode = replace(episode, identity=sought.identity)
            with open_catalogue(output) as catalogue, catalogue.changing(name_in(output, place)):
                write_file(place / MANIFEST, dump_episode(episode).encode())
        return episode


def _refuse_withdrawn(place: Path, episode: Episode, sought: Sought, replaces: Path | None) -> None:
    """Keep a withdrawn edition from coming back by itself, e.g. by the next poll of its feed.

    Raises:
        WithdrawnError: It is withdrawn, and its own article does not name it as the one to be published again.
    """
    if episode.withdrawn and not (place == replaces and episode.identity == sought.identity):
        raise WithdrawnError(
            f"{episode.title!r} was withdrawn on {episode.withdrawn[:10]}",
            hint=f"--replaces {place.name} publishes it again, in its old place",
        )


def _is_whole(place: Path, episode: Episode) -> bool:
    """Return whether every file is the manifest's; what is not is named, for it is going to be made again."""
    damaged = damaged_files(place, episode)
    for name, fault in damaged.items():
        _LOG.warning("%s: %s %s; the edition is made again", place.name, name, fault)
    return not damaged


def _check_date(date: str) -> str:
    """Return `date` if it is an ISO calendar date: it becomes part of a path.

    Raises:
        PublishError: It is none.
    """
    try:  # fromisoformat also takes 20261122 and week dates, and these come back in the long form
        day = calendar_date.fromisoformat(date)
    except ValueError as err:
        raise PublishError(f"{date!r} is no date", hint="write it as 2026-11-22") from err
    if not is_year(day.year):
        raise PublishError(f"{date} is no day on which an edition comes out", hint="write it as 2026-11-22")
    return day.isoformat()


def _keep_addresses(new: Path, files: Sequence[EpisodeFile], previous: Episode) -> tuple[EpisodeFile, ...]:
    """Let the new sound answer at the addresses that the edition's sound has had: yesterday's feed names them.

    An app that has remembered an address fetches no other: what stands there must be the correction. A link takes no
    room; where there are no links only the addresses of the last revision are kept.
    """
    sounds = {PurePath(file.name).suffix: file for file in sounds_of(files)}
    standing = {file.name for file in sounds_of(previous.files)}
    kept = []
    for name in [file.name for file in previous.files if file.name in standing or file.kind == SUPERSEDED]:
        sound = sounds.get(PurePath(name).suffix)
        if sound is None or (new / name).exists():
            continue
        try:
            (new / name).hardlink_to(new / sound.name)
        except OSError:  # a file system without links
            if name not in standing:
                continue
            shutil.copy2(new / sound.name, new / name)
        kept.append(replace(sound, name=name, kind=SUPERSEDED))
    return tuple(kept)


def _carry_over(old: Path, new: Path, previous: Episode, episode: Episode, taken_up: str) -> None:
    """Copy into `new` what people put into `old` themselves; it is not ours and stands in no manifest."""
    ours = {file.name for file in previous.files} | {MANIFEST}
    if episode.withdrawn:
        ours |= {"script.json", "script.edited.json"}  # the text is what is withdrawn
    for path in sorted(old.iterdir()):
        target = new / path.name
        if path.name == "script.json" and not episode.withdrawn and _was_edited(path, target, previous, taken_up):
            target = new / "script.edited.json"
        elif path.name in ours or target.exists():
            continue
        # A link moves along as one: what it leads to is not the edition's, and may be nowhere or without end.
        if path.is_dir() and not path.is_symlink():
            shutil.copytree(path, target, symlinks=True)
        else:
            shutil.copy2(path, target, follow_symlinks=False)


def _was_edited(script: Path, successor: Path, previous: Episode, taken_up: str) -> bool:
    """Tell whether `script` holds an editor's work that `successor` does not hold."""
    text = script.read_bytes()
    if not _is_edited(text, previous) or text == taken_up.encode("utf-8", "surrogatepass"):
        return False
    return not successor.is_file() or successor.read_bytes() != text


def _is_edited(text: bytes, episode: Episode) -> bool:
    return hashlib.sha256(text).hexdigest() not in {file.sha256 for file in episode.files if file.name == SCRIPT}


def find_edited(output: Path, sought: Sought, replaces: Path | None = None) -> tuple[Path, str] | None:
    """Return the edition's `script.json` and what it holds, if somebody has edited it where it stands.

    Raises:
        PublishError: A manifest is damaged, or the file cannot be read.
    """
    place = _place_of(output, sought, replaces) if output.is_dir() else None
    if place is None:
        return None
    episode, path = load_episode(place), place / SCRIPT
    try:
        text = path.read_bytes()
        return (path, text.decode()) if _is_edited(text, episode) and not episode.withdrawn else None
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as err:
        raise PublishError(f"cannot read {path}: {err}", hint="an editor's work may be in it: mend or move it") from err
