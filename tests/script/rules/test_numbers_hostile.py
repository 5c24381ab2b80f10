"""Hostile text: the work of every rule grows with its length, not faster."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.work import cpu_growth
from tts_news.script.normalisation import normalise
from tts_news.script.rules.order import RULES

LENGTH = 1_000
PIECES = [
    *("1", "1 ", "1,", "1.", "1-", "1/", "1:", "1+", "12 000 ", "1,000", "1.000", "%1", "$1", "ال1 ", "و1", "بين 1 و"),
    *("من 1 إلى ", "1 مليون ", "1 مليون و", "5 د.ك ", "1 ر. ", "1 كم-", "- 1 -", "4-3-", "عام 20", "سنة 2020-"),
    *("2020/", "الدقيقتين 1 و", "فاز 1-", "الدول ال1 ", "1ً", "1/2 ", "1 1/2", "و" * 5, "1 شخص ", "3 من ", "1 أو "),
    *("1،1،", "الدول ", " ", "أ ب ", "1.1.", "5 كم/", "(1)", "بـ"),
]


@pytest.mark.parametrize("piece", PIECES)
def test_no_rule_runs_away(piece: str) -> None:
    def work(length: int) -> None:
        text = piece * (length // len(piece))
        for rule in RULES:
            rule(text)

    assert cpu_growth(work, LENGTH) < 3


@given(st.text(alphabet="0123456789 .,،/-:%$+()والبينمكـأ؟\u064b", max_size=60))
@settings(max_examples=400, deadline=None)
def test_no_digit_survives(text: str) -> None:
    assert not any(char.isdigit() for char in normalise(text))
