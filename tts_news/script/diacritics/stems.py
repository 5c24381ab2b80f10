"""Words that are read in one way only: names, loan words and the like, from `data/stems.txt`.

Where such a word stands in a text, with or without clitics and ال, the readings of its letters that its entry rules
out are struck from the scores. The last letter stays open: its marks are the case ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Final

import numpy as np

from tts_news.script.diacritics.marks import DAGGER_ALIF, READING_INDEX, READINGS, SHADDA, SUKUN, take_apart
from tts_news.script.diacritics.scorer import Scores

Stem = tuple[tuple[int, ...], ...]
"""The readings (indices into `READINGS`) each letter of a stem may have; an empty tuple leaves the letter open."""

_WORD: Final = re.compile(r"[\u0621-\u063a\u0641-\u064a]+")
_CLITICS: Final = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك")
_LAM_ARTICLES: Final = ("لل", "ولل", "فلل")
_ARTICLES: Final = (*(clitic + "ال" for clitic in _CLITICS if not clitic.endswith("ل")), *_LAM_ARTICLES)
_LONGEST_PREFIX: Final = 4
_BARE: Final = READING_INDEX[""]
# Large enough to settle the reading, finite so that sums of scores still tell two entries of one word apart.
_STRUCK: Final = np.float32(-1e4)


class Stems:
    """A table of stems by their letters; a word with several entries may be read as any of them."""

    def __init__(self, vowelled: Iterable[str]) -> None:
        table: dict[str, list[Stem]] = {}
        for word in vowelled:
            apart = take_apart(word)
            table.setdefault(apart.bases, []).append(_stem(apart.bases, apart.marks))
        self._table: Mapping[str, list[Stem]] = table

    def restrict(self, bases: str, scores: Scores) -> None:
        """Strike from `scores`, shape (n, 14), what the stems in `bases` rule out."""
        for word in _WORD.finditer(bases):
            found = self._find(word.group())
            if found is None:
                continue
            length, stems = found
            rows = scores[word.end() - length : word.end()]
            penalties = [_penalties(stem, length) for stem in stems]
            rows += max(penalties, key=lambda penalty: float((rows + penalty).max(axis=1).sum()))

    def _find(self, word: str) -> tuple[int, list[Stem]] | None:
        """Return the length and entries of the stem `word` ends in, after clitics and ال; the longest one."""
        for cut in range(min(_LONGEST_PREFIX, len(word) - 2) + 1):
            prefix, rest = word[:cut], word[cut:]
            if prefix in _CLITICS and rest in self._table:
                return len(rest), self._table[rest]
            if prefix in _ARTICLES and rest in self._table:
                return len(rest), self._table[rest]
            # ل before ال drops its alif: للقيروان.
            if prefix in _LAM_ARTICLES and "ال" + rest in self._table:
                return len(rest), [stem[2:] for stem in self._table["ال" + rest]]
        return None


@cache
def load_stems() -> Stems:
    """Return the stems that come with the package."""
    text = resources.files("tts_news.script").joinpath("data", "stems.txt").read_text(encoding="utf-8")
    return Stems(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def _stem(bases: str, marks: tuple[str, ...]) -> Stem:
    """Return the readings an entry allows; the first letter may also carry the shadda of a sun letter after ال."""
    stem: list[tuple[int, ...]] = []
    for place, (base, given) in enumerate(zip(bases, marks, strict=True)):
        mark = given.replace(DAGGER_ALIF, "").replace(SUKUN, "")
        last = place == len(bases) - 1
        if last and mark == SHADDA:
            stem.append(tuple(READING_INDEX[r] for r in READINGS if SHADDA in r))
        elif last and not mark and base not in "اى":
            stem.append(())
        elif place == 0 and mark and SHADDA not in mark:
            stem.append((READING_INDEX[mark], READING_INDEX[mark + SHADDA]))
        else:
            stem.append((READING_INDEX[mark],))
    return tuple(stem)


def _penalties(stem: Stem, length: int) -> Scores:
    penalties = np.zeros((length, len(READINGS)), np.float32)
    for row, allowed in zip(penalties, stem, strict=True):
        if allowed:
            row[:] = _STRUCK
            row[list(allowed)] = 0.0
            if _BARE in allowed:
                row[READING_INDEX[SUKUN]] = 0.0
    return penalties
