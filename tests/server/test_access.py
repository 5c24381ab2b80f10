"""The access log: one line a request, and nothing in it that a client could make two of, or that opens anything."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tts_news.config import load
from tts_news.errors import ConfigError
from tts_news.server import access
from tts_news.server.access import AccessLog, Logged
from tts_news.server.app import make_app
from tts_news.server.settings import ServeSettings

Lines = Callable[..., list[str]]


@pytest.fixture
def lines(tmp_path: Path) -> Lines:
    """Asks an application something and returns what its log says of it."""

    def ask(*asked: tuple[str, str, dict[str, str]], **settings: object) -> list[str]:
        file = tmp_path / "access.log"
        flags = {"publish.output": str(tmp_path / "out"), "serve.access_log_file": str(file)}
        app = make_app(load(None, flags | {f"serve.{name}": value for name, value in settings.items()}, {}))
        log = next(one.kwargs["log"] for one in app.user_middleware if one.cls is Logged)

        async def asking() -> None:
            transport = httpx.ASGITransport(app, client=("192.0.2.7", 1))
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as session:
                for method, path, headers in asked:
                    await session.request(method, path, headers=headers)

        log.start()
        asyncio.run(asking())
        log.stop()
        return file.read_text().splitlines() if file.exists() else []

    return ask


COMBINED = re.compile(
    r'192\.0\.2\.7 - (\S+) \[\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d \+0000\] "(\S+) (\S*) HTTP/1\.1" (\d{3}) (\d+)'
    r' "([^"]*)" "([^"]*)" \d+'
)


def test_a_line_has_who_what_and_how_it_ended_and_no_secret(lines: Lines) -> None:
    secret = {"authorization": "Bearer geheim", "cookie": "s=geheim", "referer": "https://a.example/x?token=geheim#y"}
    (line,) = lines(("GET", "/v1/models?key=geheim", secret), keys=("site:reader:geheim",))
    found = COMBINED.fullmatch(line)
    assert found, line
    who, method, path, status, size, referer, _ = found.groups()
    assert (who, method, path, status, referer) == ("key:site", "GET", "/v1/models", "200", "https://a.example/x")
    assert int(size) > 100
    assert "geheim" not in line


def test_who_is_refused_is_logged_too(lines: Lines) -> None:
    found = lines(
        ("GET", "/v1/models", {}), ("GET", "/nothing", {}), ("GET", "/v1/models", {"host": "a.example"}), keys=("k",)
    )
    assert [COMBINED.fullmatch(line)[4] for line in found] == ["401", "404", "421"]  # type: ignore[index]


@pytest.mark.parametrize("kind", ["combined", "json"])
@pytest.mark.parametrize(
    ("path", "agent"),
    [
        ('/a"%0a192.0.2.9 - - "', 'x" 200 "y'),
        ("/خبر", "\\"),
        ("/%0d%0a%1b[31m", "\x1b[31m"),
        ("/" + "a" * 9000, "b" * 9000),
    ],
)
def test_what_a_client_sends_stays_in_its_place(lines: Lines, kind: str, path: str, agent: str) -> None:
    (line,) = lines(("GET", path, {"user-agent": agent}), access_log=kind)
    assert line.isascii()
    assert line.isprintable()
    assert len(line) < 6000
    if kind == "json":
        facts = json.loads(line)
        assert facts["agent"] == agent[:2000]
        assert (facts["status"], facts["client"], facts["account"]) == (404, "192.0.2.7", "")
    else:
        assert COMBINED.fullmatch(line), line
        assert len(shlex.split(line)) == 11


def test_it_can_be_off(lines: Lines) -> None:
    assert lines(("GET", "/health", {}), access_log="off") == []


def test_a_log_that_nobody_takes_is_counted_and_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "_WAITING", 2)
    file = tmp_path / "log"
    log = AccessLog(ServeSettings(access_log="json", access_log_file=str(file)))
    facts: dict[str, Any] = {"status": 200}
    for _ in range(5):
        log.add(facts)
    log.start()
    while not log._lines.empty():
        time.sleep(0.01)
    log.add(facts)
    log.stop()
    assert [json.loads(line) for line in file.read_text().splitlines()] == [facts, facts, facts, {"lost": 3}]


def test_a_file_that_cannot_be_written_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="access_log_file"):
        AccessLog(ServeSettings(access_log_file=str(tmp_path)))
