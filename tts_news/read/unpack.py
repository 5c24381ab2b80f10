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

    def finish(self) -> None:
        """Make sure that all has come: half a page is no page.

        Raises:
            ValueError: The data ends before it should.
        """


class _Plain:
    def feed(self, data: bytes, room: int) -> bytes:
        if len(data) > room:
            raise TooLargeError
        return data

    def finish(self) -> None:
        """Say nothing: without an encoding the length of the answer tells, and HTTP has counted it."""


class _Zlib:
    """gzip (all members of it, RFC 1952, 2.2) and deflate, with zlib's header or bare."""

    def __init__(self, *, gzip: bool) -> None:
        # 32 lets zlib tell gzip and zlib headers apart; servers that say deflate and send it bare get -15 below.
        self._unpack = zlib.decompressobj(32 + zlib.MAX_WBITS)
        self._gzip = gzip
        self._started = False

    def feed(self, data: bytes, room: int) -> bytes:
        parts: list[bytes] = []
        while data:
            if self._unpack.eof:
                if not self._gzip or not data.startswith(b"\x1f"):
                    break  # what stands behind the last member is padding
                self._unpack = zlib.decompressobj(32 + zlib.MAX_WBITS)
            parts.append(self._out(data, room + 1))
            room -= len(parts[-1])
            if room < 0:
                raise TooLargeError
            data = self._unpack.unused_data
        return b"".join(parts)

    def _out(self, data: bytes, most: int) -> bytes:
        try:
            out = self._unpack.decompress(data, most)
        except zlib.error as err:
            if self._started or self._gzip:
                raise ValueError(str(err)) from err
            self._unpack = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                out = self._unpack.decompress(data, most)
            except zlib.error as again:
                raise ValueError(str(again)) from again
        self._started = True
        return out

    def finish(self) -> None:
        if self._started and not self._unpack.eof:
            raise ValueError("it is cut off")


class _Brotli:
    def __init__(self) -> None:
        import brotli  # type: ignore[import-untyped]  # it has no stubs

        self._error = brotli.error
        self._unpack = brotli.Decompressor()
        self._started = False

    def feed(self, data: bytes, room: int) -> bytes:
        parts: list[bytes] = []
        self._started = self._started or bool(data)
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

    def finish(self) -> None:
        if self._started and not self._unpack.is_finished():
            raise ValueError("it is cut off")


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
