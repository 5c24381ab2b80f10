"""How high the peaks of a finished file are once a player has decoded it: a lossy one overshoots what it was given."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import numpy as np

from tts_news.errors import MasterError
from tts_news.master.ffmpeg import QUIET, find_ffmpeg
from tts_news.master.peak import CELL, NEAR, REACH, cell_peaks

if TYPE_CHECKING:
    from pathlib import Path

_PIECE = 4 * CELL * 1024
"""Bytes: a second and a half of sound."""


def decoded_peak_dbtp(path: Path, ffmpeg: str, looked_for_dbtp: float) -> float:
    """Return the true peak of a mono file as a decoder gives it, in dBTP.

    Args:
        path: The file; memory does not grow with it.
        ffmpeg: See `find_ffmpeg`.
        looked_for_dbtp: Peaks well under this are found from the samples alone, which saves most of the work.

    Raises:
        MasterError: It cannot be decoded.
    """
    command = [find_ffmpeg(ffmpeg), *QUIET, "-i", str(path), "-map", "0:a:0", "-f", "f32le", "-ac", "1", "pipe:1"]
    peak, limit = 1e-9, float(10 ** (looked_for_dbtp / 20)) * NEAR
    around = np.zeros(2 * REACH, np.float32)
    try:
        decoder = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError as err:
        raise MasterError(f"ffmpeg cannot be started: {err.strerror}", hint="check `ffmpeg` in [master]") from err
    with decoder:
        assert decoder.stdout is not None  # noqa: S101 - for the type checker: it was asked for
        while piece := decoder.stdout.read(_PIECE):
            around = np.concatenate([around, np.frombuffer(piece, "<f4", len(piece) // 4)])
            cells = (len(around) - 2 * REACH) // CELL
            if cells > 0:
                limit = max(limit, peak * NEAR)
                peak = max(peak, float(cell_peaks(around[: cells * CELL + 2 * REACH], limit).max()))
            around = around[cells * CELL :]
        around = np.concatenate([around, np.zeros(-len(around) % CELL + 2 * REACH, np.float32)])
        cells = (len(around) - 2 * REACH) // CELL
        peak = max(peak, float(cell_peaks(around[: cells * CELL + 2 * REACH], limit).max()))
    if decoder.returncode:
        raise MasterError(
            f"ffmpeg cannot decode the finished {path.name}", hint="run `tts-news doctor`; it tries every format"
        )
    return float(20 * np.log10(peak))
