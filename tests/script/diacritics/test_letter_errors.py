from __future__ import annotations

import pytest

from tts_news.script.diacritics.letter_errors import Errors, errors

SAME = [
    ("الْبَيْتُ", "البَيتُ"),
    ("كِتَابًا", "كِتاباً"),
    ("فِي", "في"),
    ("إِلَى", "إلى"),
    ("الشَّمْسُ", "الشَمسُ"),
    ("هٰذَا", "هَذَا"),
    ("مُوسَى", "موسى"),
]
OTHER = [
    ("كَتَبَ", "كُتِبَ", 2),
    ("الْبَيْتُ", "الْبَيْتِ", 1),
    ("عَلَّمَ", "عَلِمَ", 1),
    ("بَيْتٌ", "بَيْت", 1),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_that_sound_the_same_are_the_same(one: str, other: str) -> None:
    assert errors(one, other).wrong == 0


@pytest.mark.parametrize(("one", "other", "wrong"), OTHER)
def test_what_sounds_different_counts_a_letter_each(one: str, other: str, wrong: int) -> None:
    assert errors(one, other).wrong == wrong


def test_changed_letters_make_a_text_wrong_throughout() -> None:
    assert errors("إِلَى الْبَيْتِ", "الَى الْبَيْتِ") == Errors(8, 8, 0)


def test_the_last_letter_of_a_word_counts_as_its_ending() -> None:
    assert errors("بَيْتٌ", "بَيْتٍ") == Errors(1, 3, 1)
