"""A verb has one subject: what follows it in the clause and is neither its adjective nor joined to it is no nominative.

زَارَ وَزِيرُ الْخَارِجِيَّةِ كُورْيَا الْجَنُوبِيَّةَ: the minister is the subject, and الجنوبية, feminine, is not said of him.
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
    settle_case,
)
from tts_news.script.diacritics.grammar.words import Word
from tts_news.script.diacritics.scorer import Scores

# How sure (nats) the ending of the subject must be, and how much less likely the accusative of the other word may be;
# more for a word with ال right beside it, where nothing else is possible.
_SURE: Final = 6.0
_LEAST_MARGIN: Final = 1.0
_MOST_LOSS: Final = 6.0
_MOST_LOSS_BESIDE: Final = 14.0
_VERBS: Final = "VR"


def keep_one_subject(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    """Make a second nominative of a clause accusative in `scores`, shape (n, 14), where nothing explains it."""
    for place, verb in enumerate(words[:-1]):
        if verb.form is None or verb.form.kind not in _VERBS or _has_pronoun(verb):
            continue
        if verb.glued and verb.margin < _LEAST_MARGIN:
            continue
        subject = words[place + 1]
        if subject.glued and _is_subject(subject, scores):
            _mend_after(words, place + 1, scores, forms)


def _has_pronoun(word: Word) -> bool:
    return word.form is not None and len(word.letters) > word.form.stem[1]


def _is_subject(word: Word, scores: Scores) -> bool:
    form = word.form
    if form is None or not _is_plain_noun(word) or word.margin < _LEAST_MARGIN:
        return False
    cases = case_scores(word, scores)
    return cases[NOMINATIVE] == 0.0 and max(cases[ACCUSATIVE], cases[GENITIVE]) < -_SURE


def _mend_after(words: Sequence[Word], place: int, scores: Scores, forms: Forms) -> None:
    """Look for the first nominative after the subject at `place` that nothing explains."""
    subject = words[place]
    for at, word in enumerate(words[place + 1 :], place + 1):
        form = word.form
        if not word.glued or not _is_plain_noun(word):
            return
        cases = case_scores(word, scores)
        if _is_land_of_its_own(subject, words[at - 1 : at + 2]):
            settle_case(word, scores, ACCUSATIVE)
            settle_case(words[at + 1], scores, ACCUSATIVE)
            return
        if cases[NOMINATIVE] < 0.0 or min(cases) == 0.0:
            continue
        if form is None:
            return
        beside = word is words[place + 1] and form.kind == "N" and form.definite
        most_loss = _MOST_LOSS_BESIDE if beside else _MOST_LOSS
        land = _is_a_land(subject, words[at : at + 2]) and cases[ACCUSATIVE] > -_MOST_LOSS_BESIDE
        other = not _may_be_said_of(subject, word, forms) and cases[ACCUSATIVE] > max(-most_loss, cases[GENITIVE])
        if land or other:
            settle_case(word, scores, ACCUSATIVE)
        return


def _is_a_land(subject: Word, name: Sequence[Word]) -> bool:
    """Return whether a name has a feminine behind it while the subject is a man: زَارَ الْوَزِيرُ تُونِسَ الْعَاصِمَةَ."""
    forms = [word.form for word in name]
    if len(forms) < 2 or not name[1].glued or subject.form is None or forms[0] is None or forms[1] is None:
        return False
    title = forms[1]
    follows = title.kind in "NA" and title.definite and title.gender == "f" and title.number == "s"
    return follows and forms[0].kind == "X" and subject.form.gender == "m" and subject.form.number == "s"


def _is_land_of_its_own(subject: Word, words: Sequence[Word]) -> bool:
    """Return whether a land stands behind a noun with ال, which it cannot complete: خارجيةِ اليابانِ كوريا الجنوبيةَ."""
    before, name = words[0], words[1].form
    closed = before.letters.startswith("ال") and (before.form is None or before.form.kind in "NX")
    return closed and name is not None and not name.definite and _is_a_land(subject, words[1:])


def _is_plain_noun(word: Word) -> bool:
    """Return whether a word is a noun, or a name the table does not know, with nothing but ال before it."""
    if word.form is None:
        return word.letters[0] not in "وفبلك"
    return word.form.kind in "NAX" and word.letters[: word.form.stem[0]] in {"", "ال"}


def _may_be_said_of(subject: Word, word: Word, forms: Forms) -> bool:
    """Return whether a nominative may be said of the subject or be another name of it: الوزيرُ السابقُ, الوزيرُ أحمدُ."""
    first, second = subject.form, word.form
    if first is None or second is None or second.kind == "X" or first.kind == "X":
        return True
    if second.kind != "A" and not second.definite and not any(form.kind in "AE" for form in forms.of(word.letters)):
        return False
    if first.number == "p":
        return second.gender == "f" or second.number == "p"
    return first.gender == second.gender or not first.gender
