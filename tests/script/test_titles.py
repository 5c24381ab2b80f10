"""What a chapter is called, by words of the article."""

from __future__ import annotations

import pytest

from tts_news.script.titles import opening_words, plain_title, short_title


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("وقال الوزير.", "وقال الوزير"),
        ("وقال الوزير إن الخطة ستبدأ غدا، وإنها تشمل المدن.", "وقال الوزير إن الخطة ستبدأ غدا…"),
        ("قال الوزير إن الخطة تبدأ، وتشمل", "قال الوزير إن الخطة تبدأ، وتشمل"),
        ('ملف <sub alias="الصحة العالمية">WHO</sub>[pause 1s]:', "ملف WHO"),
        ("", ""),
    ],
)
def test_the_first_words_name_a_chapter(text: str, words: str) -> None:
    assert opening_words(text) == words


@pytest.mark.parametrize("title", ["ردود الفعل", "ماذا يريد المعلمون؟", "01", "إعلان 2030: ما الجديد"])
def test_a_short_title_is_left_alone(title: str) -> None:
    assert short_title(plain_title(title)) == title
