"""Real piper-tts on a tiny voice."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.speak.tiny_piper import RATE, config, write_voice
from tts_news.errors import SpeakError
from tts_news.records import Utterance
from tts_news.speak import catalogue
from tts_news.speak.piper import PiperEngine

TEXT = "طَلَعَتِ الشَّمْسُ فِي الصَّبَاحِ."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_voice(tmp_path / "tiny")
    return tmp_path / "tiny"


def engine(folder: Path) -> PiperEngine:
    return PiperEngine(catalogue.load(folder / "voice.toml"))


def test_it_speaks_at_the_models_rate(folder: Path) -> None:
    take = engine(folder).speak(Utterance("c1", TEXT))
    assert take.rate_hz == RATE
    assert take.samples.dtype == np.float32
    assert 0.85 < np.abs(take.samples).max() <= 0.91


def test_the_same_text_gives_the_same_samples(folder: Path) -> None:
    voice = engine(folder)
    np.testing.assert_array_equal(
        voice.speak(Utterance("c1", TEXT)).samples, voice.speak(Utterance("c2", TEXT)).samples
    )


def test_twice_the_speed_is_half_as_long(folder: Path) -> None:
    voice = engine(folder)
    slow, fast = (len(voice.speak(Utterance("c1", TEXT, speed=speed)).samples) for speed in (1.0, 2.0))
    assert fast == pytest.approx(slow / 2, rel=0.01)


def test_marks_are_spoken_as_given_and_not_guessed_again(folder: Path) -> None:
    voice = engine(folder)
    marked, bare = (len(voice.speak(Utterance("c1", text)).samples) for text in ("كَتَبَ", "كتب"))
    assert marked > bare


def test_another_pitch_is_refused(folder: Path) -> None:
    with pytest.raises(SpeakError, match="one pitch"):
        engine(folder).speak(Utterance("c1", TEXT, pitch=1.2))


@pytest.mark.parametrize(
    "fault", ["truncated", "no config", "garbage config", "config of something else", "wrong language"]
)
def test_a_broken_voice_is_an_error_that_names_it(folder: Path, fault: str) -> None:
    model, settings = folder / "tiny.onnx", folder / "tiny.onnx.json"
    if fault == "truncated":
        model.write_bytes(model.read_bytes()[:100])
    elif fault == "no config":
        settings.unlink()
    elif fault == "garbage config":
        settings.write_text("{")
    elif fault == "config of something else":
        settings.write_text("{}")
    else:
        settings.write_text(json.dumps(config("de")))
    with pytest.raises(SpeakError, match="voice tiny"):
        engine(folder)
