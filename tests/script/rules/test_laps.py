from __future__ import annotations

import pytest

from tts_news.script.rules import laps

LEFT_ALONE = [
    "الساعة 9:04",
    "في 19:30 مساء",
    "بنسبة 3:1",
    "بزمن 2:03:11",
    "البقرة 2:185",
]

REWRITTEN = [
    ("في 56:42 دقيقة", "في ست وخمسين دقيقة واثنتين وأربعين ثانية"),
    ("بزمن 1:55.20 دقيقة", "بزمن دقيقة وخمس وخمسين ثانية وعشرين جزءا من المئة من الثانية"),
    ("في 9:04.35 دقائق", "في تسع دقائق وأربع ثوان وخمسة وثلاثين جزءا من المئة من الثانية"),
    ("في 2:01,5", "في دقيقتين وثانية وخمسة أجزاء من العشرة من الثانية"),
    ("في 1:28.954", "في دقيقة وثمان وعشرين ثانية وتسعمئة وأربعة وخمسين جزءا من الألف من الثانية"),
    ("في 0:59.00", "في تسع وخمسين ثانية"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert laps.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    assert laps.apply(text) == spoken
