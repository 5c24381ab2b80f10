from __future__ import annotations

import numpy as np
import pytest

from tts_news.script import diacritise
from tts_news.script.diacritics.endings import expect_endings, mend_min
from tts_news.script.diacritics.marks import (
    DAMMA,
    FATHA,
    FATHATAN,
    KASRA,
    READING_INDEX,
    READINGS,
    SHADDA,
    SUKUN,
    take_apart,
)

BARE = READING_INDEX[""]


def lowered(bases: str) -> float:
    scores = np.zeros((len(bases), len(READINGS)), np.float32)
    expect_endings(bases, scores)
    last = max(i for i, c in enumerate(bases) if c not in " ،.»")
    return -float(scores[last, BARE])


def test_ta_marbuta_always_has_an_ending() -> None:
    assert lowered("مدينة") > 1000


@pytest.mark.parametrize("text", ["البيت", "والبيت", "للبيت", "بيت،", "بيت."])
def test_a_bare_ending_is_doubted_after_the_article_and_before_a_pause(text: str) -> None:
    assert 0 < lowered(text) < 10


@pytest.mark.parametrize("text", ["بيت", "على،", "قالوا.", "القاضي"])
def test_no_ending_is_asked_for_elsewhere(text: str) -> None:
    assert lowered(text) == 0


def test_min_takes_kasra_before_hamzat_wasl() -> None:
    assert mend_min("من انتشار", [KASRA, FATHA, *[""] * 7], [""] * 9)[1] == KASRA
    assert "مِنِ انْتِشَار" in diacritise("حذرت المنظمة من انتشار المرض.")


def test_min_keeps_fatha_before_the_article_and_sukun_elsewhere() -> None:
    assert mend_min("من البيت", [KASRA, FATHA, *[""] * 6], [""] * 8)[1] == FATHA
    assert mend_min("من بيت", [KASRA, SUKUN, *[""] * 4], [""] * 6)[1] == SUKUN


def test_man_who_is_left_alone_and_so_are_the_marks_of_the_author() -> None:
    assert mend_min("من انتصر", [FATHA, SUKUN, *[""] * 6], [""] * 8)[1] == SUKUN
    assert take_apart(diacritise("حذرت المنظمة مِنْ انتشار المرض.").split()[2]).marks[1] == SUKUN


@pytest.mark.parametrize("word", ["شكراً", "مبيناً", "جداً", "خاصاً", "طبقاً", "مستوىً", "سوريّاً"])
def test_tanwin_on_the_alif_is_not_doubled(word: str) -> None:
    said = diacritise(f"قال ذلك {word} أمس.").split()[2]
    assert said.count(FATHATAN) == 1
    assert said.endswith(word[-2:])
    assert not take_apart(said).marks[-2].strip(SHADDA)


def test_no_tanwin_goes_with_the_article() -> None:
    scores = np.zeros((6, len(READINGS)), np.float32)
    expect_endings("اللجنة", scores)
    assert {READINGS[i] for i in range(len(READINGS)) if scores[5, i] > -1} == {
        FATHA, DAMMA, KASRA, FATHA + SHADDA, DAMMA + SHADDA, KASRA + SHADDA, SUKUN,
    }  # fmt: skip
