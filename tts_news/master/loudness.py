"""Loudness as broadcasters measure it: K-weighted, gated, in LUFS.

Source: ITU-R BS.1770-4 (2015), Annex 1; EBU R 128 (2020) for the way it is used.
"""

from __future__ import annotations

from math import pi, tan

import numpy as np
import numpy.typing as npt

from tts_news.master.biquads import Filter, Section

Floats = npt.NDArray[np.float64]

OFFSET_DB = -0.691
"""Makes a 997 Hz sine at 0 dBFS in one channel read -3.01 LKFS."""
ABSOLUTE_GATE_LUFS = -70.0
RELATIVE_GATE_LU = -10.0
STEP_S = 0.1
"""Hop of the 400 ms gating blocks, which overlap by three quarters."""
_STRETCH = 8192
"""Blocks looked at together: working memory does not grow with the file."""


def _sections(rate_hz: int) -> tuple[Section, Section]:
    """Return the two K-weighting stages at any rate.

    Source: BS.1770-4 gives coefficients at 48 kHz only; these are the analogue prototypes behind them, put through
    the bilinear transform (B. De Man, "Evaluation of Implementations of the EBU R128 Loudness Measurement", AES 145).
    """
    k = tan(pi * 1681.974450955533 / rate_hz)
    q, high = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    mid = high**0.4996667741545416
    a0 = 1 + k / q + k * k
    shelf = (
        ((high + mid * k / q + k * k) / a0, 2 * (k * k - high) / a0, (high - mid * k / q + k * k) / a0),
        (2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0),
    )
    k, q = tan(pi * 38.13547087602444 / rate_hz), 0.5003270373238773
    a0 = 1 + k / q + k * k
    return shelf, ((1.0, -2.0, 1.0), (2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0))


class KWeighting(Filter):
    """The K-weighting filter over a stream."""

    def __init__(self, rate_hz: int) -> None:
        super().__init__(_sections(rate_hz))


def step_energies(weighted: Floats, step: int) -> Floats:
    """Return the energy (sum of squares) of every `step` samples; the last step may be short."""
    if not len(weighted):
        return np.zeros(0)
    return np.add.reduceat(weighted * weighted, np.arange(0, len(weighted), step))


def gated_loudness(steps: npt.NDArray[np.floating], step: int) -> float:
    """Return the integrated loudness in LUFS, -inf for silence.

    Args:
        steps: shape (n,), energies of consecutive 100 ms steps of `step` samples; ten hours are 360,000.
        step: Samples a step.

    Source: BS.1770-4, Annex 1, equations 3 to 7.
    """
    absolute = _mean_above(steps, step, _power(ABSOLUTE_GATE_LUFS))
    if not absolute:
        return float("-inf")
    return _lufs(_mean_above(steps, step, _power(_lufs(absolute) + RELATIVE_GATE_LU)))


def _mean_above(steps: npt.NDArray[np.floating], step: int, gate: float) -> float:
    """Return the mean power of the 400 ms blocks over the gate, 0.0 when there are none."""
    total, count = 0.0, 0
    # Shorter than one gating block: what there is, as one block.
    width = min(4, len(steps))
    for first in range(0, len(steps) - width + 1, _STRETCH):
        part = steps[first : first + _STRETCH + width - 1].astype(np.float64)
        blocks = np.lib.stride_tricks.sliding_window_view(part, width).sum(axis=1) / (width * step) if width else part
        over = blocks[blocks > gate]
        total, count = total + float(over.sum()), count + len(over)
    return total / count if count else 0.0


def _lufs(power: float) -> float:
    return float(10 * np.log10(power) + OFFSET_DB)


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - OFFSET_DB) / 10))
