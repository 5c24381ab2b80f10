from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from tts_news.script import diacritise
from tts_news.script.diacritics.forms import load_forms
from tts_news.script.diacritics.grammar import Rule
from tts_news.script.diacritics.grammar.tanwin import close_constructs, open_latin_constructs, share_constructs
from tts_news.script.diacritics.grammar.words import words_of
from tts_news.script.diacritics.marks import READING_INDEX, READINGS, strip, take_apart
from tts_news.script.diacritics.scorer import Scores


def scores_of(vowelled: str, doubts: Sequence[str] = ()) -> tuple[str, Scores]:
    """Scores that say what is written, 5 nats above all else."""
    apart = take_apart(vowelled)
    scores = np.full((len(apart.bases), len(READINGS)), -5.0, np.float32)
    for row, marks in zip(scores, apart.marks, strict=True):
        row[READING_INDEX[marks]] = 0.0
        for doubt in doubts:
            row[READING_INDEX[doubt]] = max(row[READING_INDEX[doubt]], -1.0)
    return apart.bases, scores


def closed(vowelled: str) -> str:
    return ruled(vowelled, close_constructs)


def ruled(vowelled: str, rule: Rule) -> str:
    bases, scores = scores_of(vowelled, doubts=["\u064f", "\u064e", "\u0650"])
    rule(words_of(bases, scores, load_forms()), scores, load_forms())
    return "".join(base + READINGS[int(row.argmax())] for base, row in zip(bases, scores, strict=True))


@pytest.mark.parametrize(
    ("read", "said"),
    [("رِسَالَةَ إِلَى", "رِسَالَةً إِلَى"), ("مَشرُوعُ فِي", "مَشرُوعٌ فِي"), ("رِحلَةِ مِن", "رِحلَةٍ مِن")],
)
def test_a_noun_before_a_preposition_has_its_tanwin(read: str, said: str) -> None:
    assert closed(read) == said


@pytest.mark.parametrize(
    "read",
    ["مَدَارِسَ فِي", "الخُطوَةَ إِلَى", "تَارِيخِهِ إِلَى", "لَا شَيءَ فِي", "مِصرَ إِلَى", "أَكبَرَ مِن", "رَأيُ مَن", "وُزَرَاءُ فِي"],
)
def test_what_takes_none_is_left_alone(read: str) -> None:
    assert closed(read) == read


def test_a_noun_before_a_latin_name_has_none() -> None:
    bases, scores = scores_of("أَعلَنَت شَرِكَةٌ Google", doubts=["\u064f"])
    open_latin_constructs(bases, words_of(bases, scores, load_forms()), scores)
    assert READINGS[int(scores[bases.index("ة")].argmax())] == "\u064f"
    assert strip(diacritise("أعلنت شركة Google أمس.")) == "أعلنت شركة Google أمس."


@pytest.mark.parametrize(
    ("read", "unmarked"),
    [("أَسعَارُ شِرَاءٍ وَبَيعِ العُملَةِ", "شِرَاءٍ"), ("عَن جُذُورٍ وَأَبعَادِ الخِلَافِ", "جُذُورٍ"), ("فِي تَشغِيلٍ أَو نَقلِ العُمَّالِ", "تَشغِيلٍ")],
)
def test_two_nouns_that_share_their_second_word_have_no_tanwin(read: str, unmarked: str) -> None:
    assert unmarked in read
    assert unmarked not in ruled(read, share_constructs)


@pytest.mark.parametrize(
    "read",
    ["لِاتِّفَاقٍ جَدِيدٍ وَزِيَارَةِ المَصنَعِ", "فِي بَيعٍ وَشِرَاءٍ", "مِئَةٍ وَبَيعِ العُملَةِ"],
)
def test_other_tanwins_before_and_stay(read: str) -> None:
    assert ruled(read, share_constructs) == read
