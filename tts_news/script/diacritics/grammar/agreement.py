"""An adjective has the case of its noun, and the word whose case is plain tells the other.

What agrees is read together: the scores of a noun and of its adjectives are added case by case, and the best sum wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from tts_news.script.diacritics.forms import Form, Forms
from tts_news.script.diacritics.grammar.cases import (
    GENITIVE,
    case_scores,
    endings_of,
    is_indefinite,
    settle_case,
)
from tts_news.script.diacritics.grammar.words import STRUCK, Word
from tts_news.script.diacritics.scorer import Scores

# A form that is less sure than this (nats) may be another kind of word.
_LEAST_MARGIN: Final = 1.0
# Where a word's own ending is likelier than the agreed one by more than this, the agreement is in doubt; unless a rule
# has settled one of the words.
_MOST_LOSS: Final = 5.0
_SURE: Final = 4.0
"""How much likelier (nats) than the others the case of a noun must be that an adjective takes it from afar."""
_SETTLED: Final = float(STRUCK) / 2


def agree(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    """Give nouns and their adjectives one case in `scores`, shape (n, 14)."""
    for group in _groups(words, scores, forms):
        sums = [sum(case) for case in zip(*(case_scores(word, scores) for word in group), strict=True)]
        best = max(range(3), key=sums.__getitem__)
        others = max(sums[case] for case in range(3) if case != best)
        if others < _SETTLED or all(case_scores(word, scores)[best] > -_MOST_LOSS for word in group):
            for word in group:
                settle_case(word, scores, best)
    for place in range(2, len(words)):
        head = _head_of_construct(words, place, scores, forms)
        if head is not None:
            settle_case(words[place], scores, int(np.argmax(case_scores(head, scores))))


def _groups(words: Sequence[Word], scores: Scores, forms: Forms) -> list[list[Word]]:
    """Return the nouns that have adjectives, each with them, in the order of the text."""
    group_of: dict[int, list[Word]] = {}
    for place in range(1, len(words)):
        head = _head(words, place, scores, forms)
        if head is not None:
            group = group_of.setdefault(head, [words[head]])
            group.append(words[place])
            group_of[place] = group
    return list({id(group): group for group in group_of.values()}.values())


def _head(words: Sequence[Word], place: int, scores: Scores, forms: Forms) -> int | None:
    """Return the place of the word whose case the one at `place` shares, when there is no doubt about it."""
    word, before = words[place], words[place - 1]
    if not word.glued or not _is_adjective(word, before, forms):
        return None
    if not _fits(before, word, scores):
        return None
    if place > 1 and before.glued and _may_lead(words[place - 2], before, word, forms):
        return None
    return place - 1


def _head_of_construct(words: Sequence[Word], place: int, scores: Scores, forms: Forms) -> Word | None:
    """Return the noun that an adjective describes over its second part: شَرِكَةُ النَّقْلِ الْوَطَنِيَّةُ.

    Only where that part, read in any way, has another gender or number.
    """
    word, second, first = words[place], words[place - 1], words[place - 2]
    if not (word.glued and second.glued) or word.form is None or not word.form.definite or _front(word) != "ال":
        return None
    if (
        not _is_adjective(word, second, forms)
        or second.form is None
        or second.form.kind != "N"
        or _front(second) != "ال"
    ):
        return None
    if any(form.is_nominal and agrees(form, word.form) for form in forms.of(second.letters)):
        return None
    return first if _heads(first, word.form, scores, forms) and case_scores(second, scores)[GENITIVE] == 0.0 else None


def _heads(first: Word, adjective: Form, scores: Scores, forms: Forms) -> bool:
    """Return whether a noun opens a construct, its case is plain, and the adjective may be said of it."""
    form = first.form
    if form is None or form.kind != "N" or form.definite or form.stem[1] != len(first.letters) or not endings_of(first):
        return False
    same = [other for other in forms.of(first.letters) if other.is_nominal and other.stem == form.stem]
    # A plural of things takes a feminine adjective, and so may a second part that the table has for a singular: الطُّرُز.
    alone = all(agrees(other, adjective) and other.number == "s" for other in same)
    if is_indefinite(first, scores) or not alone:
        return False
    return sorted(case_scores(first, scores))[1] < -_SURE


def _front(word: Word) -> str:
    """Return what is joined to the front of a word."""
    return word.letters[: word.form.stem[0]] if word.form else ""


def _is_adjective(word: Word, before: Word, forms: Forms) -> bool:
    """Return whether a word can be nothing but an adjective of the word before it, or one joined to such by و."""
    if word.form is None or word.form.kind not in "AE" or word.margin < _LEAST_MARGIN:
        return False
    # An indefinite word that may be a noun too may be the object after its subject: بَثَّتْ قَنَاةٌ مُقَابَلَةً.
    if not word.form.definite and any(form.kind in "ND" for form in forms.of(word.letters)):
        return False
    clitics = word.letters[: word.form.stem[0]].removesuffix("ال").removesuffix("ل")
    if clitics in {"و", "ف"}:
        return before.form is not None and before.form.kind in "AE" and not word.letters.startswith(clitics + "لل")
    return not clitics and not word.letters.startswith("لل")


def _may_lead(first: Word, second: Word, adjective: Word, forms: Forms) -> bool:
    """Return whether the adjective may be the first word's of a construct: دَارُ الْكُتُبِ الْمِصْرِيَّةُ."""
    if second.form is None or (second.form.kind in "AE" and second.form.definite) or adjective.form is None:
        return False
    return any(
        form.kind in "NAX" and not form.definite and agrees(form, adjective.form) for form in forms.of(first.letters)
    )


def _fits(noun: Word, adjective: Word, scores: Scores) -> bool:
    """Return whether an adjective may be the noun's: definiteness, gender and number agree."""
    form, own = noun.form, adjective.form
    if form is None or own is None or not form.is_nominal or form.kind == "D":
        return False
    definite = form.definite or form.kind == "X" or len(noun.letters) > form.stem[1]
    if definite != own.definite or (not definite and not is_indefinite(noun, scores)):
        return False
    return agrees(form, own)


def agrees(noun: Form, adjective: Form) -> bool:
    """Return whether gender and number agree; of things in the plural the adjective is a feminine singular."""
    if noun.number == "p":
        return adjective.number == "p" or adjective.gender == "f"
    same_gender = not noun.gender or noun.gender == adjective.gender
    return same_gender and (noun.number or "s") == (adjective.number or "s")
