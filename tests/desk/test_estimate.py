"""How long an edition will be and what it costs: by what the voices were heard to say, letters of servers apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tts_news.desk.estimate import LETTER_S, Meter
from tts_news.records import Cue
from tts_news.speak.catalogue import VoiceSpec

VOICES = {
    "rawi": VoiceSpec("rawi", "house", Path(), work=0.02),
    "far": VoiceSpec("far", "azure", Path(), options={"url": "https://speech.example"}),
}
TEN = "سَلْمَى قَالَتْ نَعَمْ"
LETTERS = 11


def cue(voice: str, spoken: str = TEN, pause_s: float = 0.5) -> Cue:
    return Cue("c0001", "paragraph", "", spoken, pause_s, voice, 0)


def test_length_is_letters_and_pauses_at_the_speed_that_is_set() -> None:
    found = Meter().estimate([cue("rawi"), cue("rawi")], VOICES, 2.0)
    assert found.letters == 2 * LETTERS
    assert found.duration_s == pytest.approx(2 * (LETTERS * LETTER_S / 2 + 0.5))
    assert found.work_s == pytest.approx(LETTERS * LETTER_S * 0.02)
    assert found.sent == {}


def test_what_goes_to_a_server_is_counted_as_it_is_paid() -> None:
    found = Meter().estimate([cue("far"), cue("rawi"), cue("far")], VOICES, 1.0)
    assert found.sent == {"far": 2 * len(TEN)}


def test_a_voice_is_known_by_what_it_was_heard_to_say_once_that_is_enough() -> None:
    meter = Meter()
    meter.note(cue("rawi"), 30.0)
    assert meter.letter_s("rawi") == LETTER_S
    meter.note(cue("rawi", TEN * 30), 66.0)
    assert meter.letter_s("rawi") == pytest.approx(96.0 / (31 * LETTERS))
