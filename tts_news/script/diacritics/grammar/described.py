"""جَائِزَةً قَدْرُهَا خَمْسَةُ آلَافٍ: a noun with a pronoun between an indefinite noun and a nominative begins a clause.

The clause describes the indefinite noun; its own first word is nominative, whatever case that noun has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tts_news.script.diacritics.forms import Forms
from tts_news.script.diacritics.grammar.cases import (
    ACCUSATIVE,
    GENITIVE,
    NOMINATIVE,
    case_scores,
    endings_of,
    is_indefinite,
    settle_case,
)
from tts_news.script.diacritics.grammar.words import Word
from tts_news.script.diacritics.scorer import Scores

_SURE: Final = 4.0


def describe(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    """Make the first noun of such clauses nominative in `scores`, shape (n, 14)."""
    del forms
    for noun, first, second in zip(words, words[1:], words[2:], strict=False):
        if not (first.glued and second.glued and _is_with_pronoun(first) and _is_indefinite_noun(noun, scores)):
            continue
        cases = case_scores(second, scores)
        form = second.form
        if form is None or form.kind != "N" or form.definite or form.stem[0] or not endings_of(second):
            continue
        if cases[NOMINATIVE] == 0.0 > cases[ACCUSATIVE] and cases[GENITIVE] < -_SURE:
            settle_case(first, scores, NOMINATIVE)


def _is_with_pronoun(word: Word) -> bool:
    form = word.form
    return form is not None and form.kind == "N" and not form.stem[0] and word.letters[form.stem[1] :] in {"ه", "ها"}


def _is_indefinite_noun(word: Word, scores: Scores) -> bool:
    form = word.form
    return form is not None and form.kind in "NA" and not form.definite and is_indefinite(word, scores)
