"""Files on the ground floor: written so that a reader sees the old or the new, at every instant and after every death.

A file is written beside its place, synced and renamed over it. A folder is built under a hidden name and exchanged
with the one in place in a single system call (renameat2 on Linux, renamex_np on macOS); where the file system cannot
exchange, the old folder steps aside first and `recover` puts it back if the process died between the two renames.
All of it raises OSError; `disk_errors` makes of it the error of the room.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import secrets
import shutil
import stat
import struct
import sys
import time
from contextlib import contextmanager, nullcontext, suppress
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tts_news.errors import TtsNewsError
from tts_news.patterns import lazy

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator
    from io import BufferedReader

DRAFTS = ".drafts"
"""Where folders are made that are going to stand beside it: what is begun there and given up is no change beside it."""
_OLD_DRAFT = ".draft-"  # how release 0.1 called them, beside the editions
ASIDE_PREFIX = ".aside-"
_PART = ".part"
_LOCK = ".lock"
_LONGEST_NAME = 255  # bytes, on every file system in use
_YOUNG_S = 60.0  # between making a part file and locking it a process may be put to sleep

# A key of fifty parts is no setting; tomllib takes quadratic time for them, a minute for 200 kB.
_DEEP_KEY = lazy(r"""(?<![\w"'-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){50}""")
# Lists in lists: whether tomllib runs out of frames at them depends on who has raised Python's limit before.
_DEEP_LIST = lazy(r"(?:[\[{]\s*+){100}")

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h; macOS calls it RENAME_SWAP and gives it the same number


@contextmanager
def disk_errors(path: Path, error: type[TtsNewsError], *, elsewhere: str = "") -> Iterator[None]:
    """Turn an OSError about `path` into an error of the room that says what can be done.

    Args:
        path: What is being written, for the message.
        error: The room's error.
        elsewhere: How the user chooses another place, e.g. "choose another folder with --output".

    Raises:
        TtsNewsError: `error`, for every OSError raised inside.
    """
    try:
        yield
    except OSError as err:
        raise error(f"cannot write {path}: {err.strerror or err}", hint=_hint(err, elsewhere)) from err


def _hint(err: OSError, elsewhere: str) -> str:
    if err.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"free some space there, or {elsewhere}" if elsewhere else "free some space there"
    if err.errno in (errno.ENOTDIR, errno.EEXIST) and elsewhere:
        return f"there is a file where a folder is wanted: move it, or {elsewhere}"
    return elsewhere


def check_writable(folder: Path) -> None:
    """Find out whether files can be written to a folder, or to where it would be made; leaves nothing behind.

    Raises:
        OSError: They cannot.
    """
    import tempfile

    # A link that leads nowhere, or to itself, is there: no folder can be made in its place.
    nearest = next(path for path in (folder, *folder.absolute().parents) if os.path.lexists(path))
    with unnoticed(nearest), tempfile.TemporaryFile(dir=nearest):
        pass


def name_fault(path: str | Path) -> str:
    """Return why no file system has such a path, "" when one may: asking it would end in an OSError or ValueError."""
    text = os.fspath(path)
    if "\0" in text:
        return "a NUL character in its name"
    if any(len(os.fsencode(part)) > _LONGEST_NAME for part in Path(text).parts):
        return f"a name of more than {_LONGEST_NAME} bytes"
    return ""


# ── one file ─────────────────────────────────────────────────────────────────────────────────────────────────────


def write_file(path: Path, data: bytes, *, sync: bool = True, noticed: bool = True) -> None:
    """Write `data` to `path` so that a reader finds the old file or the new one, whole; its mode stays.

    Args:
        path: Where; its folder is there already.
        data: What.
        sync: Whether it must outlive a power cut. Off for what can be made again and is checked when it is read.
        noticed: Whether the folder's time tells of it, see `unnoticed`.

    Raises:
        OSError: It cannot be written; nothing is left behind.
    """
    with beside(path, noticed=noticed) as part:
        with part.open("wb") as file:
            file.write(data)
            if sync and part != path:
                file.flush()
                os.fsync(file.fileno())
        with suppress(FileNotFoundError):
            part.chmod(path.stat().st_mode & 0o7777)


@contextmanager
def beside(path: Path, *, noticed: bool = True) -> Iterator[Path]:
    """Give an empty file beside `path` to write to, renamed over it at the end; a failure leaves nothing behind.

    Unless it is `noticed`, the folder's time stays as it is. A device or pipe, e.g. /dev/null, is given itself.
    The file is locked as long as this process lives, so that `sweep` knows what is left of the dead.

    Raises:
        OSError: It cannot be made or renamed.
    """
    if path.exists() and not path.is_file():  # a device or a pipe is written to, not replaced
        yield path
        return
    # 80 letters of up to two bytes and the rest stay below the 255 bytes a name may have.
    part = path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}{_PART}")
    quietly = nullcontext if noticed else partial(unnoticed, path.parent)
    with quietly():
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), 0o666)
    try:
        take_lock(descriptor, wait=False)
        yield part
        with quietly():
            part.replace(path)
    except BaseException:  # Ctrl-C as well: a half-written file must not stay
        with suppress(OSError):
            part.unlink()
        raise
    finally:
        os.close(descriptor)


