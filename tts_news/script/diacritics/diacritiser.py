"""Vowelless Arabic in, fully vowelled Arabic out; the letters stay, and so do the marks the author wrote."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from tts_news.arabic import word_spans
from tts_news.frozen import dataclass
from tts_news.script.diacritics.convention import finished, show_sukun
from tts_news.script.diacritics.endings import expect_endings, make_way_for_tanwin, mend_min
from tts_news.script.diacritics.marks import (
    HARAKAT,
    READING_INDEX,
    READINGS,
    SHADDA,
    Apart,
    allowed_readings,
    is_letter,
    merge,
    put_together,
    take_apart,
)
from tts_news.script.diacritics.pieces import Piece, cut
from tts_news.script.diacritics.repair import keep_hamza_below, settle_clashes
from tts_news.script.diacritics.scorer import Scorer, Scores

# Above any sum of scores a model gives: what is settled is not voted on.
_SETTLED: Final = 1e5
_Leads = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A text with its marks, and how sure those of each of its words (`arabic.words`) are; () where nobody asked.

    That is the least lead (nats) of a letter's reading over the next best, after the rules: below 1 an editor should
    look at the word; what a rule or the author settled leads by thousands.
    """

    marked: str
    leads_nats: tuple[float, ...] = ()


class Diacritiser(Protocol):
    """Whatever puts marks on Arabic text."""

    def diacritise(self, sentences: Sequence[str]) -> list[str]:
        """Return the same texts, in the same order, with all marks and case endings.

        The letters never change and the author's marks stay. A text is read by itself: its result does not
        depend on the others. A text of any length is read whole.
        """


class Restriction(Protocol):
    """Whatever rules readings out: the stems, the grammar."""

    def restrict(self, bases: str, scores: Scores) -> None:
        """Strike from `scores`, shape (n, 14), the readings that cannot be those of `bases`."""


class ModelDiacritiser:
    """Puts on each letter the likeliest reading that the author's marks, the stems and the grammar allow."""

    def __init__(self, scorer: Scorer, *rules: Restriction) -> None:
        self._scorer = scorer
        self._rules = rules

    def diacritise(self, sentences: Sequence[str]) -> list[str]:
        """Return the same texts with all marks; see `Diacritiser.diacritise`."""
        return [self._one(sentence) for sentence in sentences]

    def weigh(self, sentences: Sequence[str]) -> list[Weighed]:
        """Return what `diacritise` returns, and how sure the marks of each word are."""
        weighed = []
        for text in sentences:
            bases = take_apart(text).bases
            leads = np.full(len(bases), np.inf, np.float32)
            marked, spans = self._one(text, leads), word_spans(bases)
            weighed.append(Weighed(marked, tuple(float(leads[start:end].min()) for start, end in spans)))
        return weighed

    def _one(self, text: str, leads: _Leads | None = None) -> str:
        """Return a text with all marks; `leads`, shape (characters without marks,), is told how sure each is."""
        apart = take_apart(text)
        marks = list(apart.marks)
        for piece in cut(apart.bases):
            if any(map(is_letter, apart.bases[piece.start : piece.end])):
                scores = self._scored(apart, piece)
                marks[piece.start : piece.end] = _read(apart, piece, scores)
                if leads is not None:
                    leads[piece.start : piece.end] = _leads_of(apart, piece, scores)
        mended = mend_min(apart.bases, marks, apart.marks)
        shown = show_sukun(apart.bases, make_way_for_tanwin(apart.bases, mended, apart.marks))
        return put_together(apart.lead, apart.bases, list(map(merge, apart.marks, shown)))

    def _scored(self, apart: Apart, piece: Piece) -> Scores:
        """Return the scores of a piece's characters, context included, after every rule; shape (n, 14)."""
        bases = apart.bases[piece.left : piece.right]
        given = apart.marks[piece.left : piece.right]
        scores = self._scorer.scores(bases, given)
        expect_endings(bases, scores)
        keep_hamza_below(bases, scores)
        for rule in self._rules:
            rule.restrict(bases, scores)
        for place, marks in enumerate(given):
            if marks:
                scores[place] += _penalties(marks)
        scores[finished(bases, given)] = _penalties_of_bare()
        settle_clashes(bases, scores)
        return scores


def _read(apart: Apart, piece: Piece, scores: Scores) -> list[str]:
    """Return the marks of the characters of one piece, the author's among them, given its scores."""
    best = scores[piece.start - piece.left : piece.end - piece.left].argmax(axis=1).tolist()
    return [
        _add(apart.marks[place], READINGS[reading]) if is_letter(apart.bases[place]) else apart.marks[place]
        for place, reading in enumerate(best, piece.start)
    ]


def _leads_of(apart: Apart, piece: Piece, scores: Scores) -> _Leads:
    """Return how much likelier (nats) the reading of each character of a piece is than the next; shape (n,)."""
    ordered = np.sort(scores[piece.start - piece.left : piece.end - piece.left], axis=1)
    leads = ordered[:, -1] - ordered[:, -2]
    # What the author completed is not voted on.
    given = apart.marks[piece.start : piece.end]
    leads[[place for place, marks in enumerate(given) if marks and not allowed_readings(marks)]] = np.inf
    return leads


@lru_cache(maxsize=256)
def _penalties(given: str) -> Scores:
    """Return what to add to a letter's scores so that the author's marks on it win; shape (14,)."""
    plain = unicodedata.normalize("NFC", "".join(c for c in given if c in HARAKAT or c == SHADDA))
    allowed = allowed_readings(given) or ((plain,) if plain in READING_INDEX else READINGS)
    penalties = np.full(len(READINGS), -_SETTLED, np.float32)
    penalties[[READING_INDEX[reading] for reading in allowed]] = 0.0
    return penalties


@cache
def _penalties_of_bare() -> Scores:
    """Return the scores of a letter that stays without marks; shape (14,)."""
    scores = np.full(len(READINGS), -_SETTLED, np.float32)
    scores[READING_INDEX[""]] = 0.0
    return scores


def _add(given: str, reading: str) -> str:
    """Return the author's marks on a letter with what they leave open filled in from `reading`."""
    return merge(given, reading) if allowed_readings(given) else given
