"""Whole editions on one and on two Ray workers of this machine, and in one process beside them.

    python benchmarks/cluster.py [--editions 6] [--rounds 2]        (extra `cluster`)

Articles of two and a half minutes are made with an empty take cache, several at once. One process makes them one after
the other (`--jobs 1`), Ray with one and with two CPUs. Each is warmed first by an edition for each worker and one more,
so that no voice, model or byte code is loaded while the clock runs; starting Ray is counted apart. Wall seconds, the
least of the rounds; CPU seconds of this process, the workers and Ray's own processes. All must give the same sound
files. Must hold on two idle cores: two workers at least 1.8 times one. What is missing to 2.0 is this process (it
reads, and looks every take up), Ray's processes, and the last edition, beside which nothing is left to do.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

import psutil
from whole_way import write_articles

WANTED = 1.8
ARTICLE_MIN = 2.4  # as `write_articles` cuts them


def cpu_s() -> float:
    """Return the CPU seconds of this process and of all that live below it."""
    me = psutil.Process()
    times = [process.cpu_times() for process in (me, *me.children(recursive=True))]
    return sum(each.user + each.system for each in times)


def make(articles: list[str], folder: Path, workers: int) -> dict[str, object]:
    """Make editions with takes of their own; return what it took, and what came of it."""
    from tts_news import pipeline
    from tts_news.config import load
    from tts_news.orders import Order, Silent

    where = {"speak.cluster": "auto"} if workers else {}
    flags = {"publish.output": str(folder / "show"), "speak.cache_dir": str(folder / "takes")}
    config = load(None, flags | where | {"speak.jobs": workers or 1})
    began, cpu = time.perf_counter(), cpu_s()
    made = list(pipeline.make(articles, config, Silent(), Order()))
    return {
        "wall_s": time.perf_counter() - began,
        "cpu_s": cpu_s() - cpu,
        "sound_s": sum(edition.episode.duration_s for edition in made),
        "names": sorted(path.name for path in (folder / "show").rglob("*.mp3")),
    }


def child(articles: list[str], folder: Path, workers: int, rounds: int) -> None:
    """Make them with so many workers, 0 for none but this process, and print what each round took."""
    began = time.perf_counter()
    member = nullcontext()
    if workers:
        import ray

        from tts_news.speak.cluster import joined

        ray.init(num_cpus=workers, include_dashboard=False, log_to_driver=False, _node_ip_address="127.0.0.1")
        member = joined("auto")
    with member:
        start_s = time.perf_counter() - began
        make(articles[: workers + 1], folder / "warm", workers)
        found = [make(articles, folder / str(number), workers) for number in range(rounds)]
    print(json.dumps(min(found, key=lambda each: each["wall_s"]) | {"start_s": start_s}))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--editions", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--child", type=int)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.child is not None:
        articles = sorted(map(str, options.folder.parent.glob("*.txt")))
        child(articles, options.folder, options.child, options.rounds)
        return 0
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores (figures hold on idle ones only)")
    found = {}
    with tempfile.TemporaryDirectory() as name:
        write_articles(Path(name), ARTICLE_MIN * options.editions)
        for workers in (0, 1, 2):
            command = [sys.executable, __file__, "--child", str(workers), "--rounds", str(options.rounds)]
            command += ["--folder", str(Path(name) / f"with {workers}")]
            environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
            environment["RAY_worker_niceness"] = "0"  # not behind whatever else runs here, as the one process is not
            done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
            if done.returncode:
                sys.exit(done.stderr)
            found[workers] = json.loads(done.stdout.splitlines()[-1])
    for workers, got in found.items():
        what = f"Ray, {workers} worker{'s' if workers > 1 else ' '}" if workers else "one process "
        print(
            f"{what}: {got['wall_s']:6.1f} s wall, {got['cpu_s']:6.1f} s CPU, {got['sound_s'] / 60:.1f} min of sound, "
            f"{found[1]['wall_s'] / got['wall_s']:.2f} times one worker"
            + (f", {got['start_s']:.1f} s to start Ray" if workers else "")
        )
    same = found[0]["names"] == found[1]["names"] == found[2]["names"]  # a name has the hash of its bytes
    gain = found[1]["wall_s"] / found[2]["wall_s"]
    bound = 2 * found[1]["cpu_s"] / found[2]["cpu_s"]
    print(f"by their CPU seconds two workers are at most {bound:.2f} times one, on cores that have nothing else to do")
    print("the same sound files:", "yes" if same else "NO")
    print(f"two workers at least {WANTED} times one: {'holds' if gain >= WANTED else 'FAILS'} ({gain:.2f})")
    return 0 if same and gain >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
