"""A running server, and what a test asks of it."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest


@dataclass
class Running:
    """A `tts-news serve` process and its address."""

    process: subprocess.Popen[bytes]
    url: str
    output: Path
    log: Path
    client: httpx.Client = field(default_factory=httpx.Client)

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.client.get(self.url + path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def post(self, path: str, body: object, **headers: str) -> httpx.Response:
        return self.client.post(self.url + path, json=body, headers=headers, timeout=60)

    def wait_for(self, job: str, *states: str) -> dict[str, object]:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            found = self.get(f"/editions/{job}").json()
            if found["state"] in states:
                return found
            time.sleep(0.1)
        pytest.fail(f"{job} is {found}\n{self.log.read_text()}")


Serve = Callable[..., Running]
