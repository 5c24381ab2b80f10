"""A national newsroom's day: 100,000 articles arrive, a million editions stand. What breaks first, and at what?

    python benchmarks/newsroom.py [--articles 100000] [--archive 1000000] [--machines 1 2 4 ...] [--storage-mb-s N]

First a few real editions of six lengths are made by this program, beside an archive of that many, and every cost that
the simulation needs is measured: CPU seconds of reading, writing, speaking and mastering by length; how long an edition
holds the show's folder, which one process at a time may (beginning and commit with their look-ups, then feed and index:
once for each edition, as jobs of `serve` do that do not wait for each other; of several that wait the first builds for
all, and `make` and `watch` build once a run, which is not counted here); bytes that it puts into the show and
the take cache; what this disk takes in a second (or what `--storage-mb-s` says of a shared one). Each the least of two
or more. Of the archive the newest thousand are manifests on the disk, the rest rows of the catalogue, which is all that
is asked.

Then the day: articles come by a newsroom's curve of hours, at random within it (seeded: every run has the same day),
their lengths by turns. An edition waits for one of two cores on each of N machines, then for the storage, then for the
one publisher, first come first served at each. For each N: what a full queue gives in an hour and how much more than
one machine that is, the longest backlog of the day, the time from arrival to air (median, 99 of 100), and how busy the
busiest hour keeps the cores. At last the walls: what one storage and one publisher can do, whatever the machines.
Nothing is retried and no machine dies: `tests/extras/cluster` is about that.
"""

from __future__ import annotations

import argparse
import hashlib
import heapq
import os
import random
import statistics
import tempfile
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate, cycle, islice
from pathlib import Path
from typing import Any

import psutil

CORES = 2  # of a machine
WORDS = (60, 120, 180, 240, 400, 800)  # of the articles, whose mean is that of three minutes
# Shares of a day's articles by hour: quiet at night, a peak in the morning, another in the early evening.
CURVE = (10, 8, 6, 5, 6, 12, 28, 48, 66, 74, 76, 72, 66, 62, 60, 58, 60, 66, 68, 60, 46, 32, 20, 14)
HOUR_S = 3600.0
KEPT = 1000  # editions of the archive that are folders: more than feed and index show in front
FULL = 20_000  # editions of a queue that never runs empty


# ── the day, as queues ───────────────────────────────────────────────────────────────────────────────────────────


def serve(arrivals: Sequence[float], services: Sequence[float], servers: int) -> list[float]:
    """Return when each is done at so many servers, first come first served; `arrivals` never fall."""
    free = [0.0] * servers
    done = []
    for arrival, service in zip(arrivals, services, strict=True):
        begun = max(arrival, heapq.heappop(free))
        done.append(begun + service)
        heapq.heappush(free, done[-1])
    return done


def line_up(stages: Sequence[tuple[Sequence[float], int]], arrivals: Sequence[float]) -> list[float]:
    """Return when each has gone through stages of services and servers; at each it queues by when it comes there."""
    moments = list(arrivals)
    for services, servers in stages:
        order = sorted(range(len(moments)), key=moments.__getitem__)
        done = serve([moments[i] for i in order], [services[i] for i in order], servers)
        for place, moment in zip(order, done, strict=True):
            moments[place] = moment
    return moments


def day_of(count: int, seed: int = 1) -> list[float]:
    """Return when so many articles come, in seconds from midnight, by the curve of hours and at random within it."""
    shares = [0, *accumulate(CURVE)]
    rng = random.Random(seed)
    found = []
    for _ in range(count):
        at = rng.random() * shares[-1]
        hour = bisect_right(shares, at) - 1
        found.append((hour + (at - shares[hour]) / CURVE[hour]) * HOUR_S)
    return sorted(found)


def longest_backlog(arrivals: Sequence[float], done: Sequence[float]) -> int:
    """Return the most articles that had come and were not on air."""
    events = sorted([(moment, 1) for moment in arrivals] + [(moment, -1) for moment in done])
    return max(accumulate(change for _, change in events))


