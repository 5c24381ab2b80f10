"""How speaking scales with processes, and what a warm cache costs.

    python benchmarks/jobs.py [--cues 200] [--voice rawi]

Speaks one script of distinct sentences into fresh caches with 1, 2 and 4 processes in turn, then a script of five times
as many cues twice, the second time from the cache. Wall seconds; the machine should have nothing else to do.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from tts_news.records import ChapterMark, Cue, Script
from tts_news.speak import record
from tts_news.speak.settings import SpeakSettings

WHO = ("الْوَزِيرُ", "الرَّئِيسُ", "الْمُدِيرُ", "الْخَبِيرُ", "الطَّبِيبُ", "الْمُهَنْدِسُ", "الْمُدَرِّبُ", "الْكَاتِبُ")
DID = ("افْتَتَحَ", "زَارَ", "أَعْلَنَ", "نَاقَشَ", "قَدَّمَ")
WHAT = ("الْمَشْرُوعَ الْجَدِيدَ", "الْمَعْرِضَ الدَّوْلِيَّ", "التَّقْرِيرَ السَّنَوِيَّ", "الْخُطَّةَ الشَّامِلَةَ", "نَتَائِجَ الدِّرَاسَةِ")
WHERE = ("فِي الْعَاصِمَةِ", "فِي شَمَالِ الْبِلَادِ", "أَمَامَ الصَّحَفِيِّينَ", "خِلَالَ الِاجْتِمَاعِ", "عَلَى هَامِشِ الْمُؤْتَمَرِ")
WHEN = ("صَبَاحَ الْيَوْمْ.", "مَسَاءَ السَّبْتْ.", "قَبْلَ أُسْبُوعْ.", "بَعْدَ شَهْرْ.", "فِي نِهَايَةِ الْعَامْ.")


def script_of(count: int, voice: str) -> Script:
    """Return a script of that many different sentences."""
    texts = [
        f"{did} {who} {what} {where} {when}"
        for who in WHO
        for did in DID
        for what in WHAT
        for where in WHERE
        for when in WHEN
    ]
    step = len(texts) // count
    cues = tuple(
        Cue(f"c{i:05}", "paragraph", text, text, 0.3, voice, 0) for i, text in enumerate(texts[::step][:count])
    )
    return Script("قياس", cues, (ChapterMark("قياس", "c00000"),))


def timed(script: Script, folder: Path, jobs: int) -> tuple[float, float]:
    """Return wall seconds and the length of the sound in seconds."""
    begin = time.perf_counter()
    recording = record(script, SpeakSettings(cache_dir=str(folder), jobs=jobs))
    wall_s = time.perf_counter() - begin
    return wall_s, sum(take.duration_s for _, take in recording)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cues", type=int, default=200)
    parser.add_argument("--voice", default="rawi")
    args = parser.parse_args()
    script = script_of(args.cues, args.voice)
    with tempfile.TemporaryDirectory() as folder:
        alone_s = 0.0
        for jobs in (1, 2, 4):
            wall_s, sound_s = timed(script, Path(folder) / str(jobs), jobs)
            alone_s = alone_s or wall_s
            print(f"{jobs} jobs: {wall_s:6.2f} s for {sound_s:6.1f} s of sound, {alone_s / wall_s:4.2f} times one job")
        many = script_of(5 * args.cues, args.voice)
        cold_s, _ = timed(many, Path(folder) / "many", 0)
        warm_s, _ = timed(many, Path(folder) / "many", 0)
        print(f"{5 * args.cues} cues: {cold_s:6.2f} s cold, {warm_s:6.2f} s from the cache")


if __name__ == "__main__":
    main()
