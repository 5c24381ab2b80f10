"""A small HTTP server on loopback whose answers a test scripts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


def plain(status: int, body: bytes, kind: str = "application/octet-stream") -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer


def ranged(body: bytes, break_after: int = 0) -> Answer:
    """Answer with byte ranges; `break_after` bytes the first connection breaks."""
    broken = [bool(break_after)]

    def answer(request: BaseHTTPRequestHandler) -> None:
        start = int(request.headers.get("Range", "bytes=0-")[6:].rstrip("-"))
        if start >= len(body):
            request.send_response(416)
            request.send_header("Content-Length", "0")
            request.end_headers()
            return
        request.send_response(206 if "Range" in request.headers else 200)
        request.send_header("Content-Length", str(len(body) - start))
        request.end_headers()
        if broken[0]:
            broken[0] = False
            request.wfile.write(body[start : start + break_after])
            request.close_connection = True
        else:
            request.wfile.write(body[start:])

    return answer


@contextmanager
def serve(answer: Answer) -> Iterator[tuple[str, list[str]]]:
    """Serve every request with `answer`; yields the base URL and the requests seen, method and path with range."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            seen.append(f"{self.command} {self.path} {self.headers.get('Range', '')}".rstrip())
            self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer(self)

        do_GET = do_POST = _serve  # noqa: N815 - the names the base class calls

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
