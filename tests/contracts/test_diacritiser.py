"""What every diacritiser and every model behind one must hold."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest

from tts_news.script.diacritics import Diacritiser, load
from tts_news.script.diacritics.diacritiser import ModelDiacritiser
from tts_news.script.diacritics.marks import READING_INDEX, READINGS, is_letter, strip, take_apart
from tts_news.script.diacritics.rawi import load_old_rawi, load_rawi
from tts_news.script.diacritics.scorer import Scorer
from tts_news.script.diacritics.stems import Stems
from tts_news.script.diacritics.tashkeel import load_tashkeel

TEXTS = [
    "",
    " ",
    "أعلنت الحكومة خطة جديدة، وقال الوزير: «لن نتراجع»!",
    "وُلدت في 1990 (Beirut) ثم عادت\u200f إلى لبنانـ",
    "وقال محمّد شكراً جزيلاً لكُم",
    "گوگل و پاریس و ٱلرحمٰن",
    "ا" * 900,
    "وقال إن الأمر صعب " * 60,
]

SCORERS = {"tashkeel": load_tashkeel, "rawi": load_rawi, "old rawi": load_old_rawi}
DIACRITISERS = {
    "tashkeel": lambda: ModelDiacritiser(load_tashkeel(), Stems([])),
    "rawi": lambda: ModelDiacritiser(load_rawi(), Stems([])),
    "default": load,
}


@pytest.fixture(scope="module", params=DIACRITISERS)
def diacritiser(request: pytest.FixtureRequest) -> Diacritiser:
    return DIACRITISERS[request.param]()


@pytest.fixture(scope="module", params=SCORERS)
def scorer(request: pytest.FixtureRequest) -> Scorer:
    return SCORERS[request.param]()


def test_every_text_comes_back_in_its_place_with_its_letters(diacritiser: Diacritiser) -> None:
    assert [strip(text) for text in diacritiser.diacritise(TEXTS)] == [strip(text) for text in TEXTS]


def test_the_marks_of_the_author_stay(diacritiser: Diacritiser) -> None:
    for text, said in zip(TEXTS, diacritiser.diacritise(TEXTS), strict=True):
        pairs = zip(take_apart(text).marks, take_apart(said).marks, strict=True)
        assert all(set(before) <= set(after) for before, after in pairs)


def test_texts_come_back_in_nfc(diacritiser: Diacritiser) -> None:
    assert all(unicodedata.is_normalized("NFC", said) for said in diacritiser.diacritise(TEXTS))


def test_texts_are_read_apart_and_alike_each_time(diacritiser: Diacritiser) -> None:
    assert diacritiser.diacritise(TEXTS) == [diacritiser.diacritise([text])[0] for text in TEXTS]


def test_most_letters_of_a_long_text_get_a_mark_to_its_end(diacritiser: Diacritiser) -> None:
    apart = take_apart(diacritiser.diacritise([TEXTS[-1]])[0])
    marked = [bool(m) for base, m in zip(apart.bases, apart.marks, strict=True) if is_letter(base)]
    assert sum(marked[-200:]) > 120


def test_scores_are_log_chances_of_every_character(scorer: Scorer) -> None:
    for text in filter(None, TEXTS):
        apart = take_apart(text)
        scores = scorer.scores(apart.bases, apart.marks)
        assert scores.shape == (len(apart.bases), len(READINGS))
        assert scores.dtype == np.float32
        assert np.allclose(np.exp(scores).sum(axis=1), 1.0, atol=0.02)


def test_what_carries_no_marks_is_scored_bare(scorer: Scorer) -> None:
    scores = scorer.scores("قال 12 a", [""] * 8)
    assert (scores[4:].argmax(axis=1) == READING_INDEX[""]).all()
