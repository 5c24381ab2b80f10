"""Fixtures that every room's tests share."""

from __future__ import annotations

import io
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tts_news import words
from tts_news.cli import run
from tts_news.files import write_file
from tts_news.speak.settings import SpeakSettings

TESTS = Path(__file__).parent
EXAMPLES = TESTS.parent / "examples"
LOOPBACK = ("127.", "::1", "localhost", "/")


# No test is timed: beside others on a busy machine the same example takes ten times as long.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="write tests/golden/*.script.json anew")


@pytest.fixture
def rewrite_golden(request: pytest.FixtureRequest) -> bool:
    """Whether the golden files are to be written anew, for a reader to review."""
    return bool(request.config.getoption("--rewrite-golden"))


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of whoever runs the tests decides a result."""
    for name in [name for name in os.environ if name.startswith("TTS_NEWS_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is worked out of voices and models is kept for this run alone, and not among the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _catalogue() -> None:
    """Compile the Arabic words as an installation does, where that was not done since they changed."""
    if Path(words.FOLDER).parents[1] != Path(__file__).parents[1]:
        return  # an installed package is tested as it is
    po = Path(words.FOLDER, "ar", "LC_MESSAGES", "tts_news.po")
    mo = po.with_suffix(".mo")
    if not po.is_file() or (mo.is_file() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns):
        return
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with po.open("rb") as file:
        catalogue = read_po(file, locale="ar")
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    write_file(mo, compiled.getvalue())


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only loopback may be connected to."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else str(address)
        if not str(host).startswith(LOOPBACK):
            raise AssertionError(f"a test reached for the network: {host}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def tone(tmp_path: Path) -> SpeakSettings:
    """Settings under which the tone voice speaks into a cache of the test's own."""
    return SpeakSettings(voice="tone", voices_dir=str(TESTS / "voices"), cache_dir=str(tmp_path / "takes"), jobs=1)


@pytest.fixture
def tts_news(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run the command line with the tone voice in a folder of its own; returns (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TTS_NEWS_SPEAK_VOICE", "tone")
    monkeypatch.setenv("TTS_NEWS_SPEAK_VOICES_DIR", str(TESTS / "voices"))
    monkeypatch.setenv("TTS_NEWS_SPEAK_CACHE_DIR", str(tmp_path / "takes"))
    monkeypatch.setenv("TTS_NEWS_SPEAK_JOBS", "1")  # processes of its own would cost each test their start

    def call(*args: object) -> tuple[int, str, str]:
        capfd.readouterr()
        code = run([str(arg) for arg in args])
        captured = capfd.readouterr()
        return code, captured.out, captured.err

    return call
