"""Peak memory and time of the master step: ours for one and ten hours, pydub's `+=` and raw join beside it.

    python benchmarks/master_memory.py [--hours 1 10] [--peer-hours 1]

Every line is a process of its own on the same clips (2 to 14 s, 22,050 Hz, with word times), read from disk one at a
time as from the take cache. Peak memory is the process's own (VmHWM: Linux only), ffmpeg's not counted. Exits with 1
when ours does not hold: under 150 MB, and the longest within a tenth of the shortest.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tts_news.records import ChapterMark, Cue, Script, Tags, Take, WordTime

RATE = 22_050
POOL = 60
VOCABULARY = 5000
"""Different words; each take has strings of its own, as takes read from a cache have."""


def write_pool(folder: Path) -> None:
    """Write clips that have the spectrum and rhythm of speech, which is all the master looks at."""
    rng = np.random.default_rng(2026)
    for number in range(POOL):
        length = int(rng.uniform(2, 14) * RATE)
        noise = np.fft.rfft(rng.standard_normal(length))
        hz = np.fft.rfftfreq(length, 1 / RATE)
        shaped = np.fft.irfft(noise / (1 + (hz / 500) ** 2) * (hz > 80), length)
        time_s = np.arange(length) / RATE
        syllables = np.clip(np.sin(2 * np.pi * 2.1 * time_s) + 0.6 * np.sin(2 * np.pi * 0.31 * time_s), 0, None) ** 0.7
        clip = shaped * syllables
        clip[: RATE // 10] = clip[-RATE // 10 :] = 0
        np.save(folder / f"{number}.npy", (clip / np.abs(clip).max() * 0.6).astype(np.float32))


@dataclass(frozen=True)
class DiskTakes:
    """Clips of the pool, over and over, one in memory at a time."""

    script: Script
    folder: Path

    def __iter__(self) -> Iterator[tuple[Cue, Take]]:
        for number, cue in enumerate(self.script.cues):
            samples = np.load(self.folder / f"{number % POOL}.npy")
            seconds = len(samples) / RATE
            count = max(1, round(seconds * 1.6))  # as the house voice reads, pauses included
            words = tuple(
                WordTime(f"كَلِمَةٌ{(number * 7919 + n) % VOCABULARY}", n / count * seconds, (n + 1) / count * seconds)
                for n in range(count)
            )
            yield cue, Take(samples, RATE, words)

    def __len__(self) -> int:
        return len(self.script.cues)


def script_of(hours: float, folder: Path) -> Script:
    """Return a script of as many cues as fill the hours, a chapter every 25 of them."""
    lengths = [np.load(folder / f"{n}.npy", mmap_mode="r").shape[0] / RATE + 0.35 for n in range(POOL)]
    cues: list[Cue] = []
    seconds = 0.0
    while seconds < hours * 3600:
        number = len(cues)
        cues.append(Cue(f"c{number}", "paragraph", "جملة", "جملة", 0.35, "voice", number // 25))
        seconds += lengths[number % POOL]
    marks = tuple(ChapterMark(f"فصل {n}", f"c{n * 25}") for n in range(-(-len(cues) // 25)))
    return Script("نشرة", tuple(cues), marks)


def ours(hours: float, folder: Path) -> float:
    from tts_news.master import master_edition
    from tts_news.master.settings import MasterSettings

    script = script_of(hours, folder)
    made = master_edition(script, DiskTakes(script, folder), Tags("نشرة"), MasterSettings(), folder, "ours")
    return made.timeline.duration_s


def pydub_clips(hours: float, folder: Path) -> Iterator[object]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment
    import imageio_ffmpeg

    AudioSegment.converter = imageio_ffmpeg.get_ffmpeg_exe()
    script = script_of(hours, folder)
    for cue, take in DiskTakes(script, folder):
        data = (take.samples * 32_767).astype("<i2").tobytes()
        yield AudioSegment(data, sample_width=2, frame_rate=RATE, channels=1)
        yield AudioSegment.silent(round(cue.pause_s * 1000), RATE)


def pydub_add(hours: float, folder: Path) -> float:
    clips = pydub_clips(hours, folder)
    whole = next(clips)
    for clip in clips:
        whole += clip
    whole.export(folder / "add.mp3", format="mp3", bitrate="96k").close()
    return len(whole) / 1000


def pydub_join(hours: float, folder: Path) -> float:
    clips = pydub_clips(hours, folder)
    first = next(clips)
    data = b"".join([first.raw_data, *(clip.raw_data for clip in clips)])
    whole = type(first)(data, sample_width=2, frame_rate=RATE, channels=1)
    whole.export(folder / "join.mp3", format="mp3", bitrate="96k").close()
    return len(whole) / 1000


WAYS = {"ours": ours, "pydub +=": pydub_add, "pydub raw join": pydub_join}


def measure(way: str, hours: float, folder: Path) -> dict[str, float]:
    """Return peak memory in MB, wall and processor time of one way in a process of its own."""
    command = [sys.executable, __file__, "--child", way, "--hours", str(hours), "--folder", str(folder)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])


def peak_mb() -> float:
    """Return the peak memory of this process. Not `ru_maxrss`, which starts at that of the process that started us."""
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024


def child(way: str, hours: float, folder: Path) -> None:
    start = time.perf_counter()
    duration = WAYS[way](hours, folder)
    own, ffmpeg = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    figures = {
        "sound_s": duration,
        "wall_s": time.perf_counter() - start,
        "own_cpu_s": own.ru_utime + own.ru_stime,
        "ffmpeg_cpu_s": ffmpeg.ru_utime + ffmpeg.ru_stime,
        "peak_mb": peak_mb(),
    }
    print(json.dumps(figures))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hours", type=float, nargs="+", default=[1, 10])
    parser.add_argument("--peer-hours", type=float, default=1, help="0 leaves pydub out")
    parser.add_argument("--child", choices=WAYS)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.child:
        child(options.child, options.hours[0], options.folder)
        return 0
    peaks = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_pool(folder)
        heads = zip(
            ("sound h", "peak MB", "wall s", "own CPU s", "ffmpeg CPU s", "x real time"),
            (9, 9, 9, 11, 14, 13),
            strict=True,
        )
        print(f"{'way':16}" + "".join(f"{head:>{width}}" for head, width in heads))
        plan = [("ours", hours) for hours in options.hours]
        plan += [(way, options.peer_hours) for way in ("pydub raw join", "pydub +=") if options.peer_hours]
        for way, hours in plan:
            got = measure(way, hours, folder)
            print(
                f"{way:16}{got['sound_s'] / 3600:9.2f}{got['peak_mb']:9.1f}{got['wall_s']:9.1f}{got['own_cpu_s']:11.1f}"
                f"{got['ffmpeg_cpu_s']:14.1f}{got['sound_s'] / got['wall_s']:13.0f}",
                flush=True,
            )
            peaks += [got["peak_mb"]] if way == "ours" else []
    grown = peaks[-1] / peaks[0] - 1
    holds = max(peaks) < 150 and grown <= 0.10
    verdict = "holds" if holds else "FAILS"
    print(f"ours: {options.hours[-1]:g} h takes {grown:+.1%} more memory than {options.hours[0]:g} h: {verdict}")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
