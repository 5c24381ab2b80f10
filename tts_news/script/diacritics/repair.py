"""Marks that no Arabic word has, and the likeliest ones in their place.

A hamza under an alif is there for its kasra, whatever the models make of the words around it.

A model reads each letter's marks by itself, so a doubtful one can clash with its neighbour: يُسهِّلُ, where a letter
with shadda (which begins with a vowelless consonant) follows a vowelless consonant. Only the words with such a clash
are read again, by the best sequence of readings without one.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from tts_news.patterns import lazy
from tts_news.script.diacritics.marks import KASRA, READINGS, SHADDA, SUKUN
from tts_news.script.diacritics.scorer import Scores

_WORD: Final = lazy(r"[\u0621-\u063a\u0641-\u064a]{2,}")
# Letters that may stand bare before shadda: long vowels (شَابّ), and the lam of ال before a sun letter.
_BARE_BEFORE_SHADDA: Final = frozenset("اآىويل")
_WITH_SHADDA: Final = np.array([SHADDA in reading for reading in READINGS])
_VOWELLESS: Final = np.array([reading in ("", SUKUN) for reading in READINGS])
_CLASH: Final = np.where(_VOWELLESS[:, None] & _WITH_SHADDA[None, :], np.float32(-1e4), np.float32(0.0))

_OTHER_THAN_KASRA: Final = [i for i, reading in enumerate(READINGS) if reading != KASRA]
_STRUCK: Final = np.float32(-1e4)


def keep_hamza_below(bases: str, scores: Scores) -> None:
    """Strike from `scores`, shape (n, 14), every reading of إ but its kasra."""
    for place, base in enumerate(bases):
        if base == "إ":
            scores[place, _OTHER_THAN_KASRA] += _STRUCK


def settle_clashes(bases: str, scores: Scores) -> None:
    """Strike from `scores`, shape (n, 14), the readings that clash, in the words whose best readings do."""
    best = scores.argmax(axis=1)
    for word in _WORD.finditer(bases):
        start, end = word.span()
        if any(_clash(bases[at], best[at], best[at + 1]) for at in range(start, end - 1)):
            path = _best_path(bases[start:end], scores[start:end])
            scores[np.arange(start, end), path] = np.float32(np.inf)


def _clash(base: str, reading: int, following: int) -> bool:
    return base not in _BARE_BEFORE_SHADDA and bool(_CLASH[reading, following])


def _best_path(letters: str, scores: Scores) -> list[int]:
    """Return the readings with the highest sum of scores among those without a clash (Viterbi)."""
    total = scores[0]
    back: list[Scores] = []
    for before, row in zip(letters, scores[1:], strict=False):
        joined = total[:, None] if before in _BARE_BEFORE_SHADDA else total[:, None] + _CLASH
        joined = np.broadcast_to(joined, (len(READINGS), len(READINGS)))
        back.append(joined.argmax(axis=0))
        total = joined.max(axis=0) + row
    path = [int(total.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]
