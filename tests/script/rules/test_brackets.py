from __future__ import annotations

import pytest

from tts_news.script.rules import brackets

LEFT_ALONE = [
    "تغلب عليه 2 / 1 بعد أن هزمه 98 / 91",
    "القائد (القوات الخاصة) حضر",
    "هدف (12) أمس",
    "المادة (5) نصت",
    "«5»",
    'أنتج 3 أفلام " قصيرة جدا "',
    "قال (في 3 مايو)",
]
REWRITTEN = [
    ("شراء و)12.4) جنيه", "شراء و12.4 جنيه"),
    ("يمتد ل(600 م) شمالا", "يمتد ل600 م شمالا"),
    ("حضر (16) طالبة", "حضر 16 طالبة"),
    ("زرع «45» شجرة", "زرع 45 شجرة"),
    ("بنسبة (12%)", "بنسبة 12%"),
    ("في (7) نوفمبر", "في 7 نوفمبر"),
    ("على مدى (5) سنوات", "على مدى 5 سنوات"),
    ("مساحة (900) متر", "مساحة 900 متر"),
    ("مبلغ قدره (4 ملايين دينار)", "مبلغ قدره 4 ملايين دينار"),
    ("الساعة (9:15) صباحا", "الساعة 9:15 صباحا"),
    ("الساعة 6:35 دقيقة", "الساعة 6:35"),
    ("ب21» نقطة", "ب21 نقطة"),
    ("عين ماء /8 كم غرب البلدة/ مهجورة", "عين ماء (8 كم غرب البلدة) مهجورة"),
    ("قلعة (= حصن) قديمة", "قلعة (أي حصن) قديمة"),
    ("بطول 300 متر ” الجزء الأول “ أمس", "بطول 300 متر (الجزء الأول) أمس"),
    ("أصدر (3) ملايين نسخة", "أصدر 3 ملايين نسخة"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert brackets.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert brackets.apply(text).split() == spoken.split()