# ── what an edition costs, measured ──────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class Costs:
    """What was measured.

    Attributes:
        stages: CPU seconds of each stage, by words of the article.
        held_s: Wall seconds that each edition held the show's folder, by what for.
        lookup_s: Wall seconds of one look-up in the catalogue.
        show_bytes: What each edition has put into the show.
        cache_bytes: And into the take cache.
        storage_s: Bytes a second that the storage takes.
    """

    stages: dict[int, dict[str, float]] = field(default_factory=dict)
    held_s: dict[str, list[float]] = field(default_factory=dict)
    lookup_s: float = 0.0
    show_bytes: dict[int, int] = field(default_factory=dict)
    cache_bytes: dict[int, int] = field(default_factory=dict)
    storage_s: float = 0.0

    def work_s(self, words: int) -> float:
        """Return the CPU seconds of an edition on a worker."""
        return sum(self.stages[words].values())

    def written(self, words: int) -> int:
        """Return the bytes of an edition."""
        return self.show_bytes[words] + self.cache_bytes[words]

    @property
    def publisher_s(self) -> float:
        """Seconds that an edition holds the show's folder."""
        return sum(min(seconds) for seconds in self.held_s.values())


class Meter:
    """A reporter that sums the CPU seconds of stages, with those of the processes below this one."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._name, self._since = "", self._now()

    def _now(self) -> float:
        me = psutil.Process()
        times = [process.cpu_times() for process in (me, *me.children(recursive=True))]
        return sum(each.user + each.system + each.children_user + each.children_system for each in times)

    def source(self, number: int, total: int) -> None:
        """There is one."""

    def stage(self, name: str, _: str) -> None:
        """Close the stage before."""
        now = self._now()
        if self._name:
            self.seconds[self._name] = self.seconds.get(self._name, 0.0) + now - self._since
        self._name, self._since = name, now

    def progress(self, done: int, total: int) -> None:
        """Nobody looks."""

    def costs(self, voices: object) -> None:
        """Nobody pays."""

    def failed(self, subject: str, err: Exception) -> None:
        """Nothing may fail here."""
        raise AssertionError(f"{subject}: {err}")


@contextmanager
def timed_locks(held_s: dict[str, list[float]]) -> Iterator[None]:
    """Note how long an edition holds the show's folder: to begin (its look-ups), to commit, for feed and index."""
    from tts_news.publish import build, draft

    sums: dict[str, float] = {}

    def timed(lock: Callable[..., Any], what: str) -> Callable[..., Any]:
        @contextmanager
        def holding(*args: Any) -> Iterator[None]:
            with lock(*args):
                began = time.perf_counter()
                yield
                sums[what] = sums.get(what, 0.0) + time.perf_counter() - began

        return holding

    before = draft.lock_folder, build.lock_folder
    draft.lock_folder, build.lock_folder = timed(before[0], "look-ups and commit"), timed(before[1], "feed and index")
    try:
        yield
    finally:
        draft.lock_folder, build.lock_folder = before
        for what, seconds in sums.items():
            held_s.setdefault(what, []).append(seconds)


def write_article(folder: Path, words: int, number: int) -> Path:
    """Write an article of about so many words, no two alike."""
    from whole_way import BODIES, CITIES, SENTENCES, WORKS

    lines = [f"خطة جديدة رقم {number} في {CITIES[number % len(CITIES)]}: {WORKS[number % len(WORKS)]}"]
    count = 0
    for place in range(number * 1000, number * 1000 + 1000):
        sentence = SENTENCES[place % len(SENTENCES)].format(
            body=BODIES[place * 3 % len(BODIES)],
            city=CITIES[place * 5 % len(CITIES)],
            work=WORKS[place * 7 % len(WORKS)],
            number=11 + place % 8989,
        )
        lines.append(sentence)
        count += len(sentence.split())
        if count >= words:
            break
    path = folder / f"{number}.txt"
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return path


