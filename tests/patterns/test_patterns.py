"""No pattern of the package runs away on a text made from its own parse tree."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patterns.attack import find_runaway
from tests.patterns.steps import Counter
from tts_news.files import lock_folder

ROOT = Path(__file__).parents[2]
PARTS = 4  # for the processes of a parallel run


@pytest.fixture(scope="session")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, int, str]]:
    """Every pattern of the package, collected once for all processes of a parallel run."""
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with lock_folder(folder / "patterns"):
        kept = folder / "patterns" / "all.json"
        if not kept.is_file():
            done = subprocess.run(
                [sys.executable, "-X", "utf8", "-m", "tests.patterns.collect"],
                capture_output=True, check=True, cwd=ROOT,
            )  # fmt: skip
            kept.write_bytes(done.stdout)
        return [(text, flags, place) for text, flags, place in json.loads(kept.read_bytes())]


def test_every_pattern_is_collected_also_those_that_are_built_on_the_way(patterns: list[tuple[str, int, str]]) -> None:
    texts = {text for text, _, _ in patterns}
    assert len(texts) > 400
    assert r"^[\W\d_]*$" in texts  # of a module
    assert r"\s+[#¶]$" in texts  # inside a function
    assert any(r"[\w\u064b-\u0652]+[^" in text for text in texts)  # built from what is read


@pytest.mark.parametrize("part", range(PARTS))
def test_no_pattern_on_what_strangers_write_runs_away(patterns: list[tuple[str, int, str]], part: int) -> None:
    ours = [one for one in patterns if one[2].startswith("tts_news.read.")]
    assert len(ours) > 80
    assert not [(place, text, on) for text, flags, place in ours[part::PARTS] if (on := find_runaway(text, flags))]


@pytest.mark.slow
def test_no_pattern_runs_away(patterns: list[tuple[str, int, str]]) -> None:
    assert not [(place, text, on) for text, flags, place in patterns if (on := find_runaway(text, flags))]


@pytest.mark.parametrize(
    "pattern",
    [
        r"^(?:#\S+[\s,،|]*)+$",
        r"(a+)+$",
        r"(\w|\w\w)*x",
        r"(?:\s*\d+\s*)+;",
        r"\w*\w*\w*x",
        r"^(?:[^،]+،?)*\.$",
        r"(?:(?:ا|ب)*)*ج$",
    ],
)
def test_a_pattern_that_runs_away_is_caught(pattern: str) -> None:
    assert find_runaway(pattern)


@pytest.mark.parametrize(
    "pattern", [r"^#\S+(?:\s[\s,،|]*#\S+)*(?:\s[\s,،|]*)?$", r"\s+$", r"^(?>a+)+$", r"(?:a++b?)+x"]
)
def test_a_pattern_that_does_not_is_not(pattern: str) -> None:
    assert not find_runaway(pattern)


@pytest.mark.parametrize(
    "pattern",
    [r"a|b", r"(\w)\1", r"^\s*(?P<x>\d{2,3}?)(?!x)", r"(?<=ab)c+?$", r"[^a-c\s]+\b", r"(?i)ABC|[x-z]+", r"(?m)^b.*$",
     r"(?>a+)b", r"a++b", r"(a)?(?(1)b|c)"],
)  # fmt: skip
def test_the_counter_finds_what_the_engine_finds(pattern: str) -> None:
    for text in ("", "ab", "aa", "ccc", "abc", "abbccc", "12x", "  123", "zz\nbcd", "aab", "c", "Abc"):
        found = re.search(pattern, text)
        assert _end(Counter(pattern), text) == (found.end() if found else None), text


def _end(counter: Counter, text: str) -> int | None:
    """Return where the counter's first match ends, None when it finds none."""
    ends: list[int] = []
    counter.steps, counter.text, counter.groups = 0, text, {}
    for start in range(len(text) + 1):
        if counter._match(counter.tree, 0, start, lambda here: bool(ends.append(here) or True)):
            return ends[0]
    return None
