"""Change the sampling rate of a clip, exactly and fast.

A Kaiser-windowed sinc interpolator in polyphase form. The phases of a whole block of samples stand in one matrix, so a
clip is resampled by one matrix product: about ten times the speed of a Fourier transform there and back, with
the same result on every run.
"""

from __future__ import annotations

from functools import lru_cache
from math import gcd

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]

_TAPS = 64
"""Input samples under the filter. 64 with beta 8 leave a transition band of 0.16 of the lower Nyquist frequency."""
_BETA = 8.0
"""Kaiser window: images 80 dB down."""
_BLOCK = 64
"""Least input samples a row of the product turns into output. Larger rows multiply zeros, smaller ones copy."""
_MATRIX_LIMIT = 600_000
"""Largest matrix worth building (2.4 MB). Odd pairs of rates, as 22,051 to 44,100, go through `_gather` instead."""
_ROWS = 1024
"""Rows at a time: bounds the working memory whatever the length of the clip."""


def resampled_length(length: int, rate_hz: int, target_hz: int) -> int:
    """Return how many samples `resample` makes of `length` samples: a whole number, so cue times are exact."""
    return (length * target_hz + rate_hz - 1) // rate_hz


def resample(samples: Samples, rate_hz: int, target_hz: int) -> Samples:
    """Return the clip at another rate.

    Args:
        samples: float32, shape (n,), in [-1, 1], at `rate_hz`; taken as silent before and after.
        rate_hz: Rate of `samples`.
        target_hz: Rate wanted.

    Returns:
        float32, shape (ceil(n * target / rate),), the same sound with no delay.
    """
    if rate_hz == target_hz:
        return samples
    common = gcd(rate_hz, target_hz)
    up, down = target_hz // common, rate_hz // common
    half = _half_width(up, down)
    rows = -(-_BLOCK // down)
    size = down * rows
    length = resampled_length(len(samples), rate_hz, target_hz)
    if (size + 2 * half) * up * rows > _MATRIX_LIMIT:
        return _gather(samples, up, down, length)
    matrix = _matrix(up, down, rows)
    blocks = -(-len(samples) // size)
    padded = np.zeros(blocks * size + 2 * half, np.float32)
    padded[half : half + len(samples)] = samples
    windows = np.lib.stride_tricks.sliding_window_view(padded, size + 2 * half)[::size]
    out = np.empty((blocks, up * rows), np.float32)
    for first in range(0, blocks, _ROWS):
        # A contiguous copy: on overlapping rows numpy falls back from BLAS to a loop twenty times slower.
        np.matmul(np.ascontiguousarray(windows[first : first + _ROWS]), matrix, out=out[first : first + _ROWS])
    return out.reshape(-1)[:length]


def _half_width(up: int, down: int) -> int:
    """Return how many input samples the filter reaches to each side; wider when the rate goes down."""
    return int(np.ceil(_TAPS / 2 * max(1.0, down / up))) + 1


def _kernel(offset: npt.NDArray[np.float64], up: int, down: int) -> npt.NDArray[np.float64]:
    """Return the filter at `offset` input samples from its centre."""
    scale = min(1.0, up / down)
    # The cutoff lies half a transition below the lower Nyquist frequency when going down, where images would be heard;
    # going up, what leaks is the mirror of the top of the band, 80 dB down a little above it.
    cutoff = scale * (0.92 if scale < 1 else 0.96)
    reach = _TAPS / 2 / scale
    inside = np.clip(1 - (offset / reach) ** 2, 0, None)
    window: npt.NDArray[np.float64] = np.i0(_BETA * np.sqrt(inside)) / np.i0(_BETA)
    window[np.abs(offset) > reach] = 0
    return cutoff * np.sinc(cutoff * offset) * window


@lru_cache(maxsize=8)
def _matrix(up: int, down: int, rows: int) -> Samples:
    """Return the product matrix, shape (down * rows + 2 * half, up * rows)."""
    half = _half_width(up, down)
    inputs = np.arange(down * rows + 2 * half)[:, None] - half
    outputs = np.arange(up * rows)[None, :] * (down / up)
    return _kernel(inputs - outputs, up, down).astype(np.float32)


def _gather(samples: Samples, up: int, down: int, length: int) -> Samples:
    """Return the same for any pair of rates: slower, a quarter of a second for a second of sound at worst."""
    half = _half_width(up, down)
    padded = np.zeros(len(samples) + 2 * half + 1, np.float32)
    padded[half : half + len(samples)] = samples
    reach = np.arange(-half, half + 1)
    out = np.empty(length, np.float32)
    for first in range(0, length, _ROWS):
        number = np.arange(first, min(first + _ROWS, length))
        centre, phase = np.divmod(number * down, up)
        weights = _kernel(reach[None, :] - (phase / up)[:, None], up, down)
        out[first : first + len(number)] = (padded[centre[:, None] + reach + half] * weights).sum(axis=1)
    return out
