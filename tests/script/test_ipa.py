"""IPA → vowelled Arabic."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts_news.errors import ScriptError
from tts_news.script.ipa import arabic_of_ipa


@pytest.mark.parametrize(
    ("ipa", "arabic"),
    [
        ("ˈbaɣdaːd", "بَغْدَاد"),
        ("waːʃintˤun", "وَاشِنْطُن"),
        ("muħammad", "مُحَمَّد"),
        ("muħamːad", "مُحَمَّد"),
        ("ʔalʕiraːq", "أَلْعِرَاق"),
        ("tʃad", "تْشَد"),
        ("paris", "بَرِس"),
        ("uːsluː", "أُوسْلُو"),
        ("aːmina", "آمِنَ"),
        ("d͡ʒuːn", "جُون"),
        ("niuː joːrk", "نِؤُو يُورْك"),
    ],
)
def test_sounds_become_letters_and_marks(ipa: str, arabic: str) -> None:
    assert arabic_of_ipa(ipa) == unicodedata.normalize("NFC", arabic)


@given(st.text(max_size=30))
def test_anything_else_is_our_error(text: str) -> None:
    try:
        spoken = arabic_of_ipa(text)
    except ScriptError:
        return
    assert spoken.strip()


def test_a_sound_that_arabic_cannot_write_is_named() -> None:
    with pytest.raises(ScriptError, match="'5'"):
        arabic_of_ipa("ma5a")
