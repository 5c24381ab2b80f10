"""First pass: how long and how loud every take is, and from that the gain of every voice."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tts_news.master.clip import clean, clip_length, trim
from tts_news.master.layout import Spoken
from tts_news.master.limiter import envelope_db
from tts_news.master.loudness import STEP_S, KWeighting, gated_loudness, step_powers
from tts_news.master.memory import trim_memory
from tts_news.master.peak import CELL, REACH, cell_peaks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tts_news.master.clip import Samples
    from tts_news.master.layout import Layout
    from tts_news.records import Takes

Powers = npt.NDArray[np.float32]

_OVERSHOOTS_DB = (0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 11.0, 15.0, 20.0, 40.0)
_TRIM_TAKES = 100
_MAX_BOOST_DB = 40.0
"""A voice quieter than this under the target is mostly noise; further up the noise would be as loud as speech."""


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """What the first pass finds out; a few kilobytes a minute, whatever the takes weigh.

    In columns and not an object a clip: over ten hours the difference is what makes memory constant.

    Attributes:
        spoken: Cues and the lengths of their clips, in order.
        powers: K-weighted mean power of the 100 ms steps of all clips, one after the other, float32.
        ends: Where each clip's steps end in `powers`, int64, shape (clips,).
        peaks_db: True peak of each clip, float32, shape (clips,).
        kept: Share of the clip's power that the limiter leaves when the peak is `_OVERSHOOTS_DB` over its ceiling,
            float32, shape (clips, overshoots).
    """

    spoken: tuple[Spoken, ...]
    powers: Powers
    ends: npt.NDArray[np.int64]
    peaks_db: Powers
    kept: Powers

    def clip_powers(self, number: int) -> Powers:
        """Return the steps of one clip."""
        return self.powers[self.ends[number - 1] if number else 0 : self.ends[number]]

    def kept_at(self, number: int, gain_db: float, ceiling_dbtp: float) -> float:
        """Return the share of a clip's power that the limiter leaves at that gain."""
        return float(np.interp(self.peaks_db[number] + gain_db - ceiling_dbtp, _OVERSHOOTS_DB, self.kept[number]))


def survey(takes: Takes, rate_hz: int) -> Survey:
    """Go through the takes once.

    Raises:
        MasterError: A take cannot be used; names its cue.
    """
    spoken: list[Spoken] = []
    powers, peaks_db, kept = array("f"), array("f"), array("f")
    ends = array("q")
    for number, (cue, raw) in enumerate(takes):
        if number % _TRIM_TAKES == 0:
            trim_memory()
        take = clean(cue, raw)
        bounds = trim(cue, take)
        samples = take.samples[bounds.start : bounds.end]
        powers.frombytes(_powers(samples, take.rate_hz).tobytes())
        ends.append(len(powers))
        peak_db, shares = _limiting(samples, take.rate_hz)
        peaks_db.append(peak_db)
        kept.extend(shares)
        lead, tail = (round(part * rate_hz / take.rate_hz) for part in (bounds.lead, bounds.tail))
        spoken.append(Spoken(cue, clip_length(bounds, take.rate_hz, rate_hz), lead, tail))
    columns = (np.frombuffer(column, np.float32) for column in (powers, peaks_db, kept))
    all_powers, all_peaks, all_kept = columns
    table = all_kept.reshape(-1, len(_OVERSHOOTS_DB))
    return Survey(tuple(spoken), all_powers, np.frombuffer(ends, np.int64), all_peaks, table)


def _powers(samples: Samples, rate_hz: int) -> Powers:
    """Return the K-weighted mean power of the 100 ms steps of a clip."""
    step = round(STEP_S * rate_hz)
    weighting = KWeighting(rate_hz)
    # In stretches, for memory; 128 steps are whole rows of the filter at any rate.
    stretches = range(0, len(samples), 128 * step)
    parts = [step_powers(weighting.filter(samples[at : at + 128 * step]), step) for at in stretches]
    return np.concatenate(parts).astype(np.float32)


