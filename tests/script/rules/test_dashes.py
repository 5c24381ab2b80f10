from __future__ import annotations

import pytest

from tts_news.script.rules import dashes

LEFT_ALONE = [
    "بلغت الحرارة -7 درجات",
    "إلى -5",
    "نمو اقتصادي -2",
    "درجة الحرارة -12 مئوية",
    "10-15 يوما",
    "انكماش بنسبة -3%",
]
REWRITTEN = [
    ("أوقف 30 شخصا -18 منهم طلاب- فجرا", "أوقف 30 شخصا، ثمانية عشر منهم طلاب، فجرا"),
    ("زارت المدينة -120 ألف ساكن- بعثة", "زارت المدينة، 120 ألف ساكن، بعثة"),
    ("حقل مجنون -3 جنوبا", "حقل مجنون 3 جنوبا"),
    ("صواريخ قدس -1 المطورة", "صواريخ قدس 1 المطورة"),
    ("محطة الدورة - 2 الكهربائية", "محطة الدورة 2 الكهربائية"),
    ("الحرب (1939 -1945)", "الحرب (1939-1945)"),
    ("بين 1914- 1918", "بين 1914-1918"),
    ("مدفع هاوتزر -155 ملم", "مدفع هاوتزر 155 ملم"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert dashes.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert dashes.apply(text).split() == spoken.split()
