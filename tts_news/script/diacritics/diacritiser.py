"""Vowelless Arabic in, fully vowelled Arabic out; the letters stay, and so do the marks the author wrote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from tts_news.script.diacritics.convention import show_sukun
from tts_news.script.diacritics.marks import (
    READING_INDEX,
    READINGS,
    allowed_readings,
    is_letter,
    merge,
    put_together,
    take_apart,
)
from tts_news.script.diacritics.pieces import cut
from tts_news.script.diacritics.scorer import Scorer, Scores


class Diacritiser(Protocol):
    """Whatever puts marks on Arabic text."""

    def diacritise(self, sentences: Sequence[str]) -> list[str]:
        """Return the same texts, in the same order, with all marks and case endings.

        The letters never change and the author's marks stay. A text is read by itself: its result does not
        depend on the others. A text of any length is read whole.
        """


class ModelDiacritiser:
    """Puts on each letter the reading a model finds most likely among those the author's marks allow."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer

    def diacritise(self, sentences: Sequence[str]) -> list[str]:
        """Return the same texts with all marks; see `Diacritiser.diacritise`."""
        return [self._one(sentence) for sentence in sentences]

    def _one(self, text: str) -> str:
        apart = take_apart(text)
        marks = list(apart.marks)
        for piece in cut(apart.bases):
            if not any(map(is_letter, apart.bases[piece.start : piece.end])):
                continue
            scores = self._scorer.scores(apart.bases[piece.left : piece.right])
            for place in range(piece.start, piece.end):
                if is_letter(apart.bases[place]):
                    marks[place] = _choose(scores[place - piece.left], marks[place])
        shown = show_sukun(apart.bases, marks)
        return put_together(
            apart.lead, apart.bases, [merge(given, new) for given, new in zip(apart.marks, shown, strict=True)]
        )


def _choose(scores: Scores, given: str) -> str:
    allowed = allowed_readings(given)
    if not allowed:
        return given
    if len(allowed) == len(READINGS):
        return READINGS[int(np.argmax(scores))]
    best = max(allowed, key=lambda reading: float(scores[READING_INDEX[reading]]))
    return merge(given, best)
