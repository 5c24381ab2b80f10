"""A sentence as grammar sees it: its words, what each is as the models read it, and where its case ending stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

import numpy as np

from tts_news.frozen import dataclass
from tts_news.patterns import lazy
from tts_news.script.diacritics.forms import Form, Forms
from tts_news.script.diacritics.marks import FATHA, READINGS, SHADDA
from tts_news.script.diacritics.scorer import Scores

STRUCK: Final = np.float32(-1e4)
"""Added to a reading that is ruled out: large enough to settle it, finite so that sums still tell two apart."""

_WORD: Final = lazy(r"[\u0621-\u063a\u0641-\u064a]+")
_SPACES: Final = frozenset(" \u00a0\n\t")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence.

    Attributes:
        letters: The word without marks.
        start: Where it begins in the sentence.
        form: What it most likely is; None when the table of forms does not know it.
        margin: By how much (nats) that is likelier than the best reading as another class of word: noun, verb, neither.
        glued: Whether nothing but spaces stands between it and the word before.
    """

    letters: str
    start: int
    form: Form | None
    margin: float
    glued: bool

    @property
    def end(self) -> int:
        """The place after its last letter."""
        return self.start + len(self.letters)

    @property
    def ending(self) -> int:
        """The place of the letter that carries its case: before a pronoun, and before the alif of tanwin."""
        return self.start + self.form.stem[1] - 1 if self.form else self.end - 1


def words_of(bases: str, scores: Scores, forms: Forms) -> list[Word]:
    """Return the words of a sentence as `scores`, shape (n, 14), has them now."""
    found: list[Word] = []
    last = 0
    for match in _WORD.finditer(bases):
        start, end = match.span()
        glued = start > 0 and _SPACES.issuperset(bases[last:start])
        form, margin = likeliest(match.group(), scores[start:end], forms, opens=not glued)
        found.append(Word(match.group(), start, form, margin, glued))
        last = end
    return found


def likeliest(word: str, rows: Scores, forms: Forms, *, opens: bool = False) -> tuple[Form | None, float]:
    """Return the form that its rows of scores, shape (letters, 14), make likeliest, and its lead over other classes.

    `opens`: the word opens a clause; there one in fatha is a verb rather than a noun: زَارَ.
    """
    readings = forms.of(word)
    if not readings:
        return _guess(word), float("inf")
    sums = (rows[None] + penalties(word, forms)).max(axis=2).sum(axis=1).tolist()
    order = "V" + _ORDER if opens and READINGS[int(rows[-1].argmax())] in _FATHAS else _ORDER
    ranked = sorted(
        zip(readings, sums, strict=True),
        key=lambda pair: (-round(pair[1], 1), len(word) - pair[0].stem[1], order.index(pair[0].kind)),
    )
    best, total = ranked[0]
    others = [other for form, other in ranked if _class(form) != _class(best)]
    return best, total - max(others) if others else float("inf")


# Of readings with the same marks one without a pronoun is likelier, a common word is likelier than a name, and what may
# be an adjective is taken as one.
_FATHAS: Final = (FATHA, FATHA + SHADDA)
_ORDER: Final = "PDANEXVRvrIFf"


def _class(form: Form) -> int:
    return 1 if form.is_verb else 2 if form.is_nominal else 3


_NISBA: Final = lazy("([وف]?ال)([\u0621-\u064a]{4,}ي)(ة?)")


def _guess(word: str) -> Form | None:
    """Return a word that the table does not know as what its shape says: والتكنولوجي is an adjective in ـِيّ."""
    nisba = _NISBA.fullmatch(word)
    if nisba is None:
        return None
    doubled = tuple(index for index, reading in enumerate(READINGS) if SHADDA in reading)
    ya = len(word) - 1 - len(nisba[3])
    letters = tuple(doubled if place == ya else () for place in range(len(word)))
    return Form(letters, "A", "f" if nisba[3] else "m", "s", (len(nisba[1]), len(word)), definite=True)


def penalties(word: str, forms: Forms) -> Scores:
    """Return what rules out, for each form of a word, the readings it does not have; shape (forms, letters, 14)."""
    return _penalties(tuple(form.letters for form in forms.of(word)))


@lru_cache(maxsize=1 << 13)
def _penalties(forms: tuple[tuple[tuple[int, ...], ...], ...]) -> Scores:
    rows = [_row(allowed) for form in forms for allowed in form]
    return np.concatenate(rows).reshape(len(forms), len(forms[0]), len(READINGS))


@cache
def _row(allowed: tuple[int, ...]) -> Scores:
    row = np.full(len(READINGS), STRUCK if allowed else 0.0, np.float32)
    row[list(allowed)] = 0.0
    return row


def neighbours(words: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """Yield the pairs of words that nothing but a space stands between."""
    for first, second in pairwise(words):
        if second.glued:
            yield first, second


def read_as(word: Word, scores: Scores, forms: Forms, places: Sequence[int]) -> Word:
    """Strike from `scores`, shape (n, 14), all readings of a word but the likeliest of the forms at `places`."""
    rows = scores[word.start : word.end]
    masks = penalties(word.letters, forms)[list(places)]
    best = int(np.argmax((rows[None] + masks).max(axis=2).sum(axis=1)))
    rows += masks[best]
    return Word(word.letters, word.start, forms.of(word.letters)[places[best]], float("inf"), word.glued)


def cost_of(word: Word, scores: Scores, forms: Forms, places: Sequence[int]) -> float:
    """Return by how much (nats) the likeliest of the forms at `places` is less likely than the likeliest of all."""
    sums = (scores[word.start : word.end][None] + penalties(word.letters, forms)).max(axis=2).sum(axis=1)
    return float(sums.max() - sums[list(places)].max())
