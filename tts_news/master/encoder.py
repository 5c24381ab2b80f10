"""One ffmpeg process a format, all fed the same samples from one pass."""

from __future__ import annotations

import contextlib
import queue
import subprocess
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from tts_news.errors import MasterError
from tts_news.master.ffmpeg import QUIET, find_ffmpeg

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType

_QUEUE = 8
"""Blocks waiting for an encoder: enough that a slow one does not stall the others at once, little in memory."""
_EXACT = ("-fflags", "+bitexact", "-flags:a", "+bitexact")
"""No dates, versions or random serial numbers: the same sound gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file to encode: arguments for ffmpeg after its input, and where it writes."""

    format: str
    arguments: tuple[str, ...]
    path: Path
    inputs: tuple[str, ...] = ()


class Encoders:
    """All encoders of an edition. Use as a context: leaving it by an error ends them."""

    def __init__(self, jobs: Sequence[Job], rate_hz: int, ffmpeg: str) -> None:
        program = find_ffmpeg(ffmpeg)
        self._running: list[_Encoder] = []
        try:
            for job in jobs:
                self._running.append(_Encoder(job, rate_hz, program))
        except MasterError:
            self._kill()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._kill()

    def _kill(self) -> None:
        for encoder in self._running:
            encoder.kill()

    def write(self, block: bytes) -> None:
        """Give all encoders the next 16-bit samples.

        Raises:
            MasterError: One of them has failed.
        """
        for encoder in self._running:
            encoder.write(block)

    def finish(self) -> None:
        """Wait until every file is complete.

        Raises:
            MasterError: One of them has failed.
        """
        for encoder in self._running:
            encoder.close()
        for encoder in self._running:
            encoder.wait()


class _Encoder:
    """One ffmpeg, a thread that feeds it and a thread that reads what it complains about."""

    def __init__(self, job: Job, rate_hz: int, program: str) -> None:
        self._job = job
        pcm = ("-f", "s16le", "-ar", str(rate_hz), "-ac", "1", "-i", "pipe:0")
        command = [program, *QUIET, *pcm, *job.inputs, *_EXACT, *job.arguments, "-y", str(job.path)]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
                command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
            )
        except OSError as err:
            raise MasterError(f"ffmpeg cannot be started: {err.strerror}", hint="check `ffmpeg` in [master]") from err
        self._blocks: queue.Queue[bytes | None] = queue.Queue(_QUEUE)
        self._complaint = b""
        self._broken = threading.Event()
        self._feeder = threading.Thread(target=self._feed, daemon=True)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._feeder.start()
        self._listener.start()

    def write(self, block: bytes) -> None:
        if self._broken.is_set():
            self._fail()
        self._blocks.put(block)

    def close(self) -> None:
        self._blocks.put(None)

    def wait(self) -> None:
        self._feeder.join()
        code = self._process.wait()
        self._listener.join()
        if code != 0 or self._broken.is_set():
            self._fail()

    def kill(self) -> None:
        self._broken.set()
        self._process.kill()
        with contextlib.suppress(queue.Empty):
            # Room for the word to stop: nobody else puts anything in.
            while True:
                self._blocks.get_nowait()
        self._blocks.put(None)
        self._process.wait()
        self._feeder.join()
        self._listener.join()

    def _feed(self) -> None:
        """Pass blocks on. After a failure keep taking them, so that nobody waits on a full queue."""
        stdin = self._process.stdin
        while (block := self._blocks.get()) is not None and stdin:
            if self._broken.is_set():
                continue
            try:
                stdin.write(block)
            except OSError:
                self._broken.set()
        if stdin:
            with contextlib.suppress(OSError):
                stdin.close()

    def _listen(self) -> None:
        if self._process.stderr:
            with self._process.stderr as stream:
                for line in stream:
                    # The first lines say what happened; a flood of them must not grow without end.
                    self._complaint = (self._complaint + line)[:4000]

    def _fail(self) -> None:
        self._process.wait()
        self._listener.join()
        said = self._complaint.decode("utf-8", "replace").strip()
        if "No space left" in said:
            raise MasterError(
                f"the disk is full: {self._job.path.name} was not written",
                hint="free some space and run the same command again",
            )
        # The first line is the cause, the others follow from it; its "[part @ address]" is ffmpeg's own business.
        first = said.splitlines()[0] if said else f"exit status {self._process.returncode}"
        cause = first.split("] ", 1)[-1]
        raise MasterError(
            f"ffmpeg could not write the {self._job.format}: {cause}",
            hint="run `tts-news doctor`; it tries every format",
        )
