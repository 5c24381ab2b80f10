"""Two models heard as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from tts_news.patterns import lazy
from tts_news.script.diacritics.marks import READING_INDEX, READINGS, SUKUN, allowed_readings
from tts_news.script.diacritics.scorer import Scorer, Scores

_BARE: Final = READING_INDEX[""]
_SUKUN: Final = READING_INDEX[SUKUN]
_WORD: Final = lazy(r"[\u0621-\u063a\u0641-\u064a]+")
_STRUCK: Final = np.float32(-1e6)

# Found on every second of the clean news prompts of the Arabic Speech Corpus, confirmed on the others (letters wrong
# 3.38 to 3.19 % and 3.47 to 3.20 %; from 2 to 3 nothing moves by more than 0.03). Wikinews is no judge of it: the first
# model learnt from it, and gets worse there with any weight of the second.
SECOND_WEIGHT: Final = 2.5
# Added to the second model's chances: it calls a wrong reading impossible too often to be believed without limit.
SECOND_FLOOR: Final = 0.003

# A word of which neither model reads every letter so is only believed when it is this much (nats) likelier.
MIXTURE_GAIN: Final = 2.0

Readings = npt.NDArray[np.intp]


class Vote:
    """The sum of what two models say of each reading, in log-probabilities.

    Sums of logs rather than of probabilities: a model that is sure outvotes one that is not.
    """

    def __init__(self, first: Scorer, second: Scorer) -> None:
        self._first = first
        self._second = second

    def scores(self, bases: str, given: Sequence[str]) -> Scores:
        """Return the vote, shape (n, 14), not normalised; "no mark" also holds what speaks for sukun.

        In a word where the second model, which is deaf to the author's marks, reads against them, it has no say:
        having missed the passive of وُلدت, it would get the next letter wrong as well.

        A missing sukun and a written one sound the same, and models differ in what they write: apart, each would
        get too few votes. `convention.show_sukun` decides afterwards which of the two is written.
        """
        first = _with_sukun_as_bare(self._first.scores(bases, given))
        second = _with_sukun_as_bare(self._second.scores(bases, given))
        total = first.copy()
        total += SECOND_WEIGHT * np.log(np.exp(second) + SECOND_FLOOR)
        total[:, _SUKUN] = _STRUCK
        voted = np.where(_misread(bases, given, second)[:, None], first, total)
        if not any(given):
            _undo_mixtures(bases, voted, total, (first.argmax(axis=1), second.argmax(axis=1)))
        return voted


def _undo_mixtures(bases: str, voted: Scores, total: Scores, read: tuple[Readings, Readings]) -> None:
    """Prefer, in `voted`, a word as one of the models reads it to a nearly as likely one that neither reads.

    The vote is letter by letter: of وُلِدَ and وَلَدَ it can make وَلِدَ.
    """
    best = voted.argmax(axis=1)
    strange = best != read[0], best != read[1]
    for word in _WORD.finditer(bases):
        span = slice(*word.span())
        if not (strange[0][span].any() and strange[1][span].any()):
            continue
        places = np.arange(*word.span())
        sums = [float(total[places, readings[span]].sum()) for readings in (*read, best)]
        better = int(sums[1] > sums[0])
        if sums[2] - sums[better] < MIXTURE_GAIN:
            voted[places, read[better][span]] = voted[span].max(axis=1) + 1.0


def _with_sukun_as_bare(scores: Scores) -> Scores:
    scores[:, _BARE] = np.logaddexp(scores[:, _BARE], scores[:, _SUKUN])
    scores[:, _SUKUN] = _STRUCK
    return scores


def _misread(bases: str, given: Sequence[str], scores: Scores) -> npt.NDArray[np.bool_]:
    """Return which characters stand in a word with an author's mark that the best reading of `scores` contradicts."""
    misread = np.zeros(len(bases), np.bool_)
    if not any(given):
        return misread
    best = scores.argmax(axis=1)
    for word in _WORD.finditer(bases):
        places = range(*word.span())
        if any(given[p] and READINGS[best[p]] not in (*allowed_readings(given[p]), given[p]) for p in places):
            misread[word.start() : word.end()] = True
    return misread
