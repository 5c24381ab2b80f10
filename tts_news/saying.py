"""A text as sound, without making an edition of it: what `tts-news say` does.

Nothing is imported before it is needed: the first sentence is to be heard at once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from tts_news.config import Config
    from tts_news.script.line import Lines
    from tts_news.sound import Take
    from tts_news.speak.catalogue import VoiceSpec
    from tts_news.speak.engine import Engine

SPEEDS = (0.5, 3.0)
PITCHES = (0.5, 2.0)
_BETWEEN_LINES_S = 0.6
_BETWEEN_SENTENCES_S = 0.5  # as the house voice pauses inside a line
_SILENT_LINE_S = 0.3


def say(
    text: str = "-",
    output: str = "-",
    voice: str | None = None,
    speed: float = 1.0,
    pitch: float = 1.0,
    cue: tuple[str, str] | None = None,
    config: Path | None = None,
) -> dict[str, object]:
    """Say a text into a file, or to standard output as it comes, and return what was made: file, voice, length.

    Args:
        text: What to say; "-" reads standard input.
        output: The file; "-" is WAV on standard output.
        voice: Who speaks; the default voice when None.
        speed: Pace beside the voice's own, within SPEEDS.
        pitch: Height beside the voice's own, within PITCHES.
        cue: An edition and the cue of it that is said instead, as an edition made now would.
        config: The configuration file.

    Raises:
        TtsNewsError: It cannot be said, or not written.
    """
    from tts_news.config import load
    from tts_news.errors import UsageError
    from tts_news.script.line import Lines
    from tts_news.speak import catalogue
    from tts_news.speak.engine import engine_class

    if output == "-" and sys.stdout.isatty():
        raise UsageError("sound cannot be written to a terminal", hint="name a file: -o out.wav")
    form = _format(output)
    settings = load(config)
    if cue:
        length_s = _write(_takes_of_cue(*cue, voice, speed, pitch, settings), output, form, settings)
        return {"file": output, "voice": voice or "", "duration_s": round(length_s, 3)}
    spec = catalogue.choose(voice or settings.speak.voice, catalogue.find(settings.speak))
    lines = _lines(text)
    first = next(lines, None)
    if first is None:
        raise UsageError("there is nothing to say", hint="give a text, or - and the text on stdin")
    lines = chain((first,), lines)
    pace, height = speed * settings.speak.speed * spec.speed, pitch * settings.speak.pitch * spec.pitch
    if output == "-":
        engine = engine_class(spec)(spec)
        _write_stdout(_stream(lines, Lines(settings.script, spec.name), engine, spec, pace, height), engine.rate_hz)
        return {"file": output, "voice": spec.name}
    lines = iter(list(lines))  # what cannot be read is known before anything is written
    engine = engine_class(spec)(spec)
    takes = _takes(lines, Lines(settings.script, spec.name), engine, spec, pace, height)
    length_s = _write(takes, output, form, settings)
    return {"file": output, "voice": spec.name, "duration_s": round(length_s, 3)}


def _takes_of_cue(
    edition: str, name: str, voice: str | None, speed: float, pitch: float, settings: Config
) -> Iterator[Take]:
    """Return the take of a cue of a standing edition, with what editors changed since, as `make` would speak it.

    Raises:
        UsageError: The edition has no such cue.
    """
    from dataclasses import replace

    from tts_news import mending, speak
    from tts_news.errors import UsageError
    from tts_news.publish import find_folder_of

    place = find_folder_of(Path(settings.publish.output), edition)
    casting = speak.cast_voices(settings.speak, commercial=settings.show.commercial)
    script = mending.mend(mending.script_of(place), settings, casting, keep=False).script
    found = next((cue for cue in script.cues if cue.id == name), None)
    if found is None:
        raise UsageError(
            f"{place.name} has no cue {name}", hint=f"`tts-news script {place / 'script.json'}` lists its cues"
        )
    said = replace(found, voice=voice or found.voice or casting.by_role.get(found.role) or casting.default)
    pace = replace(settings.speak, speed=speed * settings.speak.speed, pitch=pitch * settings.speak.pitch)
    one = replace(script, cues=(said,), chapters=(), composed=None)
    return (take for _, take in speak.record(one, pace, lambda _done, _total: None))


def _write(takes: Iterator[Take], output: str, form: str, settings: Config) -> float:
    """Write sound as a file, whole or not at all; to standard output as it comes. Returns its length in seconds."""
    from tts_news.errors import SpeakError
    from tts_news.files import beside, disk_errors

    lengths_s: list[float] = []
    first = next(takes)
    takes = _measured(chain((first,), takes), lengths_s)
    if output == "-":
        _write_stdout(_pcm(takes), first.rate_hz)
        return 0.0
    with disk_errors(Path(output), SpeakError), beside(Path(output)) as part:
        if form == "wav":
            with part.open("wb") as file:
                _write_wav(takes, first.rate_hz, file)
        else:
            _write_clip(takes, first.rate_hz, form, part, settings.master.ffmpeg)
    return sum(lengths_s) + _BETWEEN_LINES_S * (len(lengths_s) - 1)


def _measured(takes: Iterator[Take], lengths_s: list[float]) -> Iterator[Take]:
    """Pass takes on, and note how long each is."""
    for take in takes:
        lengths_s.append(take.duration_s)
        yield take


def _format(output: str) -> str:
    """Return the format a file's suffix names; standard output is WAV."""
    if output == "-" or Path(output).suffix.lower() == ".wav":
        return "wav"
    from tts_news.errors import UsageError
    from tts_news.master.formats import CLIPS

    form = Path(output).suffix.lower().removeprefix(".")
    if form not in CLIPS:
        known = ", ".join(f".{name}" for name in ("wav", *CLIPS))
        raise UsageError(f"{output}: its suffix names no format that say can write", hint=f"name it {known}")
    return form


