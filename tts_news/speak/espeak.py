"""The voice of last resort: espeak-ng's formant synthesiser, through the shared library of the espeakng-loader wheel.

Source: espeak-ng's `speak_lib.h` (API revision 12).
"""

from __future__ import annotations

import _ctypes
import ctypes
import re
from typing import Self

import numpy as np

from tts_news.errors import SpeakError
from tts_news.records import Take, Utterance, WordTime
from tts_news.speak.catalogue import VoiceSpec

_SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS: samples come to the callback before the call returns
_CHARS_UTF8 = 1
_BY_CHARACTER = 1  # POS_CHARACTER
_RATE, _PITCH = 1, 3  # espeak_PARAMETER
_EVENT_LIST_END, _EVENT_WORD = 0, 1
_WORDS_PER_MINUTE = 165
_PITCH_MIDDLE = 50

# Unicode's canonical order puts the vowel before shadda; espeak-ng 1.52 then drops the vowel (الشَّمْسُ).
_VOWEL_THEN_SHADDA = re.compile("([\u064b-\u0650])\u0651")


class _EventId(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class _Library:
    """The shared library, loaded afresh and unloaded again.

    It keeps what it has spoken in static variables (flutter, trills), so that the same text sounds a little different
    each time; and started twice it hangs. Loading it anew takes 6 ms and gives the same samples every time.
    """

    def __init__(self) -> None:
        import espeakng_loader

        self._pieces: list[np.ndarray] = []
        self._word_starts: list[tuple[int, float]] = []
        self._c = ctypes.CDLL(espeakng_loader.get_library_path())
        self.rate_hz: int = self._c.espeak_Initialize(_SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
        if self.rate_hz <= 0:
            raise SpeakError("espeak-ng cannot be started", hint="reinstall the package espeakng-loader")
        # Kept on the instance: the library calls it later, and ctypes does not hold a reference.
        self._callback = _Callback(self._listen)
        self._c.espeak_SetSynthCallback(self._callback)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._c.espeak_Terminate()
        handle = self._c._handle  # noqa: SLF001 - ctypes has no public way to unload
        del self._c
        _ctypes.dlclose(handle)

    def _listen(self, wav: ctypes._Pointer[ctypes.c_short], n: int, events: ctypes._Pointer[_Event]) -> int:
        if n > 0:
            self._pieces.append(np.ctypeslib.as_array(wav, shape=(n,)).copy())
        i = 0
        while events[i].type != _EVENT_LIST_END:
            if events[i].type == _EVENT_WORD:
                self._word_starts.append((events[i].text_position - 1, events[i].audio_position / 1000))
            i += 1
        return 0

    def choose(self, language: str) -> bool:
        """Make a voice the current one; False when there is none of that name."""
        return bool(self._c.espeak_SetVoiceByName(language.encode()) == 0)

    def synthesise(self, text: str, speed: float, pitch: float) -> tuple[np.ndarray, list[tuple[int, float]]]:
        """Return 16-bit samples, empty when it refused, and (character position, seconds) where words begin."""
        self._pieces, self._word_starts = [], []
        self._c.espeak_SetParameter(_RATE, round(_WORDS_PER_MINUTE * speed), 0)
        self._c.espeak_SetParameter(_PITCH, min(99, max(0, round(_PITCH_MIDDLE * pitch))), 0)
        data = text.encode()
        size = ctypes.c_size_t(len(data) + 1)
        code = self._c.espeak_Synth(ctypes.c_char_p(data), size, 0, _BY_CHARACTER, 0, _CHARS_UTF8, None, None)
        pieces = self._pieces if code == 0 else []
        return (np.concatenate(pieces) if pieces else np.zeros(0, np.int16)), self._word_starts


class EspeakEngine:
    """A voice of espeak-ng, by default the Arabic one."""

    version = "1"

    def __init__(self, spec: VoiceSpec) -> None:
        self._language = str(spec.options.get("voice", "ar"))
        with _Library() as library:
            if not library.choose(self._language):
                raise SpeakError(f"voice {spec.name}: espeak-ng has no voice {self._language!r}")
            self.rate_hz = library.rate_hz

    def speak(self, utterance: Utterance) -> Take:
        """Return the utterance; word times come from the library's word events.

        Raises:
            SpeakError: espeak-ng refused it or gave no sound.
        """
        text = _VOWEL_THEN_SHADDA.sub("\u0651\\1", utterance.text)
        with _Library() as library:
            library.choose(self._language)
            heard, starts = library.synthesise(text, utterance.speed, utterance.pitch)
        if not len(heard):
            raise SpeakError(f"{utterance.id}: espeak-ng gave no sound for {utterance.text!r}")
        samples = heard.astype(np.float32) / np.float32(32768)
        return Take(samples, self.rate_hz, _word_times(utterance.text, starts, len(samples) / self.rate_hz))


def _word_times(text: str, starts: list[tuple[int, float]], end_s: float) -> tuple[WordTime, ...]:
    """Return a time for each space-separated word, from (character position, seconds) pairs.

    espeak-ng merges some words and splits others: a word without an event of its own begins with the next that has.
    """
    words = [(m.start(), m.end(), m.group()) for m in re.finditer(r"\S+", text)]
    begin = [next((s for position, s in starts if first <= position < last), None) for first, last, _ in words]
    following = end_s
    filled: list[float] = []
    for start in reversed(begin):
        following = following if start is None else min(start, following)
        filled.append(following)
    filled.reverse()
    ends = [*filled[1:], end_s]
    return tuple(WordTime(word, a, b) for (_, _, word), a, b in zip(words, filled, ends, strict=True))
