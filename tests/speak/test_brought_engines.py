"""Engines that other packages bring: found by entry point, never in place of ours, their faults our errors."""

from __future__ import annotations

import importlib
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tts_news.errors import SpeakError
from tts_news.records import Utterance
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.engine import brought, engine_class, engine_names, speaks_elsewhere

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "engine"
MODULE = """
import numpy as np
from tts_news.records import Take


class Hum:
    version = "1"
    elsewhere = True
    rate_hz = 8000

    def __init__(self, spec):
        self.spec = spec

    def speak(self, utterance):
        return Take(np.full(800, 0.1, np.float32), self.rate_hz)
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package with three engines: one that speaks, one with a name of ours, one that is not there."""
    facts = tmp_path / "humming-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: humming\nVersion: 1.0\n", encoding="utf-8")
    points = "[tts_news.engines]\nhum = humming_engine:Hum\nhouse = humming_engine:Hum\ngone = humming_engine:Gone\n"
    (facts / "entry_points.txt").write_text(points, encoding="utf-8")
    (tmp_path / "humming_engine.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    brought.cache_clear()
    yield
    brought.cache_clear()
    sys.modules.pop("humming_engine", None)


def voice(engine: str) -> VoiceSpec:
    return VoiceSpec("mine", engine, Path())


@pytest.mark.usefixtures("installed")
def test_an_engine_of_another_package_speaks() -> None:
    assert "hum" in engine_names()
    engine = engine_class(voice("hum"))(voice("hum"))
    assert engine.speak(Utterance("c1", "نَعَمْ")).duration_s == 0.1
    assert speaks_elsewhere(voice("hum"))
    assert not speaks_elsewhere(voice("house"))


@pytest.mark.usefixtures("installed")
def test_it_never_takes_the_place_of_one_of_ours(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert engine_class(voice("house")).__module__ == "tts_news.speak.house"
        assert "house" not in brought()
    assert "house" in caplog.text


@pytest.mark.usefixtures("installed")
def test_one_that_cannot_be_loaded_names_its_package() -> None:
    with pytest.raises(SpeakError, match="gone cannot be loaded") as caught:
        engine_class(voice("gone"))
    assert caught.value.hint == "reinstall humming"


@pytest.mark.usefixtures("installed")
def test_an_unknown_engine_is_refused_with_the_names_of_all() -> None:
    with pytest.raises(SpeakError, match="no engine is called 'none'") as caught:
        engine_class(voice("none"))
    assert "hum" in caught.value.hint


def test_the_example_package_keeps_the_contract(tmp_path: Path) -> None:
    facts = tmp_path / "tts_news_clips-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: tts-news-clips\nVersion: 1.0\n", encoding="utf-8")
    table = (EXAMPLE / "pyproject.toml").read_text(encoding="utf-8")
    line = next(line for line in table.splitlines() if line.startswith("clips = "))
    (facts / "entry_points.txt").write_text(f"[tts_news.engines]\n{line.replace(chr(34), '')}\n", encoding="utf-8")
    code = (
        f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(EXAMPLE)!r}]\n"
        "import pytest; options = ['-q', '-p', 'no:cacheprovider', '-W', 'error']\n"
        f"sys.exit(pytest.main([*options, {str(EXAMPLE / 'tests')!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
