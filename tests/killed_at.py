"""A process that kills itself: `killed_at.py lines N PLACE`, `killed_at.py steps N FOLDER ARGUMENT...`.

`lines` writes a file by `write_file` and dies before the Nth line of that module. `steps` runs the command line and
dies before the Nth time that a file of the folder is opened, renamed, removed, made or brought to the disk. 0 kills
nobody.
The exit status is the command's; how many lines or steps there were is written to standard error at the end.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

STEPS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.chmod", "os.truncate"}


class Countdown:
    """Counts, and kills its process at the last."""

    def __init__(self, last: int) -> None:
        """Count to `last`."""
        self.last, self.count = last, 0

    def step(self) -> None:
        self.count += 1
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)


def write(countdown: Countdown, place: str) -> int:
    """Write a file, counting lines."""
    from tts_news.files import write_file

    def line(_frame: FrameType, event: str, _value: Any) -> Any:
        if event == "line":
            countdown.step()
        return line

    sys.settrace(lambda frame, _event, _value: line if frame.f_code.co_filename.endswith("files.py") else None)
    write_file(Path(place), b"new" * 50_000)
    sys.settrace(None)
    return 0


def command(countdown: Countdown, folder: str, *arguments: str) -> int:
    """Run the command line, counting what it does to files."""
    from tts_news.cli import run

    fsync: Callable[[int], None] = os.fsync

    def counted(descriptor: int) -> None:
        countdown.step()
        fsync(descriptor)

    def hook(event: str, values: tuple[Any, ...]) -> None:
        if event in STEPS and isinstance(values[0], (str, bytes)) and os.fsdecode(values[0]).startswith(folder):
            countdown.step()

    os.fsync = counted
    sys.addaudithook(hook)
    return run(list(arguments))


if __name__ == "__main__":
    end = Countdown(int(sys.argv[2]))
    status = (write if sys.argv[1] == "lines" else command)(end, *sys.argv[3:])
    sys.stderr.write(f"\n{end.count}\n")
    raise SystemExit(status)
