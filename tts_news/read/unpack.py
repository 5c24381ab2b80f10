"""Content encodings, unpacked in bounds: a few kilobytes of brotli can hold gigabytes of nothing."""

from __future__ import annotations

import zlib
from typing import Protocol

ACCEPTED = "gzip, deflate, br"
_STEP = 262_144


class TooLargeError(ValueError):
    """More came out than was allowed."""


class Unpacker(Protocol):
    """Turns the bytes of the wire into the bytes of the page, a piece at a time."""

    def feed(self, data: bytes, room: int) -> bytes:
        """Return what the data unpacks to.

        Raises:
            TooLargeError: It is more than `room` bytes.
            ValueError: The data is broken.
        """


class _Plain:
    def feed(self, data: bytes, room: int) -> bytes:
        if len(data) > room:
            raise TooLargeError
        return data


class _Zlib:
    def __init__(self, *, gzip: bool) -> None:
        # 32 lets zlib tell gzip and zlib headers apart; servers that say deflate and send it bare get -15 below.
        self._unpack = zlib.decompressobj(32 + zlib.MAX_WBITS)
        self._bare = not gzip
        self._started = False

    def feed(self, data: bytes, room: int) -> bytes:
        try:
            out = self._unpack.decompress(data, room + 1)
        except zlib.error as err:
            if self._started or not self._bare:
                raise ValueError(str(err)) from err
            self._unpack = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                out = self._unpack.decompress(data, room + 1)
            except zlib.error as again:
                raise ValueError(str(again)) from again
        self._started = True
        if len(out) > room:
            raise TooLargeError
        return out


class _Brotli:
    def __init__(self) -> None:
        import brotli  # type: ignore[import-untyped]  # it has no stubs

        self._error = brotli.error
        self._unpack = brotli.Decompressor()

    def feed(self, data: bytes, room: int) -> bytes:
        parts: list[bytes] = []
        try:
            part = self._unpack.process(data, output_buffer_limit=min(_STEP, room + 1))
            while True:
                parts.append(part)
                room -= len(part)
                if room < 0:
                    raise TooLargeError
                if self._unpack.can_accept_more_data() or self._unpack.is_finished():
                    return b"".join(parts)
                part = self._unpack.process(b"", output_buffer_limit=min(_STEP, room + 1))
        except self._error as err:
            raise ValueError(f"broken brotli: {err}") from err


def unpacker(encoding: str) -> Unpacker:
    """Return what unpacks a `Content-Encoding`.

    Raises:
        ValueError: An encoding that we did not ask for.
    """
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return _Plain()
    if name in ("gzip", "x-gzip"):
        return _Zlib(gzip=True)
    if name == "deflate":
        return _Zlib(gzip=False)
    if name == "br":
        return _Brotli()
    raise ValueError(f"content encoding {encoding!r} is not one of {ACCEPTED}")
