"""A voice's sample sentence as a WAV file, and how long it took to make."""

from __future__ import annotations

import time
import wave
from pathlib import Path

import numpy as np

from tts_news.errors import SpeakError
from tts_news.sound import Utterance
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.check import check
from tts_news.speak.engine import engine_class

SAMPLE = "أَهْلًا بِكُمْ فِي نَشْرَةِ الْأَخْبَارْ."


def write_sample(spec: VoiceSpec, text: str, folder: Path) -> tuple[Path, float, float]:
    """Write NAME.wav, 16-bit mono at the voice's own rate.

    Returns:
        The file, the length of its sound and the time to speak it, both in seconds; loading is not counted.

    Raises:
        SpeakError: The voice refuses the text, or the file cannot be written.
    """
    engine = engine_class(spec)(spec)
    utterance = Utterance(spec.name, text or spec.sample or SAMPLE, speed=spec.speed, pitch=spec.pitch)
    begin = time.perf_counter()
    take = engine.speak(utterance)
    work_s = time.perf_counter() - begin
    check(take, utterance, spec)
    path = folder / f"{spec.name}.wav"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(take.rate_hz)
            file.writeframes(np.round(take.samples * 32767).astype("<i2").tobytes())
    except OSError as err:
        raise SpeakError(f"cannot write {path}: {err.strerror}") from err
    return path, take.duration_s, work_s
