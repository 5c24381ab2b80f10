"""Processes of our own beside this one: what hangs, dies or takes too much there is ended, and nothing here with it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from multiprocessing.connection import Connection
from typing import BinaryIO

_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # each would have memory of its own set aside


class Process:
    """A process that serves over a pipe what it is asked for there."""

    def __init__(self, module: str, complaints: BinaryIO | None = None) -> None:
        """Start it.

        Args:
            module: A module of ours whose `serve` is given the descriptor of the pipe's other end.
            complaints: Where what it writes to standard error goes; None is where ours goes.
        """
        ours, theirs = socket.socketpair()
        with ours, theirs:
            self._child = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-P", "-c", f"from {module} import serve; serve({theirs.fileno()})"],
                pass_fds=[theirs.fileno()],
                env=os.environ | _ONE_THREAD,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=complaints,
            )
            self.pipe = Connection(ours.detach())

    def is_alive(self) -> bool:
        """Return whether it goes on."""
        return self._child.poll() is None

    def has_ended(self, within_s: float) -> bool:
        """Return whether it ends in that time: one that dies may still be writing why."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(within_s)
        return not self.is_alive()

    def kill(self) -> None:
        """Have it die, whatever it does: whoever waits at the pipe is told."""
        self._child.kill()

    def end(self) -> None:
        """End it, and the pipe with it."""
        self.kill()
        self._child.wait()
        self.pipe.close()


def served(descriptor: int) -> Connection:
    """Return the end of the pipe that a process serves at; Ctrl-C, which reaches the whole group, is the asker's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return Connection(descriptor)
