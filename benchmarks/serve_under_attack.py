"""Our server with everything against it at once: who is answered, what is lost, and whether `/health` says so.

    python benchmarks/serve_under_attack.py [SECONDS [VOICE]]

For SECONDS (60): 200 slow clients (a head, a body that drips, a large file that nobody takes, a connection that rests),
which come again as soon as they are thrown out; a flood of orders for editions; 50 ordinary clients that ask for the
show's files, models, health and speech; and, for the middle half, a full disk. All from one address on loopback. The
disk is a small one in memory, mounted in a namespace of our own, so nothing else fills up (Linux; root, or user
namespaces).

Must hold: every ordinary request is answered (speech may be put off with 429), no order that was accepted is lost,
`/health` is 503 while the disk is full and 200 before and after, and memory stays under 300 MB.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from serve import ARTICLE, TEXT, memory_mb

SLOW, ORDINARY, FLOODING = 200, 50, 4
MOST_MB = 300
DISK_MB, LEAST_FREE_MB, LARGE_MB = 96, 16, 20
INSIDE = "TTS_BENCHMARK_INSIDE"


@dataclass(frozen=True)
class Reading:
    """What `/health` said, and between which moments: on a busy machine an answer takes seconds, and things change."""

    asked: float
    answered: float
    code: int
    faults: str


@dataclass
class Tally:
    """What everybody saw."""

    answers: Counter[str] = field(default_factory=Counter)
    again: int = 0
    waits: list[float] = field(default_factory=list)
    spoken: list[float] = field(default_factory=list)
    thrown_out: int = 0
    accepted: list[str] = field(default_factory=list)
    orders: Counter[int] = field(default_factory=Counter)
    health: list[Reading] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)


async def slow_client(port: int, number: int, until: float, tally: Tally) -> None:
    """Hold a connection by one way of being slow, and come again when it is ended."""
    head = (
        b"POST /editions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n"
    )
    ways = (b"GET / HTTP/1.1\r\nHost: localhost\r\n", head, b"GET /large.mp3 HTTP/1.1\r\nHost: localhost\r\n\r\n", b"")
    way = number % len(ways)
    while time.monotonic() < until:
        with suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=4096)
            try:
                writer.write(ways[way])
                while time.monotonic() < until:
                    await asyncio.sleep(1)
                    if way < 2:
                        writer.write(b"x: y\r\n" if way == 0 else b"x")
                    await writer.drain()
                    if way != 2 and reader.at_eof():
                        break
            finally:
                writer.close()
        tally.thrown_out += 1
        await asyncio.sleep(random.uniform(0.1, 1.0))


async def ask(session: httpx.AsyncClient, path: str, tally: Tally, body: object = None) -> httpx.Response | None:
    """Ask for one thing, a second time if the connection was ended between two requests, as every browser does."""
    for attempt in range(2):
        try:
            answer = await (session.post(path, json=body) if body else session.get(path))
        except httpx.TransportError as err:
            if attempt:
                tally.answers[f"{path} {type(err).__name__}"] += 1
            else:
                tally.again += 1
            continue
        tally.answers[f"{path} {answer.status_code}"] += 1
        return answer
    return None


async def ordinary_client(session: httpx.AsyncClient, number: int, until: float, tally: Tally) -> None:
    """Ask for files and interfaces in turn; every fifth client asks for speech."""
    paths = ("/page.html", "/sound.mp3", "/v1/models", "/v1/audio/voices")
    while time.monotonic() < until:
        begin = time.monotonic()
        if number % 5:
            await ask(session, random.choice(paths), tally)
            tally.waits.append(time.monotonic() - begin)
            await asyncio.sleep(random.uniform(0.1, 0.5))
            continue
        answer = await ask(session, "/v1/audio/speech", tally, {"input": TEXT})
        if answer is not None and answer.status_code == 200:
            tally.spoken.append(time.monotonic() - begin)
        else:
            await asyncio.sleep(float(answer.headers.get("retry-after", 1)) if answer else 1)


async def flood(session: httpx.AsyncClient, number: int, until: float, tally: Tally) -> None:
    """Order editions, as many as are taken."""
    count = 0
    while time.monotonic() < until:
        count += 1
        with suppress(httpx.TransportError):
            title = f"خبر {number} {count}"
            answer = await session.post("/editions", json=ARTICLE | {"title": title})
            tally.orders[answer.status_code] += 1
            if answer.status_code == 202:
                tally.accepted.append(answer.json()["id"])
        await asyncio.sleep(0.3)


async def watch(session: httpx.AsyncClient, pid: int, until: float, tally: Tally) -> None:
    """Look at health and memory twice a second."""
    while time.monotonic() < until:
        with suppress(httpx.TransportError):
            asked = time.monotonic()
            answer = await session.get("/health")
            tally.health.append(
                Reading(asked, time.monotonic(), answer.status_code, "; ".join(answer.json()["faults"]))
            )
        tally.sizes.append(memory_mb(pid))
        await asyncio.sleep(0.5)


async def fill_disk(output: Path, begin: float, seconds: float) -> tuple[float, float, float]:
    """Fill the disk for the middle half of the time, to the last byte; returns when it began, was full, was free."""
    await asyncio.sleep(max(0.0, begin + seconds / 4 - time.monotonic()))
    filling = time.monotonic()
    filler = output / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1 << 16))
    full = time.monotonic()
    while time.monotonic() < begin + seconds * 3 / 4:  # whatever is freed meanwhile is taken again
        with suppress(OSError), filler.open("ab", buffering=0) as file:
            for _ in range(64):
                file.write(bytes(1 << 12))
        await asyncio.sleep(0.2)
    freed = time.monotonic()
    filler.unlink()
    return filling, full, freed


async def measure(pid: int, port: int, output: Path, seconds: float) -> bool:
    tally = Tally()
    url = f"http://127.0.0.1:{port}"
    limits = httpx.Limits(max_connections=ORDINARY + FLOODING + 10, max_keepalive_connections=ORDINARY)
    async with httpx.AsyncClient(base_url=url, limits=limits, timeout=120) as session:
        await session.post("/v1/audio/speech", json={"input": TEXT})  # the voice is loaded once
        begin = time.monotonic()
        until = begin + seconds
        moments, *_ = await asyncio.gather(
            fill_disk(output, begin, seconds),
            watch(session, pid, until, tally),
            *(slow_client(port, number, until, tally) for number in range(SLOW)),
            *(ordinary_client(session, number, until, tally) for number in range(ORDINARY)),
            *(flood(session, number, until, tally) for number in range(FLOODING)),
        )
        states = await wait_for_jobs(session, tally.accepted)
        last = (await session.get("/health")).status_code
    return report(tally, states, last, *moments)


async def wait_for_jobs(session: httpx.AsyncClient, names: list[str]) -> Counter[str]:
    """Return how the accepted orders ended."""
    states: Counter[str] = Counter()
    for name in names:
        state = "lost"
        for _ in range(600):
            answer = await session.get(f"/editions/{name}")
            state = answer.json()["state"] if answer.status_code == 200 else f"lost ({answer.status_code})"
            if state not in {"queued", "running"}:
                break
            await asyncio.sleep(1)
        states[state] += 1
    return states


def report(tally: Tally, states: Counter[str], last: int, filling: float, full: float, freed: float) -> bool:
    """Print what was seen; returns whether all that must hold did."""
    half = len(tally.sizes) // 2
    # A look is taken once a second at most: what was asked just after the disk was full may be from before.
    during = [one for one in tally.health if full + 2 < one.asked and one.answered < freed]
    before = [one for one in tally.health if one.answered < filling]
    waits, spoken = sorted(tally.waits), tally.spoken
    print(f"ordinary  {dict(sorted(tally.answers.items()))}, asked a second time {tally.again}")
    most = waits[len(waits) * 99 // 100]
    print(f"seconds   median {statistics.median(waits):.2f}, 99 % {most:.2f}, slowest {waits[-1]:.2f}")
    print(f"speech    {len(spoken)} in full, median {statistics.median(spoken):.2f}, slowest {max(spoken):.2f}")
    print(f"slow      thrown out {tally.thrown_out} times")
    print(f"orders    {dict(tally.orders)}; accepted ones: {dict(states)}")
    print(f"health    before {codes(before)}, disk full {codes(during)}, at the end {last}")
    for reading in (one for one in before if one.code != 200):
        print(f"          before: {reading.faults}")
    print(
        f"memory    first half {max(tally.sizes[:half]):.0f} MB, second half {max(tally.sizes[half:]):.0f} MB at most"
    )
    held = {
        "every ordinary request answered": all(key.split()[1] in {"200", "429"} for key in tally.answers)
        and all(key.split()[1] == "200" or "speech" in key for key in tally.answers),
        "no order lost": set(states) <= {"done"} and sum(states.values()) == len(tally.accepted) > 0,
        "health true": set(codes(before)) == {200} and set(codes(during)) == {503} and last == 200,
        f"memory under {MOST_MB} MB": max(tally.sizes) < MOST_MB,
    }
    for name, ok in held.items():
        print(f"{'holds ' if ok else 'BROKEN'}    {name}")
    return all(held.values())


def codes(readings: list[Reading]) -> dict[int, int]:
    return dict(Counter(one.code for one in readings))


def main(seconds: float, voice: str) -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder, "output")
        output.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(output)], check=True)
        (output / "page.html").write_text("<!DOCTYPE html>" + "خبر " * 5000)
        (output / "sound.mp3").write_bytes(os.urandom(500_000))
        (output / "large.mp3").write_bytes(bytes(LARGE_MB << 20))
        environment = os.environ | {
            "TTS_NEWS_SPEAK_VOICE": voice,
            "TTS_NEWS_SPEAK_CACHE_DIR": f"{folder}/takes",
            "TTS_NEWS_SERVE_REQUESTS_PER_MINUTE": "1000000",
            "TTS_NEWS_SERVE_MAX_JOBS": "8",
            "TTS_NEWS_SERVE_MIN_FREE_BYTES": str(LEAST_FREE_MB << 20),
        }
        command = [sys.executable, "-m", "tts_news", "serve", "--port", str(port), "--output", str(output)]
        try:
            with subprocess.Popen(command, env=environment, cwd=folder) as server:
                try:
                    for _ in range(300):
                        with socket.socket() as probe:
                            if probe.connect_ex(("127.0.0.1", port)) == 0:
                                break
                        time.sleep(0.1)
                    return 0 if asyncio.run(measure(server.pid, port, output, seconds)) else 1
                finally:
                    server.terminate()
        finally:
            subprocess.run(["umount", "-l", str(output)], check=False)


if __name__ == "__main__":
    if not os.environ.get(INSIDE):
        unshare = shutil.which("unshare") or sys.exit("unshare is missing: it comes with util-linux")
        own = [] if os.geteuid() == 0 else ["--map-root-user"]
        os.environ[INSIDE] = "1"
        os.execv(  # noqa: S606 - a program of util-linux, no shell
            unshare, [unshare, "--mount", *own, sys.executable, *sys.argv]
        )
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0, sys.argv[2] if len(sys.argv) > 2 else ""))
