"""The take cache within its limit: the longest unused goes, never what an edition in the making needs."""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tts_news.records import Cue, Script, Take
from tts_news.speak import limit
from tts_news.speak.cache import TakeCache
from tts_news.speak.limit import GIGABYTE, Hold, keep_within
from tts_news.speak.recording import record
from tts_news.speak.settings import SpeakSettings

TAKE = Take(np.zeros(500, np.float32), 24_000, ())


def key(number: int) -> str:
    return f"{number % 100:02}{number:062}"


def filled(folder: Path, count: int) -> tuple[TakeCache, int]:
    """Return a cache of takes, the first unused for longest, and the size of one."""
    cache = TakeCache(folder)
    for number in range(count):
        cache.write(key(number), TAKE)
        used = time.time() - 10_000 + number
        os.utime(cache.path(key(number)), (used, used))
    return cache, next(cache.takes())[1]


def held(cache: TakeCache) -> list[int]:
    return sorted(int(path.stem) % 10**9 for path, _, _ in cache.takes())


def test_the_longest_unused_goes_and_a_tenth_more_than_has_to(tmp_path: Path) -> None:
    cache, size = filled(tmp_path, 20)
    keep_within(cache, 20 * size / GIGABYTE, ())
    cache.write(key(20), TAKE)
    keep_within(cache, 20 * size / GIGABYTE, [key(20)])
    assert held(cache) == list(range(3, 21))


def test_a_cache_over_a_new_limit_is_counted_and_pruned(tmp_path: Path) -> None:
    cache, size = filled(tmp_path, 9)
    keep_within(cache, 5 * size / GIGABYTE, ())
    assert held(cache) == [4, 5, 6, 7, 8]


def test_without_a_limit_everything_stays(tmp_path: Path) -> None:
    cache, _ = filled(tmp_path, 9)
    keep_within(cache, 0, [key(8)])
    assert len(held(cache)) == 9


def test_what_an_edition_in_the_making_needs_stays(tmp_path: Path) -> None:
    cache, size = filled(tmp_path, 9)
    hold = Hold(cache)
    assert cache.has(key(0))
    keep_within(cache, 2 * size / GIGABYTE, ())
    assert held(cache) == [0, 8]
    assert limit.prune(cache, unused_since=time.time() + 60, keep_bytes=0).left == size
    del hold
    gc.collect()
    assert limit.prune(cache, unused_since=0, keep_bytes=0).left == 0


def test_a_recording_is_read_to_its_end_beside_one_that_prunes(tmp_path: Path, tone: SpeakSettings) -> None:
    settings = replace(tone, cache_dir=str(tmp_path), cache_max_gb=1 / GIGABYTE)
    cues = tuple(Cue(f"c{n}", "paragraph", "نعم", word, 0.3, "tone", 0) for n, word in enumerate(("نَعَمْ.", "لَا.")))
    first = record(Script("أ", cues, ()), settings)
    second = record(Script("ب", (replace(cues[0], spoken="رُبَّمَا."),), ()), settings)
    assert (len(list(first)), len(list(second))) == (2, 1)


def test_after_a_run_that_was_killed_takes_are_counted_anew(tmp_path: Path) -> None:
    cache, size = filled(tmp_path, 5)
    keep_within(cache, 6 * size / GIGABYTE, ())
    (tmp_path / ".holds").mkdir()
    (tmp_path / ".holds" / "0d").touch()  # nobody has it locked
    for number in range(5, 9):
        cache.write(key(number), TAKE)
    keep_within(cache, 6 * size / GIGABYTE, ())
    assert held(cache) == [3, 4, 5, 6, 7, 8]
    assert not list((tmp_path / ".holds").iterdir())


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"bytes": "many", "allowed": 0}'])
def test_a_damaged_count_is_counted_anew(tmp_path: Path, text: str) -> None:
    cache, size = filled(tmp_path, 4)
    (tmp_path / ".size.json").write_text(text)
    keep_within(cache, 3 * size / GIGABYTE, ())
    assert held(cache) == [1, 2, 3]
    assert json.loads((tmp_path / ".size.json").read_text())["bytes"] == 3 * size


def folders_listed(work: Callable[[], object]) -> int:
    """Return how many folders are listed while work is done."""
    count = 0
    at_work = True

    def seen(event: str, _: tuple[object, ...]) -> None:
        nonlocal count
        count += at_work and event in {"os.scandir", "os.listdir"}

    sys.addaudithook(seen)
    work()
    at_work = False
    return count


def test_a_cache_is_not_walked_through_for_each_edition(tmp_path: Path) -> None:
    cache, size = filled(tmp_path, 300)
    roomy = 1000 * size / GIGABYTE
    keep_within(cache, roomy, ())
    assert folders_listed(lambda: keep_within(cache, roomy, [key(299)])) <= 2
    assert folders_listed(lambda: list(cache.takes())) > 2  # so that a walk would have been seen


def test_a_cache_that_is_needed_whole_is_not_walked_through_for_each_edition(tmp_path: Path) -> None:
    cache, size = filled(tmp_path, 40)
    hold = Hold(cache)
    assert all(cache.has(key(number)) for number in range(40))
    small = 20 * size / GIGABYTE
    keep_within(cache, small, ())
    assert len(held(cache)) == 40
    assert folders_listed(lambda: keep_within(cache, small, [key(39)])) <= 2
    del hold


def test_a_cache_that_cannot_be_written_is_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    keep_within(TakeCache(tmp_path / "file"), 1, ())
    assert "cannot be kept within" in caplog.text
