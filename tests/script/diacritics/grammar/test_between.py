from __future__ import annotations

import numpy as np
import pytest

from tts_news.script.diacritics.forms import load_forms
from tts_news.script.diacritics.grammar.between import join_between
from tts_news.script.diacritics.grammar.words import words_of
from tts_news.script.diacritics.marks import READING_INDEX, READINGS, take_apart


def joined(vowelled: str) -> str:
    """Scores that say what is written, 5 nats above all else, after the rule."""
    apart = take_apart(vowelled)
    scores = np.full((len(apart.bases), len(READINGS)), -5.0, np.float32)
    for row, marks in zip(scores, apart.marks, strict=True):
        row[READING_INDEX[marks]] = 0.0
    join_between(words_of(apart.bases, scores, load_forms()), scores, load_forms())
    return "".join(base + READINGS[int(row.argmax())] for base, row in zip(apart.bases, scores, strict=True))


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        ("بَينَ الوَزِيرِ وَالسَّفِيرُ", "وَالسَّفِيرُ"),
        ("بَينَ العَاشِرَةِ صَبَاحًا وَالسَّادِسَةُ مَسَاءً", "وَالسَّادِسَةُ"),
    ],
)
def test_the_second_of_two_is_genitive(read: str, kept: str) -> None:
    word = joined(read).split()[read.split().index(kept)]
    assert word.endswith(("\u0650", "\u064d"))


@pytest.mark.parametrize("read", ["بَينَ الوَزِيرِ، وَالسَّفِيرُ", "قَالَ الوَزِيرُ وَالسَّفِيرُ", "بَينَ الوَزِيرِ وَقَالَ السَّفِيرُ"])
def test_what_stands_behind_a_comma_or_is_a_verb_is_left_alone(read: str) -> None:
    assert joined(read) == read
