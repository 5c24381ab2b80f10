from __future__ import annotations

import pytest

from tts_news.script.rules import web

LEFT_ALONE = [
    "الساعة 10.30",
    "رقم 3.5 مليون",
    "بريد الوزارة",
]

REWRITTEN = [
    ("https://example.com/a?b=1", "رابط"),
    ("اضغط الرابط: https://t.co/a", "اضغط الرابط"),
    ("النص (https://example.com/x) هنا", "النص  هنا"),
    ("البريد a.b@example.org", "البريد"),
    ("راسلوا a@example.org الآن", "راسلوا رابط الآن"),
    ("#غزة_الآن", "هاشتاغ غزة الآن"),
    ("وسم #غزة_الآن", "وسم غزة الآن"),
    ("في #غزة اليوم", "في غزة اليوم"),
    ("#عاجل انفجار", "عاجل انفجار"),
    ("#FreeGaza", "هاشتاغ Free Gaza"),
    ("@user_name", "user name"),
    ("موقع Booking.com", "موقع Booking دوت كوم"),
    ("www.example.org/a/b.", "رابط."),
    ("# 5", "رقم 5"),
    ("زوروا الموقع example.org", "زوروا الموقع example دوت أورغ"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_it_leaves_alone(text: str) -> None:
    assert web.apply(text) == text


@pytest.mark.parametrize(("written", "spoken"), REWRITTEN)
def test_it_rewrites(written: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert web.apply(written).split() == spoken.split()
