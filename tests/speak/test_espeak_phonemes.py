"""Phonemes in espeak-ng's letters."""

from __future__ import annotations

import pytest

from tts_news.errors import SpeakError
from tts_news.speak.espeak_phonemes import for_espeak
from tts_news.speak.phonemes import phonemise


@pytest.mark.parametrize(
        ("text", "given"),
    [
        ("الشَّمْسُ", "[[?|a|S:|'a|m|s|u]]"),
        ("طِفْلٌ.", "[[t[|'i.|f|l|u|n]]."),
        ("قَالَ، فِي الصِّينِ؟", "[[q|'a:|l|a]], [[f|'i]] [[s:|'i.:|n|i]]?"),
        ("يَقُولُ:", "[[j|a.|q|'u:|l|u]]:"),
        ("أَخْبَارُ الْمُرْتَفَعَاتِ…", "[[?|a|x|b|'a:|R|u]] [[l|m|u|R|t|a|f|a|A|'a:|t|i]]..."),
        ("ضَغَطَ ظُلْمٌ ثُمَّ حَجَّ", "[[dH|'a.|Q|a.|t[|a.]] [[Z|'u.|l|m|u|n]] [[T|'u|m:|a]] [[H|'a|dZ:|a]]"),
        ("وَاللَّهُ يَشْفِي، ذٰلِكَ الْيَوْمَ", "[[w|a|l:|'a.:|h|u]] [[j|'a|S|f|i:]], [[D|'a:|l|i|k|a]] [[l|j|'a|w|m|a]]"),
        ("بِيئَةٌ!", "[[b|'i:|?|a|t|u|n]]!"),
    ],
)  # fmt: skip
def test_words_stress_length_and_punctuation_are_spelled_as_espeak_wants(text: str, given: str) -> None:
    assert for_espeak(phonemise(text)) == given


def test_no_clause_is_longer_than_espeak_reads() -> None:
    text = "فَسَيَسْتَقْبِلُونَهُمَا " * 60
    given = for_espeak(phonemise(text))
    assert given.count("[[") == 60
    assert max(map(len, given.split(","))) <= 620


def test_a_word_longer_than_espeak_holds_is_refused() -> None:
    with pytest.raises(SpeakError, match="too long"):
        for_espeak(phonemise("بَ" * 40))
