"""The show copied to where it is served: a folder, SFTP or an S3-compatible store, through fsspec.

Sound first, then what names it, the feed last: a listener never finds a feed whose files are not there. Each file
appears whole: stores replace objects at once, elsewhere a file is written beside its place and renamed. A record at the
destination notes what is going to be copied and, from time to time and after the feed, what was: the next sync does
what one that died has left.
"""

from __future__ import annotations

import json
import mimetypes
import posixpath
import re
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from tts_news.errors import PublishError
from tts_news.extras import install_hint
from tts_news.files import hash_file
from tts_news.publish.feed import FEED
from tts_news.publish.manifest import MANIFEST, SCRIPT, script_fault
from tts_news.publish.show import list_folders, load_entry, name_in
from tts_news.publish.sounds import SOUND_KINDS, SUPERSEDED

RECORD = ".tts-news-sync.json"
UNDER_WAY = ""  # in place of a hash: a file that is being copied, or was when its sync died
_SAVE_EVERY_S = 30.0  # work lost when a sync dies; a first one may take hours
_SHOW_FILES = re.compile(
    r"(index|feed)(-[0-9]+)?\.(html|xml)|cover(\.[0-9a-f]{8})?\.(jpg|png)"
    r"|embed\.html|editions\.json|follow\.js|sw\.js|manifest\.webmanifest"
)
# Stores that put an object in one step; everywhere else a file grows under the reader's eyes.
_STORES = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "az", "oss", "memory"})
_TYPES = {".vtt": "text/vtt", ".srt": "application/x-subrip", ".epub": "application/epub+zip", ".m4a": "audio/x-m4a"}


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did, or would do: names relative to the show's folder."""

    copied: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int
    waiting: tuple[str, ...]
    """No longer part of the show, removed when their time of grace is over."""


@dataclass(slots=True)
class _Record:
    """What is at the destination: hashes of files, and since when those are unwanted that are."""

    files: dict[str, str] = field(default_factory=dict)
    unwanted: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class _Show:
    """What there is to copy: name → (SHA-256, size).

    Attributes:
        files: All that the show has.
        stand_ins: The newest sound at the addresses that earlier ones had: where one has been copied to, no further.
        standing: Folders of the editions that stand.
        withdrawn: Those of withdrawn ones.
    """

    files: dict[str, tuple[str, int]] = field(default_factory=dict)
    stand_ins: dict[str, tuple[str, int]] = field(default_factory=dict)
    standing: set[str] = field(default_factory=set)
    withdrawn: set[str] = field(default_factory=set)

    def is_over(self, name: str) -> bool:
        """Tell whether a file that is no longer wanted may not even wait: withdrawn, or sound that was corrected."""
        folder, _, file = name.rpartition("/")
        is_sound = PurePath(file).suffix in SOUND_KINDS
        return folder in self.withdrawn or (folder in self.standing and is_sound and name not in self.stand_ins)


def sync(output: Path, destination: str, grace_days: float, *, dry_run: bool = False) -> Synced:
    """Bring `destination` to the state of the show in `output`, copying only what differs.

    Nothing is removed that an earlier sync has not put there. Files of a withdrawn edition go at once, others that
    the show no longer has after `grace_days`.

    Args:
        output: The show's folder.
        destination: A folder or an fsspec address. Credentials come from where ssh and S3 clients look for them.
        grace_days: See `PublishSettings.grace_days`.
        dry_run: Change nothing, and say what would be done.

    Raises:
        PublishError: The destination cannot be reached or written, or a manifest is damaged. What was copied so far
            harms nobody: run it again.
    """
    show = _inventory(output)
    with _foreign_errors(destination):
        store, root = _connect(destination)
        record = _read_record(store, root)
        there = _list(store, root)
        gone, waiting = _unwanted(record, show, grace_days)
        wanted = show.files | {name: show.stand_ins[name] for name in waiting if name in show.stand_ins}
        due = [
            name
            for name in sorted(wanted, key=_rank)
            if record.files.get(name) != wanted[name][0] or there.get(name) != wanted[name][1]
        ]
        if not dry_run:
            # Noted before it is copied: a sync that dies leaves nothing that the next one takes for done or foreign.
            record.files |= dict.fromkeys(due, UNDER_WAY)
            if due or waiting != record.unwanted:
                record.unwanted = waiting
                _write_record(store, root, record)
            saved = time.monotonic()
            for name in due:
                _check_whole(output / name, wanted[name][0])
                _copy(store, output / name, root, name, wanted[name][1])
                record.files[name] = wanted[name][0]
                if time.monotonic() - saved > _SAVE_EVERY_S:
                    _write_record(store, root, record)
                    saved = time.monotonic()
            for name in gone:
                _remove(store, root, name, there)
                record.files.pop(name, None)
            if due or gone:
                _write_record(store, root, record)
    return Synced(tuple(due), tuple(gone), len(wanted) - len(due), tuple(sorted(waiting)))


