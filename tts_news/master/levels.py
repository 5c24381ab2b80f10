"""First pass: how long and how loud every take is, and from that the gain of every voice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tts_news.master.clip import clip_length, trim
from tts_news.master.layout import Spoken
from tts_news.master.loudness import STEP_S, KWeighting, gated_loudness, step_energies

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tts_news.master.clip import Samples
    from tts_news.master.layout import Layout
    from tts_news.records import Takes

Energies = npt.NDArray[np.float32]

_MAX_BOOST_DB = 40.0
"""A voice quieter than this under the target is mostly noise; further up the noise would be as loud as speech."""


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """What the first pass finds out; a few kilobytes a minute, whatever the takes weigh.

    Attributes:
        spoken: Cues and the lengths of their clips, in order.
        energies: For each clip the K-weighted mean power of its 100 ms steps, float32.
    """

    spoken: tuple[Spoken, ...]
    energies: tuple[Energies, ...]


def survey(takes: Takes, rate_hz: int) -> Survey:
    """Go through the takes once.

    Raises:
        MasterError: A take cannot be used; names its cue.
    """
    spoken: list[Spoken] = []
    energies: list[Energies] = []
    for cue, take in takes:
        kept = trim(cue, take)
        energies.append(_powers(np.asarray(take.samples[kept[0] : kept[1]], np.float32), take.rate_hz))
        spoken.append(Spoken(cue, clip_length(kept, take.rate_hz, rate_hz)))
    return Survey(tuple(spoken), tuple(energies))


def _powers(samples: Samples, rate_hz: int) -> Energies:
    """Return the K-weighted mean power of the 100 ms steps of a clip."""
    step = round(STEP_S * rate_hz)
    weighting = KWeighting(rate_hz)
    # In stretches, for memory; 128 steps are whole rows of the filter at any rate.
    stretches = range(0, len(samples), 128 * step)
    parts = [step_energies(weighting.filter(samples[at : at + 128 * step]), step) / step for at in stretches]
    return np.concatenate(parts).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Balance:
    """Linear gains that make every voice equally loud and the whole file as loud as it should be.

    Attributes:
        voices: Gain of each voice.
        sound: Gain of the show's sounds, which come level-matched.
    """

    voices: Mapping[str, float]
    sound: float


def balance(survey: Survey, layout: Layout, sound: Mapping[str, Samples], target_lufs: float) -> Balance:
    """Return the gains of voices and show sound.

    Levelling by voice and not by sentence keeps what a voice does on purpose: a headline may be louder than a quote.
    """
    by_voice: dict[str, list[Energies]] = {}
    for piece, energy in zip(survey.spoken, survey.energies, strict=True):
        by_voice.setdefault(piece.cue.voice, []).append(energy)
    gains = {
        voice: _gain(gated_loudness(np.concatenate(own).astype(np.float64), 1), target_lufs)
        for voice, own in by_voice.items()
    }
    along = _along(survey, layout, gains)
    step = round(STEP_S * layout.rate_hz)
    for jingle in layout.jingles:
        _add(along, _powers(sound[jingle.name], layout.rate_hz).astype(np.float64), jingle.start, step)
    whole = _gain(gated_loudness(along, 1), target_lufs)
    most = 10 ** (_MAX_BOOST_DB / 20)
    return Balance({voice: min(gain * whole, most) for voice, gain in gains.items()}, whole)


def _gain(lufs: float, target_lufs: float) -> float:
    return float(10 ** (min(_MAX_BOOST_DB, target_lufs - lufs) / 20)) if np.isfinite(lufs) else 1.0


def _along(survey: Survey, layout: Layout, gains: Mapping[str, float]) -> npt.NDArray[np.float64]:
    """Return the 100 ms steps of the whole file as it will be, pauses included."""
    step = round(STEP_S * layout.rate_hz)
    along = np.zeros(layout.total // step + 2)
    for piece, energy, start in zip(survey.spoken, survey.energies, layout.starts, strict=True):
        _add(along, energy.astype(np.float64) * gains[piece.cue.voice] ** 2, start, step)
    return along


def _add(along: npt.NDArray[np.float64], energy: npt.NDArray[np.float64], start: int, step: int) -> None:
    """Add the steps of a clip at the whole step next to its start."""
    first = round(start / step)
    room = along[first : first + len(energy)]
    room += energy[: len(room)]
