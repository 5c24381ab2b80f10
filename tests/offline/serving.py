"""Run inside the namespace: start a server under strace, use it, stop it. Prints what it answered.

python serving.py URL COMMAND...
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import suppress

import httpx
import psutil

ARTICLE = {"title": "افتتاح حديقة جديدة", "text": "افتتحت البلدية ثلاث حدائق جديدة. وحضر الحفل كثيرون من أهل المدينة."}


def use(client: httpx.Client) -> dict[str, object]:
    """Ask for all there is, speech and an edition among it; returns what came."""
    spoken = client.post("/v1/audio/speech", json={"input": ARTICLE["text"], "response_format": "wav"})
    job = client.post("/editions", json=ARTICLE).json()["id"]
    until = time.monotonic() + 120
    while (made := client.get(f"/editions/{job}").json())["state"] in {"queued", "running"}:
        assert time.monotonic() < until, made
        time.sleep(0.2)
    page = client.get(made["editions"][0]["page"]) if made["editions"] else None
    return {
        "speech": spoken.status_code,
        "edition": made["state"],
        "page": page.status_code if page else 0,
        "paths": [client.get(path).status_code for path in ("/", "/v1/models", "/v1/audio/voices", "/metrics")],
    }


def main(url: str, command: list[str]) -> None:
    with subprocess.Popen(command) as strace, httpx.Client(base_url=url, timeout=120, trust_env=False) as client:
        until = time.monotonic() + 60
        while True:
            assert strace.poll() is None, "the server did not start"
            assert time.monotonic() < until
            with suppress(httpx.TransportError):
                client.get("/health")
                break
            time.sleep(0.1)
        try:
            sys.stdout.write(json.dumps(use(client)) + "\n")
        finally:
            psutil.Process(strace.pid).children()[0].terminate()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
