from __future__ import annotations

import pytest

from tts_news.script.rules import restated

LEFT_ALONE = [
    "رجل (2)",
    "قتل (5) خمسة عشر",
    "في 5 أكتوبر",
    "المادة (7) ثماني فقرات",
    "9 آلاف",
]
REWRITTEN = [
    ("وفاة رجلين (2) وجرح", "وفاة رجلين وجرح"),
    ("غرامة (3000) ثلاثة آلاف درهم", "غرامة ثلاثة آلاف درهم"),
    ("مبلغ 250 (مئتين وخمسين) دينارا", "مبلغ مئتين وخمسين دينارا"),
    ("سبعة (7) أيام", "سبعة أيام"),
    ("بستة (6) أصوات", "بستة أصوات"),
    ("عشرون ألفا (20,000) نسخة", "عشرون ألفا نسخة"),
    ("(1.500) ألف وخمسمئة شتلة", "ألف وخمسمئة شتلة"),
    ("خلال (30) ثلاثين يوما", "خلال ثلاثين يوما"),
    ("ثلاثة ملايين (3.000.000) ليرة", "ثلاثة ملايين ليرة"),
    ("(12) اثني عشر شهرا", "اثني عشر شهرا"),
    ("«15» خمسة عشر عضوا", "خمسة عشر عضوا"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_left_alone(text: str) -> None:
    assert restated.apply(text) == text


@pytest.mark.parametrize(("text", "spoken"), REWRITTEN)
def test_rewritten(text: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert restated.apply(text).split() == spoken.split()
