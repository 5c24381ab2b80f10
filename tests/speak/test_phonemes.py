"""Vowelled Arabic → phonemes: what is said, what is silent, what is refused."""

from __future__ import annotations

import contextlib
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tts_news.errors import SpeakError
from tts_news.speak.phonemes import phonemise
from tts_news.speak.phonemes.inventory import BORROWED, PHONES, VOWELS

LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱپچڤگ"
MARKS = "ًٌٍَُِّْٰ"


def spell(text: str) -> str:
    return phonemise(text).spell()


def test_a_case_ending_that_is_written_is_said() -> None:
    assert spell("كِتَابُ") == "k i t aa b u"


def test_empty_text_gives_no_phrases() -> None:
    assert phonemise("").phrases == ()
    assert phonemise(" ، . ").phrases == ()


def test_marks_may_stand_in_either_order() -> None:
    assert spell("مُدَرِّسٌ") == spell("مُدَرّ\u0650سٌ") == spell("مُدَر\u0650\u0651سٌ")


def test_composed_and_decomposed_letters_sound_alike() -> None:
    text = "أَسْئِلَةٌ آخِرُهَا مُؤْلِمٌ"
    assert spell(unicodedata.normalize("NFD", text)) == spell(text)


def test_words_of_one_phrase_are_joined_and_phrases_are_not() -> None:
    assert spell("فِي الْبَيْتِ") == "f i + l b a y t i"
    assert spell("فِي، الْبَيْتِ") == "f ii + ah a l b a y t i"


@pytest.mark.parametrize(
    ("mark", "tune"),
    [
        ("،", "comma"),
        (".", "stop"),
        ("؟", "question"),
        ("?", "question"),
        ("!", "exclamation"),
        (":", "colon"),
        ("؛", "comma"),
        ("…", "ellipsis"),
        ("", "none"),
        (".؟", "question"),
        ("،.", "stop"),
    ],
)
def test_the_mark_after_a_phrase_is_its_tune(mark: str, tune: str) -> None:
    assert [phrase.tune for phrase in phonemise(f"قَالَ نَعَمْ{mark}").phrases] == [tune]


def test_short_items_between_commas_are_a_list_and_other_commas_are_not() -> None:
    def tunes(text: str) -> list[str]:
        return [phrase.tune for phrase in phonemise(text).phrases]

    assert tunes("اِشْتَرَى خُبْزًا، وَتَمْرًا، وَعِنَبًا.") == ["list", "list", "stop"]
    assert tunes("قَالَ الْوَزِيرُ أَمْسِ، إِنَّ الْعَمَلَ بَدَأَ.") == ["comma", "stop"]
    assert tunes("فِي بَيْرُوتَ وَهِيَ عَاصِمَةُ لُبْنَانَ، نَعَمْ، نَعَمْ.") == ["comma", "comma", "stop"]


def test_a_phrase_knows_how_many_of_its_sentence_came_before() -> None:
    phrases = phonemise("قَالَ، نَعَمْ: لَا. ثُمَّ ذَهَبَ، وَعَادَ؟ نَعَمْ").phrases
    assert [phrase.place for phrase in phrases] == [0, 1, 2, 0, 1, 0]


def test_quotation_marks_are_silent_and_break_nothing() -> None:
    assert spell("قَالَ «نَعَمْ» لَهُ") == spell("قَالَ نَعَمْ لَهُ")


def test_what_is_quoted_and_what_is_said_aside_is_known() -> None:
    before, aside, after = phonemise("قَالَ الْوَزِيرُ (وَهُوَ عُضْوٌ) إِنَّ «الْعَمَلَ بَدَأَ» أَمْسِ.").phrases
    assert [phrase.aside for phrase in (before, aside, after)] == [False, True, False]
    assert [word.quoted for word in after.words] == [False, True, True, False]
    assert [word.quoted for word in phonemise('قَالَ "نَعَمْ" لَهُ').words] == [False, True, False]


def test_a_parenthesis_that_nobody_closed_ends_with_its_sentence() -> None:
    assert [phrase.aside for phrase in phonemise("قَالَ (نَعَمْ. ثُمَّ ذَهَبَ،").phrases] == [False, True, False]


