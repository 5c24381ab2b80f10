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


def voted(first: Chances, second: Chances, given: Sequence[str] | None = None) -> list[str]:
    bases = "ب" * len(first)
    scores = Vote(Says(first), Says(second)).scores(bases, given or [""] * len(first))
    return [READINGS[i] for i in scores.argmax(axis=1)]


def test_the_surer_model_is_followed() -> None:
    assert voted([{FATHA: 0.6, KASRA: 0.4}], [{FATHA: 0.1, KASRA: 0.9}]) == [KASRA]
    assert voted([{FATHA: 0.99, KASRA: 0.01}], [{FATHA: 0.4, KASRA: 0.6}]) == [FATHA]


def test_of_two_models_as_sure_as_each_other_the_second_is_followed() -> None:
    assert voted([{FATHA: 0.95, KASRA: 0.05}], [{FATHA: 0.05, KASRA: 0.95}]) == [KASRA]


def test_the_second_model_cannot_rule_a_reading_out() -> None:
    assert voted([{FATHA: 0.9999999, KASRA: 1e-7}], [{FATHA: 1e-9, KASRA: 0.9}]) == [FATHA]


def test_sukun_and_no_mark_speak_for_one_reading() -> None:
    assert voted([{"": 0.3, SUKUN: 0.3, FATHA: 0.4}], [{SUKUN: 0.5, FATHA: 0.5}]) == [""]


def test_a_word_that_neither_model_reads_so_is_read_as_one_of_them_does() -> None:
    first = [{DAMMA: 0.9, FATHA: 0.1}, {KASRA: 0.55, FATHA: 0.45}]
    second = [{DAMMA: 0.45, FATHA: 0.55}, {KASRA: 0.1, FATHA: 0.9}]
    assert voted(first, second) in ([DAMMA, KASRA], [FATHA, FATHA])


def test_a_model_that_reads_against_the_author_has_no_say_in_that_word() -> None:
    first = [{DAMMA: 0.98, FATHA: 0.02}, {KASRA: 0.6, FATHA: 0.4}]
    second = [{FATHA: 0.9, DAMMA: 0.1}, {FATHA: 0.99, KASRA: 0.01}]
    assert voted(first, second, [DAMMA, ""]) == [DAMMA, KASRA]
