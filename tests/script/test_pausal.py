from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts_news.script.pausal import pausal, pausal_word

SAID = {
    "كِتَابُ": "كِتَابْ",
    "كِتَابٌ": "كِتَابْ",
    "كِتَابٍ": "كِتَابْ",
    "كِتَابًا": "كِتَابَا",
    "كِتَاباً": "كِتَابَا",
    "هُدًى": "هُدَى",
    "هُدىً": "هُدَى",
    "مَاءً": "مَاءَا",
    "مَاءٍ": "مَاءْ",
    "مَدِينَةٍ": "مَدِينَهْ",
    "مَدِينَةً": "مَدِينَهْ",
    "مَدِينَةُ": "مَدِينَهْ",
    "مَدِينَة": "مَدِينَهْ",
    "مِصْرِيٌّ": "مِصْرِيّ",
    "مِصْرِيًّا": "مِصْرِيَّا",
    "الْحَقُّ": "الْحَقّ",
    "رَضِيَ": "رَضِي",
    "كِتَابُهُ": "كِتَابُهْ",
    "قَالَ": "قَالْ",
    "الْمُسْلِمُونَ": "الْمُسْلِمُونْ",
    "شَيْءٍ": "شَيْءْ",
}

STAYS = ("كِتَابْ", "هُوَ", "هِيَ", "كِتَابُهَا", "الْمُسْتَشْفَى", "يَدْعُو", "قَالُوا", "بَارِيس", "لَهُمْ", "")


@pytest.mark.parametrize(("full", "said"), SAID.items())
def test_before_a_pause_a_word_loses_its_ending(full: str, said: str) -> None:
    assert pausal_word(unicodedata.normalize("NFC", full)) == unicodedata.normalize("NFC", said)


@pytest.mark.parametrize("word", STAYS)
def test_left_alone(word: str) -> None:
    assert pausal_word(word) == word


def test_only_words_before_a_pause_change() -> None:
    full = "ذَهَبَ الرَّجُلُ إِلَى الْمَدِينَةِ، ثُمَّ عَادَ مِنَ الْمَدِينَةِ إِلَى الْبَيْتِ."
    said = "ذَهَبَ الرَّجُلُ إِلَى الْمَدِينَهْ، ثُمَّ عَادَ مِنَ الْمَدِينَةِ إِلَى الْبَيْتْ."
    assert pausal(unicodedata.normalize("NFC", full)) == unicodedata.normalize("NFC", said)


@pytest.mark.parametrize("end", ["", ".", "!", "؟", "،", "؛", ":", "…", "»", "».", ")", " –", "\n"])
def test_every_pause_mark_and_the_end_make_a_pause(end: str) -> None:
    assert pausal("فِي الْبَيْتِ" + end) == "فِي الْبَيْتْ" + end


def test_an_opening_quote_or_bracket_makes_none() -> None:
    assert pausal("قَالَ «نَعَمْ» لَهُ (أَمْسِ) وَذَهَبَ").startswith("قَالَ «نَعَمْ» لَهُ (أَمْسِ)")


@given(st.text(alphabet="ابةتىيوهء ًٌٍَُِّْ،.»\n", max_size=200))
def test_a_pausal_text_is_the_same_said_twice_and_stays_nfc(text: str) -> None:
    once = pausal(text)
    assert unicodedata.is_normalized("NFC", once)
    assert len(once.split()) == len(unicodedata.normalize("NFC", text).split())
