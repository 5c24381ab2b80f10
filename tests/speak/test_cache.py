from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tts_news.errors import SpeakError
from tts_news.records import Take, Utterance, WordTime
from tts_news.speak.cache import TakeCache, key_of

TAKE = Take(np.linspace(-1, 1, 999, dtype=np.float32), 24_000, (WordTime("قَالَ", 0.0, 0.0416),))
ASKED = Utterance("c1", "قَالَ")


def test_a_take_comes_back_as_it_went_in_to_16_bits(tmp_path: Path) -> None:
    cache = TakeCache(tmp_path)
    cache.write("ab" * 32, TAKE)
    back = cache.read("ab" * 32)
    assert back is not None
    np.testing.assert_allclose(back.samples, TAKE.samples, atol=1 / 32767)
    assert (back.rate_hz, back.words) == (TAKE.rate_hz, TAKE.words)


def test_what_decides_the_sound_decides_the_key() -> None:
    changed = [
        replace(ASKED, text="قَالُوا"),
        replace(ASKED, speed=1.1),
        replace(ASKED, pitch=1.1),
        replace(ASKED, seed=1),
        replace(ASKED, language="en"),
    ]
    keys = {key_of(asked, "voice") for asked in (ASKED, *changed)} | {key_of(ASKED, "other voice")}
    assert len(keys) == len(changed) + 2


def test_the_id_of_a_cue_does_not_decide_the_key() -> None:
    assert key_of(ASKED, "voice") == key_of(replace(ASKED, id="c9"), "voice")


def test_a_damaged_take_counts_as_absent(tmp_path: Path) -> None:
    cache = TakeCache(tmp_path)
    cache.write("ab" * 32, TAKE)
    path = cache.path("ab" * 32)
    whole = path.read_bytes()
    for damaged in (
        b"",
        whole[:7],
        whole[:50],
        whole[:-1],
        whole[:-2] + b"xx",
        b"x" + whole[1:],
        whole[:14] + b"\xff" + whole[15:],
    ):
        path.write_bytes(damaged)
        assert cache.read("ab" * 32) is None


def test_every_flipped_bit_of_a_take_is_noticed(tmp_path: Path) -> None:
    cache = TakeCache(tmp_path)
    cache.write("ab" * 32, TAKE)
    path = cache.path("ab" * 32)
    whole = path.read_bytes()
    for at in range(0, 8 * len(whole), 1 if len(whole) < 400 else 3):
        damaged = bytearray(whole)
        damaged[at // 8] ^= 1 << at % 8
        path.write_bytes(damaged)
        assert cache.read("ab" * 32) is None, at


def test_verifying_names_and_deletes_what_is_damaged(tmp_path: Path) -> None:
    cache = fill(tmp_path, (1, 2, 3))
    path = cache.path(f"{1:064x}")
    path.write_bytes(path.read_bytes()[:-2])
    assert {found: whole for found, whole in cache.verify() if not whole} == {path: False}
    assert not path.exists()
    assert [cache.has(f"{n:064x}") for n in range(3)] == [True, False, True]


def test_what_a_cache_does_not_hold_is_read_from_its_reserve_and_written_to_itself(tmp_path: Path) -> None:
    TakeCache(tmp_path / "old").write("ab" * 32, TAKE)
    cache = TakeCache(tmp_path / "new", reserve=tmp_path / "old")
    assert cache.read("ab" * 32) is not None
    cache.write("cd" * 32, TAKE)
    assert TakeCache(tmp_path / "old").read("cd" * 32) is None
    assert TakeCache(tmp_path / "new").read("cd" * 32) is not None


def test_nothing_half_written_stays_when_the_disk_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(SpeakError, match="No space left"):
        TakeCache(tmp_path).write("ab" * 32, TAKE)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def fill(folder: Path, ages_s: tuple[float, ...]) -> TakeCache:
    cache = TakeCache(folder)
    for n, age_s in enumerate(ages_s):
        cache.write(f"{n:064x}", TAKE)
        used = time.time() - age_s
        os.utime(cache.path(f"{n:064x}"), (used, used))
    return cache


def test_pruning_deletes_what_was_not_used_for_long(tmp_path: Path) -> None:
    cache = fill(tmp_path, (10, 5000, 10_000))
    gone, freed, _ = cache.prune(unused_since=time.time() - 6000, keep_bytes=1 << 40)
    assert (gone, freed > 0) == (1, True)
    assert [cache.has(f"{n:064x}") for n in range(3)] == [True, True, False]


def test_pruning_keeps_the_latest_used_within_the_size_given(tmp_path: Path) -> None:
    cache = fill(tmp_path, (30, 10, 20))
    size = next(cache.takes())[1]
    assert cache.prune(unused_since=0, keep_bytes=2 * size)[0] == 1
    assert [cache.has(f"{n:064x}") for n in range(3)] == [False, True, True]


def test_looking_a_take_up_counts_as_use(tmp_path: Path) -> None:
    cache = fill(tmp_path, (5000,))
    assert cache.has(f"{0:064x}")
    assert cache.prune(unused_since=time.time() - 60, keep_bytes=1 << 40)[0] == 0


def test_what_a_killed_run_left_behind_is_pruned_too(tmp_path: Path) -> None:
    cache = fill(tmp_path, (10,))
    leftover = cache.path(f"{0:064x}").parent / ".x.take.0123abcd.part"
    leftover.write_bytes(b"half")
    os.utime(leftover, (1, 1))
    cache.prune(unused_since=0, keep_bytes=1 << 40)
    assert not leftover.exists()
