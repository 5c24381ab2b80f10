from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts_news import arabic

TEXTS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x6FF, exclude_categories=["Cs"]), max_size=40)


def test_every_mark_is_a_mark_and_every_letter_a_letter() -> None:
    assert {unicodedata.category(mark) for mark in arabic.MARKS} == {"Mn"}
    letters = [chr(code) for code in range(0x600, 0x700) if re.fullmatch(f"[{arabic.LETTERS}]", chr(code))]
    assert {unicodedata.category(letter) for letter in letters} == {"Lo"}
    assert len(letters) == 37  # 28 letters; six with hamza; ة ى ٱ
    assert not re.search(f"[{arabic.ARABIC}]", "\u0640"), "tatweel is no letter"


def test_a_word_is_taken_apart_into_letters_with_their_marks() -> None:
    assert list(arabic.clusters("م\u064eد\u0651\u064e")) == [("م", "\u064e"), ("د", "\u0651\u064e")]


def test_the_stronger_marks_win_and_a_lone_shadda_takes_the_weaker_vowel() -> None:
    assert arabic.merge_marks("مد\u0651", "م\u064eد\u064e") == "م\u064eد\u0651\u064e"
    assert arabic.merge_marks("م\u0650د", "م\u064eد\u064f") == "م\u0650د\u064f"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الأمم المتحدة", "الامم المتحده"),
        ("قَالَ الوزيرُ", "قال  الوزير:"),
        ("على\u200f هدى", "علي هدي"),
        ("عـــاجل", "عاجل"),
        ("کی", "كي"),
        ("ﻻ", "لا"),
        ("12 مايو", "30 مايو"),
    ],
)
def test_a_line_typed_two_ways_has_one_key(one: str, other: str) -> None:
    assert arabic.key(one) == arabic.key(other)


def test_lines_that_differ_in_a_word_have_two_keys() -> None:
    assert arabic.key("قال الوزير") != arabic.key("قالت الوزيرة")


@given(TEXTS)
def test_what_is_tidy_stays_tidy_and_bare_text_has_no_marks(text: str) -> None:
    tidy = arabic.tidy(text)
    assert arabic.tidy(tidy) == tidy
    assert not set(arabic.bare(text)) & set(arabic.MARKS)
    assert arabic.bare(text) == "".join(letter for letter in text if letter not in arabic.MARKS)


@given(TEXTS)
def test_words_and_their_places_agree(text: str) -> None:
    assert [text[start:end] for start, end in arabic.word_spans(text)] == arabic.words(text)


@pytest.mark.parametrize(
    ("text", "ends", "closed", "announces"),
    [
        ("انتهى.", True, True, False),
        ("قال «نعم.»", True, True, False),
        ("وهي:", True, False, True),
        ("أولا؛", True, False, False),
        ("عنوان", False, False, False),
        ("لماذا؟", True, True, False),
    ],
)
def test_how_a_line_ends(text: str, ends: bool, closed: bool, announces: bool) -> None:
    assert (arabic.ends_sentence(text), arabic.is_closed(text), arabic.announces(text)) == (ends, closed, announces)


@pytest.mark.parametrize(
    ("word", "has"), [("الفية", True), ("اَلْبيت", True), ("ٱلبيت", True), ("ألفية", False), ("بيت", False)]
)
def test_the_article_has_no_hamza(word: str, has: bool) -> None:
    assert arabic.has_article(word) is has


def test_letters_of_sister_languages_count_as_arabic_script_but_are_no_letters_of_arabic() -> None:
    assert arabic.count_arabic("گپ") == 2
    assert arabic.count_letters("گپ") == 0
