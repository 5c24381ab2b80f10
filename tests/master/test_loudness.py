"""Reference signals of ITU-R BS.2217 and EBU Tech 3341, in one channel: 3.01 LU below their stereo readings."""

from __future__ import annotations

import numpy as np
import pytest

from tts_news.master.loudness import STEP_S, KWeighting, gated_loudness, step_powers

RATES = [8_000, 16_000, 22_050, 24_000, 44_100, 48_000]


def tone(dbfs: float, seconds: float, rate_hz: int, hz: float = 997.0) -> np.ndarray:
    time = np.arange(round(seconds * rate_hz)) / rate_hz
    return (10 ** (dbfs / 20) * np.sin(2 * np.pi * hz * time)).astype(np.float32)


def loudness(samples: np.ndarray, rate_hz: int, block: int = 1 << 16) -> float:
    weighting, step = KWeighting(rate_hz), round(STEP_S * rate_hz)
    weighted = np.concatenate([weighting.filter(samples[at : at + block]) for at in range(0, len(samples), block)])
    return gated_loudness(step_powers(weighted, step))


@pytest.mark.parametrize("rate_hz", RATES)
def test_a_full_scale_sine_reads_3_01_below_zero(rate_hz: int) -> None:
    assert loudness(tone(0, 5, rate_hz), rate_hz) == pytest.approx(-3.01, abs=0.05)


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ([(-23, 20)], -23.0),
        ([(-33, 20)], -33.0),
        ([(-36, 10), (-23, 60), (-36, 10)], -23.0),
        ([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -23.0),
        ([(-26, 20), (-20, 20.1), (-26, 20)], -23.0),
    ],
    ids=["3341-1", "3341-2", "3341-3", "3341-4", "3341-5"],
)
def test_the_gates_leave_out_what_is_not_programme(parts: list[tuple[float, float]], wanted: float) -> None:
    samples = np.concatenate([tone(level, seconds, 48_000, 1000) for level, seconds in parts])
    assert loudness(samples, 48_000) == pytest.approx(wanted - 3.01, abs=0.1)


@pytest.mark.parametrize("hz", [25, 100, 2000, 10_000])
def test_low_tones_count_less_and_high_ones_more(hz: float) -> None:
    """Against the response of the coefficients printed in BS.1770-4, computed from them in closed form."""
    z = np.exp(-2j * np.pi * hz / 48_000 * np.arange(3))
    shelf = ([1.53512485958697, -2.69169618940638, 1.19839281085285], [1, -1.69065929318241, 0.73248077421585])
    high_pass = ([1, -2, 1], [1, -1.99004745483398, 0.99007225036621])
    response = np.prod([np.abs(np.dot(b, z) / np.dot(a, z)) for b, a in (shelf, high_pass)])
    assert loudness(tone(0, 5, 48_000, hz), 48_000) == pytest.approx(-3.70 + 20 * np.log10(response), abs=0.02)


def test_blocks_of_any_size_give_the_same_reading() -> None:
    samples = np.random.default_rng(7).standard_normal(300_000).astype(np.float32) * np.float32(0.1)
    assert loudness(samples, 44_100, 128 * 16) == pytest.approx(loudness(samples, 44_100), abs=1e-9)
    assert loudness(samples, 44_100, 128 * 65) == pytest.approx(loudness(samples, 44_100), abs=1e-9)


def test_silence_has_no_loudness() -> None:
    assert loudness(np.zeros(100_000, np.float32), 44_100) == float("-inf")


def test_something_shorter_than_a_gating_block_is_measured_as_it_is() -> None:
    assert loudness(tone(-20, 0.3, 44_100), 44_100) == pytest.approx(-23, abs=0.1)
