from __future__ import annotations

import pytest

from tts_news.script.cases import decide
from tts_news.script.diacritics import load
from tts_news.script.rules import counting

LEFT_ALONE = [
    "كم عدد القتلى",
    "3:1",
    "007",
    "ال5",
]
REWRITTEN = [
    ("في 41 طائرة مسيرة من أصل 58 أطلقتها", "في إحدى وأربعين طائرة مسيرة من أصل ثمان وخمسين أطلقتها"),
    ("في 3 رجال من أصل 5", "في ثلاثة رجال من أصل خمسة"),
    ("3 كتب", "ثلاثة كتب"),
    ("3 دول", "ثلاث دول"),
    ("1 كتاب", "كتاب واحد"),
    ("2 دولة", "دولتان"),
    ("2 مليون شخص", "مليونا شخص"),
    ("1.5 مليون", "مليون ونصف المليون"),
    ("100 شخص", "مئة شخص"),
    ("200 شخص", "مئتا شخص"),
    ("101 دولة", "مئة دولة ودولة"),
    ("15 كتاب", "خمسة عشر كتابا"),
    ("15 وزير خارجية", "خمسة عشر وزير خارجية"),
    ("3 مشتبه بهم", "ثلاثة مشتبه بهم"),
    ("4 من الدول", "أربع من الدول"),
    ("12 آخرين", "اثنا عشر آخرين"),
    ("ب12 دولة", "باثنتي عشرة دولة"),
    ("3 أو 4 دول", "ثلاث أو أربع دول"),
    ("2 محام", "محاميان"),
    ("قتل 2 جندي إسرائيلي", "قتل جنديان إسرائيليان"),
    ("ب2 ميدالية ذهبية", "بميداليتين ذهبيتين"),
    ("سجل اللاعب 2 هدف رائع", "سجل اللاعب هدفين رائعين"),
    ("فقد 2 وثيقة مهمة", "فقد وثيقتان مهمتان"),
    ("مع 2 صورة عائلة", "مع صورتين عائلة"),
    ("و2 ملحقين", "وملحقين"),
    ("ب2 مصابين", "بمصابين"),
    ("2 تأمين", "تأمينان"),
    ("احترقت 2 سيارة إسعاف", "احترقت سيارتا إسعاف"),
    ("صدر 2 حكم عليه", "صدر حكمان عليه"),
    ("و200 آخرين", "ومئتان آخرين"),
]


def decided(text: str) -> str:
    """The text with the cases that its sentence tells."""
    return decide(text, lambda _: {}, load)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert counting.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    assert decided(counting.apply(text)) == spoken