@contextmanager
def unnoticed(folder: Path) -> Iterator[None]:
    """Leave a folder's time as it is through one short step of ours that changes nothing its time is asked about.

    Whoever knows what is in a folder may then go by its time: that another hand put something there, or took it away.
    Where the time cannot be set it tells too much, and never too little; only what happens within the step is lost.
    """
    try:
        before = folder.stat()
    except OSError:
        before = None
    try:
        yield
    finally:
        if before is not None:
            with suppress(OSError):
                os.utime(folder, ns=(before.st_atime_ns, before.st_mtime_ns))


def sweep(folder: Path) -> int:
    """Remove the part files of dead processes in a folder (not below it); returns how many. A live one's stay."""
    gone = 0
    for name in list_names(folder):
        if not (name.startswith(".") and name.endswith(_PART)):
            continue
        path = folder / name
        with suppress(OSError):  # another process may be faster
            if time.time() - path.lstat().st_mtime > _YOUNG_S and not is_held(path):
                path.unlink()
                gone += 1
    return gone


def list_names(folder: Path) -> list[str]:
    """Return the names in a folder in order, without a path for each: a show has ten thousand.

    Raises:
        OSError: It cannot be read.
    """
    return sorted(os.listdir(folder))  # noqa: PTH208


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file, 64 hex digits, reading it piece by piece.

    Raises:
        OSError: It cannot be read.
    """
    with open_file(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def open_file(path: Path) -> BufferedReader:
    """Open an ordinary file for reading. A pipe would be waited at for ever, a device may have no end.

    Raises:
        OSError: It cannot be opened, or is something else.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    raise OSError(errno.EINVAL, "a pipe or device, no file", str(path))


def read_file(path: Path, most_bytes: int) -> bytes:
    """Return the bytes of an ordinary file.

    Raises:
        OSError: It cannot be read, or is a pipe or device.
        ValueError: It has more bytes than that.
    """
    with open_file(path) as file:
        data = file.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise ValueError(f"more than {most_bytes} bytes")
    return data


def wav_head(rate_hz: int) -> bytes:
    """Return what stands before 16-bit mono samples that are streamed: a WAV whose length nobody knows yet.

    Both lengths are the largest there are, as ffmpeg writes them into a pipe; players read to the end.
    """
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate_hz, 2 * rate_hz, 2, 16)
    return struct.pack("<4sI4s", b"RIFF", 0xFFFFFFFF, b"WAVE") + form + struct.pack("<4sI", b"data", 0xFFFFFFFF)


def stamp(path: Path) -> tuple[int, int, int] | None:
    """Return what tells one state of a file from another (time, size, inode), None where there is none.

    What is made of a file may be kept as long as its stamp is the same.
    """
    try:
        facts = path.stat()
    except (OSError, ValueError):
        return None
    return facts.st_mtime_ns, facts.st_size, facts.st_ino


