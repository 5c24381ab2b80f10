from __future__ import annotations

import subprocess
import sys
from concurrent.futures import CancelledError, Future
from pathlib import Path
from threading import Timer

import psutil
import pytest

from tts_news.records import Utterance
from tts_news.speak import executors
from tts_news.speak.cache import TakeCache
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.executors import FEWEST_FOR_WORKERS, InProcess, Processes, Shared, choose_executor
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
