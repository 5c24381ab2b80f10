"""What ties a job to its server: when the server dies, however it dies, the system ends the job's processes.

A killed server can end nobody itself, and a job that hangs in C hears no thread of its own. So the job holds one end of
a pair of sockets that is set to announce itself to the job's process group (SIGIO, which ends whoever does not handle
it). The other end is the server's alone; when its last process is gone the system closes it, and the signal is sent.
"""

from __future__ import annotations

import os
import socket
import sys
from contextlib import suppress
from types import TracebackType
from typing import Self


class Lifeline:
    """A context manager around the start of a job, and its whole life. Where the system has no such signal: nothing."""

    def __init__(self) -> None:
        self._ours, self._theirs = socket.socketpair()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._theirs.close()
        self._ours.close()

    def passed(self) -> tuple[int, ...]:
        """Return the descriptors that the job must be given."""
        return () if sys.platform == "win32" else (self._theirs.fileno(),)

    def tie(self, group: int) -> None:
        """Have the system end a process group with this process."""
        if sys.platform == "win32":
            return
        import fcntl

        with suppress(OSError):  # the job goes on without; the next server waits for it
            fcntl.fcntl(self._theirs, fcntl.F_SETOWN, -group)
            fcntl.fcntl(self._theirs, fcntl.F_SETFL, fcntl.fcntl(self._theirs, fcntl.F_GETFL) | os.O_ASYNC)
        self._theirs.close()
