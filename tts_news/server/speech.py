"""Text to a stream of encoded sound, sentence by sentence: what `POST /v1/audio/speech` answers with."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Generator, Mapping
from contextlib import suppress
from dataclasses import replace
from types import MappingProxyType
from typing import IO

import numpy as np

from tts_news import script, speak
from tts_news.config import Config
from tts_news.errors import SilenceError, SpeakError, TtsNewsError
from tts_news.master.ffmpeg import QUIET, find_ffmpeg
from tts_news.records import Article, Cue, Paragraph, Take, Utterance
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
        "wav": ("audio/wav", ("-c:a", "pcm_s16le", "-f", "wav")),
        "pcm": ("audio/pcm", ("-c:a", "pcm_s16le", "-ar", "24000", "-f", "s16le")),
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
_BLOCK = 1 << 14
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

    def voices(self) -> dict[str, VoiceSpec]:
        """Return the voices that can speak now."""
        return {name: spec for name, spec in catalogue.find(self.config.speak).items() if not spec.missing}

    def plan(self, text: str, voice: str) -> list[Cue]:
        """Return what will be said, sentence by sentence; nothing for a text of signs, pictures or markup only.

        Raises:
            TtsNewsError: The voice is unknown or the text cannot be said.
        """
        chosen = self.config.speak.voice if voice in FOREIGN_VOICES else voice
        settings = replace(self.config.speak, voice=catalogue.choose(chosen, self.voices()).name, voices={})
        paragraphs = tuple(Paragraph(line.strip()) for line in text.splitlines() if line.strip())
        if not paragraphs:
            raise SpeakError("there is nothing to say", hint="send some text as input")
        with self._composing:  # the diacritisation model is used from one thread
            casting = speak.cast_voices(settings, commercial=self.config.show.commercial)
            try:
                written = script.compose([Article("", paragraphs)], self.config.script, casting)
            except SilenceError:
                return []
        return [cue for cue in written.cues if cue.block]

    def stream(self, cues: list[Cue], speed: float, form: str) -> Generator[bytes, None, None]:
        """Yield the sound of the cues, encoded, as soon as there is some; for none, a short silence.

        Closing the iterator stops the speaking.

        Raises:
            TtsNewsError: A voice refused a sentence; what was yielded before is not the whole.
        """
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
            feeder = threading.Thread(target=self._feed, args=(encoder.stdin, cues, speed, stop, faults), daemon=True)
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

    def _feed(
        self, pipe: IO[bytes], cues: list[Cue], speed: float, stop: threading.Event, faults: list[TtsNewsError]
    ) -> None:
        """Speak the cues into the encoder; a fault is left in `faults` for the reader to find."""
        try:
            if not cues:
                pipe.write(bytes(2 * round(_SILENCE_S * _RATE_HZ)))
            for cue in cues:
                if stop.is_set():
                    break
                take = self._speak(cue, speed)
                samples = _at_rate(take)
                self.metrics.add_spoken(len(samples) / _RATE_HZ)
                pipe.write(np.rint(samples * 32767).astype("<i2").tobytes())
                pipe.write(bytes(2 * round(cue.pause_s / speed * _RATE_HZ)))
                pipe.flush()
        except TtsNewsError as err:
            faults.append(err)
        except OSError:  # the encoder is gone because the client is
            pass
        finally:
            with suppress(OSError):
                pipe.close()

    def _speak(self, cue: Cue, speed: float) -> Take:
        spec = self.voices()[cue.voice]
        with self._loading:
            lock = self._locks.setdefault(spec.name, threading.Lock())
        pace = speed * self.config.speak.speed * spec.speed
        utterance = Utterance(cue.id, cue.spoken, pace, self.config.speak.pitch * spec.pitch, language=cue.language)
        with lock:
            engine = self._engines.get(spec.name)
            if engine is None:
                engine = self._engines[spec.name] = engine_class(spec)(spec)
            if not is_shareable(engine):
                return speak_well(engine, utterance, spec)
        return speak_well(engine, utterance, spec)


def _at_rate(take: Take) -> np.ndarray:
    """Return the samples at the stream's rate."""
    if take.rate_hz == _RATE_HZ:
        return take.samples
    from tts_news.master.resample import resample

    return resample(take.samples, take.rate_hz, _RATE_HZ)
