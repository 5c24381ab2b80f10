from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tts_news.script.diacritics.marks import DAMMA, FATHA, KASRA, READING_INDEX, READINGS, SUKUN
from tts_news.script.diacritics.scorer import Scores
from tts_news.script.diacritics.vote import Vote

Chances = list[dict[str, float]]


class Says:
    """A model that says what it is told to say."""

    def __init__(self, chances: Chances) -> None:
        self._chances = chances

    def scores(self, bases: str, given: Sequence[str]) -> Scores:
        del bases, given
        scores = np.full((len(self._chances), len(READINGS)), np.log(1e-6), np.float32)
        for row, chance in zip(scores, self._chances, strict=True):
            for reading, p in chance.items():
                row[READING_INDEX[reading]] = np.log(p)
        return scores


def voted(first: Chances, second: Chances, third: Chances, given: Sequence[str] | None = None) -> list[str]:
    bases = "ب" * len(first)
    scores = Vote(Says(first), Says(second), Says(third)).scores(bases, given or [""] * len(first))
    return [READINGS[i] for i in scores.argmax(axis=1)]


def test_the_surer_model_is_followed() -> None:
    assert voted([{FATHA: 0.6, KASRA: 0.4}], [{FATHA: 0.1, KASRA: 0.9}], [{FATHA: 0.5, KASRA: 0.5}]) == [KASRA]
    assert voted([{FATHA: 0.99, KASRA: 0.01}], [{FATHA: 0.5, KASRA: 0.5}], [{FATHA: 0.4, KASRA: 0.6}]) == [FATHA]


def test_of_models_as_sure_as_each_other_the_second_is_followed_before_the_third_before_the_first() -> None:
    one, other = [{FATHA: 0.95, KASRA: 0.05}], [{FATHA: 0.05, KASRA: 0.95}]
    doubt = [{FATHA: 0.5, KASRA: 0.5}]
    assert voted(one, other, doubt) == voted(doubt, other, one) == voted(one, doubt, other) == [KASRA]


def test_two_models_rule_out_no_reading_that_another_is_sure_of() -> None:
    sure, never = [{FATHA: 0.9999999, KASRA: 1e-7}], [{FATHA: 1e-9, KASRA: 0.3, DAMMA: 0.3}]
    assert voted(sure, [{FATHA: 0.9, KASRA: 0.1}], never) == [FATHA]


def test_sukun_and_no_mark_speak_for_one_reading() -> None:
    split = [{"": 0.3, SUKUN: 0.3, FATHA: 0.4}]
    assert voted(split, split, [{SUKUN: 0.5, FATHA: 0.5}]) == [""]


def test_a_word_that_no_model_reads_so_is_read_as_one_of_them_does() -> None:
    first = [{DAMMA: 0.9, FATHA: 0.1}, {KASRA: 0.9, FATHA: 0.1}]
    second = [{DAMMA: 0.45, FATHA: 0.55}, {KASRA: 0.1, FATHA: 0.9}]
    third = [{DAMMA: 0.8, FATHA: 0.2}, {KASRA: 0.6, FATHA: 0.4}]
    assert voted(first, second, third) in ([DAMMA, KASRA], [FATHA, FATHA])


def test_a_deaf_model_that_reads_against_the_author_has_no_say_in_that_word() -> None:
    first = [{DAMMA: 0.98, FATHA: 0.02}, {KASRA: 0.6, FATHA: 0.4}]
    deaf = [{FATHA: 0.9, DAMMA: 0.1}, {FATHA: 0.99, KASRA: 0.01}]
    other = [{DAMMA: 0.9, FATHA: 0.1}, {KASRA: 0.55, FATHA: 0.45}]
    assert voted(first, deaf, other, [DAMMA, ""]) == voted(first, other, deaf, [DAMMA, ""]) == [DAMMA, KASRA]
    assert voted(first, deaf, other, ["", ""])[1] == FATHA
