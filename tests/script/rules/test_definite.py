from __future__ import annotations

import pytest

from tts_news.script.rules import definite

LEFT_ALONE = [
    "الدول 5",
    "قال 5",
    "البيت",
]
REWRITTEN = [
    ("الدول ال5", "الدول الخمس"),
    ("خلال الساعات ال24 الماضية", "خلال الساعات الأربع والعشرين الماضية"),
    ("المركز ال3", "المركز الثالث"),
    ("دور ال16", "دور الستة عشر"),
    ("مجموعة ال7", "مجموعة السبع"),
    ("في ال18 من عمره", "في الثامنة عشرة من عمره"),
    ("اليوم ال100", "اليوم المئة"),
    ("فئة ال100 دولار", "فئة المئة دولار"),
    ("الدول الأوروبية ال27", "الدول الأوروبية السبع والعشرون"),
    ("ال24 ساعة الماضية", "الأربع والعشرون ساعة الماضية"),
    ("لقبه ال14", "لقبه الرابع عشر"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert definite.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    assert definite.apply(text) == spoken
