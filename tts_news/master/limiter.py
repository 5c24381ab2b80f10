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
Floats = npt.NDArray[np.float64]

LOOKAHEAD_CELLS = 14
"""20 ms at 44.1 kHz, the time to fade down; longer would be heard as pumping before plosives."""
_ATTACK_DB_S = 1000.0
"""Fall in dB a second: 20 dB within the look-ahead, more than any level-matched voice needs."""
_RELEASE_DB_S = 40.0
"""Rise in dB a second; a faster one is heard as distortion of low voices."""


def envelope_db(over_db: Floats, cell_s: float, before_db: float = 0.0) -> tuple[Floats, Floats]:
    """Return the gain of each cell in dB, and what it would be had nothing been known of the cells after it.

    Args:
        over_db: How far the peak of each cell lies over the ceiling; negative under it.
        cell_s: Duration of a cell.
        before_db: Gain, looking back only, of the cell before the first.
    """
    index = np.arange(len(over_db))
    rise, fall = _RELEASE_DB_S * cell_s, _ATTACK_DB_S * cell_s
    wanted = np.minimum(0.0, -over_db)
    back = np.minimum.accumulate(np.concatenate([[before_db + rise], wanted - rise * index]))[1:]
    back = np.minimum(0.0, back + rise * index)
    ahead = np.minimum.accumulate((back + fall * index)[::-1])[::-1] - fall * index
    return ahead, back


class Limiter:
    """Limits what is pushed through it; what comes out is `LOOKAHEAD_CELLS` late until `finish`."""

    def __init__(self, ceiling_dbtp: float, rate_hz: int) -> None:
        self._cell_s = CELL / rate_hz
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

    def _gains_db(self, peaks: Samples, ready: int) -> Floats:
        """Return the gain at the `ready + 1` edges of the cells that are ready, in dB; linear in between."""
        over_db = 20 * np.log10(np.maximum(peaks, 1e-9) / self._ceiling)
        ahead, back = envelope_db(over_db, self._cell_s, self._release_db)
        self._release_db = float(back[ready - 1])
        # Each edge takes the lower of its two cells, so that a ramp nowhere passes what its cell allows.
        last = ahead[ready] if ready < len(ahead) else 0.0
        edges: Floats = np.minimum(
            np.concatenate([[self._edge_db], ahead[:ready]]), np.concatenate([ahead[:ready], [last]])
        )
        self._edge_db = float(ahead[ready - 1])
        return edges
