from __future__ import annotations

import pytest

from tts_news.script.rules import dial_codes

LEFT_ALONE = ["#أخبار", "رقم #12", "5*3", "**مهم**", "C#"]
REWRITTEN = [
    ("الرمز #567*", "الرمز نجمة خمسمئة وسبعة وستون مربع"),
    ("اطلب *700# مجانا", "اطلب نجمة سبعمئة مربع مجانا"),
    ("الرمز *858*12#", "الرمز نجمة ثمانمئة وثمانية وخمسون نجمة اثنا عشر مربع"),
    ("*#0600#", "نجمة مربع صفر ستة صفر صفر مربع"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert dial_codes.apply(text) == text


@pytest.mark.parametrize(("text", "said"), REWRITTEN)
def test_rewritten(text: str, said: str) -> None:
    assert dial_codes.apply(text) == said
