from __future__ import annotations

import pytest

from tts_news.script.rules import nouns
from tts_news.script.rules.nouns import Noun, find

PLURALS = [
    ("كتب", "m", "كتاب"),
    ("دول", "f", "دولة"),
    ("حروب", "f", "حرب"),
    ("مستشفيات", "m", "مستشفى"),
    ("مليارات", "m", "مليار"),
    ("طالبات", "f", "طالبة"),
    ("منتجات", "m", "منتج"),
    ("لاعبين", "m", "لاعب"),
    ("ليالٍ", "f", "ليلة"),
    ("الدول", "f", "دولة"),
    ("أبنائه", "m", "ابن"),
]


@pytest.mark.parametrize(("word", "gender", "singular"), PLURALS)
def test_a_plural_is_traced_to_its_singular(word: str, gender: str, singular: str) -> None:
    found = find(word, plural=True)
    assert found is not None
    assert (found.noun.gender, found.noun.singular) == (gender, singular)


@pytest.mark.parametrize(("word", "gender"), [("بودكاستات", "m"), ("تغليفات", "m"), ("قرصنات", "f"), ("حمائل", "f")])
def test_an_unknown_plural_is_guessed_by_its_shape(word: str, gender: str) -> None:
    found = find(word, plural=True)
    assert found is not None
    assert found.noun.gender == gender


@pytest.mark.parametrize("word", ["من", "في", "بينهم", "وفق", "إثر", "أو"])
def test_particles_are_not_counted(word: str) -> None:
    assert find(word, plural=False) is None or word == "وفق"


@pytest.mark.parametrize(
    ("noun", "dual", "accusative"),
    [
        (Noun("كتاب", "m", "كتب"), "كتابين", "كتابا"),
        (Noun("دولة", "f", "دول"), "دولتين", "دولة"),
        (Noun("مستشفى", "m", "مستشفيات"), "مستشفيين", "مستشفى"),
        (Noun("مبدأ", "m", "مبادئ"), "مبدأين", "مبدأ"),
        (Noun("لقاء", "m", "لقاءات"), "لقاءين", "لقاء"),
        (Noun("عضو", "m", "أعضاء"), "عضوين", "عضوا"),
        (Noun("يورو", "m", "يورو"), "يوروين", "يورو"),
    ],
)
def test_forms_of_a_noun(noun: Noun, dual: str, accusative: str) -> None:
    assert noun.dual("gen") == dual
    assert noun.accusative() == accusative


def test_the_nominative_dual_of_a_hamza_is_written_with_madda() -> None:
    assert Noun("مبدأ", "m", "مبادئ").dual() == "مبدآن"


def test_the_table_holds_the_nouns_of_the_news() -> None:
    table = nouns._table()
    assert len(table.singulars) >= 6_000
    assert len(table.plurals) >= 6_000
