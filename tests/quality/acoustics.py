"""What averaging does to speech, measured in the sound: it glides, it is muffled and it is even.

`benchmarks/voice_naturalness.py` prints these beside what predictors say.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np


@dataclass(frozen=True)
class Acoustics:
    """What is measured of a sound.

    Attributes:
        change: Mean change of the log spectrum from one 10 ms frame to the next, in nepers: little is over-smoothed.
        bright_db: Power from 4 to 8 kHz, of the whole.
        range_db: Loudness range of 20 ms frames while speaking, 5th to 95th percentile.
        zeros: Share of samples that are digital silence.
    """

    change: float
    bright_db: float
    range_db: float
    zeros: float


def acoustics(samples: np.ndarray, rate_hz: int) -> Acoustics:
    """Measure mono sound, shape (n,)."""
    hop = rate_hz // 100
    frames = np.lib.stride_tricks.sliding_window_view(samples, 2 * hop)[::hop] * np.hanning(2 * hop)
    power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
    level = 10 * np.log10(power.sum(axis=1) + 1e-12)
    speaking = level > level.max() - 45
    hertz = np.fft.rfftfreq(2 * hop, 1 / rate_hz)
    edges = np.geomspace(200, 8000, 25)
    bands = np.stack([power[:, (hertz >= a) & (hertz < b)].sum(axis=1) for a, b in pairwise(edges)])
    logs = 0.5 * np.log(bands + 1e-9 * power.sum(axis=1).max())
    steps = np.sqrt(np.mean(np.diff(logs, axis=1) ** 2, axis=0))
    high = power[speaking][:, (hertz >= 4000) & (hertz < 8000)].sum() / power[speaking].sum()
    spread = np.percentile(level[speaking], [5, 95])
    return Acoustics(
        float(steps[speaking[1:] & speaking[:-1]].mean()),
        float(10 * np.log10(high)),
        float(spread[1] - spread[0]),
        float(np.mean(samples == 0)),
    )
