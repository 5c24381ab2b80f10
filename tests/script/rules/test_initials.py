from __future__ import annotations

import pytest

from tts_news.script.rules import initials

LEFT_ALONE = [
    "قال في الدار",
    "و السلام",
    "ب 60 ساعة",
    "5 د.ك",
]

REWRITTEN = [
    ("المتهم (ب.ع)", "المتهم (باء عين)"),
    ("س. م. ع", "سين ميم عين"),
    ("جورج و. بوش", "جورج دبليو بوش"),
    ("جون ف. كينيدي", "جون إف كينيدي"),
    ("فيتامين د", "فيتامين دال"),
    ("المجموعة أ", "المجموعة ألف"),
    ("البند (ب)", "البند باء"),
    ("أ) أولا", "ألف،  أولا"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_it_leaves_alone(text: str) -> None:
    assert initials.apply(text) == text


@pytest.mark.parametrize(("written", "spoken"), REWRITTEN)
def test_it_rewrites(written: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert initials.apply(written).split() == spoken.split()
