"""Text to a stream of encoded sound, sentence by sentence: what `POST /v1/audio/speech` answers with."""

from __future__ import annotations

import logging
import subprocess
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from types import MappingProxyType
from typing import IO

import numpy as np

from tts_news import speak
from tts_news.config import Config
from tts_news.errors import SpeakError, TtsNewsError
from tts_news.files import wav_head
from tts_news.master.ffmpeg import QUIET, find_ffmpeg
from tts_news.records import Cue, Take, Utterance
from tts_news.server.manner import Manner, compose
from tts_news.server.metrics import Metrics
from tts_news.speak import catalogue
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.engine import Engine, engine_class, is_shareable
from tts_news.speak.worker import speak_well

# Format → (content type, what ffmpeg is told). PCM is 24 kHz, 16 bit, mono, as OpenAI's.
FORMATS: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "mp3": ("audio/mpeg", ("-c:a", "libmp3lame", "-b:a", "96k", "-f", "mp3")),
        "opus": ("audio/ogg", ("-c:a", "libopus", "-b:a", "48k", "-f", "ogg")),
        "aac": ("audio/aac", ("-c:a", "aac", "-b:a", "96k", "-f", "adts")),
        "flac": ("audio/flac", ("-c:a", "flac", "-f", "flac")),
        "wav": ("audio/wav", ()),
        "pcm": ("audio/pcm", ()),
    }
)
# Names that OpenAI's clients send when their user has chosen none; they mean the default voice.
FOREIGN_VOICES = frozenset(
    [
        "alloy",
        "ash",
        "ballad",
        "cedar",
        "coral",
        "echo",
        "fable",
        "juniper",
        "marin",
        "nova",
        "onyx",
        "sage",
        "shimmer",
        "verse",
        "default",
    ]
)
_RATE_HZ = 24_000
# Formats that need no encoder → what stands before the samples.
_PLAIN: Mapping[str, bytes] = MappingProxyType({"pcm": b"", "wav": wav_head(_RATE_HZ)})
_WARMING = "افتتح الوزير أمس 25 مدرسة في القاهرة."
_LOG = logging.getLogger(__name__)
_BLOCK = 1 << 14
Note = Callable[[Cue, Take, float], None]
"""Is told each cue as it is spoken: its take, and the second of the sound at which it begins."""
_AS_ARTICLE = Manner()
_SILENCE_S = 0.3  # what a text says that holds nothing to say: clients that send their text in pieces play on


