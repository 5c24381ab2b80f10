"""The author's marks find their words again after the rules."""

from __future__ import annotations

import pytest

from tts_news.script.author_marks import given_marks


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        ("كتاب بلا علامات", "كتاب بلا علامات", []),
        ("في عَمَّان", "في عمان", [(1, "عَمَّان")]),
        ("وأُسر 5", "وأسر خمسة", [(0, "وَأُسِرَ")]),
        ("بين أُسر 5", "بين أسر خمسة", [(1, "أُسر")]),
        ("3 رِجال", "ثلاثة رجال", [(1, "رِجال")]),
        ("عام 2024 في عَمَّان", "عام ألفين وأربعة وعشرين في عمان", [(5, "عَمَّان")]),
        ("25 رَجل", "خمسة وعشرون رجلا", []),  # the rules changed the word: its marks are of another form
        ("من مَن ثم من", "من من ثم من", [(1, "مَن")]),
    ],
)
def test_a_marked_word_is_paired_with_the_word_it_became(text: str, said: str, expected: list[tuple[int, str]]) -> None:
    assert list(given_marks(text, said)) == expected


def test_in_a_very_long_sentence_words_are_paired_in_turn() -> None:
    text = "كلمة 3 عَمَّان " * 700
    said = "كلمة ثلاثة عمان " * 700
    assert list(given_marks(text, said)) == [(3 * n + 2, "عَمَّان") for n in range(700)]
