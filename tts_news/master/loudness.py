"""Loudness as broadcasters measure it: K-weighted, gated, in LUFS.

Source: ITU-R BS.1770-4 (2015), Annex 1; EBU R 128 (2020) for the way it is used.
"""

from __future__ import annotations

from functools import lru_cache
from math import pi, tan

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

OFFSET_DB = -0.691
"""Makes a 997 Hz sine at 0 dBFS in one channel read -3.01 LKFS."""
ABSOLUTE_GATE_LUFS = -70.0
RELATIVE_GATE_LU = -10.0
STEP_S = 0.1
"""Hop of the 400 ms gating blocks, which overlap by three quarters."""

_ROW = 128
"""Samples a row of the block filter: trades products (grow with it) against the scan over rows (shrinks with it)."""
_GROUP = 64
"""Rows the scan takes in one stride."""


def _biquads(rate_hz: int) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """Return numerators and denominators of the two K-weighting stages at any rate.

    Source: BS.1770-4 gives coefficients at 48 kHz only; these are the analogue prototypes behind them, put through
    the bilinear transform (B. De Man, "Evaluation of Implementations of the EBU R128 Loudness Measurement", AES 145).
    """
    k = tan(pi * 1681.974450955533 / rate_hz)
    q, high = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    mid = high**0.4996667741545416
    a0 = 1 + k / q + k * k
    shelf = (
        np.array([high + mid * k / q + k * k, 2 * (k * k - high), high - mid * k / q + k * k]) / a0,
        np.array([1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0]),
    )
    k, q = tan(pi * 38.13547087602444 / rate_hz), 0.5003270373238773
    a0 = 1 + k / q + k * k
    high_pass = np.array([1.0, -2.0, 1.0]), np.array([1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0])
    return shelf, high_pass


def _state_space(rate_hz: int) -> tuple[Floats, Floats, Floats, float]:
    """Return (A, b, c, d) of both stages in a row: state' = A state + b x, y = c state + d x."""
    stages = []
    for b, a in _biquads(rate_hz):
        matrix = np.array([[-a[1], 1.0], [-a[2], 0.0]])
        stages.append((matrix, np.array([b[1] - a[1] * b[0], b[2] - a[2] * b[0]]), np.array([1.0, 0.0]), b[0]))
    (a1, b1, c1, d1), (a2, b2, c2, d2) = stages
    matrix = np.block([[a1, np.zeros((2, 2))], [np.outer(b2, c1), a2]])
    return matrix, np.concatenate([b1, b2 * d1]), np.concatenate([d2 * c1, c2]), float(d2 * d1)


@lru_cache(maxsize=8)
def _block_form(rate_hz: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Return the filter over a row of samples as matrices.

    Returns:
        through: shape (row, row + 4), what a row of input adds to its own output and to the state after it.
        out: shape (4, row), what the state before a row adds to its output.
        step: shape (4, 4), what it adds to the state after one row.
        stride: shape (4, 4), the same after `_GROUP` rows.
    """
    matrix, b, c, d = _state_space(rate_hz)
    powers = [np.eye(4)]
    for _ in range(_ROW):
        powers.append(matrix @ powers[-1])
    impulse = np.array([d] + [float(c @ powers[n] @ b) for n in range(_ROW - 1)])
    lag = np.arange(_ROW)[None, :] - np.arange(_ROW)[:, None]
    direct = np.where(lag >= 0, impulse[np.clip(lag, 0, None)], 0.0)
    after = np.array([powers[_ROW - 1 - n] @ b for n in range(_ROW)])
    out = np.array([c @ powers[n] for n in range(_ROW)]).T
    return (
        np.hstack([direct, after]),
        np.ascontiguousarray(out),
        powers[_ROW].T,
        np.linalg.matrix_power(powers[_ROW].T, _GROUP),
    )


class KWeighting:
    """The K-weighting filter over a stream, keeping its state from block to block."""

    def __init__(self, rate_hz: int) -> None:
        self._through, self._out, self._step, self._stride = _block_form(rate_hz)
        self._state = np.zeros(4)

    def filter(self, samples: npt.NDArray[np.float32]) -> Floats:
        """Return the weighted samples, float64, of the same length.

        Args:
            samples: float32, shape (n,). `n` is a multiple of 128 in all calls but the last.
        """
        length = len(samples)
        rows = -(-length // _ROW)
        # Whole groups: rows of zeros at the end cost less than a second code path.
        groups = -(-rows // _GROUP)
        padded = np.zeros(groups * _GROUP * _ROW)
        padded[:length] = samples
        both = padded.reshape(-1, _ROW) @ self._through
        states = self._scan(both[:, _ROW:].reshape(groups, _GROUP, 4))
        weighted = both[:, :_ROW] + states.reshape(-1, 4)[: groups * _GROUP] @ self._out
        if rows < groups * _GROUP:
            self._state = states.reshape(-1, 4)[rows].copy()
        return weighted.reshape(-1)[:length]

    def _scan(self, inputs: Floats) -> Floats:
        """Return the state before every row; the states of all groups advance side by side, then are joined."""
        groups = len(inputs)
        states = np.zeros((groups, _GROUP, 4))
        running = np.zeros((groups, 4))
        for row in range(_GROUP):
            states[:, row] = running
            running = running @ self._step + inputs[:, row]
        carried = np.empty((groups, 4))
        state = self._state
        for group in range(groups):
            carried[group] = state
            state = state @ self._stride + running[group]
        for row in range(_GROUP):
            states[:, row] += carried
            carried = carried @ self._step
        self._state = state
        return states


def step_energies(weighted: Floats, step: int) -> Floats:
    """Return the energy (sum of squares) of every `step` samples; the last step may be short."""
    if not len(weighted):
        return np.zeros(0)
    return np.add.reduceat(weighted * weighted, np.arange(0, len(weighted), step))


def gated_loudness(steps: Floats, step: int) -> float:
    """Return the integrated loudness in LUFS, -inf for silence.

    Args:
        steps: float64, shape (n,), energies of consecutive 100 ms steps of `step` samples.
        step: Samples a step.

    Source: BS.1770-4, Annex 1, equations 3 to 7.
    """
    if len(steps) < 4:
        # Shorter than one gating block: measure what there is, as one block.
        blocks = np.array([steps.sum() / (step * max(1, len(steps)))])
    else:
        total = np.concatenate([[0.0], np.cumsum(steps)])
        blocks = (total[4:] - total[:-4]) / (4 * step)
    blocks = blocks[blocks > _power(ABSOLUTE_GATE_LUFS)]
    if not len(blocks):
        return float("-inf")
    blocks = blocks[blocks > _power(_lufs(float(blocks.mean())) + RELATIVE_GATE_LU)]
    return _lufs(float(blocks.mean()))


def _lufs(power: float) -> float:
    return float(10 * np.log10(power) + OFFSET_DB)


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - OFFSET_DB) / 10))
