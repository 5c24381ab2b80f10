"""Several editions at once: their steps go to whichever process is free, and they come out in the inputs' order.

A step is the writing of an article, one cue, or mastering with publishing: one edition is mastered beside another that
is spoken, and the last one's cues are spoken by all. A process keeps its voices and models from step to step, and each
step gives the same bytes wherever it is done. What a step that died had done is kept (a take is in the cache, an
edition that stands is not made again), so it is simply done again: alone, so that it takes no other with it twice.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import partial
from types import TracebackType
from typing import Any, Self, TypeVar

from tts_news import speak
from tts_news.config import Config
from tts_news.errors import SpeakError, TtsNewsError
from tts_news.gathering import Joined, Work, subject_of
from tts_news.mending import Mended
from tts_news.orders import Edition, Order, Reporter
from tts_news.records import Article, Casting, Script, VoiceInfo
from tts_news.speak.executors import Pool, Shared

FEWEST = 3
"""Editions for which processes are started: each has models to load first."""
_AHEAD = 2  # cues of an edition under way for each process: one that is made and one that waits
_HERE = secrets.token_hex(8)  # this process, on whatever machine: a number of the system's is given on each


Result = TypeVar("Result")
OpenPool = Callable[[], tuple[Pool, int]]
Written = tuple[Mended, Edition | None]
"""A script, and the edition of it that stands already."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What is done for an edition in other processes: functions of a module, which these find by name.

    Attributes:
        write: From a work, the settings, the order and who says what to what it is made of.
        finish: From that, the settings, the order and whether an editor has asked for this very script to the edition;
            its takes are in the cache.
    """

    write: Callable[[Script | tuple[Article, ...] | Joined, Config, Order, Casting], Written]
    finish: Callable[[Mended, Config, Order, bool], Edition]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A work, and which input of the run it is of: number and how many."""

    found: Work
    at: tuple[int, int]


class Told:
    """A reporter that knows of which input a work is when others have been read since."""

    def __init__(self, report: Reporter) -> None:
        self._report, self._at = report, (1, 1)

    def source(self, number: int, total: int) -> None:
        """See `Reporter.source`."""
        self._at = number, total
        self._report.source(number, total)

    def stage(self, name: str, subject: str) -> None:
        """See `Reporter.stage`."""
        self._report.stage(name, subject)

    def progress(self, done: int, total: int) -> None:
        """See `Reporter.progress`."""
        self._report.progress(done, total)

    def costs(self, voices: Sequence[VoiceInfo]) -> None:
        """See `Reporter.costs`."""
        self._report.costs(voices)

    def failed(self, subject: str, err: TtsNewsError) -> None:
        """See `Reporter.failed`."""
        self._report.failed(subject, err)

    def of_each(self, works: Iterable[Work]) -> Iterator[Numbered]:
        """Yield works as they are read, with their inputs."""
        for work in works:
            yield Numbered(work, self._at)

    def again(self, work: Numbered) -> Work:
        """Say of which input a work is, which begins now."""
        if work.at != self._at:
            self.source(*work.at)
        return work.found


