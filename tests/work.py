"""Work counted instead of timed: the same on a busy machine and on a free one."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

_QUICK_S = 0.02


def count_lines(work: Callable[[], object]) -> int:
    """Return how many lines of the package run while the work is done."""
    count = 0

    def line(_frame: FrameType, event: str, _value: Any) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def call(frame: FrameType, _event: str, _value: Any) -> Any:
        return line if "tts_news" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def growth(work: Callable[[int], object], size: int, times: int = 4) -> float:
    """Return how much more is done per unit of an input `times` as long: about 1 when work grows with length."""
    work(size)  # what is loaded or compiled on first use is not counted
    return count_lines(lambda: work(size * times)) / max(1, count_lines(lambda: work(size))) / times


def cpu_growth(work: Callable[[int], object], size: int, times: int = 8) -> float:
    """Return how much more CPU time a unit of an input `times` as long costs: about 1 when it grows with length.

    For what is done in C, where no line is counted. The least of several runs, and what takes less than a fiftieth of
    a second counts as that: a busy machine does not decide. What one run clears is not run again: noise only adds.
    """
    work(size)  # what is loaded or compiled on first use is not counted
    long_s, short_s = _cpu_s(work, size * times), _QUICK_S
    if long_s > 2 * times * short_s:
        short_s = max(_QUICK_S, _least_cpu_s(work, size))
    if long_s > 2 * times * short_s:
        long_s = min(long_s, _least_cpu_s(work, size * times))
    return long_s / short_s / times


def _cpu_s(work: Callable[[int], object], size: int) -> float:
    began = time.process_time()
    work(size)
    return time.process_time() - began


def _least_cpu_s(work: Callable[[int], object], size: int) -> float:
    """Return the least of three to five runs: noise only adds. What takes seconds is not run again."""
    taken: list[float] = []
    while len(taken) < 5 and sum(taken) < (0.25 if len(taken) >= 3 else 2):
        taken.append(_cpu_s(work, size))
    return min(taken)
