"""Where takes are made: in this process, or in several with one warm engine each. The bytes are the same.

Where no process may begin beside this one (a container without shared memory, a limit of the system's) it does all.
"""

from __future__ import annotations

import atexit
import gc
import logging
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, InvalidStateError, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import active_children, get_context, parent_process
from queue import SimpleQueue
from typing import Any, Protocol, TypeVar

from tts_news.compiled import keep_patterns
from tts_news.errors import SpeakError
from tts_news.speak.cache import TakeCache
from tts_news.speak.engine import speaks_elsewhere
from tts_news.speak.settings import SpeakSettings
from tts_news.speak.worker import Job, make_take

_LOG = logging.getLogger(__name__)
_Result = TypeVar("_Result")

# A worker costs about a second to start; below this many takes it is not earned back.
FEWEST_FOR_WORKERS = 24
# Takes a process is given at once, so that it has work while this one is busy with its own.
AHEAD = 6
PATIENCE_S = 0.2  # Ctrl-C is seen that soon


class NoProcesses(SpeakError):
    """None may begin beside this one."""


class Executor(Protocol):
    """Makes takes and puts them into the cache."""

    def run(self, jobs: Sequence[Job], cache: TakeCache, done: Callable[[int], None]) -> None:
        """Make every take, calling `done(how many so far)` as they come.

        Raises:
            SpeakError: A take could not be made; those made so far are in the cache.
        """
        ...


class Pool(Protocol):
    """Processes that do whatever they are given, and keep what they have loaded."""

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """Have a function of ours done in one of them."""
        ...

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Begin nothing more."""
        ...


def choose_executor(settings: SpeakSettings, jobs: Sequence[Job]) -> Executor:
    """Return the executor the settings ask for, given the takes there are to make."""
    if settings.cluster and jobs:
        from tts_news.speak.cluster import RayCluster

        return RayCluster(settings.cluster, settings.gpus, settings.jobs)
    asked = settings.jobs or usable_cores()
    # More processes than cores only take turns and each holds a model; but one that waits for a server needs no core.
    useful = asked if any(speaks_elsewhere(job.voice) for job in jobs) else usable_cores()
    processes = min(asked, useful, len(jobs))
    return Processes(processes) if processes > 1 and len(jobs) >= FEWEST_FOR_WORKERS else InProcess()


def is_shared(settings: SpeakSettings) -> bool:
    """Return whether several editions at once are any use: there are processes for them, here or on a cluster.

    Not where takes are listened to for their word times, which one listener of this process does.
    """
    several = bool(settings.cluster) or min(settings.jobs or usable_cores(), usable_cores()) > 1
    return several and not settings.align


def open_pool(settings: SpeakSettings) -> tuple[Pool, int]:
    """Return processes for several editions, of this machine or of a cluster, and how many they are.

    Raises:
        SpeakError: There is no such cluster.
        NoProcesses: None can be had here.
    """
    if settings.cluster:
        from tts_news.speak.cluster import RayPool

        pool = RayPool(settings.cluster, settings.gpus, settings.jobs)
        return pool, pool.workers
    count = min(settings.jobs or usable_cores(), usable_cores())
    return make_pool(count), count


def usable_cores() -> int:
    """Return how many cores this process may use; not every system tells that from how many there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class InProcess:
    """Makes takes one after the other, here."""

    def run(self, jobs: Sequence[Job], cache: TakeCache, done: Callable[[int], None]) -> None:
        """See `Executor.run`."""
        for count, job in enumerate(jobs, 1):
            make_take(job, cache)
            done(count)


class Processes:
    """Makes takes in several processes, of which this one is the first: it works while the others start.

    They write into the cache themselves: no sound crosses between processes.
    """

    def __init__(self, processes: int) -> None:
        self.processes = processes

    def run(self, jobs: Sequence[Job], cache: TakeCache, done: Callable[[int], None]) -> None:
        """See `Executor.run`."""
        try:
            self._share(jobs, cache, done)
        except NoProcesses as err:
            _LOG.warning("%s: this one speaks alone", err)
            InProcess().run(jobs, cache, done)

    def _share(self, jobs: Sequence[Job], cache: TakeCache, done: Callable[[int], None]) -> None:
        others = self.processes - 1
        with make_pool(others) as pool:
            try:
                _share(deque(jobs), cache, done, pool, others * AHEAD)
            except BrokenProcessPool as err:
                if not pool.has_begun():
                    raise NoProcesses("other processes end as soon as they begin") from err
                raise SpeakError("a speaking process was killed", hint="run again: finished takes are kept") from err
            finally:
                pool.shutdown(wait=True, cancel_futures=True)


