from __future__ import annotations

import pytest

from tts_news.script.rules import markdown

LEFT_ALONE = [
    "#أخبار اليوم",
    "- 5 درجات",
    "قال: 2*3=6",
    "-12 منهم",
    "5 > 3",
    "كلمة_واحدة",
    "~ 5 آلاف",
    "سعر * الشروط",
]
REWRITTEN = [
    ("## نشرة المساء", "نشرة المساء"),
    ("# سوق جديدة ##", "سوق جديدة"),
    ("**وصل** الوزير", "وصل الوزير"),
    ("وصل __الوفد__ أمس", "وصل الوفد أمس"),
    ("*عاجل* انقطاع الماء", "عاجل انقطاع الماء"),
    ("اقرأ [الخبر](https://example.org/a_b) كاملا", "اقرأ الخبر كاملا"),
    ("![الجسر](b.png)", "الجسر"),
    ("> لن نغادر", "لن نغادر"),
    ("* البند الأخير", "البند الأخير"),
    ("- [x] مراجعة النص", "مراجعة النص"),
    ("| البلد | العاصمة |", "البلد، العاصمة"),
    ("|:---|---:|", ""),
    ("---", ""),
    ("***", ""),
    ("```python", ""),
    ('[2]: https://example.org/x "عنوان"', ""),
    ("~~أمس~~ اليوم", "أمس اليوم"),
    ("`الأمر` التالي", "الأمر التالي"),
    ("==تنبيه== للركاب", "تنبيه للركاب"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert markdown.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert markdown.apply(text).split() == spoken.split()
