from __future__ import annotations

import multiprocessing.util
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from threading import Timer

import psutil
import pytest

from tts_news.errors import SpeakError
from tts_news.records import Utterance
from tts_news.speak import executors
from tts_news.speak.cache import TakeCache
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.executors import (
    FEWEST_FOR_WORKERS,
    InProcess,
    NoProcesses,
    Processes,
    Shared,
    choose_executor,
    make_pool,
)
from tts_news.speak.settings import SpeakSettings
from tts_news.speak.worker import Job


def jobs(count: int, engine: str = "tone") -> list[Job]:
    return [Job(f"{n}", VoiceSpec("v", engine, Path()), "f", Utterance(f"c{n}", "نَعَمْ.")) for n in range(count)]


def processes(asked: int, cores: int, takes: list[Job], monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(executors, "usable_cores", lambda: cores)
    chosen = choose_executor(SpeakSettings(jobs=asked), takes)
    return chosen.processes if isinstance(chosen, Processes) else 1


def test_there_is_a_process_a_core_unless_fewer_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert processes(0, 4, jobs(200), monkeypatch) == 4
    assert processes(2, 4, jobs(200), monkeypatch) == 2
    assert processes(1, 4, jobs(200), monkeypatch) == 1


def test_more_processes_than_cores_only_wait_for_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    assert processes(4, 2, jobs(200), monkeypatch) == 2
    assert processes(4, 2, jobs(200, "openai"), monkeypatch) == 4


def test_a_few_takes_are_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "usable_cores", lambda: 8)
    assert isinstance(choose_executor(SpeakSettings(), jobs(FEWEST_FOR_WORKERS - 1)), InProcess)


@pytest.mark.timeout(20)
def test_what_a_pool_that_ends_takes_back_is_not_waited_for(tmp_path: Path) -> None:
    given: list[Future[None]] = []

    def submit(*_: object) -> Future[None]:
        given.append(Future())
        if len(given) == 2:  # as a pool's shutdown does with what nobody has begun
            Timer(0.05, lambda: [future.cancel() for future in given]).start()
        return given[-1]

    with pytest.raises(CancelledError):
        Shared(submit, 2).run(jobs(3), TakeCache(tmp_path), lambda _: None)


def refuse(error: Exception) -> Callable[..., object]:
    def refused(*_: object, **__: object) -> object:
        raise error

    return refused


def spawned() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())]


REFUSALS = [
    ("multiprocessing.synchronize.Lock.__init__", refuse(OSError(30, "Read-only file system"))),  # no /dev/shm
    ("multiprocessing.util.spawnv_passfds", refuse(BlockingIOError(11, "Resource temporarily unavailable"))),
    ("multiprocessing.spawn.get_command_line", lambda **_: ["false"]),  # each ends as soon as it begins
]


@pytest.mark.parametrize(("place", "refusal"), REFUSALS)
def test_where_no_process_can_begin_this_one_speaks_alone(
    place: str, refusal: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    takes, made, cache = jobs(3), list[int](), TakeCache(tmp_path)

    def done(so_far: int) -> None:
        made.append(so_far)
        for thread in threading.enumerate():  # that of a pool whose processes have ended ends soon
            if type(thread).__name__ == "_ExecutorManagerThread":
                thread.join(60)

    monkeypatch.setattr(place, refusal)
    Processes(2).run(takes, cache, done)
    assert made[-1] == 3
    assert all(cache.read(job.key) for job in takes)
    assert [record.message.rpartition(": ")[2] for record in caplog.records] == ["this one speaks alone"]


def test_a_pool_of_which_only_some_processes_can_begin_leaves_none(monkeypatch: pytest.MonkeyPatch) -> None:
    begin = multiprocessing.util.spawnv_passfds
    begun: list[int] = []

    def one_only(*asked: object) -> object:
        if len(begun) == 2:  # the tracker of multiprocessing itself, perhaps, and one
            raise BlockingIOError(11, "Resource temporarily unavailable")
        begun.append(begin(*asked))
        return begun[-1]

    monkeypatch.setattr("multiprocessing.util.spawnv_passfds", one_only)
    with pytest.raises(NoProcesses, match="unavailable"):
        make_pool(4)
    assert not spawned()


def test_a_process_that_was_killed_is_told(tmp_path: Path) -> None:
    def kill(made: int) -> None:
        until = time.monotonic() + 60
        while made == 1 and sum(path.is_file() for path in tmp_path.rglob("*")) == 1:  # it makes none yet
            assert time.monotonic() < until
            time.sleep(0.02)
        if made == 1:
            spawned()[0].kill()

    with pytest.raises(SpeakError, match="killed"):
        Processes(2).run(jobs(100), TakeCache(tmp_path), kill)


@pytest.mark.timeout(60)
def test_a_process_that_dies_after_work_was_taken_back_leaves_no_other_waiting() -> None:
    with make_pool(2) as pool:
        under_way = [pool.submit(time.sleep, 600) for _ in range(2)]
        waiting = [pool.submit(time.sleep, 0) for _ in range(9)]
        assert waiting[-1].cancel()
        children = spawned()
        children[0].kill()
        for future in (*under_way, *waiting[:-1]):
            with pytest.raises(BrokenProcessPool):
                future.result(30)
    assert not [child for child in children if child.is_running()]


POOL = """
import os, time
from tts_news.speak.executors import make_pool
with make_pool(1) as pool:
    print(pool.submit(os.getpid).result(), flush=True)
    time.sleep(600)
"""


def test_a_speaking_process_ends_with_the_one_it_speaks_for() -> None:
    with subprocess.Popen([sys.executable, "-c", POOL], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as first:
        assert first.stdout is not None
        other = psutil.Process(int(first.stdout.readline()))
        first.kill()
        first.wait()
        try:
            other.wait(timeout=30)
        finally:
            if other.is_running():
                other.kill()
