"""Several models heard as one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tts_news.script.diacritics.marks import READING_INDEX, READINGS, SUKUN
from tts_news.script.diacritics.scorer import Scorer, Scores


class Vote:
    """The weighted sum of what several models say of each reading, in log-probabilities.

    Sums of logs (rather than of probabilities) let a model that is sure outvote one that is not. On the news
    sentences of benchmarks/diacritics.py the two models alone make 3.6 % and 3.2 % of letters wrong, the sum 2.85 %;
    the sum of probabilities 3.0 %; any weight between 0.8 and 1.5 for the second does about as well.
    """

    def __init__(self, scorers: Sequence[tuple[Scorer, float]]) -> None:
        self._scorers = tuple(scorers)

    def scores(self, bases: str) -> Scores:
        """Return the vote, shape (n, 14), not normalised; "no mark" also holds what speaks for sukun.

        A missing sukun and a written one sound the same, and models differ in what they write: apart, each would
        get too few votes. `convention.show_sukun` decides afterwards which of the two is written.
        """
        total = np.zeros((len(bases), len(READINGS)), np.float32)
        for scorer, weight in self._scorers:
            scores = scorer.scores(bases)
            scores[:, _BARE] = np.logaddexp(scores[:, _BARE], scores[:, _SUKUN])
            total += np.float32(weight) * scores
        total[:, _SUKUN] = _STRUCK
        return total


_STRUCK = np.float32(-1e6)
_BARE = READING_INDEX[""]
_SUKUN = READING_INDEX[SUKUN]
