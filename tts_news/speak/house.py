"""The house voice: phonemes, a small network that knows how they sound, and the vocoder. numpy and onnxruntime only."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from tts_news.errors import SpeakError
from tts_news.frozen import dataclass
from tts_news.models import open_model
from tts_news.sound import Take, Utterance, WordTime
from tts_news.speak.articulation import ASIDE_DIP, accent, height, lengthening, softening
from tts_news.speak.breath import breath_groups
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.phonemes import Phrase, count_words, phonemise
from tts_news.speak.phonemes.inventory import PHONES
from tts_news.speak.prosody import pause_after
from tts_news.speak.traits import FRAME_TRAITS, PhoneRows, frame_rows, phone_rows
from tts_news.speak.vocoder import HOP_S, RATE_HZ, Floats, Timbre, Track, Vocoder

if TYPE_CHECKING:
    import onnxruntime

_FRAME_S = 0.010
_SPEEDS = (0.5, 3.0)
_PITCHES = (0.5, 2.0)
# This much of the model's own silence is kept at either end of a phrase, faded: no click, no hiss in pauses.
_LEAD_S, _TAIL_S = 0.03, 0.07
_SILENCE_S = 0.1
# The teacher counts in 16-bit samples; at this gain speech has about -22 dBFS of power.
# Peaks above the knee are rounded, never cut.
_GAIN = 5e-6
_KNEE = 0.7
_HASTE = 2.0
"""The faster it is said, the less its pulses are dispersed: by this power of the speed."""


_Manner = dict[str, Floats]
"""How it is to be said: the model's inputs `speed`, `pitch` and `pitch_range`, 1.0 being its own."""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """One phrase as parameters: `track` every 5 ms, `ends_s` the end of each phone, from the start of the track."""

    track: Track
    ends_s: npt.NDArray[np.float64]
    rows: PhoneRows


