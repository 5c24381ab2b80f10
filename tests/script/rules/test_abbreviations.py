from __future__ import annotations

import pytest

from tts_news.script.rules import abbreviations

LEFT_ALONE = [
    "5 د.ك",
    "الخليج العربي",
    "قال في البيت",
    "الخلاف",
]

REWRITTEN = [
    ("إلخ", "إلى آخره"),
    ("الخ...", "إلى آخره"),
    ("ج.م.ع", "جمهورية مصر العربية"),
    ("ذ.م.م", "ذات مسؤولية محدودة"),
    ("م.ت.ف", "منظمة التحرير الفلسطينية"),
    ("و.م.أ", "الولايات المتحدة الأمريكية"),
    ("النبي (ص)", "النبي  صلى الله عليه وسلم"),
    ("عمر (رض)", "عمر  رضي الله عنه"),
    ("(أ ف ب)", "(وكالة فرانس برس)"),
    ("وكالة أ ف ب", "وكالة فرانس برس"),
    ("قال أ ف ب إن", "قال وكالة فرانس برس إن"),
    ("(د ب أ)", "(وكالة الأنباء الألمانية)"),
    ("(أ.ش.أ)", "(وكالة أنباء الشرق الأوسط)"),
    ("بيروت (أ ب)", "بيروت (وكالة أسوشيتد برس)"),
    ("ص.ب 1234", "صندوق بريد 1234"),
    ("و/أو", "وأو"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_it_leaves_alone(text: str) -> None:
    assert abbreviations.apply(text) == text


@pytest.mark.parametrize(("written", "spoken"), REWRITTEN)
def test_it_rewrites(written: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert abbreviations.apply(written).split() == spoken.split()
