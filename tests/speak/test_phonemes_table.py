"""Four hundred words and phrases and how they sound: every rule of the front end, several times over."""

from __future__ import annotations

from pathlib import Path

import pytest

from tts_news.speak.phonemes import phonemise

ROWS = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("phonemes.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("text", "phones"), ROWS, ids=[row[0] for row in ROWS])
def test_it_sounds_as_the_table_says(text: str, phones: str) -> None:
    assert phonemise(text).spell() == phones


def test_the_table_is_as_long_as_the_promise() -> None:
    assert len(ROWS) >= 300
