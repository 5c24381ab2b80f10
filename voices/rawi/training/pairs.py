"""Sound as the parameters of our vocoder, every 5 ms, and the parameters of the house voice on the same axis.

The house voice's mel-cepstrum spans 24 kHz, the sound only 12: both are brought to a mel-cepstrum of the lower half, so
what is learned from one can be laid over the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyworld
from scipy.ndimage import gaussian_filter1d
from train import phrase_of

from tts_news.speak.articulation import softening
from tts_news.speak.catalogue import CARD, built_in, load
from tts_news.speak.house import HouseEngine, _in_time
from tts_news.speak.phonemes import Phrase
from tts_news.speak.traits import frame_rows, phone_rows
from tts_news.speak.vocoder import HOP_S, RATE_HZ, Track

if TYPE_CHECKING:
    import torch

ORDER = 35
ALPHA = 0.46
"""All-pass constant at 24 kHz: the axis is as mel as 0.55 makes it at 48 kHz."""
_HOUSE_ALPHA, _HOUSE_HZ = 0.55, 48_000
_LOWEST_HZ, _HIGHEST_HZ = 65.0, 420.0
_BINS = 513
_FLOOR = 1e-10
_JOBS = 4
CONTOUR_ROWS = 12
"""Deviation of the bell that takes the contour of F0 from its tremor: 60 ms."""


def warped(hertz: np.ndarray, alpha: float, rate_hz: int) -> np.ndarray:
    """Radians on the mel axis of each frequency."""
    omega = 2 * np.pi * hertz / rate_hz
    return np.asarray(omega + 2 * np.arctan2(alpha * np.sin(omega), 1 - alpha * np.cos(omega)))


def _mel_hertz() -> np.ndarray:
    """257 frequencies equally far apart on our mel axis, from 0 to 12 kHz."""
    fine = np.linspace(0, RATE_HZ / 2, 8193)
    return np.interp(np.linspace(0, np.pi, 257), warped(fine, ALPHA, RATE_HZ), fine)


def _fit() -> np.ndarray:
    """Matrix from log amplitude at `_mel_hertz` to the mel-cepstrum, shape (257, ORDER)."""
    angles = np.outer(np.linspace(0, np.pi, 257), np.arange(ORDER))
    return np.linalg.pinv(np.cos(angles)).T


MEL_HERTZ, FIT = _mel_hertz(), _fit()
HOUSE = np.cos(np.outer(np.arange(ORDER), warped(MEL_HERTZ, _HOUSE_ALPHA, _HOUSE_HZ))) @ FIT
"""Matrix from the house voice's mel-cepstrum to ours, shape (ORDER, ORDER)."""


@dataclass(frozen=True)
class Pair:
    """What the house voice means by a phrase and how a reader says it, row by row, pauses at the ends cut off.

    Attributes:
        plain: The house voice's mel-cepstrum on our axis, in the reader's time, float32, shape (n, ORDER).
        spoken: The reader's, float32, shape (n, ORDER).
        tremor: The reader's log F0 less its own contour, float32, shape (n,).
        voiced: Whether the house voice has the row voiced, bool, shape (n,).
    """

    plain: np.ndarray
    spoken: np.ndarray
    tremor: np.ndarray
    voiced: np.ndarray


class AlignedVoice(HouseEngine):
    """The house voice in somebody else's time."""

    def meant(self, phrase: Phrase, ends_s: np.ndarray) -> Track:
        """Its parameters with the phones ending where they are told to."""
        rows = phone_rows(phrase)
        manner = {name: np.array(1, np.float32) for name in ("speed", "pitch", "pitch_range")}
        frames, _ = self._durations(rows, manner)
        at, places = frame_rows(frames)
        out = self._run(rows, at, places, manner)[2]
        out[:, 0] -= softening(rows, frames)
        out, _ = _in_time(out, frames, ends_s)
        f0_hz = np.exp(out[:, self._order].astype(np.float64)) * self._reference_hz
        return Track(on_our_axis(out[:, : self._order] * self._contrast), f0_hz, out[:, self._order + 1] > 0)


