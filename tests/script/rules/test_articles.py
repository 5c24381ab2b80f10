from __future__ import annotations

import pytest

from tts_news.script.rules import articles

LEFT_ALONE = [
    "القرار (2024) الجديد",
    "المادة 140",
    "رقم 33",
    "3/4 السكان",
    "2023/2024",
    "القرار 2254",
]

REWRITTEN = [
    ("المواد 88 و90 و91/3", "المواد 88 و90 و91 الفقرة الثالثة"),
    ("المدخل 4/ج", "المدخل 4/جيم"),
    ("الأمر رقم 75-58", "الأمر رقم خمسة وسبعين، ثمانية وخمسين"),
    ("القانون 09-04", "القانون صفر تسعة، صفر أربعة"),
    ("رقم التسجيل 12/ 2021", "رقم التسجيل اثنا عشر لسنة ألفين وإحدى وعشرين"),
    ("القرار 2601 (2021) الصادر", "القرار 2601 لعام 2021 الصادر"),
    ("المادة 19/2", "المادة 19 الفقرة الثانية"),
    ("المادة 5/أ", "المادة 5 الفقرة ألف"),
    ("القرار 15/2023", "القرار خمسة عشر لسنة ألفين وثلاث وعشرين"),
    ("القانون رقم 5/2020", "القانون رقم خمسة لسنة ألفين وعشرين"),
    ("رقم (م/37)", "رقم (ميم 37)"),
    ("الفقرة.2", "الفقرة 2"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_it_leaves_alone(text: str) -> None:
    assert articles.apply(text) == text


@pytest.mark.parametrize(("written", "spoken"), REWRITTEN)
def test_it_rewrites(written: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert articles.apply(written).split() == spoken.split()
