from __future__ import annotations

import pytest

from tts_news.script.rules import money

LEFT_ALONE = [
    "5 دول",
    "20 أفغانيا",
    "د.ك",
    "ID 12345",
    "م.ن 5",
]
REWRITTEN = [
    ("عند 7.15 درهم للشراء، و7.35 للبيع", "عند سبعة دراهم وخمسة عشر فلسا للشراء، وسبعة دراهم وخمسة وثلاثين فلسا للبيع"),
    ("$10", "عشرة دولارات"),
    ("10$", "عشرة دولارات"),
    ("100 ر.س", "مئة ريال سعودي"),
    ("5د.ك", "خمسة دنانير كويتية"),
    ("7.50 دولار", "سبعة دولارات وخمسون سنتا"),
    ("$1.5 مليار", "مليار ونصف المليار دولار"),
    ("50 USD", "خمسون دولارا أمريكيا"),
    ("€2.5M", "مليونان ونصف المليون يورو"),
    ("2 دولار أمريكي", "دولاران أمريكيان"),
    ("1.250 د.ك", "دينار كويتي ومئتان وخمسون فلسا"),
    ("0.99 دولار", "تسعة وتسعون سنتا"),
    ("ب200 دولار", "بمئتي دولار"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert money.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    assert money.apply(text) == spoken