def fill_archive(output: Path, count: int) -> None:
    """Have so many editions stand: the newest thousand as folders, the others as rows of the catalogue."""
    from growth import fill

    from tts_news.publish.catalogue import Row, open_catalogue
    from tts_news.publish.catalogue_file import proof_of

    fill(output, 10_000, 10_000 + min(count, KEPT))
    with open_catalogue(output) as catalogue:
        catalogue.sweep()
        rows = (_row(Row, number) for number in range(count - KEPT))
        with catalogue.change():
            order = "INSERT INTO editions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            while some := [(*row, proof_of(*row)) for row in islice(rows, 10_000)]:
                catalogue.tell(order, some)


def _row(row: Any, number: int) -> Any:
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    slug, moment = f"khbr-{digest[:8]}", 1e9 + 30.0 * number
    day = time.strftime("%Y-%m-%d", time.gmtime(moment))
    return row(
        folder=f"{day}-{slug}",
        stamp=f"9000 {number} {number}",
        moment=moment,
        modified=f"{day}T05:00:00+00:00",
        slug=slug,
        guid=f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}",
        identity=f"url https://city.example/{number}",
        digits=digest[:8],
        stands=1,
        mark=digest[:32],
    )


def measure(folder: Path, archive: int, storage_mb_s: float) -> Costs:
    """Make real editions beside an archive, and return what they cost."""
    from tts_news import pipeline
    from tts_news.config import load
    from tts_news.orders import Order

    output, cache, costs = folder / "show", folder / "takes", Costs()
    fill_archive(output, archive)
    flags = {"publish.output": str(output), "speak.cache_dir": str(cache), "speak.jobs": 1}
    flags |= {"show.base_url": "https://press.example/", "show.email": "press@press.example", "publish.books": ()}
    config = load(None, flags)
    for number, words in enumerate(
        (WORDS[-1], *WORDS, *WORDS)
    ):  # the first loads voices and models, and counts nothing
        article, meter, held = write_article(folder, words, number), Meter(), dict[str, list[float]]()
        before = size_of(cache)
        with timed_locks(held):
            (edition,) = pipeline.make([str(article)], config, meter, Order())
        meter.stage("", "")
        if number == 0:
            continue
        known = costs.stages.get(words)
        if known is None or sum(known.values()) > sum(meter.seconds.values()):
            costs.stages[words] = meter.seconds
        costs.show_bytes[words], costs.cache_bytes[words] = size_of(edition.folder), size_of(cache) - before
        for what, seconds in held.items():
            costs.held_s.setdefault(what, []).extend(seconds)
    costs.lookup_s = lookup_s(output)
    costs.storage_s = storage_mb_s * 1e6 or disk_s(folder)
    return costs