def read_toml(path: Path, most_bytes: int = 1_000_000) -> dict[str, Any]:
    """Return a TOML file's table. It may be a stranger's: its size is bounded, and so is how deep it is nested.

    Raises:
        OSError: It cannot be read.
        ValueError: It is too large, no UTF-8 or no TOML; one line.
    """
    return parse_toml(read_file(path, most_bytes).decode("utf-8"))


def parse_toml(text: str) -> dict[str, Any]:
    """Return a TOML text's table.

    Raises:
        ValueError: It is no TOML, or nested too deeply; one line.
    """
    import tomllib

    if _DEEP_KEY.search(text) or _DEEP_LIST.search(text):
        raise ValueError("nested too deeply")
    try:
        return tomllib.loads(text)
    except RecursionError as err:
        raise ValueError("nested too deeply") from err


def open_database(path: Path | str, *, busy_s: float) -> sqlite3.Connection:
    """Return a connection to a SQLite database that any thread may use and whose every error is SQLite's.

    What SQLite quotes of a damaged file may be no UTF-8, and Python's own error of that would be nobody's.

    Args:
        path: The file.
        busy_s: How long another program's lock is waited for.

    Raises:
        sqlite3.Error: It cannot be opened.
    """
    import sqlite3

    return sqlite3.connect(path, busy_s, isolation_level=None, check_same_thread=False, factory=_database_class())


@contextmanager
def transaction(base: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Make one change of all that is done to a database of `open_database`: it is kept whole, or none of it is.

    Raises:
        sqlite3.Error: Another program held the database too long, or it takes no change now.
    """
    base.execute("BEGIN IMMEDIATE")
    try:
        yield base
        base.execute("COMMIT")
    finally:
        if base.in_transaction:  # a full disk has rolled it back already
            base.execute("ROLLBACK")


@cache
def _database_class() -> type[sqlite3.Connection]:
    import sqlite3

    def guarded(order: Callable[..., sqlite3.Cursor]) -> Callable[..., sqlite3.Cursor]:
        def ask(*asked: object) -> sqlite3.Cursor:
            try:
                return order(*asked)
            except UnicodeDecodeError as err:
                raise sqlite3.DatabaseError("its tables are described in no text") from err

        return ask

    names = ("execute", "executemany", "executescript")
    return type("Database", (sqlite3.Connection,), {name: guarded(getattr(sqlite3.Connection, name)) for name in names})


# ── locks ────────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def lock_folder(folder: Path, name: str = _LOCK) -> Iterator[None]:
    """Hold a folder for one step against other processes that ask by this name; it is made if it is not there.

    Raises:
        OSError: The lock file cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = open_lock(folder / name)
    try:
        take_lock(descriptor, wait=True)
        yield
    finally:
        os.close(descriptor)


def open_lock(path: Path) -> int:
    """Return the descriptor of a lock file, made if it is not there: for `take_lock`.

    Raises:
        OSError: It cannot be made, or is a link, which would have us make a file wherever it leads.
    """
    return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)


def hold(path: Path) -> int:
    """Lock a file or folder for the life of this process; returns the descriptor that must stay open (-1: no locks).

    Raises:
        OSError: It cannot be opened.
    """
    if sys.platform == "win32":
        return -1
    descriptor = os.open(path, os.O_RDONLY)
    take_lock(descriptor, wait=False)
    return descriptor


def is_held(path: Path) -> bool:
    """Return whether a living process holds the file or folder. Without locks (Windows) everything is held.

    Raises:
        OSError: It cannot be opened.
    """
    if sys.platform == "win32":
        return True
    # Without O_NONBLOCK a named pipe of that name would be waited at for ever.
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        return not take_lock(descriptor, wait=False)
    finally:
        os.close(descriptor)


