"""The queues of `benchmarks/newsroom.py` against what is known of queues."""

from __future__ import annotations

import importlib.util
import random
import sys
from itertools import accumulate
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "newsroom.py"


@pytest.fixture(scope="module")
def newsroom() -> ModuleType:
    spec = importlib.util.spec_from_file_location("newsroom", BENCHMARK)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where its records look for themselves
    spec.loader.exec_module(module)
    return module


def test_a_queue_is_served_by_whoever_is_free_first(newsroom: ModuleType) -> None:
    assert newsroom.serve([0, 0, 0, 10], [3, 1, 1, 1], 2) == [3, 1, 2, 11]


def test_the_mean_wait_of_random_arrivals_at_one_server_is_that_of_pollaczek_and_khinchine(
    newsroom: ModuleType,
) -> None:
    rng, load, count = random.Random(7), 0.7, 100_000
    arrivals = list(accumulate(rng.expovariate(load) for _ in range(count)))
    done = newsroom.serve(arrivals, [1.0] * count, 1)
    wait = sum(done) / count - sum(arrivals) / count - 1.0
    assert wait == pytest.approx(load / (2 * (1 - load)), rel=0.05)


def test_stages_are_gone_through_in_the_order_of_coming_there(newsroom: ModuleType) -> None:
    # The first is overtaken where two work, and comes second to where one does.
    assert newsroom.line_up([([5, 1, 1], 2), ([2, 2, 2], 1)], [0, 0, 0]) == [7, 3, 5]


def test_a_day_is_the_same_each_time_and_follows_its_curve(newsroom: ModuleType) -> None:
    day = newsroom.day_of(20_000)
    assert day == newsroom.day_of(20_000)
    assert 0 <= day[0] <= day[-1] < 86_400
    share = sum(9 * 3600 <= moment < 10 * 3600 for moment in day) / len(day)
    assert share == pytest.approx(newsroom.CURVE[9] / sum(newsroom.CURVE), rel=0.1)


def test_the_longest_backlog_counts_what_came_and_is_not_done(newsroom: ModuleType) -> None:
    assert newsroom.longest_backlog([0, 1, 2, 9], [3, 4, 5, 10]) == 3
    assert newsroom.longest_backlog([0, 1], [1, 2]) == 1
