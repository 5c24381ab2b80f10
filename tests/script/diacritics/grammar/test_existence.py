from __future__ import annotations

import pytest

from tts_news.script import diacritise


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("افتتحت الوزارة المعرض", "افْتَتَحَتِ الْوِزَارَةُ"),  # the vote makes اِفْتُتَحَتِ of it
        ("غطت الثلوج قمم الجبال.", "غَطَّتِ الثُّلُوجُ"),
    ],
)
def test_what_is_no_word_is_read_as_the_nearest_that_is(text: str, said: str) -> None:
    assert diacritise(text).startswith(said)


@pytest.mark.parametrize("word", ["طُوكْيُو", "تَرَامْب", "الْبُنْدُقِيَّةِ"])
def test_names_the_table_lacks_are_left_to_the_models(word: str) -> None:
    from tts_news.script.diacritics.marks import strip

    said = diacritise(f"وصل إلى {strip(word)} أمس.")
    assert said.split()[2].startswith(word[:-1])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # Both are words; the press writes the first of each pair thirty times as often, and the models doubt.
        ("أصدرت المحكمة حكما بسجن ثلاثة متهمين.", "مُتَّهَمِينَ"),
        ("دشنت الوزارة مركزا جديدا.", "دَشَّنَتِ"),
        ("حكمت المحكمة على رجل متهم بالسرقة.", "مُتَّهَمٍ"),
    ],
)
def test_of_two_words_the_commoner_one_is_read(text: str, said: str) -> None:
    assert said in diacritise(text).replace(".", "").split()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ضرب الزلزال المدينة.", "ضَرَبَ"),  # the noun is as common
        ("فتحت المدرسة أبوابها.", "فَتَحَتِ"),  # the passive too
    ],
)
def test_what_kind_of_word_it_is_the_sentence_tells(text: str, said: str) -> None:
    assert said in diacritise(text).replace(".", "").split()
