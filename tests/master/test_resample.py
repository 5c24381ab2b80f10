from __future__ import annotations

import numpy as np
import pytest

from tts_news.master.resample import resample, resampled_length

RATES = [8_000, 16_000, 22_050, 24_000, 32_000, 48_000, 22_051]


def sine(hz: float, rate_hz: int, seconds: float = 1.0) -> np.ndarray:
    return np.sin(2 * np.pi * hz * np.arange(round(rate_hz * seconds)) / rate_hz).astype(np.float32)


@pytest.mark.parametrize("rate_hz", RATES)
def test_a_tone_stays_the_same_tone_at_the_same_time(rate_hz: int) -> None:
    made = resample(sine(1000, rate_hz), rate_hz, 44_100)
    wanted = sine(1000, 44_100)
    assert len(made) == len(wanted)
    assert np.abs(made - wanted)[2000:-2000].max() < 1e-4


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 24_000])
def test_images_of_the_band_are_far_down(rate_hz: int) -> None:
    made = resample(sine(0.35 * rate_hz, rate_hz), rate_hz, 44_100)[4000:-4000]
    spectrum = np.abs(np.fft.rfft(made * np.blackman(len(made))))
    hz = np.fft.rfftfreq(len(made), 1 / 44_100)
    assert spectrum[hz > rate_hz / 2].max() < spectrum.max() * 10 ** (-75 / 20)


def test_going_down_removes_what_the_lower_rate_cannot_hold() -> None:
    made = resample(sine(23_500, 48_000), 48_000, 44_100)
    assert np.abs(made[2000:-2000]).max() < 1e-3


@pytest.mark.parametrize("rate_hz", RATES)
@pytest.mark.parametrize("length", [1, 2, 79, 80, 81, 12_345])
def test_the_length_is_known_before(rate_hz: int, length: int) -> None:
    made = resample(np.ones(length, np.float32), rate_hz, 44_100)
    assert len(made) == resampled_length(length, rate_hz, 44_100) == -(-length * 44_100 // rate_hz)


def test_the_same_rate_is_left_alone() -> None:
    clip = sine(440, 44_100)
    assert resample(clip, 44_100, 44_100) is clip
