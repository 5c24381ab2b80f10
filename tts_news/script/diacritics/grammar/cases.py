"""The three cases of a noun and the endings that show them."""

from __future__ import annotations

from typing import Final

import numpy as np

from tts_news.script.diacritics.grammar.words import STRUCK, Word
from tts_news.script.diacritics.marks import DAMMA, DAMMATAN, FATHA, FATHATAN, KASRA, KASRATAN, READINGS, SHADDA
from tts_news.script.diacritics.scorer import Scores

NOMINATIVE: Final = 0
ACCUSATIVE: Final = 1
GENITIVE: Final = 2

_SHOWN_BY: Final = ((DAMMA, DAMMATAN), (FATHA, FATHATAN), (KASRA, KASRATAN))
_ENDINGS: Final = tuple(
    tuple(index for index, reading in enumerate(READINGS) if reading.replace(SHADDA, "") in vowels)
    for vowels in _SHOWN_BY
)
_TANWIN: Final = (DAMMATAN, FATHATAN, KASRATAN)
TANWIN_OF: Final = {
    READINGS.index(short + doubled): READINGS.index(tanwin + doubled)
    for (short, tanwin) in _SHOWN_BY
    for doubled in ("", SHADDA)
}
"""The tanwin of each short vowel, with and without shadda."""

CaseScores = tuple[float, float, float]
NO_CASE: Final = (0.0, 0.0, 0.0)


def endings_of(word: Word) -> tuple[tuple[int, ...], ...]:
    """Return the readings that show each case on the word's ending; () where the letters leave no ending to show."""
    form = word.form
    stem = word.letters if form is None else word.letters[form.stem[0] : form.stem[1]]
    plural = form is not None and form.number == "p"
    if stem.endswith("ات") and (plural or form is None):
        return _ENDINGS[NOMINATIVE], _ENDINGS[GENITIVE], _ENDINGS[GENITIVE]
    if stem[-1] in "اىآوي" and not _bears_vowel(word):
        return ()
    if form is not None and (form.number == "d" or (plural and stem.endswith(("ون", "ين")))):
        return ()
    return _ENDINGS


def case_scores(word: Word, scores: Scores) -> CaseScores:
    """Return how well each case goes with `scores`, shape (n, 14): the best ending that shows it, in nats."""
    endings = endings_of(word)
    if not endings:
        return NO_CASE
    row = scores[word.ending]
    top = float(row.max())
    return tuple(float(row[list(shown)].max()) - top for shown in endings)  # type: ignore[return-value]


def settle_case(word: Word, scores: Scores, case: int) -> None:
    """Strike from `scores` the endings of the other cases."""
    endings = endings_of(word)
    if endings:
        row = scores[word.ending]
        kept = row[list(endings[case])].copy()
        row += STRUCK
        row[list(endings[case])] = kept


def is_indefinite(word: Word, scores: Scores) -> bool:
    """Return whether the likeliest ending is a tanwin."""
    return bool(set(_TANWIN) & set(READINGS[int(np.argmax(scores[word.ending]))]))


def _bears_vowel(word: Word) -> bool:
    """Return whether the weak letter a stem ends in is a consonant: مِصْرِيّ, نَحْو and سَعْي take an ending, قَاضِي does not."""
    if word.form is None:
        return False
    last = word.form.stem[1] - 1
    own, before = word.form.letters[last], word.form.letters[last - 1]
    doubled = bool(own) and all(SHADDA in READINGS[index] for index in own)
    return doubled or (word.letters[last] in "وي" and before[:1] == (READINGS.index(""),))
