"""Numbers with decimals and scale words, in three cases."""

from __future__ import annotations

import pytest

from tts_news.script.rules.grammar import Case
from tts_news.script.rules.nouns import Noun
from tts_news.script.rules.quantity import Quantity, say

DOLLAR = Noun("دولار", "m", "دولارات")

SAID: list[tuple[str, str, Case, str]] = [
    ("1.2", "مليار", "nom", "مليار ومئتا مليون دولار"),
    ("1.2", "مليار", "gen", "مليار ومئتي مليون دولار"),
    ("1.2", "مليار", "acc", "مليارا ومئتي مليون دولار"),
    ("27.3", "مليار", "acc", "سبعة وعشرين مليارا وثلاثمئة مليون دولار"),
    ("0.8", "مليون", "nom", "ثمانمئة ألف دولار"),
    ("10.333", "مليون", "nom", "عشرة ملايين وثلاثمئة وثلاثة وثلاثون ألف دولار"),
    ("2.5", "مليون", "acc", "مليونين ونصف المليون دولار"),
    ("4.25", "مليون", "gen", "أربعة ملايين وربع المليون دولار"),
    ("3.1415", "مليون", "nom", "ثلاثة فاصل واحد أربعة واحد خمسة مليون دولار"),
]


@pytest.mark.parametrize(("number", "scale", "case", "words"), SAID)
def test_decimals_before_a_scale_word(number: str, scale: str, case: Case, words: str) -> None:
    assert say(Quantity.of(number, scale), DOLLAR, case) == words


def test_a_half_has_the_case_of_its_number() -> None:
    assert say(Quantity.of("3.5"), None, "acc") == "ثلاثة ونصفا"
    assert say(Quantity.of("3.5"), None, "gen") == "ثلاثة ونصف"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("4.173", "أربعة فاصل مئة وثلاثة وسبعين دولارا"),
        ("4.35", "أربعة فاصل خمسة وثلاثين دولارا"),
        ("4.3", "أربعة فاصل ثلاثة دولار"),
        ("4.087", "أربعة فاصل صفر سبعة وثمانين دولار"),
    ],
)
def test_what_decimals_of_two_or_three_places_count(number: str, words: str) -> None:
    assert say(Quantity.of(number), DOLLAR, "gen") == words