def _inventory(output: Path) -> _Show:
    """Return what there is to copy."""
    show = _Show()
    for folder in list_folders(output):
        place = name_in(output, folder)
        entry = load_entry(folder, place)
        (show.withdrawn if entry.withdrawn else show.standing).add(place)
        sounds = {file.sha256 for file in entry.sounds}
        for file in entry.files:
            if file.kind != SUPERSEDED:
                show.files[f"{place}/{file.name}"] = file.sha256, file.size
            elif file.sha256 in sounds:
                show.stand_ins[f"{place}/{file.name}"] = file.sha256, file.size
        for name in (MANIFEST, SCRIPT):  # an editor may have mended the script
            if (folder / name).is_file():
                show.files[f"{place}/{name}"] = _describe(folder / name)
    for path in output.iterdir():
        if _SHOW_FILES.fullmatch(path.name):
            show.files[path.name] = _describe(path)
    return show


def _describe(path: Path) -> tuple[str, int]:
    return hash_file(path), path.stat().st_size


def _check_whole(path: Path, sha256: str) -> None:
    """Refuse to publish a file that is not the one its edition was made with; a script may be mended by hand.

    Raises:
        PublishError: A byte of it has changed.
    """
    if hash_file(path) != sha256 or (path.name == SCRIPT and script_fault(path)):
        raise PublishError(
            f"{path} is damaged: it is not the file of the manifest", hint="make its article again, then publish"
        )


def _rank(name: str) -> tuple[int, str]:
    """Return where a name stands in the order of copying: what is named before what names it."""
    if name == FEED:
        return 9, name
    if "/" not in name:
        order = {"cover": 3, "feed": 4, "index": 5}  # pages of the feed before the feed, the index beside it
        return order.get(re.split(r"[-.]", name)[0], 6), name
    return (2 if name.endswith(("/index.html", f"/{MANIFEST}")) else 0 if name.endswith(".mp3") else 1), name


def _unwanted(record: _Record, show: _Show, grace_days: float) -> tuple[list[str], dict[str, float]]:
    """Return the files to be removed now, and those that wait with the time since when.

    The address of an earlier sound waits with the newest one at it. Where there is none (its format is no longer made)
    it goes at once: nothing that stands is heard uncorrected.
    """
    now = time.time()
    since = {name: record.unwanted.get(name, now) for name in record.files if name not in show.files}
    gone = [name for name, then in since.items() if now - then >= grace_days * 86_400 or show.is_over(name)]
    return sorted(gone), {name: then for name, then in since.items() if name not in gone}


def _connect(destination: str) -> tuple[Any, str]:
    """Return the file system and the folder in it.

    Host keys of SSH servers are checked against the user's known_hosts: the library would take any.
    """
    from fsspec.core import url_to_fs

    options: dict[str, Any] = {}
    if destination.startswith(("sftp://", "ssh://")):
        known = Path("~/.ssh/known_hosts").expanduser()
        if not known.is_file():
            raise PublishError(
                f"the host of {_mask(destination)} is not known", hint="connect to it once with ssh, and accept its key"
            )
        options["known_hosts"] = str(known)
    store, root = url_to_fs(destination, **options)
    store.use_listings_cache = False
    store.invalidate_cache()
    return store, root.rstrip("/")


