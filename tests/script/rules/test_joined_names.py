from __future__ import annotations

import pytest

from tts_news.script.rules import joined_names

LEFT_ALONE = ["عبد العزيز", "طريق معبدالجوانب", "عبدوا الطريق"]

REWRITTEN = [
    ("الملك عبدالعزيز", "الملك عبد العزيز"),
    ("وعبدالله المطيري", "وعبد الله المطيري"),
    ("لعبدالرحمن", "لعبد الرحمن"),
    ("عَبْدُالعزيز", "عَبْدُ العزيز"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert joined_names.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    assert joined_names.apply(text) == spoken
