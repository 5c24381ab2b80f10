"""Phonemes in espeak-ng's letters."""

from __future__ import annotations

import pytest

from tts_news.speak.espeak_phonemes import for_espeak
from tts_news.speak.phonemes import phonemise


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("الشَّمْسُ", "[[?|a|S:|'a|m|s|u]]"),
        ("طِفْلٌ.", "[[t[|'i.|f|l|u|n]]."),
        ("قَالَ، فِي الصِّينِ؟", "[[q|'a:|l|a]], [[f|'i]] [[s[:|'i.:|n|i]]?"),
        ("يَقُولُ:", "[[j|a.|q|'u:|l|u]]:"),
        ("بِيئَةٌ!", "[[b|'i:|?|a|t|u|n]]!"),
    ],
)  # fmt: skip
def test_words_stress_length_and_punctuation_are_spelled_as_espeak_wants(text: str, given: str) -> None:
    assert for_espeak(phonemise(text)) == given