class Shared:
    """Makes takes in processes that do other things as well, a few at a time."""

    def __init__(self, submit: Callable[..., Future[Any]], ahead: int) -> None:
        """Args: what gives a process something to do, and how many takes are given away at a time."""
        self._submit, self._ahead = submit, ahead

    def run(self, jobs: Sequence[Job], cache: TakeCache, done: Callable[[int], None]) -> None:
        """See `Executor.run`."""
        waiting, given = deque(jobs), set[Future[Any]]()
        # Not `wait`: it is not told of what a pool that ends takes back, and would wait for it for ever.
        ended = SimpleQueue[Future[Any]]()
        try:
            while waiting or given:
                while waiting and len(given) < self._ahead:
                    future = self._submit(make_take, waiting.popleft(), cache)
                    given.add(future)
                    future.add_done_callback(ended.put)
                future = ended.get()
                given.remove(future)
                future.result()
                done(len(jobs) - len(waiting) - len(given))
        finally:
            for future in given:
                future.cancel()


def _share(
    waiting: deque[Job], cache: TakeCache, done: Callable[[int], None], pool: ProcessPoolExecutor, ahead: int
) -> None:
    """Make takes here and in the pool, which is given `ahead` of them at a time."""
    total = len(waiting)
    given: dict[Future[None], Job] = {}
    while waiting or given:
        while waiting and len(given) < ahead:
            job = waiting.popleft()
            given[pool.submit(make_take, job, cache)] = job
        mine = waiting.popleft() if waiting else _taken_back(given)
        if mine:
            make_take(mine, cache)
        for future in wait(given, timeout=0 if mine else PATIENCE_S, return_when=FIRST_COMPLETED).done:
            del given[future]
            future.result()
        done(total - len(waiting) - len(given))


def _taken_back(given: dict[Future[None], Job]) -> Job | None:
    """Return the last take that was given away and that nobody has begun: at the end nobody waits for a full queue."""
    for future in reversed(given):
        if future.cancel():
            return given.pop(future)
    return None


class OurPool(ProcessPoolExecutor):
    """Processes that begin at once, and end with this one, however it ends."""

    def __init__(self, processes: int) -> None:
        # Spawned, not forked: onnxruntime's threads do not survive a fork.
        super().__init__(processes, mp_context=get_context("spawn"), initializer=_follow_parent)
        self._first = [self.submit(os.getpid) for _ in range(processes)]  # each begins one

    def submit(self, function: Callable[..., _Result], /, *args: Any, **named: Any) -> Future[_Result]:
        """Have a function done in one of the processes."""
        future = super().submit(function, *args, **named)
        future.__class__ = _TakenBack
        return future

    def has_begun(self) -> bool:
        """Return whether any process ever did something."""
        return any(first.done() and not first.cancelled() and first.exception() is None for first in self._first)


class _TakenBack(Future[Any]):
    """A future that may have been cancelled when the pool breaks.

    Python 3.11 trips over such a one while it ends a pool whose process died: the others would wait for work for ever.
    """

    def set_exception(self, exception: BaseException | None) -> None:
        """See `Future.set_exception`."""
        with suppress(InvalidStateError):
            super().set_exception(exception)


def make_pool(processes: int) -> OurPool:
    """Return processes beside this one.

    Raises:
        NoProcesses: The system lets none begin.
    """
    before = set(active_children())
    try:
        return OurPool(processes)
    # No semaphores, no process, no thread to look after them, or the first ended before the second was asked for.
    except (OSError, NotImplementedError, RuntimeError) as err:
        for child in set(active_children()) - before:  # which nobody looks after: they would be waited for at our end
            child.terminate()
            child.join()
        raise NoProcesses(f"no process can begin beside this one ({err})", hint="--jobs 1 does without") from err


def _follow_parent() -> None:
    keep_patterns()
    atexit.register(gc.freeze)  # nothing is looked for among voices and models at the end, which is waited for
    # Ctrl-C reaches the whole process group; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A pool whose first process is killed would wait for work for ever, a model in each.
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
