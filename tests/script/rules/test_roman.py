from __future__ import annotations

import pytest

from tts_news.script.rules import roman

LEFT_ALONE = [
    "منصة X",
    "فيتامين C",
    "المنطقة C",
    "قناة MBC",
    "النوع I",
    "IIII",
    "قرص CD",
    "لويس فيتون",
    "لويس 14 عاما",
]

REWRITTEN = [
    ("سفينة Fury III الجديدة", "سفينة Fury ثلاثة الجديدة"),
    ("الملك لويس XIV", "الملك لويس الرابع عشر"),
    ("الملكة إليزابيث II", "الملكة إليزابيث الثانية"),
    ("الحرب العالمية II", "الحرب العالمية الثانية"),
    ("الحرب العالمية I", "الحرب العالمية الأولى"),
    ("القرن XXI", "القرن الحادي والعشرين"),
    ("القرن xix", "القرن التاسع عشر"),
    ("القرنين XIX وXX", "القرنين التاسع عشر والعشرين"),
    ("البابا بنديكت XVI", "البابا بنديكت السادس عشر"),
    ("الفصل V", "الفصل الخامس"),
    ("السوبر بول LVIII", "السوبر بول الثامن والخمسين"),
    ("لويس 14.", "لويس الرابع عشر."),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_it_leaves_alone(text: str) -> None:
    assert roman.apply(text) == text


@pytest.mark.parametrize(("written", "spoken"), REWRITTEN)
def test_it_rewrites(written: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert roman.apply(written).split() == spoken.split()
