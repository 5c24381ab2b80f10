"""The access log: a line a request, in the combined format or as JSON. No query, key or cookie is written down.

A thread of its own writes: whoever reads the log slowly keeps no client waiting. Lines that find no place are counted,
and the next one that does says how many they were.
"""

from __future__ import annotations

import datetime as dt
import json
import queue
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, TextIO

from tts_news.errors import ConfigError
from tts_news.server.guard import App, Message, Receive, Scope, Send
from tts_news.server.settings import ServeSettings

_WAITING: Final = 10_000  # lines
_LONGEST: Final = 2000  # characters of a path or a name that a client gives itself


class AccessLog:
    """Where the lines go, and the thread that writes them."""

    def __init__(self, settings: ServeSettings) -> None:
        """Open it.

        Raises:
            ConfigError: The file cannot be written.
        """
        self.kind = settings.access_log
        self._lines: queue.Queue[str | None] = queue.Queue(_WAITING)
        self._lost = 0
        self._file = Path(settings.access_log_file) if settings.access_log_file else None
        self._out: TextIO = self._opened() if self.kind != "off" else sys.stderr
        self._thread = threading.Thread(target=self._write, name="access-log", daemon=True)

    def _opened(self) -> TextIO:
        if not self._file:
            return sys.stderr
        try:
            return self._file.open("a", encoding="utf-8", errors="backslashreplace")
        except OSError as err:
            raise ConfigError(f"[serve] access_log_file: cannot write {self._file}: {err.strerror}") from err

    def start(self) -> None:
        """Begin."""
        if self.kind != "off":
            self._thread.start()

    def stop(self) -> None:
        """Write what waits, and end."""
        if self._thread.is_alive():
            with suppress(queue.Full):
                self._lines.put(None, timeout=1)
            self._thread.join(timeout=2)
        if self._file and self.kind != "off":
            self._out.close()

    def add(self, facts: Mapping[str, Any]) -> None:
        """Write a line, soon."""
        line = json.dumps(facts, ensure_ascii=True) if self.kind == "json" else _combined(facts)
        if self._lost:
            line = f"{line}\n{_lost(self._lost, self.kind)}"
        try:
            self._lines.put_nowait(line)
            self._lost = 0
        except queue.Full:
            self._lost += 1

    def _write(self) -> None:
        while (line := self._lines.get()) is not None:
            with suppress(OSError, ValueError):  # a full disk, a reader that went away: serving goes on
                self._out.write(f"{line}\n")
                self._out.flush()


class Logged:
    """ASGI middleware: notes every request when it has been answered."""

    def __init__(self, app: App, log: AccessLog) -> None:
        self.app = app
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on one request, and note it."""
        if scope["type"] != "http" or self.log.kind == "off":
            await self.app(scope, receive, send)
            return
        status, sent, begun = 0, 0, time.monotonic()

        async def counting(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)
            sent += len(message.get("body", b""))

        head = _head(scope)  # before anything is answered: a mount changes the path
        try:
            await self.app(scope, receive, counting)
        finally:
            account = str(getattr(scope.get("account"), "name", "") or "")
            took_ms = round(1000 * (time.monotonic() - begun))
            self.log.add(head | {"account": account, "status": status, "bytes": sent, "ms": took_ms})


def _head(scope: Scope) -> dict[str, Any]:
    headers: Sequence[tuple[bytes, bytes]] = scope["headers"]
    named = dict(headers)
    return {
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"),
        "client": (scope.get("client") or ("-",))[0],
        "method": scope["method"],
        "path": _text(scope.get("raw_path") or scope["path"].encode()).partition("?")[0],
        "protocol": f"HTTP/{scope.get('http_version', '')}",
        # Where a link stood: its query is another site's business, and may hold what opens something.
        "referer": _text(named.get(b"referer", b"")).partition("?")[0].partition("#")[0],
        "agent": _text(named.get(b"user-agent", b"")),
    }


def _text(data: bytes) -> str:
    return data[:_LONGEST].decode("latin-1")


def _combined(facts: Mapping[str, Any]) -> str:
    """Return a line of the combined format, with the milliseconds it took behind it."""
    at = dt.datetime.fromisoformat(facts["at"]).strftime("%d/%b/%Y:%H:%M:%S %z")
    who = _plain(facts["account"]).replace(" ", "_") or "-"
    request = f"{_plain(facts['method'])} {_plain(facts['path'])} {facts['protocol']}"
    rest = f'"{_plain(facts["referer"]) or "-"}" "{_plain(facts["agent"]) or "-"}" {facts["ms"]}'
    return f'{_plain(facts["client"])} - {who} [{at}] "{request}" {facts["status"]} {facts["bytes"]} {rest}'


def _plain(text: str) -> str:
    r"""Return a text in which nothing can end its place: quotes, backslashes, controls and all but ASCII as \xHH."""
    return "".join(
        letter if letter.isascii() and letter.isprintable() and letter not in '"\\' else f"\\x{ord(letter):02x}"
        for letter in text
    )


def _lost(count: int, kind: str) -> str:
    return json.dumps({"lost": count}) if kind == "json" else f"# {count} lines were lost: the log was not taken"