class Speaker:
    """The voices of this process, each loaded once.

    A voice that may be shared speaks for as many requests at once as the settings allow; any other for one at a time,
    a sentence each.
    """

    def __init__(self, config: Config, metrics: Metrics) -> None:
        self.config = config
        self.metrics = metrics
        self._engines: dict[str, Engine] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._loading = threading.Lock()
        self._composing = threading.Lock()
        self.is_warm = False

    def voices(self) -> dict[str, VoiceSpec]:
        """Return the voices that can speak now."""
        return {name: spec for name, spec in catalogue.find(self.config.speak).items() if not spec.missing}

    def warm(self) -> None:
        """Load the default voice and the models and compile the rules by saying a sentence, so that no client waits."""
        try:
            for cue in self.plan(_WARMING, "default"):
                self._speak(cue, _AS_ARTICLE)
        except TtsNewsError as err:  # the first client is told the same
            _LOG.warning("the voice could not be warmed: %s", err)
        else:
            self.is_warm = True

    def plan(self, text: str, voice: str, manner: Manner = _AS_ARTICLE) -> Iterator[Cue]:
        """Return what will be said, each sentence read when it is asked for but the first, which is there.

        There is nothing for a text of signs, pictures or markup only.

        Raises:
            TtsNewsError: The voice is unknown or the first sentence cannot be said; later, another one cannot.
        """
        cues = self._cues(text, voice, manner)
        first = next(cues, None)
        return chain((first,), cues) if first else cues

    def _cues(self, text: str, voice: str, manner: Manner) -> Iterator[Cue]:
        chosen = self.config.speak.voice if voice in FOREIGN_VOICES else voice
        settings = replace(self.config.speak, voice=catalogue.choose(chosen, self.voices()).name, voices={})
        casting = speak.cast_voices(settings, commercial=self.config.show.commercial)
        cues = compose(text, manner, self.config.script, casting)
        while True:
            with self._composing:  # the diacritisation model is used from one thread
                cue = next(cues, None)
            if cue is None:
                return
            if cue.block:
                yield cue

    def stream(
        self, cues: Iterable[Cue], manner: Manner, form: str, note: Note | None = None
    ) -> Generator[bytes, None, None]:
        """Yield the sound of the cues, encoded, as soon as there is some; for none, a short silence.

        `note` is told of each cue before its sound is yielded. Closing the iterator stops the speaking.

        Raises:
            TtsNewsError: A sentence cannot be read or spoken; what was yielded before is not the whole.
        """
        if form not in _PLAIN:
            yield from self._encoded(cues, manner, form, note)
            return
        yield from filter(None, (_PLAIN[form],))
        yield from self._sound(cues, manner, note)

    def _encoded(
        self, cues: Iterable[Cue], manner: Manner, form: str, note: Note | None
    ) -> Generator[bytes, None, None]:
        stop = threading.Event()
        faults: list[TtsNewsError] = []
        command = [find_ffmpeg(self.config.master.ffmpeg), *QUIET, "-f", "s16le", "-ar", str(_RATE_HZ), "-ac", "1"]
        with subprocess.Popen(  # noqa: S603 - our own ffmpeg, no shell, no word of the request in it
            [*command, "-i", "-", *FORMATS[form][1], "-flush_packets", "1", "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as encoder:
            if encoder.stdin is None or encoder.stdout is None:
                raise SpeakError("the encoder could not be started")
            blocks = self._sound(cues, manner, note)
            feeder = threading.Thread(target=_feed, args=(encoder.stdin, blocks, stop, faults), daemon=True)
            feeder.start()
            try:
                while block := encoder.stdout.read1(_BLOCK):  # type: ignore[attr-defined]
                    if faults:
                        break
                    yield block
            finally:
                stop.set()
                encoder.kill()
                feeder.join()
        if faults:
            raise faults[0]

    def _sound(self, cues: Iterable[Cue], manner: Manner, note: Note | None) -> Iterator[bytes]:
        """Yield each cue as 16-bit samples, then its pause, spoken when it is asked for; for none, a short silence."""
        length = 0
        for cue in cues:
            take = self._speak(cue, manner)
            samples = _at_rate(take)
            self.metrics.add_spoken(len(samples) / _RATE_HZ)
            if note:
                note(cue, take, length / _RATE_HZ)
            yield np.rint(samples * 32767).astype("<i2").tobytes()
            pause = round(cue.pause_s / manner.speed * _RATE_HZ)
            if pause:  # an empty block is the end to whoever takes them
                yield bytes(2 * pause)
            length += len(samples) + pause
        if not length:
            yield bytes(2 * round(_SILENCE_S * _RATE_HZ))

    def say(self, cue: Cue) -> Take:
        """Return a cue's take at the pace the settings give it, as an edition has it.

        Raises:
            SpeakError: Its voice refuses it.
        """
        return self._speak(cue, _AS_ARTICLE)

    def compose(self, written: str, voice: str) -> str:
        """Return how a line is said by itself: numbers in words, marks added, those that are there kept.

        Raises:
            ScriptError: Something in it cannot be read.
        """
        from tts_news.script.line import Lines

        with self._composing:
            return Lines(self.config.script, voice).spoken(written)

    def _speak(self, cue: Cue, manner: Manner) -> Take:
        spec = self.voices()[cue.voice]
        with self._loading:
            lock = self._locks.setdefault(spec.name, threading.Lock())
        pace = manner.speed * self.config.speak.speed * spec.speed
        height = manner.pitch * self.config.speak.pitch * spec.pitch
        utterance = Utterance(cue.id, cue.spoken, pace, height, language=cue.language)
        with lock:
            engine = self._engines.get(spec.name)
            if engine is None:
                engine = self._engines[spec.name] = engine_class(spec)(spec)
            if not is_shareable(engine):
                return speak_well(engine, utterance, spec)
        return speak_well(engine, utterance, spec)


def _feed(pipe: IO[bytes], blocks: Iterable[bytes], stop: threading.Event, faults: list[TtsNewsError]) -> None:
    """Speak into the encoder; a fault is left in `faults` for the reader to find."""
    try:
        for block in blocks:
            pipe.write(block)
            pipe.flush()
            if stop.is_set():
                break
    except TtsNewsError as err:
        faults.append(err)
    except OSError:  # the encoder is gone because the client is
        pass
    finally:
        with suppress(OSError):
            pipe.close()


def _at_rate(take: Take) -> np.ndarray:
    """Return the samples at the stream's rate."""
    if take.rate_hz == _RATE_HZ:
        return take.samples
    from tts_news.master.resample import resample

    return resample(take.samples, take.rate_hz, _RATE_HZ)