class Warm:
    """Processes that wait for the next editions when these are made: their voices and models are loaded."""

    def __init__(self, open_pool: OpenPool) -> None:
        """Args: what opens a pool and says how many it has."""
        self._open_pool = open_pool
        self._pool: Pool | None = None
        self._processes = 0

    @property
    def is_open(self) -> bool:
        """Whether there are any."""
        return self._pool is not None

    def lend(self) -> tuple[Pool, int]:
        """Return the processes, begun if need be, and how many they are: an `OpenPool`.

        Raises:
            NoProcesses: None can be had.
        """
        if self._pool is None:
            self._pool, self._processes = self._open_pool()
        return _Lent(self, self._pool), self._processes

    def forget(self, pool: Pool) -> None:
        """Take note that a pool has lost a process and does nothing more."""
        if pool is self._pool:
            self._pool = None

    def close(self) -> None:
        """End the processes."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)


class _Lent:
    """A pool that goes on when whoever has it has done: what was given to it has then ended, or never begins."""

    def __init__(self, owner: Warm, pool: Pool) -> None:
        self._owner, self._pool = owner, pool
        self._given = set[Future[Any]]()

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        try:
            future = self._pool.submit(function, *args)
        except BrokenProcessPool:
            self._owner.forget(self._pool)
            raise
        self._given.add(future)
        future.add_done_callback(self._given.discard)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        given = list(self._given)
        if cancel_futures:
            for future in given:
                future.cancel()
        if wait:
            wait_for(given)


class Together:
    """Editions under way, a context manager: nothing of them goes on after it."""

    def __init__(
        self,
        steps: Steps,
        config: Config,
        order: Order,
        casting: Casting,
        open_pool: OpenPool,
        *,
        is_alone: bool = False,
    ) -> None:
        """Args: what is done, as for `pipeline.make`, who says what, and what opens a pool and says how many it has.

        Of an edition that `is_alone` its stages are told: of several they would be told all at once.

        Raises:
            NoProcesses: None can be had.
        """
        self._make, self._config, self._order, self._casting = steps, config, order, casting
        self._open_pool = open_pool
        self._pool, self._processes = open_pool()
        self._guard, self._alone = threading.Lock(), threading.Lock()
        self._ended = False
        self._is_alone = is_alone
        self._said = set[str]()
        # One more than processes: while one edition waits for its last cue, another may be written.
        self._drivers = ThreadPoolExecutor(self._processes + 1, thread_name_prefix="edition")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._guard:
            self._ended = True
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._drivers.shutdown(wait=True, cancel_futures=True)

    def make(self, works: Iterable[Numbered], told: Told) -> Iterator[tuple[Work, Edition | TtsNewsError]]:
        """Yield each work with its edition, or with why there is none, in their order."""
        under_way = deque[tuple[Work, str, Future[Edition]]]()
        for numbered in works:
            work = numbered.found
            name = _name_of(work)
            # Two states of one article are made one after the other: the later one corrects the earlier.
            while under_way and (
                under_way[0][2].done()
                or len(under_way) > 2 * self._processes
                or (name and any(name == other for _, other, _ in under_way))
            ):
                yield _outcome(*under_way.popleft())
            told.again(numbered)
            if isinstance(work, TtsNewsError):
                future = Future[Edition]()
                future.set_exception(work)
            else:
                told.stage("writing", subject_of(work))
                future = self._drivers.submit(self._drive, work, told)
            under_way.append((work, name, future))
        while under_way:
            yield _outcome(*under_way.popleft())

    def _drive(self, work: Script | tuple[Article, ...] | Joined, told: Told) -> Edition:
        """Bring one edition through its steps."""
        written: Written = self._do(self._make.write, work, self._config, self._order, self._casting)
        mended, kept = written
        if kept is not None:
            return kept
        voices = speak.voices_of(mended.script, self._config.speak, commercial=self._config.show.commercial)
        if costs := costs_of(voices):
            with self._guard:
                told.costs(costs)
        self._tell(told, "speaking", work)
        progress = told.progress if self._is_alone else _ignore
        executor = Shared(self._submit, _AHEAD * self._processes)
        takes = self._surely(lambda: speak.record(mended.script, self._config.speak, progress, executor))
        self._tell(told, "mastering", work)
        edition: Edition = self._do(self._make.finish, mended, self._config, self._order, not isinstance(work, tuple))
        # It did not stand when it was written: what stands now was made by a try whose process died after it.
        return replace(edition, sent=takes.sent, unchanged=False)

    def _tell(self, told: Told, stage: str, work: Work) -> None:
        if self._is_alone:
            told.stage(stage, subject_of(work))

    def _do(self, function: Callable[..., Any], *args: Any) -> Any:
        done: Done = self._surely(lambda: self._submit(function, *args).result())
        return done.value

    def _surely(self, step: Callable[[], Result]) -> Result:
        """Do a step; where a process died on the way, once more, and nothing beside it."""
        try:
            return step()
        except BrokenProcessPool:
            with self._alone:
                try:
                    return step()
                except BrokenProcessPool as err:
                    raise SpeakError(
                        "the process that made it died", hint="out of memory, or none may begin here? try --jobs 1"
                    ) from err

    def _submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Done]:
        with self._guard:
            if self._ended:
                raise CancelledError
            try:
                future = self._pool.submit(partial(do, _HERE), function, *args)
            except BrokenProcessPool:
                self._pool, _ = self._open_pool()
                future = self._pool.submit(partial(do, _HERE), function, *args)
        future.add_done_callback(self._log)
        return future

    def _log(self, future: Future[Done]) -> None:
        """Log what another process did: once, though each of them says it, and in the words of this one."""
        if future.cancelled():
            return
        fault = future.exception()
        if fault is not None and not isinstance(fault, TtsNewsError):
            return
        for record in fault.logged if fault else future.result().logged:
            if record.getMessage() not in self._said:
                self._said.add(record.getMessage())
                record.levelname = logging.getLevelName(record.levelno)
                logging.getLogger(record.name).handle(record)


@dataclass(frozen=True, slots=True)
class Done:
    """What a step gave, and what it logged in its process: its asker knows how that is shown, and in which language."""

    value: Any
    logged: tuple[logging.LogRecord, ...] = ()


class _Kept(logging.Handler):
    """Keeps what is logged, as it can be sent to another process."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        record.msg, record.args, record.exc_info = record.getMessage(), None, None
        self.records.append(record)


def do(asker: str, function: Callable[..., Any], *args: Any) -> Done:
    """Do a step for a process that asks for it, which is told what is logged; this one may be on another machine."""
    if asker == _HERE:
        return Done(function(*args))
    ours, kept = logging.getLogger("tts_news"), _Kept()
    ours.addHandler(kept)
    try:
        return Done(function(*args), tuple(kept.records))
    except TtsNewsError as err:
        err.logged = tuple(kept.records)
        raise
    finally:
        ours.removeHandler(kept)


def _ignore(made: int, wanted: int) -> None:
    del made, wanted


def costs_of(voices: Sequence[VoiceInfo]) -> tuple[VoiceInfo, ...]:
    """Return the voices that somebody charges for."""
    return tuple(voice for voice in voices if voice.characters)


def _name_of(work: Work) -> str:
    """Return whose edition it is going to be, "" where nothing tells."""
    if isinstance(work, tuple):
        article = work[0]
        return article.identity.text if article.identity else f"{article.url} {article.title}"
    if isinstance(work, Script):
        return work.identity.text if work.identity else work.title
    return ""


def _outcome(work: Work, _name: str, future: Future[Edition]) -> tuple[Work, Edition | TtsNewsError]:
    try:
        return work, future.result()
    except TtsNewsError as err:
        return work, err
