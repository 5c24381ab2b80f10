"""وَقَّعَتِ الْجَامِعَةُ اتِّفَاقِيَّةً, وُزِّعَتْ فِي الْخِتَامِ جَوَائِزُ: what stands behind a verb tells which it is.

A verb that has no object is not the one where an object follows its subject. A verb that needs one and has one noun
behind it is passive, where the models doubt: at the beginning of a sentence, or after أن, nobody was named who does it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tts_news.script.diacritics.forms import Form, Forms
from tts_news.script.diacritics.grammar.cases import NOMINATIVE, case_scores
from tts_news.script.diacritics.grammar.clause import (
    Phrase,
    agree_as_subject,
    free_phrases,
    is_closed,
    is_preposition,
    phrase_at,
)
from tts_news.script.diacritics.grammar.existence import WEIGHT_OF_COMMONNESS
from tts_news.script.diacritics.grammar.words import Word, cost_of, read_as
from tts_news.script.diacritics.scorer import Scores
from tts_news.script.rules.numerals import is_number_word

_ACTIVE: Final = "VR"
_PASSIVE_OF: Final = {"V": "v", "R": "r"}
# How much less likely (nats) the verb that takes an object may be, and how common it must be.
_MOST_LOSS: Final = 12.0
_LEAST_COMMON: Final = 7
# How much less likely the passive may be: of a verb with nothing but phrases behind it, with its one noun right behind
# it, and with a number or an indefinite noun behind a phrase, which can be nobody who does it.
_MOST_LOSS_ALONE: Final = 6.0
_MOST_LOSS_BEFORE_NOUN: Final = {"V": 11.0, "R": 6.0}
_MOST_LOSS_BEFORE_PHRASE: Final = 18.0
_SUBJUNCTIVE: Final = frozenset(["أن", "وأن", "لأن"])


def give_verbs_their_object(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    """Read verbs that have no object as those that take one in `scores`, shape (n, 14), where one follows."""
    for place, verb in enumerate(words):
        form = verb.form
        if form is None or form.kind not in _ACTIVE or form.takes != "i":
            continue
        others = [at for at, other in enumerate(forms.of(verb.letters)) if _is_transitive(other, form)]
        if not others or not _has_object(words, place, scores, forms):
            continue
        readings, costs = forms.of(verb.letters), {at: cost_of(verb, scores, forms, [at]) for at in others}
        best = min(others, key=lambda at: costs[at] - WEIGHT_OF_COMMONNESS * readings[at].commonness)
        if costs[best] < _MOST_LOSS:
            read_as(verb, scores, forms, [best])


def make_verbs_of_nobody_passive(words: Sequence[Word], scores: Scores, forms: Forms, models: Scores) -> None:
    """Read verbs that need an object as passive in `scores`, shape (n, 14), where the one noun can be nothing else.

    `models`: the scores as they were before one reading of each word was chosen.
    """
    for place, verb in enumerate(words[:-1]):
        form = verb.form
        if form is None or form.takes != "t" or form.kind not in _ACTIVE or form.stem[1] != len(verb.letters):
            continue
        passives = [
            at
            for at, other in enumerate(forms.of(verb.letters))
            if other.kind == _PASSIVE_OF[form.kind] and other.stem == form.stem
        ]
        if passives and cost_of(verb, models, forms, passives) < _most_loss(words, place, scores, forms):
            scores[verb.start : verb.end] = models[verb.start : verb.end]
            read_as(verb, scores, forms, passives)


def _is_transitive(other: Form, form: Form) -> bool:
    same = other.kind == form.kind and other.stem[1] == form.stem[1]
    return same and other.takes in {"t", "b"} and other.commonness >= _LEAST_COMMON


def _has_object(words: Sequence[Word], place: int, scores: Scores, forms: Forms) -> bool:
    verb = words[place]
    if verb.form is not None and verb.form.stem[1] < len(verb.letters):
        return True
    subject = phrase_at(words, place + 1, scores, forms)
    if subject is None or not agree_as_subject(verb, words[subject.head], scores):
        return False
    if subject.end < len(words) and words[subject.end].glued and is_number_word(words[subject.end].letters):
        return True
    phrases = list(free_phrases(words, place + 1, scores, forms))
    return len(phrases) > 1 and not words[phrases[1].head].letters.endswith("ا")


def _most_loss(words: Sequence[Word], place: int, scores: Scores, forms: Forms) -> float:
    """Return how much less likely the passive of the verb at `place` may be; below nothing where it is none."""
    verb, after = words[place], words[place + 1]
    opens = place == 0 or words[place - 1].letters in _SUBJUNCTIVE
    if not opens or not after.glued or verb.form is None:
        return -1.0
    phrases = list(free_phrases(words, place + 1, scores, forms))
    if is_preposition(after):
        if not phrases and place:
            return _MOST_LOSS_ALONE
        return _MOST_LOSS_BEFORE_PHRASE if place == 0 and _is_indefinite(words, place, phrases) else -1.0
    if len(phrases) != 1 or phrases[0].head != place + 1 or not agree_as_subject(verb, after, scores):
        return -1.0
    end = phrases[0].end
    rest = words[end] if end < len(words) and words[end].glued else None
    if case_scores(after, scores)[NOMINATIVE] < 0.0 or rest is None or not is_preposition(rest):
        return -1.0
    return _MOST_LOSS_BEFORE_NOUN[verb.form.kind]


def _is_indefinite(words: Sequence[Word], place: int, phrases: Sequence[Phrase]) -> bool:
    """Return whether what follows the phrases behind a verb is a number or an indefinite noun."""
    if phrases:
        return len(phrases) == 1 and not is_closed(words[phrases[0].end - 1])
    behind = next((word for word in words[place + 1 :] if not word.glued or is_number_word(word.letters)), None)
    return behind is not None and behind.glued
