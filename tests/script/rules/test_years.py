from __future__ import annotations

import pytest

from tts_news.script.rules import years

LEFT_ALONE = [
    "2,023 شخصا",
    "2023 شخصا",
    "رقم 2011",
    "بوينغ 1900",
    "نحو 1950 جنديا",
    "15 عاما",
]
REWRITTEN = [
    ("عام 2024", "عام ألفين وأربعة وعشرين"),
    ("سنة 2023", "سنة ألفين وثلاث وعشرين"),
    ("في 2011", "في ألفين وأحد عشر"),
    ("عامي 2022 و2023", "عامي ألفين واثنين وعشرين وألفين وثلاثة وعشرين"),
    ("موسم 2023/24", "موسم ألفين وثلاثة وعشرين، ألفين وأربعة وعشرين"),
    ("2010-2015", "ألفين وعشرة إلى ألفين وخمسة عشر"),
    ("العام الدراسي 2024/2025", "العام الدراسي ألفين وأربعة وعشرين، ألفين وخمسة وعشرين"),
    ("بين 1990 و2003", "بين ألف وتسعمئة وتسعين وألفين وثلاثة"),
    ("عام 67", "عام سبعة وستين"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert years.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    assert years.apply(text) == spoken
