from __future__ import annotations

import pytest

from tts_news.script.rules import phones

LEFT_ALONE = [
    "سجل 12345 إصابة",
    "أظهرت الأرقام 500 حالة",
    "اتصل 500 شخص",
    "ثمن الهاتف 500 ريال",
    "المستشفى الوطني 12000 جريح",
    "انقطع الهاتف، 300 منزل",
    "رقم 33",
    "المادة 140",
    "القرار 2254",
    "1000000000 دولار",
    "1,250 شخص",
    "2023-2024",
    "صفر",
    "05",
]

REWRITTEN = [
    ("رمز التحقق 4821", "رمز التحقق أربعة ثمانية اثنان واحد"),
    ("اتصل على 911", "اتصل على تسعة واحد واحد"),
    ("0599123456", "صفر خمسة تسعة تسعة واحد اثنان ثلاثة أربعة خمسة ستة"),
    ("+966 50 1234567", "زائد تسعة ستة ستة، خمسة صفر، واحد اثنان ثلاثة أربعة خمسة ستة سبعة"),
    ("00966501234567", "صفر صفر تسعة ستة ستة خمسة صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة"),
    ("هاتف: 123456", "هاتف: واحد اثنان ثلاثة أربعة خمسة ستة"),
    ("الخط الساخن 16023", "الخط الساخن واحد ستة صفر اثنان ثلاثة"),
    ("الرقم المجاني 800-123-4567", "الرقم المجاني ثمانية صفر صفر، واحد اثنان ثلاثة، أربعة خمسة ستة سبعة"),
    ("العميل 007", "العميل صفر صفر سبعة"),
    ("رقم الهوية 1234567", "رقم الهوية واحد اثنان ثلاثة أربعة خمسة ستة سبعة"),
    ("12345678901", "واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة صفر واحد"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_it_leaves_alone(text: str) -> None:
    assert phones.apply(text) == text


@pytest.mark.parametrize(("written", "spoken"), REWRITTEN)
def test_it_rewrites(written: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert phones.apply(written).split() == spoken.split()


def test_an_account_number_is_said_in_its_groups() -> None:
    said = phones.accounts("الآيبان SA03 8000 0000 6080 1016 7519")
    assert said.startswith("الآيبان SA صفر ثلاثة، ثمانية صفر صفر صفر، ")
    assert said.count("،") == 5
