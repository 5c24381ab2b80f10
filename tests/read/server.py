"""A web server on loopback whose answers a test writes byte by byte; it keeps what it was asked."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Handler = Callable[["Request", Callable[[bytes], None]], None]


@dataclass
class Request:
    path: str
    headers: dict[str, str]


@dataclass
class Server:
    url: str
    requests: list[Request] = field(default_factory=list)


def answer(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    """Return a whole HTTP answer; header names with _ for -."""
    fields = {"Content-Length": str(len(body)), "Connection": "close"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


@contextlib.contextmanager
def serve(handler: Handler) -> Iterator[Server]:
    """Serve until the block ends; `handler` gets each request and a function that sends bytes."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)
    server = Server(f"http://127.0.0.1:{listener.getsockname()[1]}")
    stop = threading.Event()

    def one(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            data = b""
            while b"\r\n\r\n" not in data:
                if not (part := connection.recv(65536)):
                    return
                data += part
            first, *rest = data.split(b"\r\n\r\n", 1)[0].decode("latin-1").split("\r\n")
            headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in rest)}
            request = Request(first.split(" ")[1], headers)
            server.requests.append(request)
            handler(request, connection.sendall)

    def loop() -> None:
        while not stop.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _ = listener.accept()
                connection.settimeout(5)
                worker = threading.Thread(target=one, args=(connection,), daemon=True)
                worker.start()

    thread = threading.Thread(target=loop, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        stop.set()
        thread.join()
        listener.close()