def size_of(folder: Path) -> int:
    """Return the bytes of a folder's files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def lookup_s(output: Path) -> float:
    """Return the seconds of one look-up by an identity that has no edition, the middle one of a hundred."""
    from tts_news.publish.standing import Sought, find_standing
    from tts_news.records import Identity

    found = []
    for number in range(100):
        began = time.perf_counter()
        find_standing(output, Sought(Identity("url", "", f"https://city.example/new/{number}")))
        found.append(time.perf_counter() - began)
    return statistics.median(found)


def disk_s(folder: Path) -> float:
    """Return the bytes a second that this disk takes and keeps, the most of three."""
    data, most = os.urandom(64_000_000), 0.0
    for _ in range(3):
        began = time.perf_counter()
        with (folder / "data").open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        most = max(most, len(data) / (time.perf_counter() - began))
    return most


# ── what is printed ──────────────────────────────────────────────────────────────────────────────────────────────


def show_costs(costs: Costs, archive: int) -> None:
    names = ("reading", "writing", "speaking", "mastering", "publishing")
    print(f"{'words':>6}" + "".join(f"{name:>12}" for name in names) + f"{'CPU s':>9}{'show MB':>9}{'takes MB':>10}")
    for words in WORDS:
        stages = costs.stages[words]
        print(
            f"{words:6}"
            + "".join(f"{stages.get(name, 0.0):12.2f}" for name in names)
            + f"{costs.work_s(words):9.2f}{costs.show_bytes[words] / 1e6:9.2f}{costs.cache_bytes[words] / 1e6:10.2f}"
        )
    held = ", ".join(f"{what} {1000 * min(seconds):.1f} ms" for what, seconds in costs.held_s.items())
    print(f"the show's folder is held for each edition: {held}; beside {archive:,} editions")
    print(f"one look-up by identity {1000 * costs.lookup_s:.2f} ms; storage {costs.storage_s / 1e6:.0f} MB/s")


def walls(costs: Costs) -> dict[str, float]:
    """Return the editions an hour that each thing of which there is one can do."""
    mean = statistics.mean(costs.written(words) for words in WORDS)
    feed_s = min(costs.held_s["feed and index"])
    return {
        f"storage ({costs.storage_s / 1e6:.0f} MB/s, {mean / 1e6:.1f} MB an edition)": HOUR_S * costs.storage_s / mean,
        f"the one publisher ({1000 * costs.publisher_s:.1f} ms an edition, of which feed and index "
        f"{1000 * feed_s:.1f})": HOUR_S / costs.publisher_s,
    }


def simulate(costs: Costs, arrivals: Sequence[float], machines: int) -> list[float]:
    """Return when each article is on air."""
    lengths = list(islice(cycle(WORDS), len(arrivals)))
    stages = [
        ([costs.work_s(words) for words in lengths], CORES * machines),
        ([costs.written(words) / costs.storage_s for words in lengths], 1),
        ([costs.publisher_s] * len(lengths), 1),
    ]
    return line_up(stages, arrivals)


def show_day(costs: Costs, articles: int, machines: Sequence[int]) -> None:
    arrivals, peak = day_of(articles), articles * max(CURVE) / sum(CURVE)
    mean_s = statistics.mean(costs.work_s(words) for words in WORDS)
    print(f"\n{articles:,} articles, {peak:,.0f} in the busiest hour, {mean_s:.2f} s of CPU each")
    print(
        f"{'machines':>8}{'editions/h':>12}{'times one':>11}{'backlog':>10}{'median':>10}{'99 %':>10}{'cores busy':>12}"
    )
    full = {count: FULL * HOUR_S / max(simulate(costs, [0.0] * FULL, count)) for count in {1, *machines}}
    for count in machines:
        done = simulate(costs, arrivals, count)
        waits = sorted(end - begun for begun, end in zip(arrivals, done, strict=True))
        busy = peak * mean_s / (CORES * count * HOUR_S)
        print(
            f"{count:8}{full[count]:12,.0f}{full[count] / full[1]:11.2f}{longest_backlog(arrivals, done):10,}"
            f"{lasts(waits[len(waits) // 2])}{lasts(waits[len(waits) * 99 // 100])}{busy:12.0%}"
        )
    limits = walls(costs)
    wall = min(limits, key=limits.__getitem__)
    one = CORES * HOUR_S / mean_s
    linear = [count for count in machines if full[count] >= 0.95 * count * full[1]]
    print(
        f"linear (within a twentieth) up to {max(linear)} machines; cores are the wall until {limits[wall] / one:.0f}"
    )
    for name, limit in sorted(limits.items(), key=lambda pair: pair[1]):
        print(f"then: {name}: {limit:,.0f} editions an hour, {limit / peak:.1f} times the busiest hour")


def lasts(seconds: float) -> str:
    return f"{seconds:8.1f} s" if seconds < 2 * 60 else f"{seconds / 60:6.0f} min"


def doubled(limit: int) -> list[int]:
    return [2**power for power in range(limit.bit_length()) if 2**power <= limit]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--archive", type=int, default=1_000_000)
    parser.add_argument("--machines", type=int, nargs="+")
    parser.add_argument("--storage-mb-s", type=float, default=0.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        costs = measure(Path(name), options.archive, options.storage_mb_s)
    show_costs(costs, options.archive)
    mean_s = statistics.mean(costs.work_s(words) for words in WORDS)
    beyond = 2 * min(walls(costs).values()) * mean_s / (CORES * HOUR_S)
    show_day(costs, options.articles, options.machines or doubled(int(2 * beyond)))


if __name__ == "__main__":
    main()
