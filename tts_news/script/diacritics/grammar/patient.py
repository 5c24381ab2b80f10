"""بَابُ التَّسْجِيلِ سَيُفْتَحُ فِي سِبْتَمْبَرَ: a present verb that takes an object and has none is passive, where the models doubt.

What is done stands before the verb; behind it comes a preposition or the end of the clause, so nothing is left that it
could be done to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tts_news.script.diacritics.forms import Forms
from tts_news.script.diacritics.grammar.words import Word, cost_of, read_as
from tts_news.script.diacritics.scorer import Scores

# How much less likely (nats) than the active the passive may be.
_MOST_LOSS: Final = 3.5
_AFTER: Final = frozenset("في على إلى من خلال بعد قبل".split())


def make_patients_passive(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    """Make such verbs passive in `scores`, shape (n, 14)."""
    for place, verb in enumerate(words):
        form = verb.form
        if form is None or form.kind != "R" or not place or not verb.glued or form.stem[1] != len(verb.letters):
            continue
        before = words[place - 1].form
        after = words[place + 1] if place + 1 < len(words) else None
        if before is None or not before.definite or before.kind not in "NA":
            continue
        if after is not None and after.glued and after.letters not in _AFTER:
            continue
        passives = [
            at for at, other in enumerate(forms.of(verb.letters)) if other.kind == "r" and other.stem == form.stem
        ]
        if passives and cost_of(verb, scores, forms, passives) < _MOST_LOSS:
            read_as(verb, scores, forms, passives)
