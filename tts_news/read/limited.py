"""Reading in a process of its own, which a limit of time can end: what one input does there hurts no other.

A regular expression that runs away, or a parser's loop in C, holds the interpreter: no timer of the same process is
sure to be heard; and a library that unpacks a bomb asks nobody. So a watch, a server and a batch read in one warm
process beside their own. When an article takes longer than it may, or more memory, or the process dies of it, the
process is ended, the article is an error that names its input, and reading goes on behind it in a new process.
"""

from __future__ import annotations

import contextlib
import io
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from tts_news.errors import ReadError
from tts_news.processes import Process, served
from tts_news.read.settings import ReadSettings
from tts_news.records import Article

# A feed may hold one article that never ends; one of which three do not is given up.
_MOST_ENDED = 3
_GRACE_S = 1.0


@dataclass(frozen=True, slots=True)
class _Order:
    """What the process is to read: `data` stood on standard input, `passed` articles are had already."""

    source: str
    data: bytes | None
    settings: ReadSettings
    passed: int = 0


class LimitedReader:
    """Reads sources as `read_source` does, each article within `settings.article_s`; a context manager.

    The process is started by the first source and is warm for the next ones.
    """

    def __init__(self, settings: ReadSettings) -> None:
        self._settings = settings
        self._process: Process | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, source: str, data: bytes | None = None) -> Iterator[Article | ReadError]:
        """Yield the articles of a source, an error in place of each that cannot be read or takes too long.

        Args:
            source: A path, an address, or "-" with its data.
            data: What stood on standard input.

        Raises:
            ReadError: The source as a whole cannot be read.
        """
        from tts_news.read.inputs import read_pipe

        if data is None:
            data = read_pipe(source, self._settings)
        passed = 0
        for ended in range(1, _MOST_ENDED + 1):
            for found in self._read(_Order(source, data, self._settings, passed)):
                if isinstance(found, _Ended):
                    break
                passed += 1
                yield found
            else:
                return
            error = found.as_error(source, self._settings.article_s)
            if ended == _MOST_ENDED:
                raise error
            yield error
            passed += 1

    def _read(self, order: _Order) -> Iterator[Article | ReadError | _Ended]:
        """Yield what the process reads, last of all `_Ended` when it had to be ended."""
        done = False
        try:
            process = self._started()
            process.pipe.send(order)
            while process.pipe.poll(order.settings.article_s):
                found = process.pipe.recv()
                if found is None:
                    done = True
                    return
                if isinstance(found, _Refused):
                    done = True
                    raise found.error
                yield found
            yield _Ended("time")
        except (EOFError, ConnectionError):
            yield _Ended("death")
        finally:
            if not done:  # also when nobody wants the rest: what is under way belongs to no later source
                self.close()

    def _started(self) -> Process:
        """Return the process, ready to read: starting takes a second on a busy machine, which is not the article's.

        Raises:
            EOFError: It did not start.
        """
        if self._process is None:
            self._process = Process(__name__)
            self._process.pipe.recv()
        return self._process

    def close(self) -> None:
        """End the process; another source would start one again."""
        process, self._process = self._process, None
        if process:
            process.end()


@dataclass(frozen=True, slots=True)
class _Ended:
    """The process had to be ended, or died."""

    why: str

    def as_error(self, source: str, limit_s: float) -> ReadError:
        name = "standard input" if source == "-" else source
        if self.why == "time":
            return ReadError(
                f"{name}: an article takes longer than {limit_s:g} s to read",
                hint="raise article_s under [read] if it should, or copy its text and read that",
            )
        return ReadError(
            f"{name}: the process that read it died, of more memory than article_mb under [read] or of a fault",
            hint="copy the article's text and read that",
        )


@dataclass(frozen=True, slots=True)
class _Refused:
    """The source as a whole cannot be read."""

    error: ReadError


def serve(descriptor: int) -> None:
    """Read what is asked for over a pipe, until nobody asks any more."""
    from tts_news.read.inputs import read_source

    with served(descriptor) as pipe, contextlib.suppress(EOFError, ConnectionError):
        pipe.send(None)
        while True:
            order: _Order = pipe.recv()
            _limit_memory(order.settings.article_mb)
            stdin = io.BytesIO(order.data) if order.data is not None else None
            _restart_alarm(order)
            try:
                for found in read_source(order.source, order.settings, stdin, order.passed):
                    pipe.send(found)
                    _restart_alarm(order)
                pipe.send(None)
            except ReadError as err:
                pipe.send(_Refused(err))
            signal.setitimer(signal.ITIMER_REAL, 0)


def _limit_memory(megabytes: int) -> None:
    """Let the system give this process no more memory than that: a bomb ends it, and not the machine."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1_000_000, resource.RLIM_INFINITY))


def _restart_alarm(order: _Order) -> None:
    """Let the system end this process if nobody is left to do it: an alarm that is not handled kills, C code or not."""
    signal.setitimer(signal.ITIMER_REAL, order.settings.article_s + _GRACE_S)
