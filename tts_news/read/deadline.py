"""One clock for a whole page: a server that sends a byte a second never runs into a timeout of its own."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore


class Deadline:
    """When the page under way must be there, in seconds of `time.monotonic`."""

    def __init__(self) -> None:
        self.end_s = float("inf")

    def start(self, seconds: float) -> None:
        """Begin a page that may take this long."""
        self.end_s = time.monotonic() + seconds

    def left_s(self) -> float:
        """Return how many seconds are left, 0 when none are."""
        return max(0.0, self.end_s - time.monotonic())


class TimedBackend(httpcore.NetworkBackend):
    """Another backend whose connections all end at the deadline."""

    def __init__(self, backend: httpcore.NetworkBackend, deadline: Deadline) -> None:
        self._backend = backend
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection, see `httpcore.NetworkBackend`."""
        del timeout
        left_s = self._deadline.left_s()
        if not left_s:
            raise httpcore.ConnectTimeout("no time left")
        stream = self._backend.connect_tcp(host, port, left_s, local_address, socket_options)
        return _TimedStream(stream, self._deadline)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Return whatever the other backend does with sockets of this machine."""
        return self._backend.connect_unix_socket(path, timeout, socket_options)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self._backend.sleep(seconds)


class _TimedStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout
        left_s = self._deadline.left_s()
        if not left_s:
            raise httpcore.ReadTimeout("no time left")
        return self._stream.read(max_bytes, left_s)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        left_s = self._deadline.left_s()
        if not left_s:
            raise httpcore.WriteTimeout("no time left")
        self._stream.write(buffer, left_s)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        del timeout
        left_s = self._deadline.left_s()
        if not left_s:
            raise httpcore.ConnectTimeout("no time left")
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, left_s), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
