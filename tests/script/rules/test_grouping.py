from __future__ import annotations

import pytest

from tts_news.script.rules import grouping

LEFT_ALONE = [
    "4.8",
    "1.250",
    "12.05",
    "عام 2020 300",
    "3،4،5",
]
REWRITTEN = [
    ("عند 61 ر74 يورو", "عند 74.61 يورو"),
    ("زارها 57.300 سائح.", "زارها 57300 سائح."),
    ("إصابة 2.875 آخرين", "إصابة 2875 آخرين"),
    ("سجل الريال 13.475 جنيه للشراء", "سجل الريال 13.475 جنيه للشراء"),
    ("بلغ الدينار 160.284 جنيه.", "بلغ الدينار 160.284 جنيه."),
    ("بلغ الدولار 89.500 ليرة.", "بلغ الدولار 89500 ليرة."),
    ("كلف الجهاز 13.475 جنيه", "كلف الجهاز 13475 جنيه"),
    ("5ر19 كيلومترا", "19.5 كيلومترا"),
    ("1,250", "1250"),
    ("1.250.000", "1250000"),
    ("4,8", "4.8"),
    ("0,125", "0.125"),
    ("1.250,75", "1250.75"),
    ("2،5", "2.5"),
    ("10.000 شخص", "10000 شخص"),
    (".5", "0.5"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert grouping.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    assert grouping.apply(text) == spoken
