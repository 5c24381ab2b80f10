"""تَقَدَّمَ الْوَحْدَةُ بِهَدَفٍ: before a club and a goal stands what happened, and a club is masculine whatever its name.

The letters of such a verb are also those of a present tense in the feminine (تُقَدَّمُ), which agrees with the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tts_news.script.diacritics.forms import Form, Forms
from tts_news.script.diacritics.grammar.words import Word, cost_of, read_as
from tts_news.script.diacritics.scorer import Scores

_BY: Final = frozenset("بهدف بهدفين بأهداف بثلاثية برباعية بنقطة بنقطتين بنتيجة بركلة بركلات برأسية".split())
# How much less likely (nats) than the present the past may be.
_MOST_LOSS: Final = 22.0


def tell_of_clubs(words: Sequence[Word], scores: Scores, forms: Forms, models: Scores) -> None:
    """Read such verbs as past in `scores`, shape (n, 14).

    `models`: the scores as they were before one reading of each word was chosen.
    """
    for verb, club, score in zip(words, words[1:], words[2:], strict=False):
        form = verb.form
        if form is None or form.kind not in "Rr" or score.letters not in _BY or not (club.glued and score.glued):
            continue
        past = [at for at, other in enumerate(forms.of(verb.letters)) if _is_own_past(other, form, verb)]
        if past and _may_be_club(club) and cost_of(verb, models, forms, past) < _MOST_LOSS:
            scores[verb.start : verb.end] = models[verb.start : verb.end]
            read_as(verb, scores, forms, past)


def _may_be_club(word: Word) -> bool:
    form = word.form
    return form is not None and form.kind in "NA" and form.gender == "f" and word.letters.startswith("ال")


def _is_own_past(other: Form, form: Form, verb: Word) -> bool:
    """Return whether a reading is the past of a verb that begins with the same ت: تَقَدَّمَ, تَعَادَلَ."""
    return other.kind == "V" and other.stem == form.stem and verb.letters[form.stem[0]] == "ت"
