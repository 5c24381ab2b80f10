"""The voice of last resort: espeak-ng's formant synthesiser, through the shared library of the espeakng-loader wheel.

Source: espeak-ng's `speak_lib.h` (API revision 12).
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, field

import numpy as np

from tts_news.errors import SpeakError
from tts_news.records import Take, Utterance, WordTime
from tts_news.speak.catalogue import VoiceSpec

_RETRIEVAL = 1  # AUDIO_OUTPUT_RETRIEVAL: samples come to the callback, nothing is played
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


@dataclass(slots=True)
class _Heard:
    """What one synthesis handed to the callback."""

    pieces: list[np.ndarray] = field(default_factory=list)
    word_starts: list[tuple[int, float]] = field(default_factory=list)


class EspeakEngine:
    """espeak-ng's `ar` voice. The library has one state per process: make one engine and use it from one thread."""

    version = "1"

    def __init__(self, spec: VoiceSpec) -> None:
        import espeakng_loader

        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = espeakng_loader.get_data_path().encode()
        self.rate_hz: int = self._library.espeak_Initialize(_RETRIEVAL, 0, data, 0)
        if self.rate_hz <= 0:
            raise SpeakError("espeak-ng cannot be started", hint="reinstall the package espeakng-loader")
        language = str(spec.options.get("voice", "ar"))
        if self._library.espeak_SetVoiceByName(language.encode()) != 0:
            raise SpeakError(f"espeak-ng has no voice {language!r}")
        self._heard = _Heard()
        # Kept on the instance: the library calls it later, and ctypes does not hold a reference.
        self._callback = _Callback(self._listen)
        self._library.espeak_SetSynthCallback(self._callback)

    def _listen(self, wav: ctypes._Pointer[ctypes.c_short], n: int, events: ctypes._Pointer[_Event]) -> int:
        if n > 0:
            self._heard.pieces.append(np.ctypeslib.as_array(wav, shape=(n,)).copy())
        i = 0
        while events[i].type != _EVENT_LIST_END:
            if events[i].type == _EVENT_WORD:
                self._heard.word_starts.append((events[i].text_position - 1, events[i].audio_position / 1000))
            i += 1
        return 0

    def speak(self, utterance: Utterance) -> Take:
        """Return the utterance; word times come from the library's word events.

        Raises:
            SpeakError: espeak-ng refused it or gave no sound.
        """
        text = _VOWEL_THEN_SHADDA.sub("\u0651\\1", utterance.text)
        self._heard = _Heard()
        self._library.espeak_SetParameter(_RATE, round(_WORDS_PER_MINUTE * utterance.speed), 0)
        self._library.espeak_SetParameter(_PITCH, min(99, max(0, round(_PITCH_MIDDLE * utterance.pitch))), 0)
        data = text.encode()
        code = self._library.espeak_Synth(
            ctypes.c_char_p(data), ctypes.c_size_t(len(data) + 1), 0, _BY_CHARACTER, 0, _CHARS_UTF8, None, None
        )
        self._library.espeak_Synchronize()
        if code != 0 or not self._heard.pieces:
            raise SpeakError(f"{utterance.id}: espeak-ng gave no sound for {utterance.text!r}")
        samples = np.concatenate(self._heard.pieces).astype(np.float32) / 32768
        return Take(samples, self.rate_hz, _word_times(text, self._heard.word_starts, len(samples) / self.rate_hz))


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
