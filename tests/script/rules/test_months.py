from __future__ import annotations

import pytest

from tts_news.script.rules import months

LEFT_ALONE = [
    "مارس الرياضة",
    "مايو",
    "عربي/دولي",
    "الأول/الثاني",
]

REWRITTEN = [
    ("مايو/أيار", "مايو أيار"),
    ("أكتوبر / تشرين الأول", "أكتوبر تشرين الأول"),
    ("تشرين الثاني/نوفمبر", "تشرين الثاني نوفمبر"),
    ("كانون الثاني (يناير)", "كانون الثاني يناير"),
    ("نوفمبر – تشرين الثاني", "نوفمبر تشرين الثاني"),
    ("غشت/أغسطس", "غشت أغسطس"),
    ("مايو-يونيو", "مايو إلى يونيو"),
    ("مايو/يونيو", "مايو ويونيو"),
    ("وَمَايُو/أَيَّار", "وَمَايُو أَيَّار"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_it_leaves_alone(text: str) -> None:
    assert months.apply(text) == text


@pytest.mark.parametrize(("written", "spoken"), REWRITTEN)
def test_it_rewrites(written: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert months.apply(written).split() == spoken.split()
