from __future__ import annotations

import numpy as np

from tts_news.master.clip import Kept
from tts_news.master.render import _placed
from tts_news.records import Take, WordTime

RATE = 8000
TAKE = Take(
    np.zeros(RATE * 3, np.float32),
    RATE,
    (WordTime("قال", 0.25, 0.75), WordTime("الوزير", 0.75, 1.5), WordTime("اليوم", 1.75, 2.5)),
)


def test_a_word_sounds_in_the_file_as_long_after_its_cue_as_in_the_take() -> None:
    words = _placed(TAKE, Kept(0, RATE * 3), 10.0, 13.0)
    assert [(word.start_s, word.end_s) for word in words] == [(10.25, 10.75), (10.75, 11.5), (11.75, 12.5)]


def test_silence_that_was_cut_off_before_a_take_is_cut_off_its_word_times() -> None:
    words = _placed(TAKE, Kept(RATE // 4, RATE * 3), 10.0, 12.75)
    assert [(word.start_s, word.end_s) for word in words] == [(10.0, 10.5), (10.5, 11.25), (11.5, 12.25)]


def test_no_word_sounds_outside_its_cue() -> None:
    words = _placed(TAKE, Kept(RATE // 2, RATE * 2), 10.0, 11.5)
    assert all(10.0 <= word.start_s <= word.end_s <= 11.5 for word in words)
