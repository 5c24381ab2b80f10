from __future__ import annotations

import pytest

from tts_news.script.rules import symbols

LEFT_ALONE = [
    "القاهرة، الرياض. هل؟ نعم!",
    "عربي-إسرائيلي",
]

REWRITTEN = [
    ("القاهرة & الرياض", "القاهرة والرياض"),
    ("اثنان + اثنان = أربعة", "اثنان زائد اثنان يساوي أربعة"),
    ("سبع وثلاثون °", "سبع وثلاثون درجة "),
    ("خمسون%", "خمسون بالمئة "),
    ("**مهم**", "مهم"),
    ("السياسة / الاقتصاد", "السياسة، الاقتصاد"),
    ("عاجل | انفجار", "عاجل ، انفجار"),
    ("§ أولى", " فقرة أولى"),
    ("نص () هنا", "نص  هنا"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_it_leaves_alone(text: str) -> None:
    assert symbols.apply(text) == text


@pytest.mark.parametrize(("written", "spoken"), REWRITTEN)
def test_it_rewrites(written: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert symbols.apply(written).split() == spoken.split()
