"""A look-ahead true-peak limiter over a stream.

It decides a gain for each cell of 64 samples, so that no true peak passes the ceiling, and reaches it by straight
ramps in decibels: down over the look-ahead before a peak, up again slowly after it. Ramps in decibels make the
envelope a running minimum, which numpy does in one call over a whole block.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tts_news.master.peak import CELL, REACH, cell_peaks

Samples = npt.NDArray[np.float32]

LOOKAHEAD_CELLS = 14
"""20 ms at 44.1 kHz, the time to fade down; longer would be heard as pumping before plosives."""
_ATTACK_DB = 1.5
"""Fall per cell: 21 dB within the look-ahead, more than any level-matched voice needs."""
_RELEASE_DB = 0.06
"""Rise per cell: about 40 dB a second; a faster one is heard as distortion of low voices."""


class Limiter:
    """Limits what is pushed through it; what comes out is `LOOKAHEAD_CELLS` late until `finish`."""

    def __init__(self, ceiling_dbtp: float) -> None:
        self._ceiling = 10 ** (ceiling_dbtp / 20)
        self._pending: Samples = np.zeros(REACH, np.float32)
        """Sound not yet given out, after `REACH` samples that were: the surroundings of the first cell."""
        self._release_db = 0.0
        self._edge_db = 0.0

    def push(self, samples: Samples) -> Samples:
        """Return the next limited samples, float32, as many whole cells as can be decided now (maybe none)."""
        self._pending = np.concatenate([self._pending, samples])
        cells = (len(self._pending) - 2 * REACH) // CELL
        return self._emit(cells, cells - LOOKAHEAD_CELLS)

    def finish(self) -> Samples:
        """Return what is still held back."""
        rest = len(self._pending) - REACH
        cells = -(-rest // CELL)
        self._pending = np.concatenate([self._pending, np.zeros(cells * CELL - rest + REACH, np.float32)])
        return self._emit(cells, cells)[:rest]

    def _emit(self, cells: int, ready: int) -> Samples:
        """Return the first `ready` of the `cells` that are held, limited, and forget them."""
        if ready <= 0:
            return np.zeros(0, np.float32)
        held = self._pending[: 2 * REACH + cells * CELL]
        nodes = self._gains_db(cell_peaks(held, self._ceiling), ready)
        out = held[REACH : REACH + ready * CELL]
        if nodes.min() < 0:
            steps = np.arange(CELL, dtype=np.float32) / CELL
            ramp = nodes[:-1, None] + (nodes[1:] - nodes[:-1])[:, None] * steps
            out = out * (10 ** (ramp / 20)).astype(np.float32).reshape(-1)
        else:
            out = out.copy()
        self._pending = self._pending[ready * CELL :].copy()
        return out

    def _gains_db(self, peaks: Samples, ready: int) -> npt.NDArray[np.float64]:
        """Return the gain at the `ready + 1` edges of the cells that are ready, in dB; linear in between."""
        index = np.arange(len(peaks))
        wanted = np.minimum(0.0, -20 * np.log10(np.maximum(peaks, 1e-9) / self._ceiling))
        released = np.minimum.accumulate(
            np.concatenate([[self._release_db + _RELEASE_DB], wanted - _RELEASE_DB * index])
        )
        released = np.minimum(0.0, released[1:] + _RELEASE_DB * index)
        ahead = np.minimum.accumulate((released + _ATTACK_DB * index)[::-1])[::-1] - _ATTACK_DB * index
        self._release_db = float(released[ready - 1])
        # Each edge takes the lower of its two cells, so that a ramp nowhere passes what its cell allows.
        last = ahead[ready] if ready < len(ahead) else 0.0
        edges: npt.NDArray[np.float64] = np.minimum(
            np.concatenate([[self._edge_db], ahead[:ready]]), np.concatenate([ahead[:ready], [last]])
        )
        self._edge_db = float(ahead[ready - 1])
        return edges
