from __future__ import annotations

import pytest

from tts_news.script.rules import coordinates

LEFT_ALONE = [
    "35° مئوية",
    "بلغت 20° في الظل",
    "N 20",
]
REWRITTEN = [
    ("12°30'N 44°05'E", "12 درجة و30 دقيقة شمالا و44 درجة و05 دقيقة شرقا"),
    ("33°18'42\"S", "33 درجة و18 دقيقة و42 ثانية جنوبا"),
    ("51.5° شمالا، 0.12° غربا", "51.5 درجة شمالا و0.12 درجة غربا"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert coordinates.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert coordinates.apply(text).split() == spoken.split()
