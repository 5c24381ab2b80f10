"""Every target of the fuzzer holds on what it begins with, on what was once found, and on seeds cut and flipped."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tests.fuzz.targets import FOUND, TARGETS, offline


@pytest.fixture(autouse=True)
def _offline() -> Iterator[None]:
    with offline():
        yield


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_holds_on_its_seeds_cut_and_flipped(name: str) -> None:
    target, chance = TARGETS[name], random.Random(name)
    for seed in target.seeds():
        target.work(seed)
        for _ in range(20):
            data = bytearray(seed[: chance.randint(1, len(seed))])
            for _ in range(chance.randint(0, 8)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            target.work(bytes(data))


def test_what_the_fuzzer_once_found_is_read_or_refused() -> None:
    for path in sorted(FOUND.glob("*/*")):
        TARGETS[path.parent.name].work(path.read_bytes())
