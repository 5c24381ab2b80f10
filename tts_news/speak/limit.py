"""Keeps the take cache within `[speak] cache_max_gb`, and everything in it that an edition in the making needs.

Who needs takes holds a file in `.holds` for as long as that lasts, from before it looks the first one up: whatever was
used since the oldest of them was made stays. How many bytes there are is kept in a file and counted on, so that the
cache is walked through only when there are too many, and then pruned to a tenth below the limit; and when nobody
knows: after a run that was killed, which may have made takes that it did not count.
"""

from __future__ import annotations

import contextlib
import json
import logging
import math
import os
import weakref
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

from tts_news.errors import SpeakError
from tts_news.files import disk_errors, hold, is_held, lock_folder, write_file
from tts_news.speak.cache import Pruned, TakeCache

_LOG = logging.getLogger(__name__)
_HOLDS = ".holds"
_SIZE = ".size.json"
_SPARE = 10  # the part of the limit that is pruned at once, one in so many
_SLACK_S = 2.0  # what file systems round times to
GIGABYTE = 1_000_000_000


class Hold:
    """Keeps every take that is used from now on, as long as it is there and its process lives."""

    __slots__ = ("__weakref__",)

    def __init__(self, cache: TakeCache) -> None:
        """Args: the cache; one that cannot be written is held by nobody, and pruned by nobody here."""
        with contextlib.suppress(OSError):
            holds = cache.folder / _HOLDS
            path = holds / uuid4().hex
            with lock_folder(cache.folder):  # nobody prunes between two looks at who needs something
                holds.mkdir(exist_ok=True)
                path.touch()
                descriptor = hold(path)
            weakref.finalize(self, _let_go, path, descriptor)


def _let_go(path: Path, descriptor: int) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
    if descriptor >= 0:
        os.close(descriptor)


def keep_within(cache: TakeCache, max_gb: float, made: Iterable[str]) -> None:
    """Delete the takes unused for longest where there are more than a limit allows; takes of some keys are new.

    What cannot be deleted is a warning, and no edition fails of it.
    """
    limit = int(max_gb * GIGABYTE)
    try:
        with lock_folder(cache.folder):
            size = cache.folder / _SIZE
            if not limit:  # nobody counts: a later limit begins by counting
                size.unlink(missing_ok=True)
                return
            needed_since, some_died = _needed_since(cache)
            total, allowed = (None, limit) if some_died else _counted(size, limit)
            if total is not None:
                total += sum(_size_of(cache.path(key)) for key in made)
            if total is None or total > allowed:
                keep = limit if total is None else limit - limit // _SPARE
                total = cache.prune(unused_since=0, keep_bytes=keep, needed_since=needed_since).left
                # What editions in the making need may be more than the limit: no walk for each of them.
                allowed = limit if total <= limit else total + limit // _SPARE
            write_file(size, json.dumps({"bytes": total, "allowed": allowed}).encode(), sync=False)
    except (OSError, SpeakError) as err:
        _LOG.warning("the take cache %s cannot be kept within %s GB: %s", cache.folder, max_gb, err)


def prune(cache: TakeCache, *, unused_since: float, keep_bytes: int) -> Pruned:
    """See `TakeCache.prune`; what an edition in the making needs stays.

    Raises:
        SpeakError: The cache folder cannot be written to.
    """
    with disk_errors(cache.folder, SpeakError), lock_folder(cache.folder):
        needed_since, _ = _needed_since(cache)
        done = cache.prune(unused_since=unused_since, keep_bytes=keep_bytes, needed_since=needed_since)
        (cache.folder / _SIZE).unlink(missing_ok=True)
    return done


def _needed_since(cache: TakeCache) -> tuple[float, bool]:
    """Return since when takes are needed that were used (seconds since the epoch), and whether a run was killed."""
    since, some_died = math.inf, False
    for path in (cache.folder / _HOLDS).glob("[0-9a-f]*"):
        with contextlib.suppress(FileNotFoundError):  # it has just been let go
            if is_held(path):
                since = min(since, path.stat().st_mtime - _SLACK_S)
            else:
                path.unlink()
                some_died = True
    return since, some_died


def _counted(size: Path, limit: int) -> tuple[int | None, int]:
    """Return how many bytes there are, None where nobody knows, and how many there may be before it is pruned."""
    try:
        facts = json.loads(size.read_bytes())
        return int(facts["bytes"]), max(limit, int(facts["allowed"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None, limit


def _size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # in the reserve, or pruned by hand
        return 0
