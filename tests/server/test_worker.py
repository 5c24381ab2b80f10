"""A thread that nothing ends: what goes wrong in a step is told, waited for and gone on from."""

from __future__ import annotations

import threading

import pytest

from tts_news.server.worker import Waits, Worker


class Trouble(Exception):
    """Something that nobody has thought of."""


def ended(worker: Worker) -> bool:
    worker.stop()
    return worker.join(10)


@pytest.mark.parametrize("fault", [Trouble("a"), SystemExit("a"), ExceptionGroup("all", [Trouble("a")])])
def test_no_fault_of_a_step_ends_it_and_one_that_comes_again_is_no_news(fault: BaseException) -> None:
    seen: list[tuple[str, str]] = []
    enough = threading.Event()

    def step() -> bool:
        if len(seen) == 3:
            enough.set()
            return False
        raise fault

    def take_up(found: BaseException, news: str) -> bool:
        seen.append((str(found), news))
        return False

    worker = Worker("test", step, take_up, Waits(60, 60, 60))
    worker.start()
    assert enough.wait(10)
    assert worker.alive()
    assert [told for told, _ in seen] == ["a"] * 3
    assert [bool(news) for _, news in seen] == [True, False, False]
    assert worker.last_fault
    assert worker.last_fault.text == seen[0][1]
    assert ended(worker)


def test_what_is_done_last_is_done_though_it_fails_and_whatever_failed_before() -> None:
    done = threading.Event()

    def fail() -> bool:
        raise Trouble

    def last() -> None:
        done.set()
        raise Trouble

    worker = Worker("test", fail, lambda *_: True, Waits(60, 60, 60), last)
    worker.start()
    assert ended(worker)
    assert done.is_set()
    assert not worker.alive()


@pytest.mark.parametrize("fails", [True, False])
def test_who_wakes_it_ends_its_wait(fails: bool) -> None:
    steps = threading.Semaphore(0)

    def step() -> bool:
        steps.release()
        if fails:
            raise Trouble
        return False

    worker = Worker("test", step, lambda *_: True, Waits(60, 0.001, 60))
    worker.start()
    for _ in range(18):  # the last pause would be a minute
        assert any(steps.acquire(timeout=0.02) or worker.wake() for _ in range(200))
    assert ended(worker)
    assert worker.failing is fails
