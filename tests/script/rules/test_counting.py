from __future__ import annotations

import pytest

from tts_news.script.rules import counting

LEFT_ALONE = [
    "كم عدد القتلى",
    "3:1",
    "007",
    "ال5",
]
REWRITTEN = [
    ("3 كتب", "ثلاثة كتب"),
    ("3 دول", "ثلاث دول"),
    ("1 كتاب", "كتاب واحد"),
    ("2 دولة", "دولتان"),
    ("2 مليون شخص", "مليونا شخص"),
    ("1.5 مليون", "مليون ونصف المليون"),
    ("100 شخص", "مئة شخص"),
    ("200 شخص", "مئتا شخص"),
    ("101 دولة", "مئة دولة ودولة"),
    ("15 كتاب", "خمسة عشر كتابا"),
    ("15 وزير خارجية", "خمسة عشر وزير خارجية"),
    ("3 مشتبه بهم", "ثلاثة مشتبه بهم"),
    ("4 من الدول", "أربع من الدول"),
    ("12 آخرين", "اثنا عشر آخرين"),
    ("ب12 دولة", "باثنتي عشرة دولة"),
    ("3 أو 4 دول", "ثلاث أو أربع دول"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert counting.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    assert counting.apply(text) == spoken
