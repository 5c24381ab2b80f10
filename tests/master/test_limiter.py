from __future__ import annotations

import numpy as np
import pytest

from tts_news.master.limiter import Limiter
from tts_news.master.peak import CELL, REACH, cell_peaks


def true_peak(samples: np.ndarray) -> float:
    """By a Fourier transform with eight times the samples: not the interpolator under test."""
    spectrum = np.fft.rfft(np.concatenate([np.zeros(64), samples, np.zeros(64)]))
    return float(np.abs(np.fft.irfft(spectrum, 8 * (len(samples) + 128))).max() * 8)


def limited(samples: np.ndarray, ceiling: float, block: int = 65_536) -> np.ndarray:
    limiter = Limiter(ceiling, 44_100)
    out = [limiter.push(samples[at : at + block]) for at in range(0, len(samples), block)]
    return np.concatenate([*out, limiter.finish()])


def speechlike(seconds: float, level: float, seed: int = 1) -> np.ndarray:
    noise = np.random.default_rng(seed).standard_normal(round(seconds * 44_100))
    smooth = np.convolve(noise, np.hanning(9) / 4, "same")
    swell = 1 + np.sin(np.arange(len(noise)) / 44_100 * 9)
    return (level * smooth * swell).astype(np.float32)


def test_a_peak_between_samples_is_seen() -> None:
    time = np.arange(CELL * 40 + 2 * REACH)
    samples = np.sin(2 * np.pi * time / 4 + np.pi / 4).astype(np.float32)
    assert np.abs(samples).max() == pytest.approx(0.7071, abs=1e-4)
    assert cell_peaks(samples, 0.9)[5:-5].min() == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("level", [0.2, 0.5, 2.0])
def test_no_true_peak_passes_the_ceiling(level: float) -> None:
    made = limited(speechlike(6, level), -2.0)
    assert 20 * np.log10(true_peak(made)) <= -1.9


def test_sound_under_the_ceiling_is_not_touched() -> None:
    samples = speechlike(3, 0.05)
    assert np.array_equal(limited(samples, -2.0), samples)


@pytest.mark.parametrize("block", [100, 1000, 65_536, 1 << 20])
def test_the_size_of_the_blocks_changes_nothing(block: int) -> None:
    samples = speechlike(3, 0.8)
    assert np.array_equal(limited(samples, -2.0, block), limited(samples, -2.0, 12_345))


@pytest.mark.parametrize("length", [1, 63, 64, 65, 5000])
def test_nothing_is_lost_or_added(length: int) -> None:
    assert len(limited(np.full(length, 0.9, np.float32), -3.0)) == length


def test_one_loud_click_costs_only_its_surroundings() -> None:
    samples = np.full(88_200, 0.1, np.float32)
    samples[44_100] = 1.5
    made = limited(samples, -2.0)
    assert np.abs(made).max() <= 10 ** (-2 / 20)
    assert np.array_equal(made[:42_000], samples[:42_000])
    assert np.array_equal(made[-15_000:], samples[-15_000:])


def test_gain_moves_without_a_jump() -> None:
    samples = np.full(88_200, 0.5, np.float32)
    samples[44_100:44_110] = 2.0
    quiet = np.ones(88_200, bool)
    quiet[44_000:44_200] = False
    steps = np.abs(np.diff(limited(samples, -1.0)))[quiet[1:]]
    assert steps.max() < 0.005
