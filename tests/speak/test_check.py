from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tts_news.errors import SpeakError
from tts_news.records import Take, Utterance
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.check import check

RATE = 24_000
ASKED = Utterance("c1", "قَالَ الْوَزِيرُ إِنَّ")
SPEC = VoiceSpec("v", "tone", Path(), seeded=True)
GOOD = np.concatenate((np.full(RATE, 0.3), np.linspace(0.3, 0, RATE // 2))).astype(np.float32)


def with_hole(seconds: float) -> np.ndarray:
    return np.concatenate((GOOD, np.zeros(round(seconds * RATE), np.float32), GOOD))


def test_a_good_take_passes() -> None:
    check(Take(GOOD, RATE), ASKED, SPEC)


def test_a_pause_of_a_comma_is_no_hole() -> None:
    check(Take(with_hole(0.8), RATE), ASKED, SPEC)


@pytest.mark.parametrize(
    ("samples", "fault"),
    [
        (GOOD[:0], "empty"),
        (GOOD[:100], "empty"),
        (np.where(np.arange(len(GOOD)) == 7, np.nan, GOOD), "no sound"),
        (GOOD * 0, "silent"),
        (GOOD * 4, "clipped"),
        (np.minimum(GOOD * 4, 1), "clipped"),
        (np.tile(GOOD, 12), "lasts 18.0 s"),
        (GOOD[-3000:], "lasts 0.1 s"),
        (with_hole(1.5), "silence inside"),
        (GOOD[:RATE], "cut off"),
    ],
)
def test_a_bad_take_is_refused_by_name(samples: np.ndarray, fault: str) -> None:
    with pytest.raises(SpeakError, match=f"c1.*{fault}"):
        check(Take(samples.astype(np.float32), RATE), ASKED, SPEC)


def test_twice_the_speed_may_last_half_as_long() -> None:
    check(Take(GOOD[-9000:], RATE), Utterance("c1", ASKED.text, speed=2.0), SPEC)
