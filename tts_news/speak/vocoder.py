"""Mel-cepstra, F0 and voicing to sound: a source of pulses and noise through minimum-phase filters, by overlap-add.

A mel-cepstrum is the logarithm of a minimum-phase transfer function on a warped frequency axis, so one complex matrix
takes it to amplitude and phase at once, without a transform in between.
Source: K. Tokuda, T. Kobayashi, T. Masuko, S. Imai, Mel-generalized cepstral analysis, ICSLP 1994, eqs. 1 to 4.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tts_news.frozen import dataclass

Floats = npt.NDArray[np.float32]

RATE_HZ = 24_000
HOP_S = 0.005
_SIZE = 1024
_EARLY = 32
"""A pulse is laid down this many samples early and fades in and out over as many: what its fraction of a sample makes
ring round the ends of the transform is cut, so a pulse on the edge of a sample sounds the same on either side of it."""
_NOISE_HOP = 120  # 5 ms: a burst must not be smeared, and a window of 10 ms is the shortest that stays smooth
_FLAT_HZ, _DELAY_STEP_HZ = 500, 100
"""Below the first nothing is delayed; the delay is another one at every step above."""
_NOISE_DB = ((1000, -22.0), (2500, -10.0), (6000, -3.0))
"""Amplitude of the noise in voiced frames by frequency (Hz), dB below the whole."""
_BLOCK = 128  # filters made at a time: bounds the memory, whatever the length


@dataclass(frozen=True, slots=True)
class Timbre:
    """What turns one model into several voices.

    Attributes:
        warp: How much shorter the vocal tract is: formants lie this much higher.
        tilt_db: Added at 12 kHz, falling to nothing at 0 Hz.
        dispersion_ms: By how much a pulse is spread out in time at most: a glottis does not close at once.
        dispersion_curve: Which frequencies come when: one of many curves, by number.
    """

    warp: float = 1.0
    tilt_db: float = 0.0
    dispersion_ms: float = 0.0
    dispersion_curve: int = 0


@dataclass(frozen=True, slots=True)
class Track:
    """What is to be sounded, a row each 5 ms.

    Attributes:
        mgc: Mel-cepstrum, c0 first, float32, shape (n, order).
        f0_hz: float64, shape (n,), positive everywhere: what is rounded adds up from pulse to pulse.
        voiced: bool, shape (n,).
    """

    mgc: Floats
    f0_hz: npt.NDArray[np.float64]
    voiced: npt.NDArray[np.bool_]


class Vocoder:
    """Makes sound at 24 kHz from tracks analysed at `analysis_hz` with the warping `alpha`."""

    def __init__(self, order: int, alpha: float, analysis_hz: int, timbre: Timbre) -> None:
        hertz = np.arange(_SIZE // 2 + 1) * (RATE_HZ / _SIZE)
        omega = 2 * np.pi * np.minimum(hertz / timbre.warp, analysis_hz / 2) / analysis_hz
        warped = omega + 2 * np.arctan2(alpha * np.sin(omega), 1 - alpha * np.cos(omega))
        angles = np.outer(np.arange(order), warped)
        self._amplitude = np.cos(angles).astype(np.float32)
        self._phase = (-np.sin(angles)).astype(np.float32)
        tilt = np.log(10) / 20 * timbre.tilt_db * hertz / hertz[-1]
        self._amplitude_tilt = tilt.astype(np.float32)
        noise = _noise_share(hertz)
        self._noise_share = noise.astype(np.float32)
        self._pulse_share = np.sqrt(1 - noise**2).astype(np.float32)
        self._lag = (timbre.dispersion_ms * _lag_of_a_millisecond(hertz, timbre.dispersion_curve)).astype(np.float32)
        self._bins = (2 * np.pi / _SIZE * np.arange(_SIZE // 2 + 1)).astype(np.float32)
        rise = 0.5 - 0.5 * np.cos(np.pi * np.arange(_EARLY) / _EARLY)
        self._taper = np.ones(_SIZE, np.float32)
        self._taper[:_EARLY], self._taper[-_EARLY:] = rise, rise[::-1]
        self._window = np.hanning(2 * _NOISE_HOP + 1)[:-1].astype(np.float32)

    def sound(self, track: Track, seed: int | tuple[int, ...], dispersion: float = 1.0) -> Floats:
        """Return the track as samples, float32, shape (n * 120,).

        Args:
            track: What is to be sounded.
            seed: The same one gives the same noise.
            dispersion: Share of the timbre's dispersion that is wanted.
        """
        length = round(len(track.mgc) * HOP_S * RATE_HZ)
        out = np.zeros(length + 2 * _SIZE, np.float32)
        self._add_pulses(track, out, np.float32(dispersion) * self._lag)
        self._add_noise(track, out, np.random.default_rng(seed))
        return out[:length]

    def _filters(self, mgc: Floats, share: Floats, lag: Floats | None = None) -> npt.NDArray[np.complex64]:
        amplitude = np.exp(_product(mgc, self._amplitude) + self._amplitude_tilt) * share
        phase = _product(mgc, self._phase)
        if lag is not None:
            phase -= lag
        spectrum = np.empty(phase.shape, np.complex64)
        spectrum.real = amplitude * np.cos(phase)
        spectrum.imag = amplitude * np.sin(phase)
        return spectrum

    def _add_pulses(self, track: Track, out: Floats, dispersion: Floats) -> None:
        times, periods = pulse_times(track)
        for first in range(0, len(times), _BLOCK):
            at = times[first : first + _BLOCK]
            start = np.floor(at).astype(np.int64) - _EARLY
            rows = _between(track.mgc, at / (HOP_S * RATE_HZ) - 0.5)
            gain = np.sqrt(periods[first : first + _BLOCK]).astype(np.float32)
            lag = (at - start).astype(np.float32)[:, None] * self._bins + dispersion
            filters = self._filters(rows, self._pulse_share, lag)
            waves = np.fft.irfft(filters, axis=1).astype(np.float32) * gain[:, None] * self._taper
            for i, wave in zip(start, waves, strict=True):
                cut = max(0, -i)
                out[i + cut : i + _SIZE] += wave[cut:]

    def _add_noise(self, track: Track, out: Floats, random: np.random.Generator) -> None:
        count = (len(out) - 2 * _SIZE) // _NOISE_HOP + 1
        for first in range(0, count, _BLOCK):
            at = np.arange(first, min(first + _BLOCK, count)) * _NOISE_HOP
            place = at / (HOP_S * RATE_HZ) - 0.5
            voiced = track.voiced[np.clip(np.rint(place), 0, len(track.mgc) - 1).astype(np.int64)]
            share = np.where(voiced[:, None], self._noise_share, np.float32(1))
            white = random.standard_normal((len(at), 2 * _NOISE_HOP), np.float32) * self._window
            spectrum = np.fft.rfft(white, _SIZE, axis=1) * self._filters(_between(track.mgc, place), share)
            waves = np.fft.irfft(spectrum, axis=1).astype(np.float32)
            for i, wave in enumerate(waves, start=first):
                # The window is centred on its frame; the first one hangs over the start and is cut there.
                begin = (i - 1) * _NOISE_HOP
                cut = max(0, -begin)
                out[begin + cut : begin + _SIZE] += wave[cut:]


def _product(rows: Floats, matrix: Floats) -> Floats:
    """Return `rows @ matrix`, a few rows at a time.

    OpenBLAS wakes its threads for any product of more than a quarter of a million terms and then waits for them longer
    than the product takes: five times as much work, measured by `benchmarks/voice_speed.py`.
    """
    out = np.empty((len(rows), matrix.shape[1]), np.float32)
    step = max(1, 250_000 // matrix.size)
    for first in range(0, len(rows), step):
        np.matmul(rows[first : first + step], matrix, out=out[first : first + step])
    return out


def _noise_share(hertz: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """How much of the amplitude of a voiced frame is noise, by frequency: what natural speech has."""
    decibels = np.interp(hertz, [f for f, _ in _NOISE_DB], [db for _, db in _NOISE_DB])
    share: npt.NDArray[np.float64] = 10 ** (decibels / 20)
    return share


def _lag_of_a_millisecond(hertz: npt.NDArray[np.floating], curve: int) -> npt.NDArray[np.float64]:
    """Return by how much each frequency of a pulse lags, in radians, when it is spread over 1 ms.

    A glottis does not close at one instant, and a pulse all of whose frequencies come at once buzzes. The group delay
    is a smooth curve through random values between 0 and 1 ms, the same for every pulse: one that moves from pulse to
    pulse is heard as roughness. Curves differ by 0.1 for the predictors of `benchmarks/voice_naturalness.py`, so a
    voice has the one they liked best of a few; steps of 100 or 200 Hz are liked better than coarser ones.
    """
    places = np.arange(_FLAT_HZ + _DELAY_STEP_HZ, hertz[-1] + _DELAY_STEP_HZ, _DELAY_STEP_HZ)
    values = np.random.default_rng(np.random.SeedSequence(curve, spawn_key=(1,))).random(len(places), np.float32)
    near = np.clip(np.abs(hertz - places[:, None]) / _DELAY_STEP_HZ, 0, 1)
    delay_s = 1e-3 * values @ (0.5 + 0.5 * np.cos(np.pi * near))
    return np.asarray(2 * np.pi * np.cumsum(delay_s) * (hertz[1] - hertz[0]), np.float64)


def _between(rows: Floats, place: npt.NDArray[np.float64]) -> Floats:
    """Rows at fractional places, in a straight line between neighbours."""
    place = np.clip(place, 0, len(rows) - 1)
    low = np.minimum(place.astype(np.int64), max(len(rows) - 2, 0))
    share = (place - low).astype(np.float32)[:, None]
    mixed: Floats = rows[low] * (1 - share) + rows[np.minimum(low + 1, len(rows) - 1)] * share
    return mixed


def pulse_times(track: Track) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Where the glottis closes, in samples, and the period there: float64, shape (pulses,) each."""
    hop = round(HOP_S * RATE_HZ)
    length = len(track.f0_hz) * hop
    f0 = np.interp(np.arange(length) / hop - 0.5, np.arange(len(track.f0_hz)), track.f0_hz)
    cycles = np.cumsum(f0 / RATE_HZ)
    # Every voiced stretch starts its own count: rounding errors of F0, which differ between versions of onnxruntime,
    # add up over a syllable or two and not over a sentence.
    onset = np.diff(track.voiced.astype(np.int64), prepend=0) == 1
    before = np.concatenate([[0.0], cycles[np.flatnonzero(onset) * hop]])[np.cumsum(onset)]
    cycles = cycles - np.repeat(before, hop) + 0.5
    at = np.flatnonzero(np.floor(cycles[1:]) > np.floor(cycles[:-1])) + 1
    at = at[track.voiced[at // hop]]
    step = f0[at] / RATE_HZ
    late = (cycles[at] - np.floor(cycles[at])) / step
    return np.maximum(at - late, 0.0), 1 / step