def _limiting(samples: Samples, rate_hz: int) -> tuple[float, list[float]]:
    """Return the clip's true peak in dB and, from trying the limiter's envelope, what is left of its power."""
    cells = -(-len(samples) // CELL)
    around = np.zeros(cells * CELL + 2 * REACH, np.float32)
    around[REACH : REACH + len(samples)] = samples
    peaks = cell_peaks(around, float(np.abs(samples).max()) / 2)
    under_db = 20 * np.log10(np.maximum(peaks, 1e-9) / peaks.max())
    own = (around[REACH:-REACH].reshape(-1, CELL).astype(np.float64) ** 2).sum(axis=1)
    kept = [1.0]
    for over_db in _OVERSHOOTS_DB[1:]:
        gain_db, _ = envelope_db(under_db + over_db, CELL / rate_hz)
        kept.append(float((own * 10 ** (gain_db / 10)).sum() / own.sum()))
    return float(20 * np.log10(peaks.max())), kept


@dataclass(frozen=True, slots=True)
class Balance:
    """Linear gains that make every voice equally loud and the whole file as loud as it should be.

    Attributes:
        voices: Gain of each voice.
        sound: Gain of the show's sounds, which come level-matched.
    """

    voices: Mapping[str, float]
    sound: float


def balance(
    survey: Survey,
    layout: Layout,
    sound: Mapping[str, Samples],
    target_lufs: float,
    ceiling_dbtp: float,
    gains_db: Mapping[str, float] = MappingProxyType({}),
) -> Balance:
    """Return the gains of voices and show sound.

    Levelling by voice and not by sentence keeps what a voice does on purpose: a headline may be louder than a quote.

    Args:
        survey: Of the takes.
        layout: Where they go.
        sound: The show's sounds, level-matched.
        target_lufs: How loud the whole shall be, behind the limiter.
        ceiling_dbtp: Where the limiter stands.
        gains_db: How much louder than the others a voice is to be.
    """
    names = sorted({piece.cue.voice for piece in survey.spoken})
    speakers = np.array([names.index(piece.cue.voice) for piece in survey.spoken], np.int16)
    speaker = np.repeat(speakers, np.diff(survey.ends, prepend=0))
    voices = {
        name: _gain_db(gated_loudness(survey.powers[speaker == number]), target_lufs) + gains_db.get(name, 0.0)
        for number, name in enumerate(names)
    }
    step = round(STEP_S * layout.rate_hz)
    music = _steps_of(layout)
    for jingle in layout.jingles:
        _add(music, _powers(sound[jingle.name], layout.rate_hz), jingle.start, step)
    whole = 0.0
    # What is lifted is limited more: three rounds bring the rest under a hundredth of a decibel.
    for _ in range(3):
        gains = {voice: min(gain + whole, _MAX_BOOST_DB) for voice, gain in voices.items()}
        along = _along(survey, layout, gains, ceiling_dbtp)
        along += music * np.float32(10 ** (whole / 10))
        whole += _gain_db(gated_loudness(along), target_lufs)
    linear = {voice: 10 ** (min(gain + whole, _MAX_BOOST_DB) / 20) for voice, gain in voices.items()}
    return Balance(linear, 10 ** (whole / 20))


def _gain_db(lufs: float, target_lufs: float) -> float:
    return min(_MAX_BOOST_DB, target_lufs - lufs) if np.isfinite(lufs) else 0.0


def _along(survey: Survey, layout: Layout, gains_db: Mapping[str, float], ceiling_dbtp: float) -> Powers:
    """Return the 100 ms steps of the whole file as it will be behind the limiter, pauses included."""
    step = round(STEP_S * layout.rate_hz)
    along = _steps_of(layout)
    for number, (piece, start) in enumerate(zip(survey.spoken, layout.starts, strict=True)):
        gain_db = gains_db[piece.cue.voice]
        share = 10 ** (gain_db / 10) * survey.kept_at(number, gain_db, ceiling_dbtp)
        _add(along, survey.clip_powers(number) * np.float32(share), start, step)
    return along


def _steps_of(layout: Layout) -> Powers:
    """Return the 100 ms steps of the whole file, silent."""
    return np.zeros(layout.total // round(STEP_S * layout.rate_hz) + 2, np.float32)


def _add(along: Powers, powers: Powers, start: int, step: int) -> None:
    """Add the steps of a clip at the whole step next to its start."""
    first = round(start / step)
    room = along[first : first + len(powers)]
    room += powers[: len(room)]
