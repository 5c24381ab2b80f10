"""تَعْتَزِمُ الْوِزَارَةُ بِنَاءَهَا: of two accusatives behind a verb the first is its subject, when it can be.

A verb names its subject before its object unless it was named before, and few verbs have two objects.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tts_news.script.diacritics.forms import Forms
from tts_news.script.diacritics.grammar.cases import ACCUSATIVE, NOMINATIVE, case_scores, endings_of, settle_case
from tts_news.script.diacritics.grammar.words import Word
from tts_news.script.diacritics.scorer import Scores

_LEAST_MARGIN: Final = 1.0
# How much less likely (nats) than the accusative the nominative may be.
_MOST_LOSS: Final = 14.0


def name_subject(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    """Make the first of such accusatives nominative in `scores`, shape (n, 14)."""
    for verb, first, second in zip(words, words[1:], words[2:], strict=False):
        if not (
            first.glued and second.glued and _is_verb(verb) and _is_noun(first) and _is_object(second, scores, forms)
        ):
            continue
        cases = case_scores(first, scores)
        if cases[ACCUSATIVE] == 0.0 > cases[NOMINATIVE] > -_MOST_LOSS and _go_together(verb, first):
            settle_case(first, scores, NOMINATIVE)


def _is_verb(word: Word) -> bool:
    form = word.form
    return form is not None and form.kind in "VR" and len(word.letters) == form.stem[1] and word.margin >= _LEAST_MARGIN


def _is_noun(word: Word) -> bool:
    form = word.form
    return form is not None and form.kind == "N" and form.definite and word.letters.startswith("ال")


def _is_object(word: Word, scores: Scores, forms: Forms) -> bool:
    """Return whether a word is a noun with a pronoun, in the accusative: بناءها."""
    form = word.form
    if form is None or not form.is_nominal or len(word.letters) == form.stem[1] or not endings_of(word):
        return False
    nouns = [one for one in forms.of(word.letters) if one.kind == "N" and one.stem == (0, form.stem[1])]
    pronoun = word.letters[form.stem[1] :]
    return bool(nouns) and pronoun != "ا" and case_scores(word, scores)[ACCUSATIVE] == 0.0


def _go_together(verb: Word, noun: Word) -> bool:
    """Return whether a noun in the singular has the gender of the verb."""
    form = verb.form
    if form is None or noun.form is None or noun.form.number != "s":
        return False
    letters = verb.letters[form.stem[0] :]
    feminine = letters.startswith("ت") if form.kind == "R" else letters.endswith("ت")
    return noun.form.gender == ("f" if feminine else "m")