class HouseEngine:
    """A voice made of `model.onnx`.

    Options of `voice.toml`: `model` (path from the voice's folder), `warp` (vocal tract shorter by this factor),
    `tilt_db` (brightness at 12 kHz), `dispersion_ms` and `dispersion_curve` (of the pulses), `contrast` (of the
    spectrum), `pace` (the voice's own, by which speed is multiplied), `pitch` and `pitch_range` (1.0 is the model's
    own).
    """

    version = "5"
    rate_hz = RATE_HZ
    shareable = True  # nothing is kept between two utterances, and onnxruntime's sessions are made for threads

    def __init__(self, spec: VoiceSpec) -> None:
        self._session = _open(spec.folder / str(spec.options.get("model", "model.onnx")))
        facts = self._session.get_modelmeta().custom_metadata_map
        if json.loads(facts.get("phones", "[]")) != list(PHONES):
            raise SpeakError(f"voice {spec.name}: its model was made for other phones than this version has")
        timbre = Timbre(
            _number(spec, "warp", 1.0),
            _number(spec, "tilt_db", 0.0),
            _number(spec, "dispersion_ms", 0.0),
            round(_number(spec, "dispersion_curve", 0.0)),
        )
        self._order = int(facts["order"])
        self._reference_hz = float(facts["reference_hz"])
        self._vocoder = Vocoder(self._order, float(facts["alpha"]), int(facts["analysis_hz"]), timbre)
        self._range = _number(spec, "pitch_range", 1.0)
        self._pitch = _number(spec, "pitch", 1.0)
        self._own_pace = _number(spec, "pace", 1.0)
        # Learned spectra are flatter than spoken ones; the first two coefficients are loudness and slope and stay.
        self._contrast = np.ones(self._order, np.float32)
        self._contrast[2:] = _number(spec, "contrast", 1.0)

    def speak(self, utterance: Utterance) -> Take:
        """Return the utterance with a time for every word.

        Raises:
            SpeakError: The text is no vowelled Arabic (the letter is named), or speed or pitch are out of range.
        """
        _check("speed", utterance.speed, _SPEEDS, utterance.id)
        _check("pitch", utterance.pitch, _PITCHES, utterance.id)
        try:
            phonemes = phonemise(utterance.text)
        except SpeakError as err:
            raise SpeakError(f"{utterance.id}: {err}", hint=err.hint) from err
        pieces: list[Floats] = []
        words: list[WordTime] = []
        length = 0
        groups = [group for phrase in phonemes.phrases for group in breath_groups(phrase)]
        for number, phrase in enumerate(groups):
            sound, times = self._say(phrase, utterance, number)
            words += [WordTime(t.text, t.start_s + length / RATE_HZ, t.end_s + length / RATE_HZ) for t in times]
            pause = np.zeros(round(pause_after(phrase) / utterance.speed * RATE_HZ), np.float32)
            pieces += [sound, pause] if number + 1 < len(groups) else [sound]
            length = sum(len(piece) for piece in pieces[-2:]) + (length if number else 0)
        if not pieces:
            pieces.append(np.zeros(round(_SILENCE_S * RATE_HZ), np.float32))
        return Take(np.concatenate(pieces), RATE_HZ, tuple(_by_token(utterance.text, words)))

    def _say(self, phrase: Phrase, utterance: Utterance, number: int) -> tuple[Floats, list[WordTime]]:
        spoken = self._parameters(phrase, utterance)
        # What softens a vowel blurs a consonant that lasts half as long.
        dispersion = min(1.0, utterance.speed**-_HASTE)
        sound = self._vocoder.sound(spoken.track, (utterance.seed, number), dispersion)
        first, last = spoken.ends_s[0], spoken.ends_s[-2]
        lead, tail = min(_LEAD_S, first), min(_TAIL_S, spoken.ends_s[-1] - last)
        begin, end = round((first - lead) * RATE_HZ), round((last + tail) * RATE_HZ)
        sound = _faded(sound[begin:end] * np.float32(_GAIN), lead, tail)
        return _rounded(sound), list(_word_times(phrase, spoken, first - lead))

    def _parameters(self, phrase: Phrase, utterance: Utterance) -> _Spoken:
        rows = phone_rows(phrase)
        manner = {
            "speed": np.array(utterance.speed * self._own_pace, np.float32),
            "pitch": np.array(utterance.pitch * self._pitch, np.float32),
            "pitch_range": np.array(self._range, np.float32),
        }
        frames, stretch = self._durations(rows, manner)
        at, places = frame_rows(frames)
        out = self._run(rows, at, places, manner)[2]
        out[:, 0] -= softening(rows, frames) + ASIDE_DIP * phrase.aside
        out[:, self._order] += accent(rows, frames) + height(phrase, rows, frames)
        ends_s = np.cumsum(frames * stretch * lengthening(rows)) * _FRAME_S
        out, phone = _in_time(out, frames, ends_s)
        silent = (phone == 0) | (phone == len(frames) - 1)
        borrowed = rows.voicing[phone]
        voiced = np.where(borrowed, borrowed > 0, out[:, self._order + 1] > 0) & ~silent
        track = Track(
            out[:, : self._order] * self._contrast,
            np.exp(out[:, self._order].astype(np.float64)) * self._reference_hz,
            voiced,
        )
        return _Spoken(track, ends_s, rows)

    def _durations(self, rows: PhoneRows, manner: _Manner) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        """Frames of each phone at the model's own pace, and how much longer each is said at the speed asked for."""
        nowhere = np.zeros(1, np.int64), np.zeros((1, FRAME_TRAITS), np.float32)
        lengths, stretch, _ = self._run(rows, *nowhere, manner)
        return lengths, stretch

    def _run(self, rows: PhoneRows, at: npt.NDArray[np.int64], places: Floats, manner: _Manner) -> list[Any]:
        feeds = {"phones": rows.phones, "traits": rows.traits, "at": at, "places": places, **manner}
        return list(self._session.run(None, feeds))


