"""The engine keeps the contract of tts-news, and refuses what was never recorded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tts_news.errors import SpeakError
from tts_news.records import Utterance
from tts_news.speak.engine import Engine
from tts_news.testing import TEXT, EngineContract

CARD = """
title = "Studio clips"
engine = "clips"
licence = "CC0-1.0"
commercial = true
rate_hz = 24000
files = ["words.npz"]
"""


class TestClips(EngineContract):
    has_speed = False

    @pytest.fixture(scope="class")
    @classmethod
    def voice(cls, tmp_path_factory: pytest.TempPathFactory) -> Path:
        folder = tmp_path_factory.mktemp("voices") / "studio"
        folder.mkdir()
        (folder / "voice.toml").write_text(CARD, encoding="utf-8")
        words = {word.strip(".،"): word for word in (*TEXT.split(), *cls.others)}
        time_s = np.arange(12_000) / 24_000
        tones = {word: 0.3 * np.sin(2 * np.pi * (200 + 40 * i) * time_s) for i, word in enumerate(words)}
        np.savez(folder / "words.npz", **tones)
        return folder

    def test_a_word_that_was_never_recorded_is_named(self, engine: Engine) -> None:
        with pytest.raises(SpeakError, match=r"c1: .*كَتَبَ"):
            engine.speak(Utterance("c1", "كَتَبَ"))
