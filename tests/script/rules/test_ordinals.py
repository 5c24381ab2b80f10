from __future__ import annotations

import pytest

from tts_news.script.rules import ordinals

LEFT_ALONE = [
    "شارك في البطولة 40 لاعبا",
    "القرار 242",
    "المادة 140",
    "قرن 21",
    "المرحلة 15 يوما",
    "الفرقة 162",
    "المجموعة 5+1",
    "مجموعة 20",
]
REWRITTEN = [
    ("في الجولة 4 و9 من الدوري", "في الجولة الرابعة والتاسعة من الدوري"),
    ("في الجولة 4 و9 لاعبين", "في الجولة الرابعة و9 لاعبين"),
    ("القرن 21", "القرن الحادي والعشرون"),
    ("في القرن 20", "في القرن العشرين"),
    ("الدورة 15", "الدورة الخامسة عشرة"),
    ("في الدقيقتين 12 و45", "في الدقيقتين الثانية عشرة والخامسة والأربعين"),
    ("الدقيقة 90+4", "الدقيقة التسعون زائد أربع"),
    ("المجموعة 1", "المجموعة الأولى"),
    ("في المجموعتين 1 و2", "في المجموعتين الأولى والثانية"),
    ("للمرة 3", "للمرة الثالثة"),
    ("الدورة (15)", "الدورة الخامسة عشرة"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert ordinals.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    assert ordinals.apply(text) == spoken
