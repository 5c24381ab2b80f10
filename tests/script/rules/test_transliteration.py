from __future__ import annotations

import pytest

from tts_news.arabic import ARABIC
from tts_news.script.rules.transliteration import spell, transliterate

NAMES = [
    ("Smith", "سميث"),
    ("Schneider", "شنايدر"),
    ("Henry", "هنري"),
    ("Harris", "هاريس"),
    ("Müller", "مولر"),
    ("Phillip", "فيليب"),
    ("White", "وايت"),
    ("Pelé", "بيليه"),
    ("Price", "برايس"),
    ("Blake", "بليك"),
    ("Wood", "وود"),
    ("Wallace", "والاس"),
    ("Путин", "بوتين"),
    ("Москва", "موسكفا"),
    ("α", "ألفا"),
]


@pytest.mark.parametrize(("name", "arabic"), NAMES)
def test_a_name_is_written_as_newsrooms_write_it(name: str, arabic: str) -> None:
    assert transliterate(name) == arabic


def test_a_word_without_vowels_is_spelt() -> None:
    assert transliterate("hjk") == "إتش جيه كيه"


def test_letters_go_by_their_names() -> None:
    assert spell("FBI") == "إف بي آي"


@pytest.mark.parametrize("word", ["Xzqw", "Aeiou", "Ňukuʻalofa", "Ærø", "ßtraße", "Łódź", "İstanbul", "Τσίπρας"])
def test_only_arabic_letters_come_out(word: str) -> None:
    said = transliterate(word)
    assert said
    assert all(char == " " or "\u0621" <= char <= "\u064a" for char in said), (said, ARABIC)


def test_what_has_no_letters_gives_nothing() -> None:
    assert transliterate("漢字") == ""
