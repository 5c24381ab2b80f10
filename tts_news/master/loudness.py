"""Loudness as broadcasters measure it: K-weighted, gated, in LUFS.

Source: ITU-R BS.1770-4 (2015), Annex 1; EBU R 128 (2020) for the way it is used.
"""

from __future__ import annotations

from math import pi, tan

import numpy as np
import numpy.typing as npt

from tts_news.master.biquads import MeasuringFilter, Section

Floats = npt.NDArray[np.float64]

OFFSET_DB = -0.691
"""Makes a 997 Hz sine at 0 dBFS in one channel read -3.01 LKFS."""
ABSOLUTE_GATE_LUFS = -70.0
RELATIVE_GATE_LU = -10.0
STEP_S = 0.1
"""Hop of the 400 ms gating blocks, which overlap by three quarters."""
_STEPS_A_BLOCK = 4
_STRETCH = 8192
"""Steps looked at together: working memory does not grow with the file."""
_LOUDEST_LUFS = 30.0
_CLASSES_A_LU = 100


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


class KWeighting(MeasuringFilter):
    """The K-weighting filter over a stream."""

    def __init__(self, rate_hz: int) -> None:
        super().__init__(_sections(rate_hz))


def step_powers(weighted: Floats, step: int) -> Floats:
    """Return the mean power of every `step` samples; a last short step counts what it lacks as silence."""
    if not len(weighted):
        return np.zeros(0)
    return np.add.reduceat(weighted * weighted, np.arange(0, len(weighted), step)) / step


class GatedLoudness:
    """Integrated loudness of a stream of 100 ms steps, in memory that does not grow with it.

    The relative gate is known only at the end, so the blocks are sorted into classes a hundredth of a LU wide; their
    powers are summed exactly, and only a block within a hundredth of a LU of the gate can fall on its wrong side.

    Source: BS.1770-4, Annex 1, equations 3 to 7.
    """

    def __init__(self) -> None:
        classes = round((_LOUDEST_LUFS - ABSOLUTE_GATE_LUFS) * _CLASSES_A_LU)
        self._counts = np.zeros(classes, np.int64)
        self._sums = np.zeros(classes)
        self._waiting = np.zeros(0)
        self._blocks = 0

    def add(self, steps: npt.NDArray[np.floating]) -> None:
        """Take in the mean powers of the next steps, shape (n,)."""
        together = np.concatenate([self._waiting, steps])
        if len(together) >= _STEPS_A_BLOCK:
            self._sort(np.lib.stride_tricks.sliding_window_view(together, _STEPS_A_BLOCK).mean(axis=1))
            together = together[1 - _STEPS_A_BLOCK :]
        self._waiting = together

    def lufs(self) -> float:
        """Return the loudness, -inf for silence."""
        if not self._blocks and len(self._waiting):
            # Shorter than one gating block: what there is, as one block.
            self._sort(self._waiting.mean(keepdims=True))
        if not self._counts.any():
            return float("-inf")
        gate = _lufs(float(self._sums.sum() / self._counts.sum())) + RELATIVE_GATE_LU
        first = max(0, round((gate - ABSOLUTE_GATE_LUFS) * _CLASSES_A_LU))
        return _lufs(float(self._sums[first:].sum() / self._counts[first:].sum()))

    def _sort(self, blocks: Floats) -> None:
        self._blocks += len(blocks)
        heard = blocks[blocks > _power(ABSOLUTE_GATE_LUFS)]
        above = 10 * np.log10(heard) + OFFSET_DB - ABSOLUTE_GATE_LUFS
        number = np.minimum((above * _CLASSES_A_LU).astype(np.int64), len(self._counts) - 1)
        self._counts += np.bincount(number, minlength=len(self._counts))
        self._sums += np.bincount(number, heard, minlength=len(self._sums))


def gated_loudness(steps: npt.NDArray[np.floating]) -> float:
    """Return the integrated loudness in LUFS, -inf for silence.

    Args:
        steps: shape (n,), mean powers of consecutive 100 ms steps.
    """
    loudness = GatedLoudness()
    for first in range(0, len(steps), _STRETCH):
        loudness.add(steps[first : first + _STRETCH])
    return loudness.lufs()


def _lufs(power: float) -> float:
    return float(10 * np.log10(power) + OFFSET_DB)


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - OFFSET_DB) / 10))
