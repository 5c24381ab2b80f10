"""How costs grow: with the editions that stand, and with what one article, feed, page or lexicon holds.

    python benchmarks/growth.py [--of editions terms items entries links known] [COUNTS...]

Rows end with the exponent of the cost over the number (0: it does not matter how many, 1: twice as many cost twice as
much), from 100 to 10,000 of them when nothing else is asked for.

Editions: what one more costs with so many standing, and which files it touches. Each row is `tts-news` as it is run,
in a process of its own: `make` of a new article, `make` of one that stands and is the same, `feed build` after a new
manifest and `feed build` with nothing new. CPU seconds, the least of three. Must hold: one more edition at 10,000
within 10 % of the cost at 100, `feed build` touches at most four files but for one of fifty editions, with which a page
is full.

The others are done in one process, warm, CPU seconds, the least of three (of one where it takes long): terms of a
lexicon that is loaded and looked up in, items of an article's list, entries of a feed, links of a page beside
trafilatura's text alone, and articles that a watch knows: rows, and a poll that brings nothing new.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from extraction import large_page
from feed import make_episode

from tts_news.publish.manifest import dump_episode
from tts_news.publish.settings import ShowSettings

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


Work = Callable[[], object]


def terms(count: int, folder: Path) -> Iterator[tuple[str, Work]]:
    """Yield what is done with a lexicon of so many terms."""
    from tts_news.script.lexicon import Lexicon, read_lexicon, seed

    path, letters = folder / "lexicon.toml", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    names = [
        "".join(letters[number // len(letters) ** place % len(letters)] for place in range(4)) + "ستان"
        for number in range(count)
    ]
    path.write_text("".join(f'[[term]]\nwritten = "{name}"\nspoken = "{name}"\n\n' for name in names), "utf-8")
    lexicon = Lexicon((*seed(), *read_lexicon(path)))
    words = [*ARTICLE.split(), names[-1]] * 200
    yield "terms: loaded", lambda: Lexicon((*seed(), *read_lexicon(path)))
    yield "terms: looked up", lambda: lexicon.in_words(words)


def items(count: int, folder: Path) -> Iterator[tuple[str, Work]]:
    """Yield what is done with an article whose list has so many items."""
    from tts_news import script
    from tts_news.publish.epub import write_epub
    from tts_news.publish.structure import make_reading
    from tts_news.publish.views import VIEWS
    from tts_news.read.page import read_page
    from tts_news.read.settings import ReadSettings
    from tts_news.records import Casting, ChapterSpan, CueSpan, Timeline
    from tts_news.script.settings import ScriptSettings

    names = ("سوق", "حديقة", "مدرسة", "ملعب")
    shown = "".join(f"<li>{names[at % 4]} {'الحي ' * (at % 5)}{at}</li>" for at in range(count))
    page = large_page("paragraphs", 5).replace("</article>", f"<h2>الأماكن</h2><ul>{shown}</ul></article>").encode()
    read: list[Any] = []
    yield "items: read", lambda: read.append(read_page(page, "https://press.example/1", ReadSettings()))
    article = read[-1]
    written: list[Any] = []
    yield "items: written", lambda: written.append(script.compose([article], ScriptSettings(), Casting(default="rawi")))
    work = replace(written[-1], sources=written[-1].sources)
    ends = [float(second) for second in accumulate(1 for _ in work.cues)]
    spans = tuple(CueSpan(cue.id, end - 1.0, end) for cue, end in zip(work.cues, ends, strict=True))
    timeline = Timeline(spans, (ChapterSpan(work.title, 0.0, ends[-1]),), ends[-1])
    episode, show = make_episode(1), ShowSettings()

    def view() -> None:
        reading = make_reading(work, timeline)
        for each in VIEWS.values():
            each(reading)
        write_epub(folder / "book.epub", reading, episode, show, spoken=False)

    yield "items: saved", lambda: script.parse_script(script.dump_script(work))
    yield "items: in all views", view


def entries(count: int, folder: Path) -> Iterator[tuple[str, Work]]:
    """Yield what is done with a feed of so many entries."""
    from tts_news.read.inputs import read_source
    from tts_news.read.settings import ReadSettings

    said = "".join(f"&lt;p&gt;{line}&lt;/p&gt;" for line in ARTICLE.splitlines()[2:] if line)  # whole: no page is asked
    found = "".join(
        f"<item><title>افتتاح الحديقة رقم {at}</title><guid>https://city.example/{at}</guid>"
        f"<link>https://city.example/{at}</link><pubDate>Sun, 22 Nov 2026 08:00:00 +0000</pubDate>"
        f"<content:encoded>{said}&lt;p&gt;وهي الحديقة رقم {at} في المدينة.&lt;/p&gt;</content:encoded></item>"
        for at in range(count)
    )
    path = folder / f"{count}.xml"
    head = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    path.write_text(f"{head}<channel><title>المدينة</title>{found}</channel></rss>", encoding="utf-8")
    settings = ReadSettings(max_bytes=100_000_000)
    yield "entries: read", lambda: list(read_source(str(path), settings))


def links(count: int, folder: Path) -> Iterator[tuple[str, Work]]:
    """Yield what is done with a page of so many links, and what trafilatura does with its text alone."""
    import trafilatura

    from tts_news.read.page import read_page
    from tts_news.read.settings import ReadSettings

    del folder
    for shape in ("links", "linked"):
        page = large_page(shape, count if shape == "links" else count // 3)  # of which a paragraph has three
        yield f"{shape}: read", lambda page=page: read_page(page.encode(), "https://press.example/1", ReadSettings())
        yield f"{shape}: peer", lambda page=page: trafilatura.extract(page, output_format="xml", include_comments=False)


def known(count: int, folder: Path) -> Iterator[tuple[str, Work]]:
    """Yield what a watch does with ten articles of a feed that it knows, of so many that it knows."""
    from tts_news import gathering, script
    from tts_news.config import load
    from tts_news.orders import Silent
    from tts_news.watch import Watch, Watcher, name_article
    from tts_news.watch_state import STATE, open_state

    for _ in entries(10, folder):  # which writes the feed
        pass
    feed, now = str(folder / "10.xml"), time.time()
    config = load(None, {"publish.output": str(folder / "show"), "speak.jobs": 1})
    (folder / "show").mkdir(exist_ok=True)
    open_state(folder / "show").close()
    shown = {name_article(one): script.text_hash(one) for one in gathering.articles_of(feed, config, Silent())}
    shown |= {f"feed x {number}": "0" * 64 for number in range(count)}
    with closing(sqlite3.connect(folder / "show" / STATE)) as base, base:
        rows = [(name, text, 0, 0.0, now) for name, text in shown.items()]
        base.executemany("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?, ?)", rows)
    watcher = Watcher(Watch((feed,), every_s=0.0), config, Silent(), lambda _: None)
    yield "known: a poll of ten", lambda: watcher.round(now + 3600)
    yield "known: 1,000 looks", lambda: [watcher.state.get(f"feed x {at % count}") for at in range(1000)]


KINDS = {work.__name__: work for work in (terms, items, entries, links, known)}


def least_s(work: Work) -> float:
    """Return the CPU seconds of some work, the least of three, of one where that takes ten seconds."""
    spent: list[float] = []
    while len(spent) < 3 and sum(spent) < 10:
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return min(spent)


def grow(kind: str, counts: list[int]) -> None:
    """Print what is done with so many of a kind, and how its cost grows."""
    rows: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as name:
        for what, work in KINDS[kind](counts[0], Path(name)):  # warm
            work()
            rows[what] = []
        for count in counts:
            place = Path(name, f"of {count}")
            place.mkdir()
            for what, work in KINDS[kind](count, place):
                rows[what].append(least_s(work))
    print(f"{kind:22}" + "".join(f"{count:>10,}" for count in counts) + "  exponent")
    for what, seconds in rows.items():
        print(f"{what:22}" + "".join(f"{value:8.3f} s" for value in seconds) + f"{exponent(seconds, counts):10.2f}")


def exponent(seconds: list[float], counts: list[int]) -> float:
    if len(counts) < 2:
        return 0.0
    return math.log(max(seconds[-1], 1e-6) / max(seconds[0], 1e-6)) / math.log(counts[-1] / counts[0])


def editions(counts: list[int]) -> None:
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
        print(f"{what:22}" + "".join(f"{value:8.2f} s" for value in seconds) + f"{exponent(seconds, counts):10.2f}")
    print(f"{'files touched':22}" + "".join(f"{count:10}" for count in files))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", type=int, nargs="*")
    parser.add_argument("--of", nargs="+", choices=("editions", *KINDS), default=["editions"])
    options = parser.parse_args()
    counts = options.counts or [100, 1000, 10_000]
    for kind in options.of:
        editions(counts) if kind == "editions" else grow(kind, counts)


if __name__ == "__main__":
    main()
