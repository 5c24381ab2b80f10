"""Writing so that a reader sees the old or the new, at every instant and after every kind of death.

A file is written beside its place, synced and renamed over it. A folder is built under a hidden name and exchanged
with the one in place in a single system call (renameat2 on Linux, renamex_np on macOS). Where the file system cannot
exchange, the old folder steps aside first; `recover` puts it back if the process died between the two renames.
"""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
import shutil
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tts_news.errors import PublishError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DRAFT_PREFIX = ".draft-"
ASIDE_PREFIX = ".aside-"
_LOCK = ".lock"

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h; macOS calls it RENAME_SWAP and gives it the same number


def write_file(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that a reader finds the old file or the new one, whole.

    Raises:
        PublishError: It cannot be written; nothing is left behind.
    """
    beside = path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}.part")
    with disk_errors(path):
        try:
            with beside.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:  # Ctrl-C as well: a half-written file must not stay
            with suppress(OSError):
                beside.unlink()
            raise


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn an OSError about `path` into a PublishError that says what can be done.

    Raises:
        PublishError: For every OSError raised inside.
    """
    try:
        yield
    except OSError as err:
        reason = err.strerror or str(err)
        raise PublishError(f"cannot write {path}: {reason}", hint=_hint(err)) from err


def _hint(err: OSError) -> str:
    if err.errno in (errno.ENOSPC, errno.EDQUOT):
        return "free some space there, or choose another folder with --output"
    if err.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "choose a folder you may write to with --output"
    if err.errno in (errno.ENOTDIR, errno.EEXIST):
        return "there is a file where a folder is wanted: move it, or choose another folder with --output"
    return "choose another folder with --output"


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Hold the folder for one short step (opening a draft, swapping it in, writing the feed) against other processes.

    Raises:
        PublishError: The lock file cannot be made.
    """
    with disk_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _flock(descriptor, wait=True)
        yield
    finally:
        os.close(descriptor)


def hold(folder: Path) -> int:
    """Lock a draft folder for the life of this process; returns the descriptor that must stay open (-1: no locks)."""
    if sys.platform == "win32":
        return -1
    descriptor = os.open(folder, os.O_RDONLY)
    _flock(descriptor, wait=False)
    return descriptor


def _flock(descriptor: int, *, wait: bool) -> bool:
    """Take an exclusive lock; returns False when another process holds it and `wait` is off."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def sync_tree(folder: Path) -> None:
    """Bring every file of `folder` to the disk, so that a power cut after the swap cannot empty it."""
    for path in (*sorted(folder.rglob("*")), folder):
        if sys.platform == "win32" or path.is_symlink():
            continue
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
    """Finish what a dead process left in an output folder: put back what stepped aside, remove its drafts.

    The caller holds `lock_folder(folder)`. A draft that a living process works in is left alone.

    Raises:
        OSError: The folder cannot be read or mended.
    """
    for path in sorted(folder.glob(ASIDE_PREFIX + "*")):
        place = path.with_name(path.name.removeprefix(ASIDE_PREFIX))
        if place.exists():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.rename(place)
    for path in sorted(folder.glob(DRAFT_PREFIX + "*")):
        if _is_abandoned(path):
            shutil.rmtree(path, ignore_errors=True)


def _is_abandoned(draft: Path) -> bool:
    """Tell whether no living process holds the draft. Without locks (Windows) drafts are left to the user."""
    if sys.platform == "win32" or draft.is_symlink() or not draft.is_dir():
        return False
    descriptor = os.open(draft, os.O_RDONLY)
    try:
        return _flock(descriptor, wait=False)
    finally:
        os.close(descriptor)
