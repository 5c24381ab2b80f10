"""`tts-news say`: a text as sound, without making an edition of it."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from tts_news.commands.options import ConfigFile, Voice

if TYPE_CHECKING:
    from tts_news.records import Take
    from tts_news.speak.catalogue import VoiceSpec

_BETWEEN_LINES_S = 0.6


def say(
    text: Annotated[str, typer.Argument(help="What to say; - reads stdin.", show_default=False)] = "-",
    output: Annotated[str, typer.Option("--output", "-o", help="WAV file to write; - is stdout.")] = "-",
    voice: Voice = None,
    speed: Annotated[float, typer.Option("--speed", min=0.5, max=3.0, help="1.5 is half as fast again.")] = 1.0,
    pitch: Annotated[float, typer.Option("--pitch", min=0.5, max=2.0, help="1.1 is a tenth higher.")] = 1.0,
    config: ConfigFile = None,
) -> None:
    """Say a text: numbers, dates and signs become words, missing vowels are added, marks that are there are kept."""
    from tts_news.config import load
    from tts_news.errors import UsageError
    from tts_news.speak import catalogue

    if output == "-" and sys.stdout.isatty():
        raise UsageError("sound cannot be written to a terminal", hint="name a file: -o out.wav")
    if output != "-" and not output.lower().endswith(".wav"):
        raise UsageError(f"{output}: say writes WAV files only", hint="name it .wav")
    settings = load(config).speak
    spec = catalogue.choose(voice or settings.voice, catalogue.find(settings))
    lines = [line for line in _read(text).splitlines() if line.strip()]
    if not lines:
        raise UsageError("there is nothing to say", hint="give a text, or - and the text on stdin")
    _write(_takes(lines, spec, speed * settings.speed, pitch * settings.pitch), output)


def _read(text: str) -> str:
    from tts_news.errors import UsageError

    if text != "-":
        return text
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as err:
        raise UsageError("stdin is not UTF-8", hint="iconv -f windows-1256 -t utf-8") from err


def _takes(lines: list[str], spec: VoiceSpec, speed: float, pitch: float) -> Iterator[Take]:
    """One take a line, made when it is asked for."""
    from tts_news.records import Utterance
    from tts_news.script import diacritise
    from tts_news.script.normalisation import normalise_keeping_marks
    from tts_news.script.pausal import pausal
    from tts_news.speak.engine import engine_class
    from tts_news.speak.worker import speak_well

    engine = engine_class(spec)(spec)
    for number, line in enumerate(lines, start=1):
        spoken = pausal(diacritise(normalise_keeping_marks(line)))
        utterance = Utterance(f"line {number}", spoken, speed=speed * spec.speed, pitch=pitch * spec.pitch)
        yield speak_well(engine, utterance, spec)


def _write(takes: Iterator[Take], output: str) -> None:
    """Write one WAV file; beside its place first, so that a failure leaves nothing half-written."""
    if output == "-":
        # A WAV header states its length, which a pipe cannot go back to: so the sound is made first.
        with tempfile.TemporaryFile() as file:
            _write_wav(takes, file)
            file.seek(0)
            while block := file.read(1 << 16):
                sys.stdout.buffer.write(block)
            sys.stdout.buffer.flush()
        return
    from tts_news.errors import SpeakError

    target = Path(output)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            _write_wav(takes, file)
        part.replace(target)
    except OSError as err:
        raise SpeakError(f"cannot write {target}: {err.strerror}") from err
    finally:
        part.unlink(missing_ok=True)


def _write_wav(takes: Iterator[Take], file: IO[bytes]) -> None:
    import wave

    import numpy as np

    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        for number, take in enumerate(takes):
            if number == 0:
                sound.setframerate(take.rate_hz)
            else:
                sound.writeframes(bytes(2 * round(_BETWEEN_LINES_S * take.rate_hz)))
            sound.writeframes(np.rint(take.samples * 32767).astype("<i2").tobytes())
