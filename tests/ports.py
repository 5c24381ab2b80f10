"""Ports for servers that tests start."""

from __future__ import annotations

import os
import random
import socket

FIRST, LAST = 10_000, 32_000
"""Below the ports that systems hand out by themselves: no connection takes one between the asking and the serving."""


def free_port() -> int:
    """Return a port of loopback that nobody listens on; no two workers of a parallel run are given the same."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    own = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    ports = range(FIRST + own, LAST, workers)
    for port in random.sample(ports, 100):
        with socket.socket() as free:
            try:
                free.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError("a hundred ports in a row are taken")
