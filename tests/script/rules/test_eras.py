from __future__ import annotations

import pytest

from tts_news.script.rules import eras

LEFT_ALONE = [
    "مبنى (828 م)",
    "سباق 1500م",
    "على ارتفاع 2000م",
    "طول 100 م",
    "هم 5",
    "عام 2020",
]

REWRITTEN = [
    ("ه1445", "ألف وأربعمئة وخمسة وأربعين للهجرة"),
    ("656 ه / 1258 م", "ستمئة وستة وخمسين للهجرة / ألف ومئتين وثمانية وخمسين ميلادية"),
    ("(1258م)", "(ألف ومئتين وثمانية وخمسين ميلادية)"),
    ("عام 1445ه", "عام ألف وأربعمئة وخمسة وأربعين للهجرة"),
    ("سنة 2019م", "سنة ألفين وتسع عشرة ميلادية"),
    ("عام 1967م", "عام ألف وتسعمئة وسبعة وستين ميلادي"),
    ("2024م", "ألفين وأربعة وعشرين ميلادية"),
    ("1445-1446ه", "ألف وأربعمئة وخمسة وأربعين إلى ألف وأربعمئة وستة وأربعين للهجرة"),
    ("عام 323 ق.م", "عام ثلاثمئة وثلاثة وعشرين قبل الميلاد"),
    ("500 ق.م.", "خمسمئة قبل الميلاد"),
    ("القرن 5 ق.م", "القرن 5 قبل الميلاد"),
    ("القرن الثالث ه", "القرن الثالث الهجري"),
    ("القرن 19م", "القرن 19 الميلادي"),
    ("توفي 1352م", "توفي ألف وثلاثمئة واثنين وخمسين ميلادية"),
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_it_leaves_alone(text: str) -> None:
    assert eras.apply(text) == text


@pytest.mark.parametrize(("written", "spoken"), REWRITTEN)
def test_it_rewrites(written: str, spoken: str) -> None:
    # How many spaces stand between words is the last rule's business.
    assert eras.apply(written).split() == spoken.split()
