"""لَا تُؤَجِّلِ الْفَحْصَ, اِنْتَظِرْ دَقِيقَتَيْنِ: advice speaks to one person, and the models mostly read of a third.

A sentence that begins with a verb has its subject behind it. Where none can stand there, after لا it forbids
(jussive), and a past verb whose letters are an imperative too commands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tts_news.script.diacritics.forms import Forms
from tts_news.script.diacritics.grammar.cases import (
    ACCUSATIVE,
    NOMINATIVE,
    case_scores,
    endings_of,
    is_indefinite,
    settle_case,
)
from tts_news.script.diacritics.grammar.words import STRUCK, Word, cost_of, read_as
from tts_news.script.diacritics.marks import FATHATAN, READING_INDEX, READINGS, SHADDA, SUKUN
from tts_news.script.diacritics.scorer import Scores

_BARE: Final = [READING_INDEX[""], READING_INDEX[SUKUN]]
_TANWIN: Final = [READING_INDEX[FATHATAN], READING_INDEX[FATHATAN + SHADDA]]
_LONG: Final = "اوي"
_COUNTS: Final = frozenset("ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة مئة مائة".split())
# How much less likely (nats) than the past the imperative may be: what the models learnt from has few.
_MOST_LOSS: Final = 28.0
_SURE: Final = {"f": 3.0, "m": 6.0}


def give_orders(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    """Read the verbs that open a sentence and have no subject as what they bid or forbid, in `scores`, (n, 14)."""
    if len(words) > 2 and words[0].letters == "لا":
        _forbid(words, scores, forms)
    elif len(words) > 1:
        _command(words, scores, forms)


def _forbid(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    verb, after = words[1], words[2]
    if not verb.glued or verb.form is None or verb.form.kind != "R" or not _may_be_jussive(verb):
        return
    if not after.glued or not _is_no_subject(after, "f", scores, forms):
        return
    _end_bare(verb, scores)
    _make_object(after, scores)


def _command(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    verb, after = words[0], words[1]
    if verb.form is None or verb.form.kind not in "VI" or verb.form.stem != (0, len(verb.letters)):
        return
    orders = [place for place, form in enumerate(forms.of(verb.letters)) if form.kind == "I" and form.stem[0] == 0]
    if not orders or not after.glued or verb.letters[-1] in "ىوياتن":
        return
    if verb.form.kind == "V" and not (_is_no_subject(after, "m", scores, forms) and _speaks_to_one(words[1:])):
        return
    if cost_of(verb, scores, forms, orders) < _MOST_LOSS:
        _end_bare(read_as(verb, scores, forms, orders), scores)
        _make_object(after, scores)


def _may_be_jussive(verb: Word) -> bool:
    """Return whether the letters of a present verb in ت are those of the jussive: تَقُلْ has lost what تَقُولُ has."""
    form = verb.form
    if form is None or form.stem != (0, len(verb.letters)) or verb.letters[0] != "ت":
        return False
    doubled = any(SHADDA in READINGS[index] for index in form.letters[-1])
    weak = verb.letters[-1] in "اىوين" or (verb.letters[-2] in _LONG and form.letters[-2] in ((), (0, 13)))
    return not doubled and not weak


def _is_no_subject(word: Word, gender: str, scores: Scores, forms: Forms) -> bool:
    """Return whether what follows a verb of `gender` cannot be its subject, whatever the models make of its ending."""
    form = word.form
    if form is None:
        return False
    # Behind a place or a time the subject may still come: شَارَكَ فِي السِّبَاقِ ثَمَانُونَ عَدَّاءً, سَافَرَ غَدًا وَفْدٌ.
    if gender == "m" and word.letters.endswith("ا") and is_indefinite(word, scores):
        return False
    if (form.kind != "N" and not (form.kind == "A" and form.definite)) or word.letters[: form.stem[0]] not in {
        "",
        "ال",
    }:
        return False
    return word.letters.endswith("ين") if form.number == "d" else _is_no_noun_for(word, gender, scores, forms)


def _is_no_noun_for(word: Word, gender: str, scores: Scores, forms: Forms) -> bool:
    """Return whether a noun is of the other gender, or surely not nominative."""
    own = [form for form in forms.of(word.letters) if form.is_nominal and word.form and form.stem == word.form.stem]
    if bool(endings_of(word)) and case_scores(word, scores)[NOMINATIVE] < -_SURE[gender]:
        return True
    # A club is masculine whatever its name: تَقَدَّمَ الْوَحْدَةُ. A counted one is what it counts: تَقَدَّمَ خَمْسَةٌ.
    if word.letters in _COUNTS or (gender == "m" and own[0].definite):
        return False
    return all(form.kind != "X" and form.number != "p" and form.gender not in {gender, ""} for form in own)


def _speaks_to_one(words: Sequence[Word]) -> bool:
    """Return whether nothing in the sentence is said of a third person: no past verb, no name, no pronoun ه or ها."""
    return not any(
        word.form is None
        or word.form.kind in "VvX"
        or (word.form.is_nominal and word.letters[word.form.stem[1] :].startswith("ه"))
        for word in words
    )


def _end_bare(verb: Word, scores: Scores) -> None:
    last = scores[verb.end - 1]
    kept = last[_BARE].copy()
    last += STRUCK
    last[_BARE] = kept


def _make_object(word: Word, scores: Scores) -> None:
    if word.form and word.form.kind in "NA" and word.letters[: word.form.stem[0]] in {"", "ال"}:
        in_construct = not is_indefinite(word, scores)
        settle_case(word, scores, ACCUSATIVE)
        if in_construct:
            scores[word.ending, _TANWIN] += STRUCK
