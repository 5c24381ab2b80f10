"""`/health` tells what is so: each thing that can be wrong, broken for real."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tts_news.config import load
from tts_news.server import health, queue_file
from tts_news.server.app import make_app
from tts_news.server.queue_file import STORE

VOICES = Path(__file__).parents[1] / "voices"
Look = Callable[[], tuple[int, dict[str, object]]]


@pytest.fixture
def look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Look]:
    """Asks a server for its health; every look is a fresh one."""
    monkeypatch.setattr(health, "_FRESH_S", -1.0)
    monkeypatch.setattr(queue_file, "BUSY_S", 0.05)
    flags = {"speak.voice": "tone", "speak.voices_dir": str(VOICES), "publish.output": str(tmp_path)}
    app = make_app(load(None, flags | {"serve.min_free_bytes": 1000}))
    loop = asyncio.new_event_loop()
    life = app.router.lifespan_context(app)
    loop.run_until_complete(life.__aenter__())

    async def asking() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as session:
            return await session.get("/health")

    def look_once() -> tuple[int, dict[str, object]]:
        answer = loop.run_until_complete(asking())
        return answer.status_code, answer.json()

    yield look_once
    loop.run_until_complete(life.__aexit__(None, None, None))
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


def until_said(look: Look, word: str) -> dict[str, object]:
    until = time.monotonic() + 60
    while True:
        code, facts = look()
        if word in str(facts["faults"]):
            assert (code, facts["ok"]) == (503, False)
            return facts
        assert time.monotonic() < until, facts
        time.sleep(0.05)


def until_well(look: Look) -> None:
    until = time.monotonic() + 60
    while look()[0] != 200:
        assert time.monotonic() < until, look()
        time.sleep(0.05)


def test_a_server_that_can_work_says_so(look: Look) -> None:
    code, facts = look()
    assert code == 200
    assert facts["ok"] is facts["job_thread"] is facts["job_store_writable"] is True
    assert facts["faults"] == []
    assert facts["last_error"] is None
    assert isinstance(facts["free_bytes"], int)


def test_a_full_disk_is_told(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    free = shutil.disk_usage("/")
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _: free._replace(free=999))
        assert until_said(look, "jobs wait")["free_bytes"] == 999
    until_well(look)


def test_a_store_that_cannot_be_written_is_told_and_what_kept_the_thread_stays_to_be_read(
    look: Look, tmp_path: Path
) -> None:
    look()
    (tmp_path / STORE).rename(tmp_path / "elsewhere")
    (tmp_path / STORE).mkdir()
    facts = until_said(look, "cannot be written")
    assert facts["job_store_writable"] is False
    assert until_said(look, "cannot go on")["last_error"]
    (tmp_path / STORE).rmdir()
    until_well(look)
    assert "RemovedError" in str(look()[1]["last_error"]) or "unable to open" in str(look()[1]["last_error"])


def test_a_lock_of_another_program_is_told(look: Look, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / STORE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert until_said(look, "locked")["jobs"] is not None
    finally:
        other.close()
    until_well(look)
