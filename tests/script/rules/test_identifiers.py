from __future__ import annotations

import pytest

from tts_news.script.rules import identifiers

LEFT_ALONE = [
    "رقم 05 من القائمة",
    "سعره Euro 4.5 بالمئة",
    "القانون يخفض الضريبة 2.5 نقطة",
    "3.5 مليون",
    "1.250.000",
    "سعر 12.75",
    "15.3.2024",
    "0599",
    "USD 2.5",
]
REWRITTEN = [
    ("أوقفت 04 أشخاص و07 سيارات", "أوقفت 4 أشخاص و7 سيارات"),
    ("بين 05 و08 درجات", "بين 5 و8 درجات"),
    ("القانون رقم 47.06 المتعلق بالجبايات", "القانون رقم سبعة وأربعين نقطة صفر ستة المتعلق بالجبايات"),
    ("المرسوم رقم 2.20.14", "المرسوم رقم اثنين نقطة عشرين نقطة أربعة عشر"),
    ("الإصدار 17.2 للهواتف", "الإصدار سبعة عشر نقطة اثنين للهواتف"),
    ("ISO 14001:2015", "ISO أربعة عشر ألفا وواحد إصدار ألفين وخمسة عشر"),
    ("الآيزو 2018:22000", "الآيزو اثنان وعشرون ألفا إصدار ألفين وثمانية عشر"),
    ("المتحور BA.2.75", "المتحور BA اثنين نقطة خمسة وسبعين"),
    ("EG.5", "EG خمسة"),
    ("الحلقة 03", "الحلقة 3"),
    ("الجزء ال04", "الجزء ال4"),
    ("05", "5"),
    ("02: البداية", "2: البداية"),
    ("الدرس 010", "الدرس 10"),
    ("192.168.1.1", "مئة واثنين وتسعين نقطة مئة وثمانية وستين نقطة واحد نقطة واحد"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert identifiers.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert identifiers.apply(text).split() == spoken.split()
