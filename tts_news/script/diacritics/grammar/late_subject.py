"""حَلَّتْ ضَيْفَ شَرَفٍ لِلْمَرَّةِ الْأُولَى مَدِينَةُ غَرْنَاطَةَ: the subject may stand behind what else belongs to the verb.

A sentence that begins with a verb names its subject. A masculine noun right behind a feminine verb is none, and where
nothing in the clause is nominative, the noun after the first prepositional phrase is.
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
from tts_news.script.diacritics.marks import KASRA, READINGS, SUKUN
from tts_news.script.diacritics.scorer import Scores

_LEAST_MARGIN: Final = 1.0
_NUMERALS: Final = frozenset("ثلاث أربع خمس ست سبع ثماني تسع عشر عشرة مئة مئات ألف آلاف".split())
_PREPOSITIONS: Final = frozenset("في إلى على عن من مع منذ عبر".split())
_CLITIC_PREPOSITIONS: Final = frozenset(["ل", "ب", "لل", "بال"])
# How much less likely (nats) than the accusative the nominative may be.
_MOST_LOSS: Final = 14.0


def find_late_subject(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    """Make the first noun that can be the subject of a sentence's first verb nominative in `scores`, (n, 14)."""
    if len(words) < 3:
        return
    verb = words[0]
    if verb.form is None or verb.form.kind not in "Vv" or verb.margin < _LEAST_MARGIN:
        return
    if not _is_feminine(verb, scores):
        return
    rest = _clause(words)
    if len(rest) > 1 and _is_masculine(rest[0], forms) and _is_second_part(rest[1], scores):
        settle_case(rest[0], scores, ACCUSATIVE)
    subject = _subject_after_phrase(rest, scores, forms)
    if subject is not None:
        settle_case(subject, scores, NOMINATIVE)


def _is_feminine(verb: Word, scores: Scores) -> bool:
    """Return whether a past verb ends in the ت of the feminine: صَوَّتَ, whose own it is, has a fatha there."""
    if verb.form is None or not verb.letters.endswith("ت") or verb.form.stem[1] != len(verb.letters):
        return False
    return READINGS[int(scores[verb.end - 1].argmax())] in ("", SUKUN, KASRA)


def _is_second_part(word: Word, scores: Scores) -> bool:
    """Return whether a word is an indefinite genitive: the second part of a construct."""
    return is_indefinite(word, scores) and case_scores(word, scores)[GENITIVE] == 0.0


def _clause(words: Sequence[Word]) -> list[Word]:
    """Return the words after the first up to a stop or the next verb."""
    clause: list[Word] = []
    for word in words[1:]:
        if not word.glued or (word.form and word.form.is_verb and word.letters not in _NUMERALS):
            break
        clause.append(word)
    return clause


def _is_masculine(word: Word, forms: Forms) -> bool:
    """Return whether a word is a masculine singular noun and nothing else."""
    form = word.form
    if form is None or form.kind != "N" or form.stem[0] or form.definite or len(word.letters) > form.stem[1]:
        return False
    own = [f for f in forms.of(word.letters) if f.is_nominal and f.stem == form.stem]
    return all(f.gender == "m" and f.number == "s" for f in own if f.kind != "X")


def _subject_after_phrase(clause: Sequence[Word], scores: Scores, forms: Forms) -> Word | None:
    """Return the noun behind a prepositional phrase that is accusative while nothing is nominative."""
    in_phrase = False
    for before, word in zip((None, *clause), clause, strict=False):
        form = word.form
        if form is None or (before is None and word.letters not in _PREPOSITIONS and _is_nominative(word, scores)):
            return None
        if word.letters in _PREPOSITIONS or word.letters[: form.stem[0]] in _CLITIC_PREPOSITIONS:
            in_phrase = True
        elif _is_nominative(word, scores):
            return None
        elif in_phrase and before is not None and _ends_phrase(before, scores) and _may_be_subject(word, scores, forms):
            return word
    return None


def _is_nominative(word: Word, scores: Scores) -> bool:
    return bool(endings_of(word)) and case_scores(word, scores)[NOMINATIVE] == 0.0


def _may_be_subject(word: Word, scores: Scores, forms: Forms) -> bool:
    """Return whether a word is a noun that goes with a feminine verb and nearly as likely nominative."""
    form = word.form
    if form is None or form.stem != (0, len(word.letters)) or is_indefinite(word, scores):
        return False
    nouns = [f for f in forms.of(word.letters) if f.kind == "N" and f.stem == form.stem]
    fits = word.letters in _NUMERALS or (form.is_nominal and any(f.gender == "f" for f in nouns))
    cases = case_scores(word, scores)
    return fits and cases[ACCUSATIVE] == 0.0 > cases[GENITIVE] and cases[NOMINATIVE] > -_MOST_LOSS


def _ends_phrase(word: Word, scores: Scores) -> bool:
    form = word.form
    return form is not None and form.is_nominal and (form.definite or is_indefinite(word, scores))
