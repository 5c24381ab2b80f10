from __future__ import annotations

import numpy as np

from tts_news.script.diacritics.marks import FATHA, KASRA, READING_INDEX, READINGS, SHADDA
from tts_news.script.diacritics.repair import keep_hamza_below, settle_clashes


def settled(bases: str, chances: list[dict[str, float]]) -> list[str]:
    scores = np.full((len(bases), len(READINGS)), -20.0, np.float32)
    for row, chance in zip(scores, chances, strict=True):
        for reading, p in chance.items():
            row[READING_INDEX[reading]] = np.log(p)
    settle_clashes(bases, scores)
    return [READINGS[i] for i in scores.argmax(axis=1)]


def test_a_bare_consonant_before_shadda_gets_its_next_best_reading() -> None:
    marks = settled("سهل", [{"": 0.6, FATHA: 0.4}, {KASRA + SHADDA: 0.9, KASRA: 0.1}, {FATHA: 1.0}])
    assert marks == [FATHA, KASRA + SHADDA, FATHA]


def test_the_shadda_goes_when_it_is_the_doubtful_one() -> None:
    marks = settled("سهل", [{"": 0.99, FATHA: 0.01}, {KASRA + SHADDA: 0.5, KASRA: 0.4}, {FATHA: 1.0}])
    assert marks == ["", KASRA, FATHA]


def test_the_lam_of_the_article_and_long_vowels_stay_bare_before_shadda() -> None:
    for letter in "لاوي":
        chances = [{FATHA: 1.0}, {"": 0.6, FATHA: 0.4}, {FATHA + SHADDA: 1.0}]
        assert settled("ب" + letter + "ش", chances) == [FATHA, "", FATHA + SHADDA]


def test_words_are_settled_apart() -> None:
    marks = settled("س هل", [{"": 0.6, FATHA: 0.4}, {"": 1.0}, {KASRA + SHADDA: 1.0}, {FATHA: 1.0}])
    assert marks[0] == ""


def test_a_hamza_below_has_kasra_however_unlikely() -> None:
    scores = np.full((2, len(READINGS)), -1.0, np.float32)
    scores[:, READING_INDEX[KASRA]] = -30.0
    keep_hamza_below("إل", scores)
    assert READINGS[int(scores[0].argmax())] == KASRA
    assert scores[1, READING_INDEX[""]] == -1.0
