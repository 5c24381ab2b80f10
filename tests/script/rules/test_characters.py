from __future__ import annotations

import unicodedata

import pytest

from tts_news.script.rules import characters

LEFT_ALONE = [
    "بالGPT",
    "قال الوزير، إن القمة ستعقد.",
    "الشَّمْسُ وَالْقَمَرُ",
    "10 كم² و5 م³",
    "plain ASCII, 3.5%",
]

REWRITTEN = [
    ("35 º م", "35 ° م"),
    ("4%طوال", "4% طوال"),
    ("1933من", "1933 من"),
    ("16 نائبآ", "16 نائبا"),
    ("يستخدمGPT هنا", "يستخدم GPT هنا"),
    ("في الصحيفة الرسمية0", "في الصحيفة الرسمية."),
    ("88 ـ 81", "88-81"),
    ("٢٠٢٤ و۱۲۳ و１２３", "2024 و123 و123"),
    ("٥٠٪", "50%"),
    ("٣٬٤٥٠٫٥", "3,450.5"),
    ("١،٢٣٤،٥٦٧", "1,234,567"),
    ("2\u00a0500 و1\u202f250\u202f000", "2500 و1250000"),
    ("2½", "2.5"),
    ("½", "1/2"),
    ("3¾", "3.75"),
    ("2⅓", "2 1/3"),
    ("100 m²", "100 m²"),
    ("50 ﷼", "50  ريال "),
    ("محمد ﷺ", "محمد  صلى الله عليه وسلم "),
    ("ﺍﻟﺮﺋﻴﺲ ﻻ", "الرئيس لا"),
    ("عبـــد الله", "عبد الله"),
    ("لـ3 والـ 15", "ل3 وال15"),
    ("1445هـ", "1445ه"),
    ("لـ«الجزيرة»", "للجزيرة»"),
    ("بـ «حماس»", "بحماس»"),
    ("\u202bقال\u202c\u200f \ufeffنعم\u061c", "قال نعم"),
    ("كل\u00adمة", "كلمة"),
    ("5–7 و2020—2023", "5-7 و2020-2023"),
    ("ٱلله", "الله"),
    ("15رجلا", "15 رجلا"),
    ("في2020", "في 2020"),
    ("20و30", "20 و30"),
    ("℃ 25", "°C 25"),
    ("№ 5", " رقم  5"),
    ("كأس العالم™", "كأس العالم"),
    ("“نعم”", '"نعم"'),
    ("\x00نص\x07", " نص "),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_it_leaves_alone(text: str) -> None:
    assert characters.apply(text) == text


@pytest.mark.parametrize(("written", "spoken"), REWRITTEN)
def test_it_rewrites(written: str, spoken: str) -> None:
    assert characters.apply(written) == spoken


def test_no_presentation_form_is_left() -> None:
    forms = [*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)]
    said = characters.apply(" ".join(f"ا{chr(code)}ا" for code in forms if unicodedata.category(chr(code)) != "Cn"))
    left = {char for char in said if 0xFB50 <= ord(char) <= 0xFDFF or 0xFE70 <= ord(char) <= 0xFEFC}
    assert left <= set("﴾﴿")


def test_the_text_is_in_nfc() -> None:
    said = characters.apply("ا\u0653لاف ال\u0651\u064eذي")
    assert said == unicodedata.normalize("NFC", said)
    assert said.startswith("آلاف")
