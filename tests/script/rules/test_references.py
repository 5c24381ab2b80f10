from __future__ import annotations

import pytest

from tts_news.script.rules import references

LEFT_ALONE = [
    "الساعة 9 ص من اليوم",
    "محمد (35) لاعب",
    "قال د 5",
    "ص الكلمة",
    "5 د.ك",
]

REWRITTEN = [
    ("عادل (ق: 70) النتيجة", "عادل (الدقيقة 70) النتيجة"),
    ("في ص 61 من التقرير", "في صفحة 61 من التقرير"),
    ("ط3، دمشق", "الطبعة 3، دمشق"),
    ("عدد (3) سيارات", "عدد 3 سيارات"),
    ("ثلاثة (3) سيارات", "ثلاثة سيارات"),
    ("هدف (د 45)", "هدف (الدقيقة 45)"),
    ("هدف (90+2')", "هدف (90+2')"),
    ("هدف (45')", "هدف (الدقيقة 45)"),
    ("ص. 45", "صفحة 45"),
    ("(الكتاب، ص 12)", "(الكتاب، صفحة 12)"),
    ("ط. 3", "الطابق 3"),
    ("ت: 0123456789", "هاتف 0123456789"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_it_leaves_alone(text: str) -> None:
    assert references.apply(text) == text


@pytest.mark.parametrize(("written", "spoken"), REWRITTEN)
def test_it_rewrites(written: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert references.apply(written).split() == spoken.split()
