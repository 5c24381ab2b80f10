"""The room under the whole edition: quiet, even, the same every time, and whatever the pieces are."""

from __future__ import annotations

import numpy as np
import pytest

from tts_news.master.room import lay_room, room_tone

RATE = 32_000


def decibels(samples: np.ndarray) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(samples.astype(np.float64) ** 2))))


def test_the_room_has_the_level_asked_for_and_no_seam() -> None:
    loop = room_tone(RATE, -66.0)
    assert decibels(loop) == pytest.approx(-66.0, abs=0.01)
    steps = np.abs(np.diff(np.concatenate([loop, loop[:1]])))
    assert steps[-1] <= steps[:-1].max()


def test_the_room_is_the_same_every_time_and_does_not_depend_on_the_pieces() -> None:
    loop = room_tone(RATE, -66.0)
    sound = np.linspace(-0.5, 0.5, 2 * len(loop) + 777, dtype=np.float32)
    whole = np.concatenate(list(lay_room(iter([sound]), loop)))
    parts = np.concatenate(list(lay_room(iter(np.array_split(sound, 13)), room_tone(RATE, -66.0))))
    np.testing.assert_array_equal(whole, parts)
    assert decibels(whole - sound) == pytest.approx(-66.0, abs=0.1)
