"""What is known of the end of a word without any model: which words must have an ending, and what مِن becomes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from tts_news.patterns import lazy
from tts_news.script.diacritics.marks import (
    FATHA,
    FATHATAN,
    HARAKAT,
    KASRA,
    READING_INDEX,
    READINGS,
    SHADDA,
    SUKUN,
    TANWIN,
)
from tts_news.script.diacritics.scorer import Scores

_BARE: Final = READING_INDEX[""]
_TANWIN: Final = [i for i, reading in enumerate(READINGS) if TANWIN.intersection(reading)]
_STRUCK: Final = np.float32(-1e4)
# Texts the models learnt from leave many endings off; a bare one is worth so much less (nats) where one is due.
_DOUBTFUL: Final = np.float32(-4.0)
_PAUSE_MARKS: Final = frozenset("،؛:,;.!؟?…»)”\"'")
# With ال behind at most two clitics: group 1.
_WORD: Final = lazy(r"(?:([وف]?[بك]?ال|[وف]?لل)[\u0621-\u064a]{2})?[\u0621-\u064a]+")
_MAY_END_BARE: Final = frozenset("اىويآ")

# مِنْ and a word that begins with hamzat wasl but not with ال: مِنِ انْتِشَارٍ; before ال models know مِنَ.
_MIN_BEFORE_WASL: Final = lazy(r"(?<![\u0621-\u0652])[وف]?م(ن) ا(?!ل)[\u0621-\u064a]{2}")


def expect_endings(bases: str, scores: Scores) -> None:
    """Lower in `scores`, shape (n, 14), endings that careful Arabic does not have.

    ة always carries a case ending. A consonant at the end of a word with ال or before a pause mark is more often given
    one than the models think; foreign names and verbs like الْتَقَتْ are why that is no law. No tanwin goes with ال.
    """
    for word in _WORD.finditer(bases):
        last = word.end() - 1
        if bases[last] == "ة":
            scores[last, _BARE] += _STRUCK
        elif bases[last] not in _MAY_END_BARE:
            reasons = (word.group(1) is not None) + (bases[last + 1 : last + 2] in _PAUSE_MARKS)
            scores[last, _BARE] += reasons * _DOUBTFUL
        # الت... may be a verb's or its noun's own letters: الْتِزَامٌ.
        if word.group(1) and bases[word.end(1)] != "ت":
            scores[last, _TANWIN] += _STRUCK


def make_way_for_tanwin(bases: str, marks: Sequence[str], given: Sequence[str]) -> list[str]:
    """Return the marks without a second tanwin (or a vowel) before an alif on which the author put one: شكراً."""
    kept = list(marks)
    for place in range(len(bases) - 1):
        if FATHATAN in given[place + 1] and bases[place + 1] in "اى" and not HARAKAT.intersection(given[place]):
            kept[place] = SHADDA if SHADDA in kept[place] else ""
    return kept


def mend_min(bases: str, marks: Sequence[str], given: Sequence[str]) -> list[str]:
    """Return the marks with مِنِ before hamzat wasl, where no author's mark says otherwise and it is not مَنْ."""
    mended = list(marks)
    for found in _MIN_BEFORE_WASL.finditer(bases):
        noon = found.start(1)
        if mended[noon - 1] == KASRA and not given[noon] and mended[noon] in ("", SUKUN, FATHA):
            mended[noon] = KASRA
    return mended
