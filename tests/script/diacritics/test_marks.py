from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tts_news.script.diacritics.marks import (
    FATHA,
    READINGS,
    SHADDA,
    SUKUN,
    allowed_readings,
    is_mark,
    merge,
    put_together,
    strip,
    take_apart,
)

any_text = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
arabic = st.text(alphabet="ابتثكلمنهويىةءأإآ ،.ًٌٍَُِّْٰٓـ\n1aگ\u200b")


@given(any_text | arabic)
def test_a_text_taken_apart_is_put_together_again(text: str) -> None:
    apart = take_apart(text)
    assert put_together(apart.lead, apart.bases, apart.marks) == unicodedata.normalize("NFC", text)
    assert len(apart.bases) == len(apart.marks)


@given(any_text | arabic)
def test_bases_hold_no_mark_and_strip_gives_them(text: str) -> None:
    apart = take_apart(text)
    assert not any(map(is_mark, apart.bases))
    assert strip(text) == unicodedata.normalize("NFC", apart.bases)


def test_readings_are_in_nfc_order_and_different() -> None:
    assert len(set(READINGS)) == 14
    assert all(unicodedata.normalize("NFC", "ب" + r) == "ب" + r for r in READINGS)


def test_a_lone_shadda_lets_every_vowel_through() -> None:
    assert len(allowed_readings(SHADDA)) == 6
    assert merge(SHADDA, FATHA + SHADDA) == SHADDA + FATHA


def test_a_vowel_or_sukun_of_the_author_is_complete() -> None:
    assert allowed_readings(FATHA) == ()
    assert allowed_readings(SUKUN) == ()
    assert allowed_readings(FATHA + SHADDA) == ()


def test_a_letter_without_marks_is_free() -> None:
    assert allowed_readings("") == READINGS
