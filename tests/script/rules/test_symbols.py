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
    ("صور + فيديو", "صور وفيديو"),
    ("تذكرة السفر + حجز الفندق +…", "تذكرة السفر وحجز الفندق…"),
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


BEFORE_NUMBERS = [
    ("عدسة f/2.2", "عدسة f 2.2"),
    ("انتهى. + أخبار أخرى", "انتهى. أخبار أخرى"),
    ("بغرامة و/أو سجن", "بغرامة أو سجن"),
    ("~500 قتيل", "نحو 500 قتيل"),
    (">50 و <5", "أكثر من 50 و أقل من 5"),
    ("30+ دولة", "أكثر من 30 دولة"),
    ("+5000 موظف", "أكثر من 5000 موظف"),
    ("+966501234567 متاح", "+966501234567 متاح"),
    ("+20 درجة", "+20 درجة"),
    ("5x5", "5 في 5"),
    ("مقاسه (140/68.5/7) مم", "مقاسه 140 في 68.5 في 7 مم"),
    ("(3.2x1.5) متر", "3.2 في 1.5 متر"),
    ("100k متابع", "100 ألف متابع"),
    ("4K", "4K"),
    ("====", ""),
    ("90 كيلومتر/ساعة", "90 كيلومتر في الساعة"),
]


@pytest.mark.parametrize(("written", "spoken"), BEFORE_NUMBERS)
def test_signs_beside_a_number_become_words_before_it_is_read(written: str, spoken: str) -> None:
    assert symbols.first(written).split() == spoken.split()
