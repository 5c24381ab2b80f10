"""A job ends with its server, however that dies, and a job that does not is never made twice at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from tts_news.files import is_held, take_lock
from tts_news.server.runner import JobRunner
from tts_news.server.settings import ServeSettings
from tts_news.server.store import JobStore

# A job that hears nothing: it holds the interpreter in C, and has a child of its own.
DEAF = """
import pathlib, subprocess, sys
child = subprocess.Popen(["sleep", "600"])
pathlib.Path(sys.argv[1], "pids").write_text(f"{child.pid} ")
with pathlib.Path(sys.argv[1], "pids").open("a") as file:
    file.write(str(__import__("os").getpid()))
9 ** 9 ** 9
"""
SERVER = """
import pathlib, sys, time
from tts_news.server.runner import JobRunner
from tts_news.server.settings import ServeSettings
from tts_news.server.store import JobStore
folder = pathlib.Path(sys.argv[1])
runner = JobRunner(JobStore(folder), [sys.executable, "-c", sys.argv[2], str(folder)], folder, ServeSettings(
    min_free_bytes=0))
runner.store.add("-", "", "", 10, 1000)
runner.start()
time.sleep(600)
"""


def until_true(fact: Callable[[], object]) -> None:
    until = time.monotonic() + 60
    while not fact():
        assert time.monotonic() < until
        time.sleep(0.02)


@dataclass
class Job:
    pids: tuple[int, ...]

    def gone(self) -> bool:
        return not any(
            psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE for pid in self.pids
        )


def test_a_job_that_hears_nothing_ends_with_its_killed_server_and_so_do_its_children(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", SERVER, str(tmp_path), DEAF]) as server:
        note = tmp_path / "pids"
        until_true(lambda: note.exists() and len(note.read_text().split()) == 2)
        job = Job(tuple(map(int, note.read_text().split())))
        try:
            assert not job.gone()
            server.kill()
            server.wait()
            until_true(job.gone)
        finally:
            server.kill()
            for pid in job.pids:
                if not job.gone():
                    os.kill(pid, signal.SIGKILL)


def test_a_job_that_outlives_its_server_is_waited_for_and_judged_by_what_it_made(tmp_path: Path) -> None:
    store = JobStore(tmp_path)
    name = str(store.add("-", "", "", 10, 1000))
    assert store.take()
    runner = JobRunner(store, [sys.executable, "-c", "raise SystemExit(7)"], tmp_path, ServeSettings(min_free_bytes=0))
    with (tmp_path / f".jobs.{name}.out").open("w") as slip:
        take_lock(slip.fileno(), wait=False)
        assert not runner._step(runner._hands[0])
        assert store.counts()["running"] == 1
        (tmp_path / "a").mkdir()
        (tmp_path / "a" / "episode.json").write_text("{}")
        slip.write(f'{{"edition": "{tmp_path}/a"}}\n')
    runner._step(runner._hands[0])
    assert (store.counts()["running"], store.counts()["done"]) == (0, 1)
    store.close()


def test_a_job_that_outlives_its_server_for_longer_than_a_job_may_last_holds_up_nobody(tmp_path: Path) -> None:
    store = JobStore(tmp_path)
    name = str(store.add("-", "", "", 10, 1000))
    assert store.take()
    settings = ServeSettings(min_free_bytes=0, job_timeout_s=0.0)
    runner = JobRunner(store, [sys.executable, "-c", "pass"], tmp_path, settings)
    with (tmp_path / f".jobs.{name}.out").open("w") as slip:
        take_lock(slip.fileno(), wait=False)
        assert runner._step(runner._hands[0])
    store.close()


def test_what_a_job_prints_into_is_held_as_long_as_the_job_lives(tmp_path: Path) -> None:
    store = JobStore(tmp_path)
    name = str(store.add("-", "import time; time.sleep(600)", "", 10, 1000))
    command = [sys.executable, "-c", "import sys; exec(sys.stdin.read())"]
    runner = JobRunner(store, command, tmp_path, ServeSettings(min_free_bytes=0))
    runner.start()
    slip = tmp_path / f".jobs.{name}.out"
    try:
        until_true(lambda: slip.exists() and is_held(slip))
    finally:
        runner.stop()
    assert not is_held(slip)
    store.close()
