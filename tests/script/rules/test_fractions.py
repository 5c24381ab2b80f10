from __future__ import annotations

import pytest

from tts_news.script.rules import fractions

LEFT_ALONE = [
    "بتاريخ 12.11/2023",
    "2023/2024",
    "12/5/2023",
    "5/3",
    "5/",
]
REWRITTEN = [
    ("نال 7.4/10 من النقاد", "نال 7.4 من 10 من النقاد"),
    ("1/2", "نصف"),
    ("2/3", "ثلثان"),
    ("2/3 السكان", "ثلثا السكان"),
    ("3/4", "ثلاثة أرباع"),
    ("2 1/2", "2.5"),
    ("5 و1/3", "5 وثلث"),
    ("3 2/3 سنوات", "3 سنوات وثلثان"),
    ("بعد 3 2/3 سنوات", "بعد 3 سنوات وثلثين"),
    ("ب2 1/3 كم", "ب2 كم وثلث"),
    ("2 2/3 مليون", "2 مليون وثلثا المليون"),
    ("2 2/3 تقريبا", "2 وثلثان تقريبا"),
    ("ب3/4", "بثلاثة أرباع"),
    ("حصل على 9/10", "حصل على تسعة من عشرة"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert fractions.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    assert fractions.apply(text) == spoken
