from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

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


def engine(**options: object) -> EspeakEngine:
    spec = catalogue.find(SpeakSettings())["espeak"]
    return EspeakEngine(replace(spec, options={**spec.options, **options}))


def test_it_says_our_phonemes_and_not_its_own_reading() -> None:
    said = Utterance("c1", "فِي الْمَدِينَةِ.")
    assert not np.array_equal(engine().speak(said).samples, engine(phonemes=False).speak(said).samples)


@pytest.mark.parametrize("text", ["كتب BBC الخبر", "كتب", "5", "قَالَ [[a]] نَعَمْ", "بَ" * 300])
def test_what_our_phonemes_cannot_spell_is_left_to_its_own_reading(text: str) -> None:
    take = engine().speak(Utterance("c1", text))
    np.testing.assert_array_equal(take.samples, engine(phonemes=False).speak(Utterance("c1", text)).samples)
    assert [word.text for word in take.words] == text.split()


def test_word_times_are_those_of_the_written_words() -> None:
    text = "قَالَ – «نَعَمْ»، بَيْنَ-بَيْنَ ثُمَّ ذَهَبَ إِلَى الْمَدِينَةِ."
    words = engine().speak(Utterance("c1", text)).words
    assert [word.text for word in words] == text.split()
    lengths = {word.text: word.end_s - word.start_s for word in words}
    assert lengths["–"] == 0
    assert lengths["بَيْنَ-بَيْنَ"] > lengths["ثُمَّ"]
    assert all(length > 0.1 for text, length in lengths.items() if text != "–")


def test_a_long_sentence_without_a_mark_is_said_whole() -> None:
    once = engine().speak(Utterance("c1", "فَسَيَسْتَقْبِلُونَهُمَا فِي الْمَدِينَةِ"))
    many = engine().speak(Utterance("c1", "فَسَيَسْتَقْبِلُونَهُمَا فِي الْمَدِينَةِ " * 40))
    assert many.duration_s == pytest.approx(40 * once.duration_s, rel=0.2)
    assert len({word.start_s for word in many.words}) > 100
