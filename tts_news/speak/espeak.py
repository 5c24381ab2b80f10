"""The voice of last resort: espeak-ng's formant synthesiser, through the shared library of the espeakng-loader wheel.

Arabic goes in as our phonemes; what they cannot spell (Latin letters, a word without its vowels), and every other
language, is left to espeak-ng's own reading: a last resort reads everything.

Source: espeak-ng's `speak_lib.h` (API revision 12).
"""

from __future__ import annotations

import _ctypes
import ctypes
import re
from typing import Self

import numpy as np

from tts_news.errors import SpeakError
from tts_news.sound import Take, Utterance, WordTime
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.espeak_phonemes import for_espeak, shadda_first
from tts_news.speak.phonemes import count_words, phonemise

_SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS: samples come to the callback before the call returns
_CHARS_UTF8 = 1
_PHONEMES = 0x100  # espeakPHONEMES: what stands in [[ ]] is phonemes
_BY_CHARACTER = 1  # POS_CHARACTER
_RATE, _PITCH = 1, 3  # espeak_PARAMETER
_EVENT_LIST_END, _EVENT_WORD = 0, 1
_WORDS_PER_MINUTE = 145  # its own 165 is a tenth faster than the house voice
_PITCH_MIDDLE = 50


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
        code = self._c.espeak_Synth(
            ctypes.c_char_p(data), size, 0, _BY_CHARACTER, 0, _CHARS_UTF8 | _PHONEMES, None, None
        )
        pieces = self._pieces if code == 0 else []
        return (np.concatenate(pieces) if pieces else np.zeros(0, np.int16)), self._word_starts


class EspeakEngine:
    """A voice of espeak-ng.

    Options of `voice.toml`: `voice` (its name there and, after a plus, its variant; "ar" if none is given), `phonemes`
    (false leaves Arabic to espeak-ng's own reading, for comparison).
    """

    version = "2"

    def __init__(self, spec: VoiceSpec) -> None:
        self._language = str(spec.options.get("voice", "ar"))
        self._spells = self._language.partition("+")[0] == "ar" and spec.options.get("phonemes", True) is not False
        with _Library() as library:
            if not library.choose(self._language):
                raise SpeakError(f"voice {spec.name}: espeak-ng has no voice {self._language!r}")
            self.rate_hz = library.rate_hz

    def speak(self, utterance: Utterance) -> Take:
        """Return the utterance; word times come from the library's word events.

        Raises:
            SpeakError: espeak-ng refused it or gave no sound.
        """
        spelled = _spelled(utterance.text) if self._spells else ""
        given = spelled or _readable(utterance.text)
        with _Library() as library:
            library.choose(self._language)
            heard, starts = library.synthesise(given, utterance.speed, utterance.pitch)
        if not len(heard):
            raise SpeakError(f"{utterance.id}: espeak-ng gave no sound for {utterance.text!r}")
        samples = heard.astype(np.float32) / np.float32(32768)
        begin_s = _begin_s(given, starts, len(samples) / self.rate_hz)
        tokens = utterance.text.split()
        counts = [count_words(token) for token in tokens] if spelled else [1] * len(tokens)
        return Take(samples, self.rate_hz, _word_times(tokens, counts, begin_s))


def _spelled(text: str) -> str:
    """Return the text in espeak-ng's phonemes, a space between words; "" where our front end refuses it."""
    try:
        return for_espeak(phonemise(text))
    except SpeakError:
        return ""


def _readable(text: str) -> str:
    """Return the text as espeak-ng reads it best by itself, as long as it was; its brackets are no phonemes."""
    return shadda_first(text).replace("[[", "((")


def _begin_s(given: str, starts: list[tuple[int, float]], end_s: float) -> list[float]:
    """Return when each space-separated word of what was given begins, and last the end, from word events.

    Args:
        given: The text or phonemes that espeak-ng was given.
        starts: Its word events as (character position in `given`, seconds).
        end_s: Length of the sound in seconds.

    espeak-ng merges some words and splits others: a word without an event of its own begins with the next that has.
    """
    begin_s = [end_s]
    for word in reversed(list(re.finditer(r"\S+", given))):
        own = [at_s for position, at_s in starts if word.start() <= position < word.end()]
        begin_s.append(min([*own[:1], begin_s[-1]]))
    return begin_s[::-1]


def _word_times(tokens: list[str], counts: list[int], begin_s: list[float]) -> tuple[WordTime, ...]:
    """Return a time for each written token, of which each is so many of the words given: none where it is a dash."""
    times = []
    at = 0
    for token, count in zip(tokens, counts, strict=True):
        times.append(WordTime(token, begin_s[at], begin_s[at + count]))
        at += count
    return tuple(times)
