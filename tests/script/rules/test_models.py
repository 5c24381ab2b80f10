from __future__ import annotations

import pytest

from tts_news.script.rules import models

LEFT_ALONE = [
    "بلغت الحرارة -5 درجات",
    "شرب كوب 3 مرات",
    "100USD",
    "USD 50",
    "10km",
    "قتل 16 شخصا",
    "من 5-10 أيام",
    "نتيجة 2-1",
    "الرحلة 15 يوما",
    "بسعر $20",
]

REWRITTEN = [
    ("كوفيد -19", "كوفيد تسعة عشر"),
    ("قمة كوب 28", "قمة كوب ثمانية وعشرون"),
    ("طائرة F-16", "طائرة F ستة عشر"),
    ("إس-400", "إس أربعمئة"),
    ("إس 300", "إس ثلاثمئة"),
    ("كوفيد-19", "كوفيد تسعة عشر"),
    ("كوفيد19", "كوفيد تسعة عشر"),
    ("COVID-19", "كوفيد تسعة عشر"),
    ("بوينغ 737", "بوينغ سبعمئة وسبعة وثلاثون"),
    ("شاهد-136", "شاهد مئة وستة وثلاثون"),
    ("شبكات 5G", "شبكات الجيل الخامس"),
    ("لل5G", "للجيل الخامس"),
    ("الجيل الخامس (5G)", "الجيل الخامس (فايف جي)"),
    ("قمة G20", "قمة مجموعة العشرين"),
    ("مجموعة G7", "مجموعة السبع"),
    ("H1N1", "إتش واحد إن واحد"),
    ("CO2", "ثاني أكسيد الكربون"),
    ("iPhone 15", "iPhone خمسة عشر"),
    ("الرحلة MH370", "الرحلة MH ثلاثمئة وسبعين"),
    ("الأهلي-2 الزمالك-1", "الأهلي 2 الزمالك 1"),
    ("يورو 2024", "يورو ألفين وأربعة وعشرين"),
    ("AB123456", "AB واحد اثنان ثلاثة أربعة خمسة ستة"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_it_leaves_alone(text: str) -> None:
    assert models.apply(text) == text


@pytest.mark.parametrize(("written", "spoken"), REWRITTEN)
def test_it_rewrites(written: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert models.apply(written).split() == spoken.split()