def _open(path: Path) -> onnxruntime.InferenceSession:
    try:
        return open_model(path)
    except Exception as err:
        if not type(err).__module__.startswith("onnxruntime"):
            raise
        raise SpeakError(f"cannot load the voice's model {path}: {err}", hint="reinstall tts-news") from err


def _number(spec: VoiceSpec, name: str, default: float) -> float:
    value = spec.options.get(name, default)
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not -24 <= value <= 24:
        raise SpeakError(f"voice {spec.name}: {name} must be a number, not {value!r}")
    return float(value)


def _check(name: str, value: float, limits: tuple[float, float], cue: str) -> None:
    if not limits[0] <= value <= limits[1]:
        raise SpeakError(f"{cue}: {name} {value:g} is not between {limits[0]:g} and {limits[1]:g}")


def _in_time(
    out: Floats, frames: npt.NDArray[np.int64], ends_s: npt.NDArray[np.float64]
) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return the frames at the pace of `ends_s`, every 5 ms, and the phone of each.

    The model's own frames are stretched or squeezed, so every sound reaches its target at any speed.
    """
    count = max(1, round(ends_s[-1] / HOP_S))
    times = (np.arange(count) + 0.5) * HOP_S
    own_ends = np.cumsum(frames) * _FRAME_S
    own = np.interp(times, np.concatenate([[0.0], ends_s]), np.concatenate([[0.0], own_ends]))
    place = np.clip(own / _FRAME_S - 0.5, 0, len(out) - 1)
    low = np.minimum(place.astype(np.int64), max(len(out) - 2, 0))
    share = (place - low).astype(np.float32)[:, None]
    mixed = out[low] * (1 - share) + out[np.minimum(low + 1, len(out) - 1)] * share
    return mixed, np.minimum(np.searchsorted(ends_s, times), len(frames) - 1)


def _word_times(phrase: Phrase, spoken: _Spoken, cut_s: float) -> Iterator[WordTime]:
    words = spoken.rows.words
    for number, word in enumerate(phrase.words):
        mine = np.flatnonzero(words == number)
        start, end = spoken.ends_s[mine[0] - 1] - cut_s, spoken.ends_s[mine[-1]] - cut_s
        yield WordTime(word.text, max(float(start), 0.0), float(end))


def _by_token(text: str, words: Sequence[WordTime]) -> Iterator[WordTime]:
    """Times of the space-separated parts of the text, which keep their punctuation and may hold two words or none."""
    at, end_s = 0, 0.0
    for token in text.split():
        mine = words[at : at + count_words(token)]
        at += len(mine)
        start_s, end_s = (mine[0].start_s, mine[-1].end_s) if mine else (end_s, end_s)
        yield WordTime(token, start_s, end_s)


def _faded(sound: Floats, lead_s: float, tail_s: float) -> Floats:
    out = sound.copy()
    for length_s, part in ((lead_s, slice(None)), (tail_s, slice(None, None, -1))):
        n = min(round(length_s * RATE_HZ), len(out))
        if n:
            out[part][:n] *= (0.5 - 0.5 * np.cos(np.pi * np.arange(n) / n)).astype(np.float32)
    return out


def _rounded(sound: Floats) -> Floats:
    """Peaks above the knee bend towards 1, so nothing is ever clipped."""
    over = np.abs(sound) - _KNEE
    bent = _KNEE + (1 - _KNEE) * np.tanh(np.maximum(over, 0) / (1 - _KNEE))
    return np.where(over > 0, np.sign(sound) * bent, sound).astype(np.float32)


def phrases_said(text: str) -> Sequence[Phrase]:
    """The breath groups the voice would make of a text: what the benchmark and the tests count."""
    return [group for phrase in phonemise(text).phrases for group in breath_groups(phrase)]
