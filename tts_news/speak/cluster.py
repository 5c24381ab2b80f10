"""Past one machine: whole steps of editions on the workers of a Ray cluster, or takes alone, which come back as bytes.

Of takes only a few an actor are under way at a time, so memory does not grow with the script; they go into this
machine's cache as they come, and a lost actor's takes are made again by a new one. A step is done at least once: by
another worker where the first is lost, by the next run where this process is; identity and recipe make it once.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from typing import Any

from tts_news.errors import SpeakError, TtsNewsError
from tts_news.extras import install_hint
from tts_news.speak import catalogue
from tts_news.speak.cache import TakeCache
from tts_news.speak.settings import SpeakSettings
from tts_news.speak.worker import Job, speak_job

UNDER_WAY = 2  # takes an actor has been given: one it makes, one that waits
LOSSES = 5  # of one take's actors in a row: then it is the take that kills them


class Speaker:
    """What runs on the cluster: speaks with engines that stay warm."""

    def speak(self, job: Job) -> bytes:
        """Return a take file's bytes; a voice that lies elsewhere on this node is found by its name."""
        if not job.voice.folder.is_dir():
            here = catalogue.choose(job.voice.name, catalogue.find(SpeakSettings()))
            job = replace(job, voice=replace(job.voice, folder=here.folder))
        return speak_job(job)


class RayCluster:
    """See `executors.Executor`. `address` is "auto" or "ray://host:port"; `workers` 0 takes one a CPU."""

    def __init__(self, address: str, gpus: float, workers: int) -> None:
        self.address, self.gpus, self.workers = address, gpus, workers

    def run(self, jobs: Sequence[Job], cache: TakeCache, done: Callable[[int], None]) -> None:
        """Make every take, calling `done(how many so far)` as they come.

        Raises:
            SpeakError: The extra is missing, there is no such cluster, or a take could not be made.
        """
        with joined(self.address):
            import ray

            remote = ray.remote(num_cpus=1, num_gpus=self.gpus)(Speaker)
            workers = min(self.workers or _cpus(), len(jobs))
            _Run(remote, [remote.remote() for _ in range(workers)]).all(jobs, cache, done)


class RayPool:
    """Workers of a cluster that do whole steps of editions; see `executors.Pool`.

    Output, takes and voices lie where every machine of the cluster finds them under the same path. A step whose worker
    is lost is done again by another. What is more than the workers take waits here and not in the cluster's queue, of
    which other programs have a share: no more workers are taken than were asked for.
    """

    def __init__(self, address: str, gpus: float, workers: int) -> None:
        """Join the cluster.

        Raises:
            SpeakError: The extra is missing, or there is no such cluster.
        """
        _join(address)
        import ray

        self.workers = workers or _cpus()
        self._step = ray.remote(num_cpus=1, num_gpus=gpus, max_retries=LOSSES)(_step)
        self._guard = threading.RLock()  # what is done already tells so at once
        self._under_way: set[Future[Any]] = set()
        self._waiting: deque[tuple[Future[Any], tuple[Any, ...]]] = deque()
        self._ended = False

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """See `Pool.submit`."""
        given = Future[Any]()
        with self._guard:
            if self._ended:
                raise CancelledError
            self._waiting.append((given, (function, args)))
        self._begin()
        return given

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """See `Pool.shutdown`."""
        del wait, cancel_futures
        with self._guard:
            if self._ended:
                return
            self._ended = True
            waiting = [given for given, _ in self._waiting]
            under_way = list(self._under_way)
            self._waiting.clear()
            self._under_way.clear()
        _leave()
        for given in waiting:
            given.cancel()
        for given in under_way:
            given.set_exception(CancelledError())

    def _begin(self) -> None:
        """Give the workers what waits, as far as there are any free."""
        while True:
            with self._guard:
                if not self._waiting or len(self._under_way) >= self.workers:
                    return
                given, step = self._waiting.popleft()
                if not given.set_running_or_notify_cancel():
                    continue
                self._under_way.add(given)
                done = self._step.remote(*step).future()
            done.add_done_callback(partial(self._settle, given))

    def _settle(self, given: Future[Any], done: Future[Any]) -> None:
        """Pass on how a step ended, and begin the next."""
        with self._guard:
            if given not in self._under_way:
                return
            self._under_way.discard(given)
        self._begin()
        err = done.exception()
        if err is not None:
            given.set_exception(SpeakError(f"a step on the cluster was lost: {err}", hint="out of memory?"))
            return
        value, fault = done.result()
        given.set_exception(fault) if fault else given.set_result(value)


