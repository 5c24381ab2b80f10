from __future__ import annotations

import pytest

from tts_news.script.rules import percent

LEFT_ALONE = [
    "50",
    "مئة بالمئة",
]
REWRITTEN = [
    ("50%", "خمسون بالمئة"),
    ("%12", "اثنا عشر بالمئة"),
    ("60% - 70%", "ستون بالمئة إلى سبعين بالمئة"),
    ("-1.2%", "سالب واحد فاصل اثنان بالمئة"),
    ("ب20%", "بعشرين بالمئة"),
    ("10% بالمئة", "10 بالمئة"),
    ("5‰", "خمسة بالألف"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert percent.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    assert percent.apply(text) == spoken
