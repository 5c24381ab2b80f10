from __future__ import annotations

import pytest

from tts_news.script.rules import powers

LEFT_ALONE = [
    "نص بلا قوى",
    "5 كم²",
    "^ _ ^",
]
REWRITTEN = [
    ("10⁶", "عشرة أس ستة"),
    ("10^9 خلية", "عشرة أس تسعة خلية"),
    ("2×10⁵ نواة", "2 في عشرة أس خمسة نواة"),
    ("10⁻³ غرام", "عشرة أس سالب ثلاثة غرام"),
    ("6.5x10^4", "6.5 في عشرة أس أربعة"),
    ("2^10", "اثنان أس عشرة"),
    ("80 م^2", "80 م²"),
    ("7 سم^3", "7 سم³"),
    ("10^(-4)", "عشرة أس سالب أربعة"),
    ("٣×١٠^٧", "٣ في عشرة أس سبعة"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert powers.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert powers.apply(text).split() == spoken.split()
