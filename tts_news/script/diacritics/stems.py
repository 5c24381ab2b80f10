"""Words that are read in one way only, or in one way beside certain others: `data/stems.txt`, `data/homographs.tsv`.

Where such a word stands in a text, with or without clitics and ال, the readings of its letters that its entry rules
out are struck from the scores. The last letter stays open: its marks are the case ending.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Final

import numpy as np

from tts_news.frozen import dataclass
from tts_news.patterns import lazy
from tts_news.script.data_files import data_file
from tts_news.script.diacritics.marks import DAGGER_ALIF, READING_INDEX, READINGS, SHADDA, SUKUN, take_apart
from tts_news.script.diacritics.scorer import Scores

Stem = tuple[tuple[int, ...], ...]
"""The readings (indices into `READINGS`) each letter of a stem may have; an empty tuple leaves the letter open."""

_MARKS: Final = lazy("[\u064b-\u065f\u0670]")
_WORD: Final = lazy(r"[\u0621-\u063a\u0641-\u064a]+")
_CLITICS: Final = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك")
_LAM_ARTICLES: Final = ("لل", "ولل", "فلل")
_ARTICLES: Final = (*(clitic + "ال" for clitic in _CLITICS if not clitic.endswith("ل")), *_LAM_ARTICLES)
_LONGEST_PREFIX: Final = 4
_BARE: Final = READING_INDEX[""]
# Large enough to settle the reading, finite so that sums of scores still tell two entries of one word apart.
_STRUCK: Final = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Homograph:
    """A vowelled word that is read so when one of `before` stands before it and one of `after` after it."""

    word: str
    before: frozenset[str]
    after: frozenset[str]

    def holds(self, before: str, after: str) -> bool:
        """Return whether the neighbours of a word settle it."""
        return (not self.before or before in self.before) and (not self.after or after in self.after)


class Stems:
    """A table of stems by their letters; a word with several entries may be read as any of them.

    Args:
        vowelled: The stems.
        homographs: Vowelled words with the neighbours, before and after, that settle them.
    """

    def __init__(
        self, vowelled: Iterable[str], homographs: Iterable[tuple[str, Iterable[str], Iterable[str]]] = ()
    ) -> None:
        table: dict[str, list[str]] = {}
        for word in vowelled:
            table.setdefault(_letters(word), []).append(word)
        self._table: Mapping[str, list[str]] = table
        settled: dict[str, list[Homograph]] = {}
        for word, before, after in homographs:
            settled.setdefault(_letters(word), []).append(Homograph(word, frozenset(before), frozenset(after)))
        self._homographs: Mapping[str, list[Homograph]] = settled

    def restrict(self, bases: str, scores: Scores) -> None:
        """Strike from `scores`, shape (n, 14), what the stems and homographs in `bases` rule out."""
        words = list(_WORD.finditer(bases))
        for place, word in enumerate(words):
            before = words[place - 1].group() if place else ""
            after = words[place + 1].group() if place + 1 < len(words) else ""
            found = self._settled_by(word.group(), before, after) or self._find(word.group())
            if found is None:
                continue
            length, stems = found
            rows = scores[word.end() - length : word.end()]
            penalties = [_penalties(stem, length) for stem in stems]
            rows += max(penalties, key=lambda penalty: float((rows + penalty).max(axis=1).sum()))

    def _settled_by(self, word: str, before: str, after: str) -> tuple[int, list[Stem]] | None:
        """Return the length and reading of a word that its neighbours settle, after و or ف."""
        for cut in (0, 1) if word[0] in "وف" else (0,):
            for entry in self._homographs.get(word[cut:], ()):
                if entry.holds(before, after):
                    return len(word) - cut, [_stem(entry.word)]
        return None

    def _find(self, word: str) -> tuple[int, list[Stem]] | None:
        """Return the length and entries of the stem `word` ends in, after clitics and ال; the longest one."""
        for cut in range(min(_LONGEST_PREFIX, len(word) - 2) + 1):
            prefix, rest = word[:cut], word[cut:]
            if prefix in _CLITICS and rest in self._table:
                return len(rest), list(map(_stem, self._table[rest]))
            if prefix in _ARTICLES and rest in self._table:
                return len(rest), list(map(_stem, self._table[rest]))
            # ل before ال drops its alif: للقيروان.
            if prefix in _LAM_ARTICLES and "ال" + rest in self._table:
                return len(rest), [_stem(entry)[2:] for entry in self._table["ال" + rest]]
        return None


@cache
def load_stems() -> Stems:
    """Return the stems and homographs that come with the package."""
    stems = [word for line in _lines("stems.txt") for word in line.split()]
    rows = [line.split("\t") for line in _lines("homographs.tsv")]
    return Stems(stems, [(word, before.split(), after.split()) for word, before, after in rows])


def _lines(name: str) -> list[str]:
    text = data_file(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _letters(word: str) -> str:
    """Return the letters of an entry: its `take_apart(word).bases`, for eight hundred words at once."""
    return _MARKS.sub("", unicodedata.normalize("NFC", word))


@lru_cache(maxsize=1024)
def _stem(word: str) -> Stem:
    """Return the readings an entry allows; the first letter may also carry the shadda of a sun letter after ال."""
    apart = take_apart(word)
    stem: list[tuple[int, ...]] = []
    for place, (base, given) in enumerate(zip(apart.bases, apart.marks, strict=True)):
        mark = given.replace(DAGGER_ALIF, "").replace(SUKUN, "")
        last = place == len(apart.bases) - 1
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
