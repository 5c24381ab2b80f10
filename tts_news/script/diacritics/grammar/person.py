"""قَلَّتْ نِسْبَةُ, not قُلْتُ نِسْبَةُ: a verb of the first or second person has its subject in itself.

Where a nominative follows such a verb at once, the verb is the third person that is written so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from tts_news.script.diacritics.forms import Forms
from tts_news.script.diacritics.grammar.cases import ACCUSATIVE, GENITIVE, NOMINATIVE, case_scores
from tts_news.script.diacritics.grammar.words import STRUCK, Word, neighbours, penalties
from tts_news.script.diacritics.marks import KASRA, READING_INDEX, SUKUN
from tts_news.script.diacritics.scorer import Scores

_SURE: Final = 6.0
_ENDS_OPEN: Final = [READING_INDEX[""], READING_INDEX[SUKUN], READING_INDEX[KASRA]]


def give_verbs_their_subject(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    """Make verbs third person in `scores`, shape (n, 14), before a subject of their own."""
    for verb, subject in neighbours(words):
        if verb.form is None or verb.form.kind not in "Ff" or not verb.letters.endswith("ت"):
            continue
        if not _is_feminine_subject(subject, scores):
            continue
        third = [
            place
            for place, form in enumerate(forms.of(verb.letters))
            if form.kind == "V" and form.stem[1] == len(verb.letters)
        ]
        if third:
            rows = scores[verb.start : verb.end]
            masks = penalties(verb.letters, forms)[third].copy()
            masks[:, -1] = STRUCK
            masks[:, -1, _ENDS_OPEN] = 0.0
            rows += masks[int(np.argmax((rows[None] + masks).max(axis=2).sum(axis=1)))]


def _is_feminine_subject(word: Word, scores: Scores) -> bool:
    form = word.form
    if form is None or form.kind not in "NAX" or word.letters[: form.stem[0]] not in {"", "ال"}:
        return False
    cases = case_scores(word, scores)
    return (
        (form.gender == "f" or form.number == "p")
        and cases[NOMINATIVE] == 0.0
        and max(cases[ACCUSATIVE], cases[GENITIVE]) < -_SURE
    )
