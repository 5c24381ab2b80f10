"""What was worked out of files once, read back as long as they are as they were. It lies in the user's cache.

Nothing depends on it: where it cannot be written, or what is there is damaged or of another version, it is worked out
anew, which takes its time and changes no result.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from tts_news import __version__
from tts_news.files import stamp, sweep, write_file

_KEY = 32  # bytes of a SHA-256
_SUM = 4  # bytes of a CRC-32: a damaged file is to be noticed, and the sum is taken at every start
_MOST = 100
"""So many are kept, the newest: a model has one, a folder of voices has one."""


def derived(kind: str, sources: Sequence[Path], make: Callable[[], bytes], *facts: object) -> bytes:
    """Return what `make` makes of some files, without making it while they are in the state they were in.

    Args:
        kind: What it is, a word.
        sources: The files, which have to be there or not as they were, and of the same time, size and inode. The first
            names it: for others after it nothing else is kept beside.
        make: Makes it.
        facts: What else it depends on: a library's version, say. Each is told from others by its `repr`.
    """
    found = recall(kind, sources, *facts)
    if found is None:
        found = make()
        remember(kind, sources, found, *facts)
    return found


def recall(kind: str, sources: Sequence[Path], *facts: object) -> bytes | None:
    """Return what was kept of some files in the state they are in; None when there is nothing, or it is damaged."""
    return _read(_place(kind, sources[0]), _key(sources, facts))


def remember(kind: str, sources: Sequence[Path], made: bytes, *facts: object) -> None:
    """Keep what was made of some files in the state they are in, in place of what was kept of them before."""
    place = _place(kind, sources[0])
    with suppress(OSError):  # a full disk, a folder of somebody else's
        place.parent.mkdir(parents=True, exist_ok=True)
        write_file(place, _key(sources, facts) + _sum(made) + made, sync=False)
        _prune(place.parent)


def derived_file(kind: str, sources: Sequence[Path], make: Callable[[str], bytes], *facts: object) -> Path | None:
    """Return the file that `make` makes of some files; None where it cannot be kept.

    Its name tells their state, so what stands under a name is never another: who has it open, or mapped into memory,
    may read on. No sum is taken of what is in it. It outlives a power cut whole or not at all.

    Args:
        kind: As of `derived`.
        sources: As of `derived`.
        make: Makes its bytes, given its name.
        facts: As of `derived`.
    """
    named = _place(kind, sources[0])
    place = named.with_name(f"{named.name}-{_key(sources, facts).hex()[:24]}")
    if not place.is_file():
        made = make(place.name)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            write_file(place, made)
            for old in place.parent.glob(f"{named.name}*"):
                if old != place:
                    old.unlink(missing_ok=True)
            _prune(place.parent)
        except OSError:
            return place if place.is_file() else None
    return place


def _place(kind: str, source: Path) -> Path:
    return _folder() / f"{kind}-{_digest(os.fsencode(source)).hex()[:24]}"


def _key(sources: Sequence[Path], facts: Sequence[object]) -> bytes:
    states = [(os.fsencode(path), stamp(path)) for path in sources]
    return _digest(repr((__version__, states, tuple(facts))).encode())


def _read(place: Path, key: bytes) -> bytes | None:
    """Return what was kept under a key; None when there is nothing, another state's, or it is damaged."""
    try:
        with place.open("rb") as file:
            if file.read(_KEY) != key:
                return None
            told, data = file.read(_SUM), file.read()
    except OSError:
        return None
    return data if _sum(data) == told else None


def _prune(folder: Path) -> None:
    """Remove all but the newest, and what dead processes left half-written."""
    sweep(folder)
    kept = sorted((path for path in folder.iterdir() if path.is_file()), key=lambda path: path.stat().st_mtime_ns)
    for path in kept[:-_MOST]:
        path.unlink(missing_ok=True)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _sum(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(_SUM, "big")


def _folder() -> Path:
    import platformdirs

    return platformdirs.user_cache_path("tts-news") / "derived"


@cache
def machine() -> str:
    """Return the kind of processor, for what is not the same on another."""
    return os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_ARCHITECTURE", "")
