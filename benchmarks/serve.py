"""Fifty clients at our speech server for a minute: what they get, how long it takes, and what memory does.

    python benchmarks/serve.py [SECONDS [CLIENTS [VOICE]]]

Must hold on two cores: no answer but 200 and 429, no lost job, memory flat (second half against first half). There is
no peer beside it: the OpenAI-compatible servers we know of bring voices that need a GPU and a download.
"""

from __future__ import annotations

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import httpx

TEXT = "افتتحت البلدية ثلاث حدائق جديدة في وسط المدينة. وحضر الحفل كثيرون من الأهالي."
ARTICLE = {"title": "افتتاح حديقة", "text": f"{TEXT}\n\n{TEXT}"}


def memory_mb(pid: int) -> float:
    """Return the resident size of a process, without its encoders, which come and go."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


async def client(session: httpx.AsyncClient, until: float, codes: Counter[int], waits: list[float]) -> None:
    while time.monotonic() < until:
        begin = time.monotonic()
        answer = await session.post("/v1/audio/speech", json={"input": TEXT}, timeout=300)
        codes[answer.status_code] += 1
        if answer.status_code == 200:
            assert len(answer.content) > 10_000
            waits.append(time.monotonic() - begin)
        else:
            await asyncio.sleep(float(answer.headers.get("retry-after", 1)))


async def measure(pid: int, url: str, seconds: float, clients: int) -> None:
    codes: Counter[int] = Counter()
    waits: list[float] = []
    sizes: list[float] = []
    limits = httpx.Limits(max_connections=clients + 10)
    async with httpx.AsyncClient(base_url=url, limits=limits) as session:
        await session.post("/v1/audio/speech", json={"input": TEXT}, timeout=300)  # the voice is loaded once
        jobs = [(await session.post("/editions", json=ARTICLE | {"title": f"خبر {n}"})).json()["id"] for n in range(5)]
        until = time.monotonic() + seconds

        async def watch() -> None:
            while time.monotonic() < until:
                sizes.append(memory_mb(pid))
                await asyncio.sleep(0.5)

        await asyncio.gather(watch(), *(client(session, until, codes, waits) for _ in range(clients)))
        states: list[str] = []
        for job in jobs:
            for _ in range(300):
                state = (await session.get(f"/editions/{job}")).json()["state"]
                if state in {"done", "failed"}:
                    break
                await asyncio.sleep(1)
            states.append(state)
    half = len(sizes) // 2
    print(f"answers   {dict(codes)}")
    print(f"seconds   median {statistics.median(waits):.2f}, slowest {max(waits):.2f}")
    print(f"memory    first half {max(sizes[:half]):.0f} MB, second half {max(sizes[half:]):.0f} MB at most")
    print(f"jobs      {dict(Counter(states))}")
    assert set(codes) <= {200, 429}
    assert states == ["done"] * 5
    assert max(sizes[half:]) < 1.1 * max(sizes[:half]) + 10


def main(seconds: float, clients: int, voice: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "TTS_NEWS_SPEAK_VOICE": voice,
            "TTS_NEWS_SPEAK_CACHE_DIR": f"{folder}/takes",
            "TTS_NEWS_SERVE_REQUESTS_PER_MINUTE": "1000000",
        }
        command = [sys.executable, "-m", "tts_news", "serve", "--port", str(port), "--output", f"{folder}/output"]
        with subprocess.Popen(command, env=environment, cwd=folder) as server:
            try:
                for _ in range(300):
                    with socket.socket() as probe:
                        if probe.connect_ex(("127.0.0.1", port)) == 0:
                            break
                    time.sleep(0.1)
                asyncio.run(measure(server.pid, f"http://127.0.0.1:{port}", seconds, clients))
            finally:
                server.terminate()


if __name__ == "__main__":
    main(
        float(sys.argv[1]) if len(sys.argv) > 1 else 60.0,
        int(sys.argv[2]) if len(sys.argv) > 2 else 50,
        sys.argv[3] if len(sys.argv) > 3 else "",
    )