def on_our_axis(mgc: np.ndarray) -> np.ndarray:
    """The house voice's mel-cepstrum as ours, float32, shape (n, ORDER)."""
    return np.asarray(mgc @ HOUSE, np.float32)


def analysed(samples: np.ndarray) -> Track:
    """WORLD's parameters of a sound at 24 kHz: F0 goes straight through what is voiceless."""
    sound = samples.astype(np.float64)
    rough, times = pyworld.dio(sound, RATE_HZ, f0_floor=_LOWEST_HZ, f0_ceil=_HIGHEST_HZ, frame_period=HOP_S * 1000)
    f0 = pyworld.stonemask(sound, rough, times, RATE_HZ)
    power = pyworld.cheaptrick(sound, f0, times, RATE_HZ, fft_size=2 * (_BINS - 1))
    log_amplitude = 0.5 * np.log(power + _FLOOR)
    hertz = np.linspace(0, RATE_HZ / 2, _BINS)
    low = np.clip(np.searchsorted(hertz, MEL_HERTZ) - 1, 0, _BINS - 2)
    share = (MEL_HERTZ - hertz[low]) / (hertz[1] - hertz[0])
    rows = log_amplitude[:, low] * (1 - share) + log_amplitude[:, low + 1] * share
    voiced = f0 > 0
    if voiced.any():
        f0 = np.exp(np.interp(np.arange(len(f0)), np.flatnonzero(voiced), np.log(f0[voiced])))
    else:
        f0 = np.full(len(f0), 120.0)
    return Track((rows @ FIT).astype(np.float32), f0, voiced)


def pair_of(path: Path, voice: AlignedVoice) -> Pair:
    """One phrase that `readers.py` saved, beside what the house voice means by it."""
    with np.load(path) as data:
        spoken = analysed(data["samples"] / 32768)
        phrase, ends_s = phrase_of(str(data["phones"]), str(data["tune"]), int(data["place"])), data["ends_s"]
    meant = voice.meant(phrase, ends_s)
    begin, end = round(ends_s[0] / HOP_S), min(round(ends_s[-2] / HOP_S), len(meant.mgc), len(spoken.mgc))
    log_f0 = np.log(spoken.f0_hz)
    tremor = (log_f0 - gaussian_filter1d(log_f0, CONTOUR_ROWS)) * spoken.voiced
    part = slice(begin, end)
    return Pair(meant.mgc[part], spoken.mgc[part], tremor[part].astype(np.float32), meant.voiced[part])


def pairs(folder: Path) -> list[Pair]:
    """All phrases of a folder; kept beside it, since analysis takes a while."""
    files, kept = sorted(folder.glob("[0-9]*.npz")), folder / "pairs.npy"
    if kept.exists():
        rows = np.load(kept)
    else:
        with ProcessPoolExecutor(_JOBS) as pool:
            rows = np.concatenate(list(pool.map(_rows_of, files, chunksize=5)))
        np.save(kept, rows)
    cuts = np.flatnonzero(rows[:, -1]) + 1
    return [
        Pair(one[:, :ORDER], one[:, ORDER : 2 * ORDER], one[:, -3], one[:, -2] > 0) for one in np.split(rows, cuts)[:-1]
    ]


@cache
def _voice() -> AlignedVoice:
    return AlignedVoice(load(built_in() / "rawi" / CARD))


def _rows_of(path: Path) -> np.ndarray:
    pair = pair_of(path, _voice())
    last = np.zeros(len(pair.plain), np.float32)
    last[-1] = 1
    return np.column_stack([pair.plain, pair.spoken, pair.tremor, pair.voiced, last]).astype(np.float32)


def cut_at_random(
    rows: Sequence[tuple[np.ndarray, np.ndarray]], random: np.random.Generator, count: int, length: int
) -> list[torch.Tensor]:
    """Return so many cuts of so many steps from phrases that are longer: for each part, shape (count, length, width)."""
    import torch

    picked = []
    for i in random.integers(len(rows), size=count):
        begin = random.integers(len(rows[i][0]) - length)
        picked.append([part[begin : begin + length] for part in rows[i]])
    return [torch.from_numpy(np.stack(part)) for part in zip(*picked, strict=True)]