def test_a_hyphen_parts_words() -> None:
    assert spell("قَالَ-نَعَمْ") == "q aa l a + n a E a m"


@pytest.mark.parametrize(
    ("text", "letter"),
    [("قَالَ 5", "'5'"), ("abc", "'a'"), ("قَالَ $", "'$'"), ("قَالَ ۵", "'۵'"), ("한", "'한'"), ("😀", "U+1F600")],
)
def test_what_is_no_arabic_letter_is_named(text: str, letter: str) -> None:
    with pytest.raises(SpeakError, match="not a letter") as caught:
        phonemise(text)
    assert letter in str(caught.value)


def test_an_invisible_character_is_named_by_its_code_point() -> None:
    with pytest.raises(SpeakError, match=r"U\+200F"):
        phonemise("قَالَ\u200f")


@pytest.mark.parametrize(("text", "letter"), [("كتب", "ك"), ("محمد", "م"), ("ب", "ب"), ("كِتَابٌ من", "م")])
def test_a_word_without_vowels_is_refused_by_its_letter(text: str, letter: str) -> None:
    with pytest.raises(SpeakError, match="no vowel mark") as caught:
        phonemise(text)
    assert f"'{letter}'" in str(caught.value)
    assert caught.value.hint


def test_a_long_vowel_is_vowel_enough() -> None:
    assert spell("قال في ما لا") == "q aa l + f ii + m aa + l aa"


def test_emphatic_spread_stops_at_the_word() -> None:
    assert spell("أَقَلُّ") == "ah A q a ll u"
    assert spell("كَتَبَ قَلَمٌ") == "k a t a b a + q a l a m ua n"


@pytest.mark.parametrize(
    ("word", "stressed"),
    [
        ("كَتَبَ", 0), ("كِتَابٌ", 1), ("مَدْرَسَةٌ", 1), ("كِتَابْ", 1), ("مُدَرِّسٌ", 1), ("اسْتَقْبَلَ", 1),
        ("يَكْتُبُونَ", 2), ("مَكْتَبَةٌ", 1), ("قَالَ", 0), ("مُسْتَقِلّ", 2),
    ],
)  # fmt: skip
def test_stress_falls_on_the_last_heavy_syllable(word: str, stressed: int) -> None:
    assert phonemise(word).words[0].stress == stressed


def test_syllables_start_with_one_consonant() -> None:
    word = phonemise("يَسْتَقْبِلُ").words[0]
    assert [word.phones[a:b] for a, b in pairwise([*word.syllables, len(word.phones)])] == [
        ("y", "a", "s"), ("t", "A", "q"), ("b", "i"), ("l", "u")
    ]  # fmt: skip


def test_two_thousand_words_are_all_there() -> None:
    assert len(phonemise("كَتَبَ الطَّالِبُ " * 1000).words) == 2000


@pytest.mark.parametrize("text", ["\u0629\u0651", "\u0629\u0652"])  # ة with a shadda, with a sukun
def test_a_word_of_silent_letters_alone_is_refused(text: str) -> None:
    with pytest.raises(SpeakError, match="no vowel mark"):
        phonemise(text)


@given(st.text(alphabet=LETTERS + MARKS + " ،.؟", max_size=60))
def test_any_arabic_is_phones_or_our_error(text: str) -> None:
    try:
        phonemes = phonemise(text)
    except SpeakError:
        return
    for word in phonemes.words:
        assert word.phones
        assert set(word.phones) <= {*PHONES, *BORROWED}
        assert 0 <= word.stress < len(word.syllables)
        assert list(word.syllables) == sorted(set(word.syllables))


@given(st.text(max_size=40))
def test_any_text_is_phones_or_our_error(text: str) -> None:
    with contextlib.suppress(SpeakError):
        phonemise(text)


def test_every_vowel_and_consonant_is_a_row_of_the_model() -> None:
    assert len(PHONES) == len(set(PHONES)) == 72
    assert set(PHONES) >= VOWELS
    assert set(PHONES) >= set(BORROWED.values())
    assert not set(PHONES) & set(BORROWED)
