"""True peaks: how high the sound goes between its samples, where a converter or a lossy decoder will find it.

Source: ITU-R BS.1770-4 (2015), Annex 2: the signal is looked at with four times its samples.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]

CELL = 64
"""Samples a cell: the grain in which peaks are found and gain is decided (1.5 ms at 44.1 kHz)."""
REACH = 24
"""Samples the interpolator looks to each side. Twice the annex's filter: 0.02 dB exact up to 0.9 of Nyquist."""
_OVERSAMPLING = 4
_QUIET = 0.5
"""A cell whose samples stay this far (6 dB) under the limit cannot reach it between them; speech proves it by far.
Worst case known: alternating full-scale signs at Nyquist, which no voice and no resampler here lets through."""

NEAR = 2**0.5
"""Who looks for the highest peak alone looks closely at cells whose samples come within 3 dB of the highest so far:
only a tone at full height above a quarter of the rate, 11 kHz, could pass it between lower ones."""


@lru_cache(maxsize=1)
def _matrix() -> npt.NDArray[np.float64]:
    """Return the interpolator, shape (CELL + 2 * REACH, 4 * CELL): a cell at four times the rate."""
    inputs = np.arange(CELL + 2 * REACH)[:, None] - REACH
    outputs = np.arange(_OVERSAMPLING * CELL)[None, :] / _OVERSAMPLING
    offset = inputs - outputs
    window = np.i0(6.0 * np.sqrt(np.clip(1 - (offset / REACH) ** 2, 0, None))) / np.i0(6.0)
    window[np.abs(offset) > REACH] = 0
    taps: npt.NDArray[np.float64] = np.sinc(offset) * window
    return taps


def cell_peaks(samples: Samples, limit: float) -> Samples:
    """Return the highest true peak in each cell.

    Args:
        samples: float32, shape (REACH + n * CELL + REACH,): cells with what surrounds them.
        limit: Peaks well under this are reported from the samples alone, which saves the work on most of speech.

    Returns:
        float32, shape (n,), linear.
    """
    inner = samples[REACH : len(samples) - REACH].reshape(-1, CELL)
    peaks: Samples = np.abs(inner).max(axis=1)
    hot = np.flatnonzero(peaks > limit * _QUIET)
    if len(hot):
        windows = np.lib.stride_tricks.sliding_window_view(samples, CELL + 2 * REACH)[::CELL]
        # In double precision: some processors round a row of a product by where it stands in it, and the same sound
        # must give the same bytes whatever blocks it comes in.
        between = np.abs(windows[hot].astype(np.float64) @ _matrix()).max(axis=1)
        peaks[hot] = np.maximum(peaks[hot], between.astype(np.float32))
    return peaks
