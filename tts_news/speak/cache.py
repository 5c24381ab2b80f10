"""Takes on disk, found by what was asked for: text, voice fingerprint, parameters.

A take file is `MAGIC`, the length of its header, a JSON header (rate, word times, checksum) and 16-bit samples. It is
written beside its place and renamed, so parallel runs share one cache, and checked on every read: a damaged file
counts as absent.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tts_news.errors import SpeakError
from tts_news.files import sweep, write_file
from tts_news.records import Take, Utterance, WordTime
from tts_news.speak.settings import SpeakSettings

MAGIC = b"ttsnews1"
_LENGTH = struct.Struct("<I")
_FULL_SCALE = 32767


def key_of(utterance: Utterance, fingerprint: str) -> str:
    """Return the cache key, 64 hex digits: SHA-256 of all that decides the sound; the cue's id does not."""
    parts = (utterance.text, utterance.language, utterance.speed, utterance.pitch, utterance.seed, fingerprint)
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def default_folder() -> Path:
    """Return the user's cache folder for takes."""
    import platformdirs

    return platformdirs.user_cache_path("tts-news") / "takes"


def open_cache(settings: SpeakSettings) -> TakeCache:
    """Return the cache the settings name."""
    return TakeCache(Path(settings.cache_dir).expanduser() if settings.cache_dir else default_folder())


@dataclass(frozen=True, slots=True)
class TakeCache:
    """A folder of takes."""

    folder: Path

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
        try:
            data = self.path(key).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as err:
            raise SpeakError(f"cannot read the take cache {self.folder}: {err.strerror}") from err
        return _decode(data)

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

    def prune(self, *, unused_since: float, keep_bytes: int) -> tuple[int, int]:
        """Delete what was last used before a time, then the longest unused until `keep_bytes` are left.

        Returns:
            How many takes went, and how many bytes.

        Raises:
            SpeakError: The cache folder cannot be written to.
        """
        newest_first = sorted(self.takes(), key=lambda take: -take[2])
        gone, kept, freed = 0, 0, 0
        try:
            for path, size, used in newest_first:
                if used >= unused_since and kept + size <= keep_bytes:
                    kept += size
                    continue
                path.unlink(missing_ok=True)
                gone, freed = gone + 1, freed + size
            for folder in self.folder.glob("[0-9a-f][0-9a-f]"):
                sweep(folder)
        except OSError as err:
            raise SpeakError(f"cannot prune the take cache {self.folder}: {err.strerror}") from err
        return gone, freed


def encode(take: Take) -> bytes:
    """Return a take as the bytes of a take file."""
    samples = np.round(take.samples * _FULL_SCALE).astype("<i2").tobytes()
    words = [(word.text, round(word.start_s, 4), round(word.end_s, 4)) for word in take.words]
    header = json.dumps(
        {"rate_hz": take.rate_hz, "words": words, "crc32": zlib.crc32(samples)}, ensure_ascii=False
    ).encode()
    return b"".join((MAGIC, _LENGTH.pack(len(header)), header, samples))


def _decode(data: bytes) -> Take | None:
    start = len(MAGIC) + _LENGTH.size
    if len(data) < start or not data.startswith(MAGIC):
        return None
    (length,) = _LENGTH.unpack_from(data, len(MAGIC))
    samples = memoryview(data)[start + length :]
    try:
        header = json.loads(data[start : start + length])
    except ValueError:  # JSON or UTF-8 damaged
        return None
    if len(samples) % 2 or not samples or header.get("crc32") != zlib.crc32(samples):
        return None
    words = tuple(WordTime(text, start_s, end_s) for text, start_s, end_s in header["words"])
    return Take(
        np.frombuffer(samples, "<i2").astype(np.float32) / np.float32(_FULL_SCALE), int(header["rate_hz"]), words
    )