def _lines(text: str) -> Iterator[str]:
    """Yield the lines that hold something; those of stdin as they come."""
    from tts_news.errors import UsageError

    try:
        for number, line in enumerate(sys.stdin.buffer if text == "-" else [text.encode("utf-8", "surrogatepass")]):
            decoded = line.decode("utf-8" if number else "utf-8-sig", "strict" if text == "-" else "surrogatepass")
            yield from (part for part in decoded.splitlines() if part.strip())
    except UnicodeDecodeError as err:
        raise UsageError("stdin is not UTF-8", hint="iconv -f windows-1256 -t utf-8") from err


def _takes(
    lines: Iterator[str], reading: Lines, engine: Engine, spec: VoiceSpec, speed: float, pitch: float
) -> Iterator[Take]:
    """One take a line, made when it is asked for."""
    import numpy as np

    from tts_news.sound import Take, Utterance
    from tts_news.speak.worker import speak_well

    for number, line in enumerate(lines, start=1):
        spoken = reading.spoken(line)
        if not spoken:  # an emoji or a line of asterisks: silence, as a reader makes of it
            yield Take(np.zeros(round(_SILENT_LINE_S * engine.rate_hz), np.float32), engine.rate_hz)
            continue
        utterance = Utterance(f"line {number}", spoken, speed=speed, pitch=pitch)
        yield speak_well(engine, utterance, spec)


def _pcm(takes: Iterator[Take]) -> Iterator[bytes]:
    """16-bit samples of all takes, silence between them."""
    import numpy as np

    for number, take in enumerate(takes):
        if number:
            yield bytes(2 * round(_BETWEEN_LINES_S * take.rate_hz))
        yield np.rint(take.samples * 32767).astype("<i2").tobytes()


def _stream(
    lines: Iterator[str], reading: Lines, engine: Engine, spec: VoiceSpec, speed: float, pitch: float
) -> Iterator[bytes]:
    """16-bit samples, a sentence at a time: the first is heard while the others are read."""
    import numpy as np

    from tts_news.sound import Utterance
    from tts_news.speak.worker import speak_well

    for number, line in enumerate(lines, start=1):
        if number > 1:
            yield bytes(2 * round(_BETWEEN_LINES_S * engine.rate_hz))
        silence_s = 0.0
        for spoken in reading.sentences(line):
            yield bytes(2 * round(silence_s * engine.rate_hz))
            take = speak_well(engine, Utterance(f"line {number}", spoken, speed=speed, pitch=pitch), spec)
            yield np.rint(take.samples * 32767).astype("<i2").tobytes()
            silence_s = _BETWEEN_SENTENCES_S / speed
        if not silence_s:  # an emoji or a line of asterisks
            yield bytes(2 * round(_SILENT_LINE_S * engine.rate_hz))


def _write_stdout(blocks: Iterator[bytes], rate_hz: int) -> None:
    """Write sound as it comes, as a WAV whose length nobody knows yet; nothing at all before there is some."""
    from tts_news.files import wav_head

    head = wav_head(rate_hz)
    for block in filter(None, blocks):
        sys.stdout.buffer.write(head + block)
        sys.stdout.buffer.flush()
        head = b""


def _write_wav(takes: Iterator[Take], rate_hz: int, file: IO[bytes]) -> None:
    import wave

    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate_hz)
        for block in _pcm(takes):
            sound.writeframes(block)


def _write_clip(takes: Iterator[Take], rate_hz: int, form: str, path: Path, ffmpeg: str) -> None:
    from tts_news.master.encoder import Encoders
    from tts_news.master.formats import clip_job
    from tts_news.records import SYNTHETIC_VOICE

    with Encoders([clip_job(form, path, SYNTHETIC_VOICE)], rate_hz, ffmpeg) as encoders:
        for block in _pcm(takes):
            encoders.write(block)
        encoders.finish()