def take_lock(descriptor: int, *, wait: bool) -> bool:
    """Take an exclusive lock until the descriptor is closed; False when another holds it and `wait` is off."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


# ── whole folders ────────────────────────────────────────────────────────────────────────────────────────────────


def sync_tree(folder: Path) -> None:
    """Bring every file of `folder` to the disk, so that a power cut after the swap cannot empty it.

    Raises:
        OSError: The disk refuses.
    """
    for path in (*sorted(folder.rglob("*")), folder):
        if not path.is_symlink():
            sync_path(path)


def sync_path(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk.

    Raises:
        OSError: The disk refuses.
    """
    if sys.platform == "win32":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def swap_in(draft: Path, place: Path) -> None:
    """Put the folder `draft` at `place`, whether or not a folder stands there; the old one is removed afterwards.

    The caller holds `lock_folder` of their common parent.

    Raises:
        OSError: The folder cannot be moved; `place` is as it was.
    """
    if not place.exists():
        draft.rename(place)
        return
    if _exchange(draft, place):
        shutil.rmtree(draft, ignore_errors=True)
        return
    aside = place.with_name(ASIDE_PREFIX + place.name)
    place.rename(aside)
    try:
        draft.rename(place)
    except OSError:
        aside.rename(place)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system or the file system has no such call."""
    if sys.platform == "win32":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if hasattr(libc, "renameat2"):
        failed = libc.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE)
    elif hasattr(libc, "renamex_np"):
        failed = libc.renamex_np(first, second, _RENAME_EXCHANGE)
    else:
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP):
        return False
    raise OSError(code, os.strerror(code), str(other))


def recover(folder: Path) -> None:
    """Finish what dead processes left in a folder: put back what stepped aside, remove their drafts and part files.

    The caller holds `lock_folder(folder)`. What a living process works in is left alone.

    Raises:
        OSError: The folder cannot be read or mended.
    """
    hidden = [folder / name for name in list_names(folder) if name.startswith(".")]
    for path in (path for path in hidden if path.name.startswith(ASIDE_PREFIX)):
        place = path.with_name(path.name.removeprefix(ASIDE_PREFIX))
        if place.exists():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.rename(place)
    _remove_dead(path for path in hidden if path.name.startswith(_OLD_DRAFT))
    remove_drafts(folder)
    sweep(folder)


def new_draft(folder: Path, name: str) -> Path:
    """Make a folder in which one is made that is going to stand in `folder`; the caller holds it.

    Raises:
        OSError: It cannot be made.
    """
    draft = folder / DRAFTS / name
    with unnoticed(folder):
        _unlink(draft.parent)
        try:
            draft.mkdir(parents=True)
        except FileNotFoundError:  # another's last draft was removed between the two steps
            draft.mkdir(parents=True)
    return draft


def remove_draft(draft: Path) -> None:
    """Remove a draft, and the folder of drafts with the last of them; what cannot be removed is left to `recover`."""
    shutil.rmtree(draft, ignore_errors=True)
    _end_drafts(draft.parent)


def remove_drafts(folder: Path) -> None:
    """Remove the drafts of dead processes: all that one leaves in a folder that is killed while it makes something.

    The caller holds `lock_folder(folder)`.

    Raises:
        OSError: They cannot be read.
    """
    drafts = folder / DRAFTS
    with suppress(FileNotFoundError):
        _unlink(drafts)
        _remove_dead(drafts / name for name in list_names(drafts))
        _end_drafts(drafts)


def _unlink(drafts: Path) -> None:
    """Remove a link in the place of the drafts: what it leads to is another's, and nothing is made or removed there."""
    if drafts.is_symlink():
        drafts.unlink()


def _remove_dead(drafts: Iterable[Path]) -> None:
    for path in drafts:
        if not path.is_symlink() and path.is_dir() and not is_held(path):
            shutil.rmtree(path, ignore_errors=True)


def _end_drafts(drafts: Path) -> None:
    """Remove the folder of drafts if it is empty."""
    with suppress(OSError), unnoticed(drafts.parent):
        drafts.rmdir()
