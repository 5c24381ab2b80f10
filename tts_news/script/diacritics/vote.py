"""Three models heard as one."""

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

# Of the model that hears the author's marks, of rawi V3 and of rawi V1. Chosen on one half of tests/quality/real by the
# hash of a sentence's name (words wrong 7.4 to 6.5 %), confirmed on the other (6.5 to 6.2 %); the 150 sentences written
# after them went from 9.6 to 8.9 %. Nothing moves by more than 0.2 from 0.25 to 0.6 and with V1 from 0.75 to 1.25.
# Wikinews is no judge: the first model learnt from it, and gets worse there with any weight of the others.
HEARING_WEIGHT: Final = 0.4
DEAF_WEIGHTS: Final = (2.0, 1.0)
# Added to the chances of the deaf models: they call a wrong reading impossible too often to be believed without limit.
DEAF_FLOOR: Final = 0.003

# A word of which no model reads every letter so is only believed when it is this much (nats) likelier.
MIXTURE_GAIN: Final = 2.0

Readings = npt.NDArray[np.intp]


class Vote:
    """The sum of what several models say of each reading, in log-probabilities.

    Sums of logs rather than of probabilities: a model that is sure outvotes one that is not.

    Args:
        hearing: The model that hears the author's marks.
        deaf: The others, as many as `DEAF_WEIGHTS`.
    """

    def __init__(self, hearing: Scorer, *deaf: Scorer) -> None:
        self._hearing = hearing
        self._deaf = tuple(zip(deaf, DEAF_WEIGHTS, strict=True))

    def scores(self, bases: str, given: Sequence[str]) -> Scores:
        """Return the vote, shape (n, 14), not normalised; "no mark" also holds what speaks for sukun.

        In a word that a deaf model reads against the author's marks, it has no say: having missed the passive of
        وُلدت, it would get the next letter wrong as well.

        A missing sukun and a written one sound the same, and models differ in what they write: apart, each would
        get too few votes. `convention.show_sukun` decides afterwards which of the two is written.
        """
        heard = _with_sukun_as_bare(self._hearing.scores(bases, given))
        read = [heard.argmax(axis=1)]
        voted: Scores = HEARING_WEIGHT * heard
        for model, weight in self._deaf:
            scores = _with_sukun_as_bare(model.scores(bases, given))
            read.append(scores.argmax(axis=1))
            said = weight * np.log(np.exp(scores) + DEAF_FLOOR)
            if any(given):
                said[_misread(bases, given, read[-1])] = 0.0
            voted += said
        voted[:, _SUKUN] = _STRUCK
        if not any(given):
            _undo_mixtures(bases, voted, read)
        return voted


def _undo_mixtures(bases: str, voted: Scores, read: Sequence[Readings]) -> None:
    """Prefer, in `voted`, a word as one of the models reads it to a nearly as likely one that none reads.

    The vote is letter by letter: of وُلِدَ and وَلَدَ it can make وَلِدَ.
    """
    best = voted.argmax(axis=1)
    strange = [best != own for own in read]
    for word in _WORD.finditer(bases):
        span = slice(*word.span())
        if not all(own[span].any() for own in strange):
            continue
        places = np.arange(*word.span())
        total, *sums = (float(voted[places, readings[span]].sum()) for readings in (best, *read))
        better = int(np.argmax(sums))
        if total - sums[better] < MIXTURE_GAIN:
            voted[places, read[better][span]] = voted[span].max(axis=1) + 1.0


def _with_sukun_as_bare(scores: Scores) -> Scores:
    scores[:, _BARE] = np.logaddexp(scores[:, _BARE], scores[:, _SUKUN])
    scores[:, _SUKUN] = _STRUCK
    return scores


def _misread(bases: str, given: Sequence[str], best: Readings) -> npt.NDArray[np.bool_]:
    """Return which characters stand in a word with an author's mark that the readings `best` contradict."""
    misread = np.zeros(len(bases), np.bool_)
    for word in _WORD.finditer(bases):
        places = range(*word.span())
        if any(given[p] and READINGS[best[p]] not in (*allowed_readings(given[p]), given[p]) for p in places):
            misread[word.start() : word.end()] = True
    return misread
