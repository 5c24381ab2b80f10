"""Forced alignment by a real recogniser: the house voice says when its words sound, and it has to find them there."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tts_news.records import ChapterMark, Cue, Script, Take, Utterance
from tts_news.speak import SpeakSettings, catalogue, record
from tts_news.speak.engine import engine_class
from tts_news.speak.listener import RATE_HZ, Listener, at_rate

TEXTS = (
    "أَعْلَنَتْ وِزَارَةُ الْخَارِجِيَّةِ أَمْسِ نَتَائِجَ الِاجْتِمَاعِ الَّذِي عُقِدَ بَعْدَ ذَلِكَ فِي الْعَاصِمَةِ.",
    "قَالَ الْوَزِيرُ: «إِنَّ الْأَمْرَ حُسِمَ» — ثُمَّ خَرَجَ.",
)


@pytest.fixture(scope="module")
def takes() -> list[Take]:
    spec = catalogue.find(SpeakSettings())["rawi"]
    rawi = engine_class(spec)(spec)
    return [rawi.speak(Utterance("c1", text)) for text in TEXTS]


def test_words_are_found_where_the_voice_says_they_are(whisper: Path, takes: list[Take]) -> None:
    listener = Listener(str(whisper))
    apart = []
    for take, text in zip(takes, TEXTS, strict=True):
        found = listener.words_of(take, text)
        assert [word.text for word in found] == text.split()
        assert all(a.end_s <= b.start_s + 1e-9 for a, b in itertools.pairwise(found))
        apart += [abs(a.start_s - b.start_s) for a, b in zip(found, take.words, strict=True)]
    assert np.median(apart) < 0.12
    assert listener.misheard(takes[0], TEXTS[0]) < 0.15
    assert listener.misheard(takes[0], TEXTS[1]) > 0.5


def test_takes_in_the_cache_are_aligned_and_say_so(whisper: Path, tmp_path: Path) -> None:
    settings = SpeakSettings(voice="rawi", cache_dir=str(tmp_path), align=True, listener=str(whisper))
    cue = Cue("c0000", "paragraph", "خبر", TEXTS[1], 0.3, "rawi", 0)
    script = Script("عنوان", (cue,), (ChapterMark("عنوان", "c0000"),))
    ((_, said),) = record(script, settings)
    assert not said.aligned  # the voice knows
    recording = record(script, settings)
    recording.cache.write(recording.keys[0], replace(said, words=()))
    ((_, found),) = record(script, settings)
    assert found.aligned
    assert [word.text for word in found.words] == TEXTS[1].split()


def test_a_take_at_another_rate_is_as_long_and_as_loud(takes: list[Take]) -> None:
    there = at_rate(takes[1], RATE_HZ)
    assert len(there) == round(takes[1].duration_s * RATE_HZ)
    back = at_rate(Take(there, RATE_HZ), takes[1].rate_hz)
    assert np.sqrt(np.mean(back**2)) == pytest.approx(np.sqrt(np.mean(takes[1].samples ** 2)), rel=0.05)
