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
