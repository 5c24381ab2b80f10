"""A server of our own on loopback, started as a user starts it, with the tone voice."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from databases import databases_closed
from ports import free_port
from server.running import Running, Serve

TESTS = Path(__file__).parents[1]


def _starter(folder: Path, started: list[Running]) -> Serve:
    def start(**variables: str) -> Running:
        port = free_port()
        environment = os.environ | {
            "TTS_NEWS_SPEAK_VOICE": "tone",
            "TTS_NEWS_SPEAK_VOICES_DIR": str(TESTS / "voices"),
            "TTS_NEWS_SPEAK_CACHE_DIR": str(folder / "takes"),
            "TTS_NEWS_SPEAK_JOBS": "1",
            "TTS_NEWS_SERVE_REQUESTS_PER_MINUTE": "6000",
            "TTS_NEWS_SERVE_WARM": "0",
            **variables,
        }
        output, log = folder / "output", folder / "log"
        command = [sys.executable, "-m", "tts_news", "serve", "--port", str(port), "--output", str(output)]
        with log.open("ab") as file:
            process = subprocess.Popen(command, cwd=folder, env=environment, stderr=file, stdout=file)
        running = Running(process, f"http://127.0.0.1:{port}", output, log)
        started.append(running)
        until = time.monotonic() + 120  # on a machine with much else to do
        while time.monotonic() < until:
            try:
                running.get("/health")
            except httpx.ConnectError:
                assert process.poll() is None, log.read_text()
                time.sleep(0.1)
            else:
                return running
        pytest.fail(log.read_text())

    return start


def _stop(started: list[Running]) -> None:
    for running in started:
        running.client.close()
        running.process.terminate()
    for running in started:
        running.process.wait(timeout=30)


@pytest.fixture(scope="module", autouse=True)
def _databases() -> Iterator[None]:
    with databases_closed():
        yield


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts servers of the test's own; variables of the environment may be given."""
    started: list[Running] = []
    yield _starter(tmp_path, started)
    _stop(started)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One server for all tests that leave it as they found it."""
    started: list[Running] = []
    yield _starter(tmp_path_factory.mktemp("standing"), started)()
    _stop(started)


@pytest.fixture(scope="session")
def speaking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One server for all tests of whatever file that only have it speak."""
    started: list[Running] = []
    yield _starter(tmp_path_factory.mktemp("speaking"), started)()
    _stop(started)


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One server that waits a second for anything, for all tests that leave it as they found it."""
    started: list[Running] = []
    limits = ("HEADER", "BODY", "IDLE")
    start = _starter(tmp_path_factory.mktemp("hasty"), started)
    yield start(**{f"TTS_NEWS_SERVE_{limit}_TIMEOUT_S": "1.0" for limit in limits})
    _stop(started)
