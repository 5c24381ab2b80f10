"""The room: a murmur under the whole edition, so that pauses are pauses and not holes.

Digital silence between words is heard as a fault on headphones, and a voice that comes out of nothing sounds cut out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterator

Samples = npt.NDArray[np.float32]

SILENCE_DBFS = -96.0
"""One step of a 16-bit sample: a room at this level or below it is none."""
_LOOP_S = 11
"""Long enough that nobody hears it come again."""
_RUMBLE_HZ = 60
"""Where the spectrum of the murmur, which falls by 3 dB an octave as that of a quiet studio does, begins."""


def room_tone(rate_hz: int, level_dbfs: float) -> Samples:
    """Return a loop of room tone, float32, of that RMS level; it joins its own beginning without a seam."""
    length = _LOOP_S * rate_hz
    random = np.random.default_rng(0)
    hertz = np.fft.rfftfreq(length, 1 / rate_hz)
    colour = np.where(hertz < _RUMBLE_HZ, 0, 1 / np.sqrt(np.maximum(hertz, _RUMBLE_HZ)))
    noise = np.fft.irfft(colour * np.exp(2j * np.pi * random.random(len(hertz))), length)
    level = 10 ** (level_dbfs / 20) / np.sqrt(np.mean(noise**2))
    return np.asarray(noise * level, np.float32)


def lay_room(pieces: Iterator[Samples], loop: Samples) -> Iterator[Samples]:
    """Yield the same pieces with the loop under them from the first sample to the last."""
    at = 0
    for piece in pieces:
        yield piece + np.take(loop, np.arange(at, at + len(piece)), mode="wrap")
        at = (at + len(piece)) % len(loop)
