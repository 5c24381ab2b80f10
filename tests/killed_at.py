"""Processes that kill themselves at a step, the same each time: `write`, and `killed_at.py FOLDER ARGUMENT...`.

The command line is run once to its end, and again for each number that comes by standard input, in a process split off
from this one, so nothing is loaded twice. That process dies before so many times that a file of the folder is opened,
renamed, removed, made or brought to the disk. Each run answers with a line: its exit status, and
the first how many steps there were.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

STEPS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.chmod", "os.truncate"}


class Countdown:
    """Counts, and kills its process at the last."""

    def __init__(self, last: int = 0) -> None:
        """Count to `last`; 0 kills nobody."""
        self.last, self.count = last, 0

    def step(self, _emptied: str = "") -> None:
        self.count += 1
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)


def watch(folder: str, step: Callable[[str], None]) -> None:
    """Take a step before anything is done to the files of a folder, from now on; it is told what an opening empties."""
    fsync = os.fsync

    def counted(descriptor: int) -> None:
        step("")
        fsync(descriptor)

    def hook(event: str, values: tuple[Any, ...]) -> None:
        if event in STEPS and isinstance(values[0], (str, bytes)) and os.fsdecode(values[0]).startswith(folder):
            step(os.fsdecode(values[0]) if event == "open" and values[2] & os.O_TRUNC else "")

    os.fsync = counted
    sys.addaudithook(hook)


def split(work: Callable[[], object]) -> int:
    """Do some work in a process split off from this one; returns its exit status."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def write(last: int, place: Path) -> int:
    """Write a file by `write_file` in a process that dies before the last line of that module; returns its status."""
    from tts_news.files import write_file

    countdown = Countdown(last)

    def line(_frame: FrameType, event: str, _value: Any) -> Any:
        if event == "line":
            countdown.step()
        return line

    def traced() -> None:
        sys.settrace(lambda frame, _event, _value: line if frame.f_code.co_filename.endswith("files.py") else None)
        write_file(place, b"new" * 50_000)

    return split(traced)


def moments(folder: Path, copies: Path, work: Callable[[], object]) -> list[Path]:
    """Do some work in a process split off, and copy a folder at each step in it: what a kill there would leave.

    Where a file that stands is opened to be written anew, it is also copied empty, as it is just after.
    """
    steps, copying = count(), False

    def copy(emptied: str) -> None:
        nonlocal copying
        if copying:
            return  # itself opens files
        copying = True
        shutil.copytree(folder, copies / f"{next(steps):04}")
        if emptied and Path(emptied).exists():
            after = shutil.copytree(folder, copies / f"{next(steps):04}")
            (after / Path(emptied).relative_to(folder)).write_bytes(b"")
        copying = False

    def watched() -> None:
        watch(str(folder), copy)
        work()

    assert split(watched) == 0
    return sorted(copies.iterdir())


def serve(folder: str, run: Callable[[], int]) -> None:
    """Run the command once to its end, then once for each number."""
    with os.fdopen(os.dup(1), "w") as answers:
        os.dup2(2, 1)  # what the command itself says
        countdown = Countdown()
        watch(folder, countdown.step)
        print(run(), countdown.count, file=answers, flush=True)
        for line in sys.stdin:
            countdown.last, countdown.count = int(line), 0
            print(split(run), file=answers, flush=True)


if __name__ == "__main__":
    from tts_news import cli

    serve(sys.argv[1], lambda: cli.run(sys.argv[2:]))
