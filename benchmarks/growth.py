"""What one more edition costs with 100, 1,000 and 10,000 editions standing, and which files it touches.

    python benchmarks/growth.py [EDITIONS...]

Each row is `tts-news` as it is run, in a process of its own: `make` of a new article, `make` of one that stands and is
the same, `feed build` after a new manifest and `feed build` with nothing new. CPU seconds, the least of three; the
exponent is that of the cost over the number of editions (0: it does not matter how many stand, 1: twice as many cost
twice as much). Must hold: one more edition at 10,000 within 10 % of the cost at 100, `feed build` touches at most four
files but for one of fifty editions, which fills a page.
"""

from __future__ import annotations

import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from feed import make_episode

from tts_news.publish.manifest import dump_episode

CONFIG = """
[show]
title = "نشرة الأخبار"
author = "غرفة الأخبار"
base_url = "https://press.example/audio/"
email = "press@press.example"
[publish]
books = []
"""
ARTICLE = """افتتاح الحديقة رقم {number}

افتتحت البلدية صباح أمس حديقة جديدة في وسط المدينة، وحضر الافتتاح عدد من سكان الحي وطلاب المدارس القريبة.

وقال مدير البلدية إن العمل في الحديقة استمر عامين، وإن فيها ملاعب للأطفال ومسارات للمشي وأشجارًا كثيرة.
"""


def fill(output: Path, first: int, last: int) -> None:
    """Write manifests as editions of a year ago have them."""
    for number in range(first, last):
        episode = make_episode(number)
        manifest = output / f"{episode.date}-{episode.slug}" / "episode.json"
        manifest.parent.mkdir(parents=True)
        manifest.write_text(dump_episode(episode), encoding="utf-8")
        os.utime(manifest, (time.time() - 3600,) * 2)


def cpu_s(*arguments: str) -> float:
    """Run the command line; return its CPU seconds, with those of its children."""
    own = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }  # nobody compiles anew
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "tts_news", *arguments], check=True, capture_output=True, env=own)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def states(output: Path) -> dict[str, int]:
    """Return when each of the show's own files was written."""
    return {path.name: path.stat().st_mtime_ns for path in output.glob("[!.]*.*")}


def measure(work: Path, count: int, standing: int) -> tuple[dict[str, float], int]:
    """Return the costs with `count` editions standing, and how many of the show's files a build touches."""
    output, config = work / "output", work / "tts-news.toml"
    fill(output, standing, count)
    options = ["--config", str(config), "--output", str(output)]
    article = work / "article.txt"
    cpu_s("feed", "build", *options)

    def new_article(number: int) -> float:
        article.write_text(ARTICLE.format(number=f"{count} {number}"), encoding="utf-8")
        return cpu_s("make", str(article), "--quiet", *options)

    def new_manifest(number: int) -> float:
        fill(output, 20_000 + 10 * int(math.log10(count)) + number, 20_001 + 10 * int(math.log10(count)) + number)
        return cpu_s("feed", "build", *options)

    def least(work: Callable[[int], float]) -> float:
        return min(work(number) for number in range(3))

    costs = {
        "one more edition": least(new_article),
        "the same once more": least(lambda _: cpu_s("make", str(article), "--quiet", *options)),
        "feed build, one new": least(new_manifest),
    }
    before = states(output)
    new_manifest(3)
    touched = sum(before.get(name) != moment for name, moment in states(output).items())
    costs["feed build, none"] = least(lambda _: cpu_s("feed", "build", *options))
    return costs, touched


def main(counts: list[int]) -> None:
    rows: dict[str, list[float]] = {}
    files = []
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "tts-news.toml").write_text(CONFIG, encoding="utf-8")
        standing = 0
        for count in counts:
            costs, touched = measure(Path(name), count, standing)
            standing = count
            files.append(touched)
            for what, seconds in costs.items():
                rows.setdefault(what, []).append(seconds)
    print(f"{'editions standing':22}" + "".join(f"{count:>10,}" for count in counts) + "  exponent")
    for what, seconds in rows.items():
        exponent = math.log(seconds[-1] / seconds[0]) / math.log(counts[-1] / counts[0]) if len(counts) > 1 else 0
        print(f"{what:22}" + "".join(f"{value:8.2f} s" for value in seconds) + f"{exponent:10.2f}")
    print(f"{'files touched':22}" + "".join(f"{count:10}" for count in files))


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]] or [100, 1000, 10_000])
