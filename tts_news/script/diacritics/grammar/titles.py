"""نَقْلُ الْمَعْرِفَةِ, تَقَاسَمَهَا شَاعِرَانِ: what a sentence begins with, a verb or its verbal noun, shows behind it.

A masculine verb right before a feminine noun has no subject, and a title has none either: the verbal noun in
construct. A verbal noun with a pronoun right before an indefinite noun would be that noun: the verb, and its subject.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from tts_news.patterns import lazy
from tts_news.script.diacritics.forms import Form, Forms
from tts_news.script.diacritics.grammar.cases import (
    GENITIVE,
    NOMINATIVE,
    case_scores,
    is_indefinite,
    settle_case,
)
from tts_news.script.diacritics.grammar.words import Word, cost_of, read_as, words_of
from tts_news.script.diacritics.marks import FATHA, READING_INDEX
from tts_news.script.diacritics.scorer import Scores

# A word of three letters and more with a pronoun, and the word behind it.
_OPENING: Final = lazy(r"([\u0621-\u063a\u0641-\u064a]{3,}(?:ها|هم|ه)) [\u0621-\u063a\u0641-\u064a]+")
_MOST_LOSS: Final = 8.0
# How much less likely (nats) than the verbal noun the verb may be.
_MOST_LOSS_OF_VERB: Final = 2.5
_FATHA: Final = READING_INDEX[FATHA]


def open_with_noun(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    """Make the verb that opens a title a verbal noun in `scores`, shape (n, 14)."""
    if len(words) < 2 or not words[1].glued or words[0].form is None or words[0].form.stem[0]:
        return
    if words[0].form.kind in "VN" and _is_title(words, forms):
        _read_noun(words[0], words[1], scores, forms)
    elif _is_construct_alone(words, scores):
        settle_case(words[0], scores, NOMINATIVE)
        settle_case(words[1], scores, GENITIVE)


def open_with_verb(bases: str, scores: Scores, forms: Forms) -> None:
    """Make the verbal noun that opens a sentence a verb in `scores`, shape (n, 14), where its subject follows.

    To be asked before the models' readings are cut down to one word each.
    """
    opening = _OPENING.match(bases)
    if opening is None or not forms.of(opening[1]):
        return
    first, after = words_of(bases[: opening.end()], scores, forms)
    form = first.form
    # Read with the letters of the verb and the ending of the noun it is neither: تَقَاسَمُهَا.
    if form is None or form.kind not in "NV" or form.stem[0] or not _is_indefinite_subject(after, scores, forms):
        return
    verbs = _places(first, forms, lambda f: f.kind == "V" and f.stem == form.stem)
    if verbs and cost_of(first, scores, forms, verbs) < _MOST_LOSS_OF_VERB:
        verb = read_as(first, scores, forms, verbs)
        last = scores[verb.ending]
        last[_FATHA] = last.max() + 1.0


def _is_indefinite_subject(word: Word, scores: Scores, forms: Forms) -> bool:
    form = word.form
    if form is None or form.kind not in "NA" or form.stem != (0, len(word.letters)):
        return False
    if form.number == "d":
        return word.letters.endswith("ان")
    # What may be an adjective is what the verbal noun is said to be: تَجَاوُزُهَا صَعْبٌ.
    if any(other.kind in "AE" and other.letters == form.letters for other in forms.of(word.letters)):
        return False
    return is_indefinite(word, scores) and case_scores(word, scores)[NOMINATIVE] == 0.0


def _read_noun(first: Word, after: Word, scores: Scores, forms: Forms) -> None:
    # A noun with the marks of the verb, like نَقَل, is not what a title is made of.
    verbs = {form.letters[:-1] for form in forms.of(first.letters) if form.kind == "V"}
    nouns = _places(
        first,
        forms,
        lambda f: f.kind == "N" and f.stem == (0, len(first.letters)) and f.letters[:-1] not in verbs,
    )
    if nouns and cost_of(first, scores, forms, nouns) < _MOST_LOSS:
        settle_case(read_as(first, scores, forms, nouns), scores, NOMINATIVE)
        settle_case(after, scores, GENITIVE)


def _is_title(words: Sequence[Word], forms: Forms) -> bool:
    """Return whether a text is nothing but a word and a definite feminine noun, perhaps with adjectives."""
    after = words[1]
    if after.form is None or after.form.kind != "N" or not after.form.definite or after.letters[:2] != "ال":
        return False
    own = [form for form in forms.of(after.letters) if form.is_nominal]
    if not all(form.gender == "f" and form.number == "s" for form in own):
        return False
    return all(w.glued and w.form is not None and w.form.kind == "A" and w.form.definite for w in words[2:])


def _is_construct_alone(words: Sequence[Word], scores: Scores) -> bool:
    """Return whether a text is nothing but a noun with two in construct behind it: خَفْضُ كُلْفَةِ الْكَهْرَبَاءِ."""
    if len(words) != 3 or not all(word.glued for word in words[1:]):
        return False
    forms = [word.form for word in words]
    bare = all(
        form is not None and form.kind in "NA" and form.stem == (0, len(w.letters))
        for form, w in zip(forms[:2], words, strict=False)
    )
    last = forms[2]
    closed = last is not None and last.kind == "N" and last.definite and words[2].letters.startswith("ال")
    return bare and closed and not any(is_indefinite(word, scores) for word in words[:2])


def _places(word: Word, forms: Forms, fits: Callable[[Form], bool]) -> list[int]:
    return [place for place, form in enumerate(forms.of(word.letters)) if fits(form)]
