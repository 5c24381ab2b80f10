"""Takes on disk, found by what was asked for: text, voice fingerprint, parameters.

A take file is `MAGIC`, the checksum of all that follows it, the length of the header, a JSON header (rate, word times)
and 16-bit samples. It is written beside its place and renamed, so parallel runs share one cache, and checked on every
read: a damaged file counts as absent and is spoken again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tts_news.errors import SpeakError
from tts_news.files import disk_errors, sweep, write_file
from tts_news.frozen import dataclass
from tts_news.sound import Take, Utterance, WordTime
from tts_news.speak.settings import SpeakSettings

MAGIC = b"ttsnews2"
_WORD = struct.Struct("<I")
_FULL_SCALE = 32767


def key_of(utterance: Utterance, fingerprint: str) -> str:
    """Return the cache key, 64 hex digits: SHA-256 of all that decides the sound; the cue's id does not."""
    parts = [utterance.text, utterance.language, utterance.speed, utterance.pitch, utterance.seed, fingerprint]
    if utterance.style:
        parts.append(utterance.style)
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def default_folder() -> Path:
    """Return the user's cache folder for takes."""
    import platformdirs

    return platformdirs.user_cache_path("tts-news") / "takes"


def open_cache(settings: SpeakSettings) -> TakeCache:
    """Return the cache the settings name."""
    return TakeCache(Path(settings.cache_dir).expanduser() if settings.cache_dir else default_folder())


class Pruned(NamedTuple):
    """What pruning did: how many takes went, how many bytes, and how many bytes are left."""

    gone: int
    freed: int
    left: int


@dataclass(frozen=True, slots=True)
class TakeCache:
    """A folder of takes; `reserve` is another one that is read, and not written, where this one holds nothing."""

    folder: Path
    reserve: Path | None = None

    def path(self, key: str) -> Path:
        """Return where the take of a key lies, whether it is there or not."""
        return self.folder / key[:2] / f"{key}.take"

    def has(self, key: str) -> bool:
        """Return whether there is a whole take of that key, and note that it is still in use."""
        if self.read(key) is None:
            return False
        with contextlib.suppress(OSError):  # a cache that only others may write to is still good to read
            os.utime(self.path(key))
        return True

    def read(self, key: str) -> Take | None:
        """Return the take of a key, or None when there is none that is whole."""
        for path in self._paths(key):
            with contextlib.suppress(OSError):  # what cannot be read is made again
                if take := _decode(path.read_bytes()):
                    return take
        return None

    def _paths(self, key: str) -> Iterator[Path]:
        yield self.path(key)
        if self.reserve:
            yield TakeCache(self.reserve).path(key)

    def is_writable(self) -> bool:
        """Return whether a take can be put into the cache."""
        probe = self.folder / f".{os.getpid()}.probe"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_file(probe, b"1", sync=False)
            probe.unlink()
        except OSError:
            return False
        return True

    def write(self, key: str, take: Take) -> None:
        """Put a take into the cache in one step.

        Raises:
            SpeakError: The cache folder cannot be written to.
        """
        self.write_encoded(key, encode(take))

    def write_encoded(self, key: str, data: bytes) -> None:
        """Put a take that `encode` has made, here or on another machine, into the cache in one step.

        Raises:
            SpeakError: The cache folder cannot be written to.
        """
        path = self.path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, data, sync=False)
        except OSError as err:
            raise SpeakError(
                f"cannot write to the take cache {self.folder}: {err.strerror}",
                hint="free some space, or set [speak] cache_dir",
            ) from err

    def takes(self) -> Iterator[tuple[Path, int, float]]:
        """Yield path, size in bytes and time of last use (seconds since the epoch) of every take."""
        for path in self.folder.glob("[0-9a-f][0-9a-f]/*.take"):
            with contextlib.suppress(FileNotFoundError):  # another run may be pruning
                state = path.stat()
                yield path, state.st_size, state.st_mtime

    def verify(self) -> Iterator[tuple[Path, bool]]:
        """Yield path and wholeness of every take; a damaged one is deleted, so that it is spoken again.

        Raises:
            SpeakError: A damaged take cannot be deleted.
        """
        for path, _, _ in self.takes():
            with contextlib.suppress(FileNotFoundError):  # another run may be pruning
                whole = _decode(path.read_bytes()) is not None
                if not whole:
                    with disk_errors(path, SpeakError):
                        path.unlink()
                yield path, whole

    def prune(self, *, unused_since: float, keep_bytes: int, needed_since: float = math.inf) -> Pruned:
        """Delete what was last used before a time, then the longest unused until `keep_bytes` are left.

        Args:
            unused_since: Seconds since the epoch.
            keep_bytes: See above.
            needed_since: What was used since then stays in any case.

        Raises:
            SpeakError: The cache folder cannot be written to.
        """
        newest_first = sorted(self.takes(), key=lambda take: -take[2])
        gone, kept, freed = 0, 0, 0
        try:
            for path, size, used in newest_first:
                if used >= needed_since or (used >= unused_since and kept + size <= keep_bytes):
                    kept += size
                    continue
                path.unlink(missing_ok=True)
                gone, freed = gone + 1, freed + size
            for folder in self.folder.glob("[0-9a-f][0-9a-f]"):
                sweep(folder)
        except OSError as err:
            raise SpeakError(f"cannot prune the take cache {self.folder}: {err.strerror}") from err
        return Pruned(gone, freed, kept)


def encode(take: Take) -> bytes:
    """Return a take as the bytes of a take file."""
    samples = np.round(take.samples * _FULL_SCALE).astype("<i2").tobytes()
    words = [(word.text, round(word.start_s, 4), round(word.end_s, 4)) for word in take.words]
    facts = {"rate_hz": take.rate_hz, "words": words} | ({"aligned": True} if take.aligned else {})
    header = json.dumps(facts, ensure_ascii=False).encode()
    rest = b"".join((_WORD.pack(len(header)), header, samples))
    return b"".join((MAGIC, _WORD.pack(zlib.crc32(rest)), rest))


def _decode(data: bytes) -> Take | None:
    start = len(MAGIC) + 2 * _WORD.size
    if len(data) < start or not data.startswith(MAGIC):
        return None
    rest = memoryview(data)[len(MAGIC) + _WORD.size :]
    if _WORD.unpack_from(data, len(MAGIC))[0] != zlib.crc32(rest):
        return None
    (length,) = _WORD.unpack_from(rest)
    samples = rest[_WORD.size + length :]
    try:  # a checksum of 32 bits is not proof against chance: the bytes ff ff ff ff are their own
        header = json.loads(data[start : start + length])
        words = tuple(WordTime(text, start_s, end_s) for text, start_s, end_s in header["words"])
        sound = np.frombuffer(samples, "<i2").astype(np.float32) / np.float32(_FULL_SCALE)
        return Take(sound, int(header["rate_hz"]), words, bool(header.get("aligned", False)))
    except (ValueError, KeyError, TypeError):
        return None
