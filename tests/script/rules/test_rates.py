from __future__ import annotations

import pytest

from tts_news.script.rules import rates

LEFT_ALONE = [
    "60 كم/س",
    "الدولة/النظام",
    "5 م/ث",
    "3/4 كغ",
]
REWRITTEN = [
    ("ضخ 50 مليون م3/يوم", "ضخ 50 مليون م³ في اليوم"),
    ("و200 لتر/يوم", "و200 لتر في اليوم"),
    ("20 نانوغراما/ مليلتر", "20 نانوغراما في المليلتر"),
    ("9 ملغ/ل", "9 ملغ في اللتر"),
    ("40 طنا/هكتار", "40 طنا في الهكتار"),
    ("120 نسمة/كم²", "120 نسمة في الكيلومتر المربع"),
    ("900 ريال/م²", "900 ريال للمتر المربع"),
    ("75 دولارا/برميل", "75 دولارا للبرميل"),
    ("3 م/ث²", "3 م في الثانية المربعة"),
    ("12 ميكروغراما/م³", "12 ميكروغراما في المتر المكعب"),
    ("250 واط/م²", "250 واط في المتر المربع"),
    ("15 لترا/دقيقة", "15 لترا في الدقيقة"),
    ("2 مليون طن/سنة", "2 مليون طن في السنة"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert rates.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert rates.apply(text).split() == spoken.split()
