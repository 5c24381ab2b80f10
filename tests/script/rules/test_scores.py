from __future__ import annotations

import pytest

from tts_news.script.rules import scores

LEFT_ALONE = [
    "10-15 يوما في المباراة القادمة",
    "من 3-5 مباريات",
    "3-1",
    "درجة الحرارة 3-1",
]
REWRITTEN = [
    ("الفيصلي يسحق الحسين 3-0", "الفيصلي يسحق الحسين ثلاثة مقابل صفر"),
    ("حسم الترجي اللقاء بضربات الجزاء 4/5", "حسم الترجي اللقاء بضربات الجزاء خمسة مقابل أربعة"),
    ("فاز 3-1", "فاز ثلاثة مقابل واحد"),
    ("تعادل الفريقان 0 - 0", "تعادل الفريقان صفر مقابل صفر"),
    ("بتشكيل 4-3-3", "بتشكيل أربعة ثلاثة ثلاثة"),
    ("فازت 6-3 و7-6", "فازت ستة مقابل ثلاثة وسبعة مقابل ستة"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert scores.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    assert scores.apply(text) == spoken
