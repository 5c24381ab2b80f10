from __future__ import annotations

import re

import pytest

from tts_news.script.rules import units

LEFT_ALONE = [
    "كم عدد",
    "هم 5 أشخاص",
    "سم الأفعى",
    "مل الجمهور",
    "5 مدن",
    "3 غرف",
]
REWRITTEN = [
    ("إلى 12 م³ في الثانية", "إلى اثني عشر مترا مكعبا في الثانية"),
    ("من 2.35 متر", "من مترين وخمسة وثلاثين سنتيمترا"),
    ("من 0.85 م", "من خمسة وثمانين سنتيمترا"),
    ("إلى 35 طن قمح", "إلى خمسة وثلاثين طن قمح"),
    ("إلى 35 طن أمس", "إلى خمسة وثلاثين طنا أمس"),
    ("خلال ال42 كم", "خلال الاثنين والأربعين كيلومترا"),
    ("بسرعة 6 كيلو مترات", "بسرعة ستة كيلومترات"),
    ("في 430ppi", "في أربعمئة وثلاثين بكسل في البوصة"),
    ("5 كم", "خمسة كيلومترات"),
    ("2 كم", "كيلومتران"),
    ("50 كم²", "خمسون كيلومترا مربعا"),
    ("120 كم/س", "مئة وعشرون كيلومترا في الساعة"),
    ("-5 درجات", "خمس درجات تحت الصفر"),
    ("-10°م", "عشر درجات مئوية تحت الصفر"),
    ("37.5 درجة", "سبع وثلاثون درجة ونصف"),
    ("250 مل", "مئتان وخمسون مليلترا"),
    ("10 km", "عشرة كيلومترات"),
    ("6.3 درجات", "ستة فاصل ثلاثة درجات"),
    ("500 ميغاوات", "خمسمئة ميغاوات"),
    ("2 جيجاوات", "جيجاواتان"),
    ("30 MW", "ثلاثون ميغاواط"),
    ("7 كيلومتر مربع", "سبعة كيلومترات مربعة"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert units.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    assert units.apply(text) == spoken


@pytest.mark.parametrize("form", ["{n}{sign}", "{n} {sign} من", "ب{n} مليون {sign}،", "{n} {parted}", "-{n} {sign}."])
def test_no_sign_is_missed_for_which_the_pattern_is_compiled(form: str) -> None:
    for sign in units.by_sign():
        parted = re.sub(r"(?<=[ء-ي])(?=[23])", " ", sign).replace(".", " . ")
        text = form.format(n="5", sign=sign, parted=parted)
        assert units._may_hold_sign(text) or not units._signed().search(text), text


def test_a_count_of_people_compiles_no_list_of_units() -> None:
    assert not units._may_hold_sign("قال الوزير إن 25 شخصا حضروا الاجتماع.")
