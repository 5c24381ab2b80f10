"""Letter names of acronyms and codes, which a model that sees the letters takes for particles."""

from __future__ import annotations

import pytest

from tts_news.script import normalise
from tts_news.script.letter_names import marked_letter, spelt_acronyms, spelt_codes

CODES = [
    ("غاز SO2 في الجو", [("SO2", "إِسْ أُو تُو")]),
    ("سلالة H7N9 جديدة", [("H7N9", "إِتْشْ سبعة إِنْ تسعة")]),
    ("المتحور JN.1", [("JN.1", "جِيهْ إِنْ واحد")]),
    ("معيار ISO 27001:2013", [("ISO 27001:2013", "آيْ إِسْ أُو سبعة وعشرون ألفا وواحد إصدار ألفين وثلاثة عشر")]),
    ("ثمنه USD 50", []),
    ("طوله 5 KM", []),
]


@pytest.mark.parametrize(("text", "expected"), CODES)
def test_a_code_is_said_by_its_letters(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[start:end], spoken) for start, end, spoken in spelt_codes(text, normalise)] == expected


def test_an_acronym_beside_a_figure_is_left_to_the_rules() -> None:
    assert list(spelt_acronyms("دفع 20 USD", normalise)) == []
    assert [spoken for _, _, spoken in spelt_acronyms("قالت NBC", normalise)] == ["إِنْ بِي سِي"]


def test_a_name_in_capitals_is_left_to_the_rules() -> None:
    assert list(spelt_acronyms("فوز BADR HARI", normalise)) == []


@pytest.mark.parametrize(("word", "marked"), [("دبليو", "دَبِلْيُو"), ("أو", ""), ("إن", ""), ("بيت", "")])
def test_a_name_that_is_a_word_too_is_not_marked_by_itself(word: str, marked: str) -> None:
    assert marked_letter(word) == marked
