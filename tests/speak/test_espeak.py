from __future__ import annotations

import os
import subprocess
import sys

import numpy as np

from tts_news.records import Utterance
from tts_news.speak import catalogue
from tts_news.speak.espeak import EspeakEngine
from tts_news.speak.settings import SpeakSettings


def test_shadda_before_or_after_its_vowel_sounds_the_same() -> None:
    engine = EspeakEngine(catalogue.find(SpeakSettings())["espeak"])
    canonical = "الش\u064e\u0651م\u0652س\u064f"
    spoken = "الش\u0651\u064eم\u0652س\u064f"
    np.testing.assert_array_equal(
        engine.speak(Utterance("c1", canonical)).samples, engine.speak(Utterance("c1", spoken)).samples
    )


def test_it_needs_no_system_package() -> None:
    code = (
        "from tts_news.speak import catalogue; from tts_news.speak.espeak import EspeakEngine\n"
        "from tts_news.speak.settings import SpeakSettings; from tts_news.records import Utterance\n"
        "e = EspeakEngine(catalogue.find(SpeakSettings())['espeak'])\n"
        "print(len(e.speak(Utterance('c1', 'نَعَمْ')).samples))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "PATH": ""}
    )
    assert int(done.stdout) > 4_000
