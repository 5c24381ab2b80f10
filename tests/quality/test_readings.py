"""How much of what news writes is read as a careful newsreader reads it, pinned: the floors only rise.

`python benchmarks/readings.py` prints the same tables beside the public normalisers.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from reading_score import cases, is_accepted, is_clean

from tts_news.script import normalise

HERE = Path(__file__).parent
CASES = cases(HERE / "readings")
FLOORS = tomllib.loads((HERE / "readings_floor.toml").read_text(encoding="utf-8"))


def test_the_tables_are_as_long_as_they_were() -> None:
    assert len(CASES) >= FLOORS["rows"]
    assert sum(case.kind == "sentence" for case in CASES) >= FLOORS["sentences"]


@pytest.fixture(scope="module")
def said() -> dict[str, str]:
    """Every row as it is read."""
    return {case.written: normalise(case.written) for case in CASES}


def test_readings_stay_above_their_floor(said: dict[str, str]) -> None:
    wrong = [case for case in CASES if not is_accepted(case, said[case.written])]
    right = 1 - len(wrong) / len(CASES)
    shown = "\n".join(f"{case.kind}: {case.written} → {said[case.written]}" for case in wrong)
    assert right >= FLOORS["accepted"], shown


def test_whole_sentences_stay_above_their_floor(said: dict[str, str]) -> None:
    sentences = [case for case in CASES if case.kind == "sentence"]
    wrong = [case.written for case in sentences if not is_accepted(case, said[case.written])]
    assert 1 - len(wrong) / len(sentences) >= FLOORS["sentences_accepted"], "\n".join(wrong)


def test_every_reading_is_clean(said: dict[str, str]) -> None:
    assert [(written, reading) for written, reading in said.items() if not is_clean(reading)] == []


def test_reading_a_reading_again_changes_nothing(said: dict[str, str]) -> None:
    assert [reading for reading in said.values() if normalise(reading) != reading] == []
