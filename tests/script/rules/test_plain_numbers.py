from __future__ import annotations

import pytest

from tts_news.script.cases import decide
from tts_news.script.diacritics import load
from tts_news.script.rules import plain_numbers

LEFT_ALONE = [
    "لا رقم هنا",
]
REWRITTEN = [
    ("7", "سبعة"),
    ("-7", "سالب سبعة"),
    ("+5", "زائد خمسة"),
    ("3:1", "ثلاثة إلى واحد"),
    ("2+2=4", "اثنان زائد اثنان يساوي أربعة"),
    ("007", "صفر صفر سبعة"),
    ("2.5", "اثنان ونصف"),
    ("ب3", "بثلاثة"),
    (
        "1234567890123456789012345",
        (
            "واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة صفر "
            "واحد اثنان ثلاثة أربعة خمسة"
        ),
    ),
    ("قتل3 وأصيب", "قتل ثلاثة وأصيب"),
]


def decided(text: str) -> str:
    """The text with the cases that its sentence tells."""
    return decide(text, lambda _: {}, load)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert plain_numbers.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    assert decided(plain_numbers.apply(text)) == spoken
