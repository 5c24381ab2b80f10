from __future__ import annotations

import pytest

from tts_news.script.rules import ranges

LEFT_ALONE = [
    "3-1",
    "قتل 3 و5 جرحى",
    "4-3-3",
    "2020 و2021",
]
REWRITTEN = [
    ("الطماطم 1.5-2.5 جنيه", "الطماطم 1.5 جنيه إلى 2.5 جنيه"),
    ("تصل إلى 50-60%", "تصل إلى ما بين خمسين و60%"),
    ("بين 89600 و89700", "بين تسعة وثمانين ألفا وستمئة، و89700"),
    ("بين 13و 19 درجة", "بين ثلاث عشرة و19 درجة"),
    ("10-15 يوما", "عشرة إلى 15 يوما"),
    ("5-7 سنوات", "خمس إلى 7 سنوات"),
    ("بين 10 و15 دولة", "بين عشر و15 دولة"),
    ("من 5 إلى 7 سنوات", "من خمس إلى 7 سنوات"),
    ("60-70%", "ستون إلى 70%"),
    ("$10-15", "عشرة إلى $15"),
    ("2-3 أيام", "يومان إلى 3 أيام"),
    ("بين 1 و3 ملايين", "بين مليون و3 ملايين"),
    ("100 كم - 150 كم", "100 كم إلى 150 كم"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert ranges.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    assert ranges.apply(text) == spoken
