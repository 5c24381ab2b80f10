"""Ports for servers that tests start."""

from __future__ import annotations

import os
import socket


def free_port() -> int:
    """Return a port of loopback that nobody listens on; no two workers of a parallel run are given the same."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    own = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    while True:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port: int = free.getsockname()[1]
        if port % workers == own:
            return port
