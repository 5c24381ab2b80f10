"""What the structure of a sentence settles of its marks, after the models have voted: certain rules in their order.

Each looks at words as the table of forms and the scores have them then, and strikes the readings it rules out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Final

import numpy as np

from tts_news.script.diacritics.forms import Forms, load_forms
from tts_news.script.diacritics.grammar.adverbs import free_adverbs
from tts_news.script.diacritics.grammar.agreement import agree
from tts_news.script.diacritics.grammar.between import join_between
from tts_news.script.diacritics.grammar.clause import name_subject_and_object
from tts_news.script.diacritics.grammar.described import describe
from tts_news.script.diacritics.grammar.existence import keep_to_words
from tts_news.script.diacritics.grammar.first_noun import name_subject
from tts_news.script.diacritics.grammar.late_subject import find_late_subject
from tts_news.script.diacritics.grammar.match_reports import tell_of_clubs
from tts_news.script.diacritics.grammar.named import close_names
from tts_news.script.diacritics.grammar.number_endings import end_duals_and_plurals
from tts_news.script.diacritics.grammar.orders import give_orders
from tts_news.script.diacritics.grammar.patient import make_patients_passive
from tts_news.script.diacritics.grammar.person import give_verbs_their_subject
from tts_news.script.diacritics.grammar.pronouns import colour_pronouns
from tts_news.script.diacritics.grammar.reported import join_reported
from tts_news.script.diacritics.grammar.subject import keep_one_subject
from tts_news.script.diacritics.grammar.tanwin import (
    close_constructs,
    open_latin_constructs,
    share_constructs,
)
from tts_news.script.diacritics.grammar.titles import open_with_noun, open_with_verb
from tts_news.script.diacritics.grammar.transitive import give_verbs_their_object, make_verbs_of_nobody_passive
from tts_news.script.diacritics.grammar.wasl import link_to_wasl
from tts_news.script.diacritics.grammar.words import Word, words_of
from tts_news.script.diacritics.scorer import Scores

Rule = Callable[[Sequence[Word], Scores, Forms], None]

STEM_RULES: Final[tuple[Rule, ...]] = (
    join_reported,
    give_verbs_their_subject,
    open_with_noun,
    give_orders,
    make_patients_passive,
    give_verbs_their_object,
)
"""What they settle changes what a word is; the words are looked at anew after them."""

CASE_RULES: Final[tuple[Rule, ...]] = (
    close_constructs,  # before adverbs: a tanwin ends a phrase
    share_constructs,
    join_between,
    free_adverbs,
    name_subject,
    find_late_subject,
    describe,
    keep_one_subject,
    name_subject_and_object,
    agree,  # adjectives follow what the others settled
    close_names,
    end_duals_and_plurals,
    link_to_wasl,
    colour_pronouns,  # last: endings are settled
)


class Grammar:
    """The rules over one table of forms."""

    def __init__(self, forms: Forms) -> None:
        self._forms = forms

    def restrict(self, bases: str, scores: Scores) -> None:
        """Strike from `scores`, shape (n, 14), what no word has and what the sentence rules out."""
        open_with_verb(bases, scores, self._forms)
        models = scores.copy()
        keep_to_words(bases, scores, self._forms)
        words = words_of(bases, scores, self._forms)
        open_latin_constructs(bases, words, scores)
        before = scores.copy()
        for rule in STEM_RULES:
            rule(words, scores, self._forms)
        make_verbs_of_nobody_passive(words, scores, self._forms, models)
        tell_of_clubs(words, scores, self._forms, models)
        if not np.array_equal(before, scores):
            words = words_of(bases, scores, self._forms)
        for rule in CASE_RULES:
            rule(words, scores, self._forms)


@cache
def load_grammar() -> Grammar:
    """Return the rules over the table that comes with the package."""
    return Grammar(load_forms())