def _step(function: Callable[..., Any], args: tuple[Any, ...]) -> tuple[Any, TtsNewsError | None]:
    """Do a step on a worker; an error of ours is what it returns, for Ray wraps those that are raised."""
    try:
        return function(*args), None
    except TtsNewsError as err:
        return None, err


_MEMBERS = [0]  # how many here are at work on the cluster: Ray has one connection a process
_DOOR = threading.Lock()


@contextmanager
def joined(address: str) -> Iterator[None]:
    """Be a member of a cluster; see `_join`."""
    _join(address)
    try:
        yield
    finally:
        _leave()


def _leave() -> None:
    """Leave the cluster. The last one closes the connection, which ends what is under way there."""
    import ray

    with _DOOR:
        _MEMBERS[0] -= 1
        if not _MEMBERS[0]:
            ray.shutdown()


def _cpus() -> int:
    """Return how many workers of one CPU each the cluster has room for."""
    import ray

    return max(1, int(ray.cluster_resources().get("CPU", 1)))


def _join(address: str) -> None:
    """Join a cluster, until `_leave`.

    Raises:
        SpeakError: The extra is missing, or there is no such cluster.
    """
    if find_spec("ray") is None:
        raise SpeakError("speaking on a cluster needs an extra", hint=install_hint("cluster"))
    with _DOOR:
        if not _MEMBERS[0]:
            _connect(address)
        _MEMBERS[0] += 1


def _connect(address: str) -> None:
    import ray

    _keep_stdout()
    quiet: dict[str, Any] = {"logging_level": "ERROR", "log_to_driver": False, "configure_logging": False}
    try:
        ray.init(address=address, ignore_reinit_error=True, **quiet)
    except ConnectionError as err:
        if address != "auto":
            raise SpeakError(f"there is no Ray cluster at {address}", hint="ray://host:10001, or auto") from err
        # On loopback: no other machine is to reach it, and Ray would ask public name servers for this one's address.
        try:
            ray.init(include_dashboard=False, ignore_reinit_error=True, _node_ip_address="127.0.0.1", **quiet)
        except (RuntimeError, OSError) as failed:
            raise SpeakError(f"Ray cannot start here: {failed}", hint="leave --cluster out") from failed


def _keep_stdout() -> None:
    """Have Ray say on standard error what befalls its workers: on the other stand results alone, one JSON a line."""
    try:
        from ray._private import worker
    except ImportError:  # a name of Ray's own, which it may give up
        return
    say = getattr(worker, "print_to_stdstream", None)
    if say is not None and not hasattr(say, "_is_ours"):

        def say_on_stderr(data: dict[str, Any], ignore_prefix: bool) -> None:
            say(data | {"is_err": True}, ignore_prefix)

        say_on_stderr._is_ours = True  # type: ignore[attr-defined]  # noqa: SLF001 - a mark on our own function
        worker.print_to_stdstream = say_on_stderr


class _Run:
    """One script's takes on a set of actors."""

    def __init__(self, remote: Any, actors: list[Any]) -> None:
        self._remote = remote
        self._actors = dict(enumerate(actors))
        self._under_way: dict[Any, tuple[int, Any, Job]] = {}
        self._losses: dict[str, int] = {}

    def all(self, jobs: Sequence[Job], cache: TakeCache, done: Callable[[int], None]) -> None:
        import ray

        waiting = deque(jobs)
        made = 0
        for _ in range(UNDER_WAY):
            for place in self._actors:
                self._give(place, waiting)
        while self._under_way:
            (ready,), _ = ray.wait(list(self._under_way), num_returns=1)
            place, actor, job = self._under_way.pop(ready)
            try:
                cache.write_encoded(job.key, ray.get(ready))
                made += 1
                done(made)
            except ray.exceptions.RayActorError as err:
                self._replace(place, actor, job, err)
                waiting.appendleft(job)
            except ray.exceptions.RayTaskError as err:
                cause = err.cause
                raise cause if isinstance(cause, SpeakError) else SpeakError(f"{job.utterance.id}: {err}") from err
            self._give(place, waiting)

    def _give(self, place: int, waiting: deque[Job]) -> None:
        if waiting:
            job = waiting.popleft()
            actor = self._actors[place]
            self._under_way[actor.speak.remote(job)] = place, actor, job

    def _replace(self, place: int, lost: Any, job: Job, err: Exception) -> None:
        """Put a new actor in a lost one's place, unless this take has taken too many with it."""
        self._losses[job.key] = self._losses.get(job.key, 0) + 1
        if self._losses[job.key] >= LOSSES:
            raise SpeakError(f"{job.utterance.id}: its worker was lost {LOSSES} times", hint="out of memory?") from err
        if self._actors[place] is lost:  # the other take it had under way may have told already
            self._actors[place] = self._remote.remote()
