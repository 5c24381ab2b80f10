from __future__ import annotations

import pytest

from tts_news.script.rules import footnotes

LEFT_ALONE = [
    "وزع [3] كتب",
    "مساحة 5 كم²",
    "مصفوفة [أ ب]",
    "في الصفحة [45] منه",
    "الجدول [2]",
    "قال [الوزير]",
]
REWRITTEN = [
    ("انتهى[4] العمل", "انتهى العمل"),
    ("في بغداد [12].", "في بغداد."),
    ("قرار سابق[1][2]", "قرار سابق"),
    ("المؤرخ² يقول", "المؤرخ يقول"),
    ("قال الراوي.³", "قال الراوي."),
    ("الوزير¹ قال", "الوزير قال"),
    ("سنة 1990¹", "سنة 1990"),
    ("في الدرس[3، 4]", "في الدرس"),
    ("المدينة [بحاجة لمصدر] قديمة", "المدينة قديمة"),
    ("اليوم⁵", "اليوم"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert footnotes.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert footnotes.apply(text).split() == spoken.split()
