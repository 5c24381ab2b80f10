from __future__ import annotations

import numpy as np
import pytest

from tts_news.errors import SpeakError
from tts_news.records import Take, Utterance
from tts_news.speak.check import check

GOOD = np.full(24_000, 0.3, dtype=np.float32)


def test_a_good_take_passes() -> None:
    check(Take(GOOD, 24_000), Utterance("c1", "نَعَمْ"))


@pytest.mark.parametrize(
    ("samples", "fault"),
    [
        (GOOD[:0], "empty"),
        (GOOD[:100], "empty"),
        (np.where(np.arange(24_000) == 7, np.nan, GOOD), "no sound"),
        (GOOD * 0, "silent"),
        (GOOD * 4, "clipped"),
    ],
)
def test_a_bad_take_is_refused_by_name(samples: np.ndarray, fault: str) -> None:
    with pytest.raises(SpeakError, match=f"c1.*{fault}"):
        check(Take(samples, 24_000), Utterance("c1", "نَعَمْ"))