def _mask(destination: str) -> str:
    """Return the address without a password."""
    return re.sub(r"(//[^/:@]*):[^/@]*@", r"\1:***@", destination)


@contextmanager
def _foreign_errors(destination: str) -> Iterator[None]:
    """Turn what the libraries behind fsspec raise into ours."""
    kinds: list[type[BaseException]] = [OSError, ValueError, ImportError]
    try:
        yield
    except PublishError:
        raise
    except BaseException as err:
        for module, name in (
            ("asyncssh", "Error"),
            ("botocore.exceptions", "BotoCoreError"),
            ("botocore.exceptions", "ClientError"),
        ):
            if module in sys.modules:
                kinds.append(getattr(sys.modules[module], name))
        if not isinstance(err, tuple(kinds)):
            raise
        hint = "the show there is whole: run it again when the destination answers"
        if isinstance(err, ImportError):
            hint = install_hint("publish")
        reason = str(err) or type(err).__name__
        raise PublishError(f"cannot publish to {_mask(destination)}: {reason}", hint=hint) from err


def _read_record(store: Any, root: str) -> _Record:
    path = f"{root}/{RECORD}"
    if not store.exists(path):
        return _Record()
    try:
        fields = json.loads(store.cat_file(path))
        return _Record(dict(fields["files"]), {name: float(then) for name, then in fields["unwanted"].items()})
    except (ValueError, KeyError, TypeError, AttributeError) as err:
        raise PublishError(
            f"{RECORD} at the destination is damaged", hint="remove it there: then everything is copied again"
        ) from err


def _write_record(store: Any, root: str, record: _Record) -> None:
    text = json.dumps({"files": record.files, "unwanted": record.unwanted}, sort_keys=True, indent=0)
    _place(store, f"{root}/{RECORD}", lambda path: store.pipe_file(path, text.encode()))


def _list(store: Any, root: str) -> Mapping[str, int]:
    """Return the files at the destination with their sizes."""
    if not store.exists(root):
        return {}
    found = store.find(root, detail=True)
    prefix = root.rstrip("/") + "/"
    return {path.removeprefix(prefix): int(info.get("size") or 0) for path, info in found.items()}


def _copy(store: Any, source: Path, root: str, name: str, size: int) -> None:
    """Copy one file, and see that it arrived.

    Raises:
        PublishError: It has another size than it should, here or there.
    """
    target = f"{root}/{name}"
    options = {}
    if _protocols(store) & {"s3", "s3a"}:
        kind = _TYPES.get(source.suffix) or mimetypes.guess_type(source.name)[0] or "application/octet-stream"
        if name == FEED:
            kind = "application/rss+xml"
        options["ContentType"] = kind
    _place(store, target, lambda path: store.put_file(str(source), path, **options))
    arrived = int(store.info(target)["size"])
    if arrived != size:
        raise PublishError(
            f"{name} has {size} bytes here and {arrived} at the destination",
            hint="run it again when nothing is being made",
        )


def _protocols(store: Any) -> set[str]:
    return {store.protocol} if isinstance(store.protocol, str) else set(store.protocol)


def _place(store: Any, target: str, write: Any) -> None:
    """Write a file so that a reader finds the old one or the new one."""
    if _protocols(store) & _STORES:
        write(target)
        return
    store.makedirs(posixpath.dirname(target), exist_ok=True)
    write(_beside(target))
    store.mv(_beside(target), target)


def _beside(path: str) -> str:
    """Return where a file grows: always the same name, so that what a dead sync left is written over or removed."""
    folder, name = posixpath.split(path)
    return posixpath.join(folder, f".{name}.part")


def _remove(store: Any, root: str, name: str, there: Mapping[str, int]) -> None:
    for path in (name, _beside(name)):
        if path in there:
            store.rm_file(f"{root}/{path}")
