from __future__ import annotations

import pytest

from tts_news.script.diacritics.forms import load_forms
from tts_news.script.diacritics.grammar.pronouns import colour_pronouns
from tts_news.script.diacritics.grammar.words import words_of
from tts_news.script.diacritics.marks import DAMMA, FATHA, KASRA, READING_INDEX, READINGS


def coloured(text: str, ending: dict[str, float], pronoun: dict[str, float]) -> tuple[str, str]:
    """The readings of the last letter of the stem and of the pronoun's ه, given how each is scored."""
    import numpy as np

    scores = np.full((len(text), len(READINGS)), -30.0, np.float32)
    scores[:, 0] = 0.0
    place = text.rindex("ه")
    for at, row in ((place - 1, ending), (place, pronoun)):
        scores[at, 0] = -30.0
        for reading, score in row.items():
            scores[at, READING_INDEX[reading]] = score
    colour_pronouns(words_of(text, scores, load_forms()), scores, load_forms())
    return READINGS[int(scores[place - 1].argmax())], READINGS[int(scores[place].argmax())]


@pytest.mark.parametrize(
    ("ending", "pronoun", "said"),
    [
        ({KASRA: 0.0, FATHA: -1.0}, {DAMMA: 0.0, KASRA: -6.0}, (FATHA, DAMMA)),
        ({KASRA: 0.0, DAMMA: -6.0}, {DAMMA: 0.0, KASRA: -1.0}, (KASRA, KASRA)),
        ({DAMMA: 0.0, KASRA: -9.0}, {KASRA: 0.0, DAMMA: -1.0}, (DAMMA, DAMMA)),
    ],
)
def test_ending_and_pronoun_go_together(
    ending: dict[str, float], pronoun: dict[str, float], said: tuple[str, str]
) -> None:
    assert coloured("تاريخهم", ending, pronoun) == said


def test_a_pair_that_goes_together_is_left_alone() -> None:
    assert coloured("تاريخهم", {FATHA: 0.0, KASRA: -1.0}, {DAMMA: 0.0, KASRA: -1.0}) == (FATHA, DAMMA)
    assert coloured("حياتهم", {KASRA: 0.0, FATHA: -9.0}, {KASRA: 0.0, DAMMA: -9.0}) == (KASRA, KASRA)
