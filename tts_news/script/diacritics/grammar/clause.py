"""أَصْدَرَ رَئِيسُ الْجُمْهُورِيَّةِ الْمَرْسُومَ: behind a verb, its subject and its object, each a phrase that nothing governs.

A clause is read phrase by phrase: a noun with what is in construct with it and its adjectives. What a preposition
governs is passed over, and so is a time. No phrase that is left is genitive; the first that the verb agrees with is its
subject, and a verb that takes an object has the other. Where it is open what belongs to a phrase, a number or a name
behind it, nothing is settled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tts_news.script.diacritics.forms import Form, Forms
from tts_news.script.diacritics.grammar.agreement import agrees
from tts_news.script.diacritics.grammar.cases import (
    ACCUSATIVE,
    NOMINATIVE,
    case_scores,
    is_indefinite,
    settle_case,
)
from tts_news.script.diacritics.grammar.words import Word
from tts_news.script.diacritics.marks import FATHA, READING_INDEX
from tts_news.script.diacritics.scorer import Scores
from tts_news.script.rules.numerals import is_number_word
from tts_news.script.rules.quantity import SCALE_NOUNS

_PREPOSITIONS: Final = frozenset(
    "في من إلى على عن مع منذ حتى عبر بعد قبل خلال أمام ضمن وفق ضد لدى عند بين تحت فوق دون حول نحو وسط إثر عقب داخل "
    "خارج أثناء حسب رغم قرب مقابل قبالة شرقي غربي شمالي جنوبي بدل طوال".split()
)
_CLITIC_PREPOSITIONS: Final = frozenset(["ب", "ل", "ك", "لل", "بال", "كال"])
TIMES: Final = frozenset(
    "مساء صباح ظهر عصر فجر ليلة نهاية مطلع اليوم أمس غدا الليلة يوم ليلا نهارا غداة الآن هنا هناك عام سنة شهر".split()
)
_CLOSED_TIMES: Final = frozenset(["أمس", "غد"])
_DEMONSTRATIVES: Final = frozenset("هذا هذه ذلك تلك هذان هاتان هؤلاء".split())
_QUANTIFIERS: Final = frozenset("كل بعض جميع معظم أغلب غير أكثر أقل أحد إحدى نصف ثلث ربع عدد عشرات مئات".split())
"""What the verb agrees with behind these is their second word."""
_LEAST_MARGIN: Final = 1.0
_MOST_LOSS: Final = 14.0
# How much less likely (nats) than the nominative the accusative of an object before its subject may be: a plural may be
# listed as a singular of the other gender.
_DOUBTFUL: Final = 6.0
_FATHA: Final = READING_INDEX[FATHA]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun and what belongs to it.

    Attributes:
        head: The place of the noun.
        end: The place after its last word.
        adjectives: The places of those that can be said of the noun alone.
        open: Whether it cannot be told where it ends.
    """

    head: int
    end: int
    adjectives: tuple[int, ...] = ()
    open: bool = False


def name_subject_and_object(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    """Settle the cases of the phrases behind verbs in `scores`, shape (n, 14)."""
    for place, verb in enumerate(words[:-1]):
        form = verb.form
        if form is None or not _is_verb(verb):
            continue
        if place == 0:
            _free(verb, words[1], scores)
        if form.takes == "i":
            continue
        phrases = list(free_phrases(words, place + 1, scores, forms))
        if len(phrases) > 1:
            _assign(words, place, phrases, scores)


def _is_verb(word: Word) -> bool:
    form = word.form
    return form is not None and form.kind in "VR" and len(word.letters) == form.stem[1] and word.margin >= _LEAST_MARGIN


def _free(verb: Word, noun: Word, scores: Scores) -> None:
    """Take the genitive from the noun right behind the verb that opens a sentence: جَمَعَ الطَّرْحُ."""
    if not noun.glued or not _is_nominal(noun) or noun.form is None or noun.form.kind == "D":
        return
    if _front(noun) not in {"", "ال"} or noun.letters in TIMES or noun.letters in _PREPOSITIONS:
        return
    nominative, accusative, genitive = case_scores(noun, scores)
    if genitive == 0.0 > max(nominative, accusative) > -_MOST_LOSS:
        settle_case(noun, scores, NOMINATIVE if agree_as_subject(verb, noun, scores) else ACCUSATIVE)


def _assign(words: Sequence[Word], place: int, phrases: Sequence[Phrase], scores: Scores) -> None:
    """Settle a subject and an object; a verb that opens a sentence has no subject before it."""
    verb = words[place]
    first, second = (words[phrase.head] for phrase in phrases[:2])
    nominative, accusative, _ = case_scores(first, scores)
    is_nominative = nominative == 0.0
    if agree_as_subject(verb, first, scores):
        if place == 0 or is_nominative:
            _settle(words, phrases[0], NOMINATIVE, scores)
            _settle(words, phrases[1], ACCUSATIVE, scores)
    elif not is_nominative or (place == 0 and accusative > -_DOUBTFUL and agree_as_subject(verb, second, scores)):
        _settle(words, phrases[0], ACCUSATIVE, scores)
        if place == 0 and agree_as_subject(verb, second, scores):
            _settle(words, phrases[1], NOMINATIVE, scores)


def _settle(words: Sequence[Word], phrase: Phrase, case: int, scores: Scores) -> None:
    head = words[phrase.head]
    if case_scores(head, scores)[case] > -_MOST_LOSS:
        settle_case(head, scores, case)
        for place in phrase.adjectives:
            settle_case(words[place], scores, case)


def agree_as_subject(verb: Word, noun: Word, scores: Scores) -> bool:
    """Return whether a noun can be the subject of a verb by gender and number."""
    form = noun.form
    if form is None or verb.form is None or noun.letters in _QUANTIFIERS or form.number == "p":
        return True
    return form.gender != ("m" if _is_feminine(verb, scores) else "f")


def _is_feminine(verb: Word, scores: Scores) -> bool:
    if verb.form is None or verb.form.kind == "R":
        return verb.form is not None and verb.letters[verb.form.stem[0]] == "ت"
    return verb.letters.endswith("ت") and int(scores[verb.end - 1].argmax()) != _FATHA


def free_phrases(words: Sequence[Word], place: int, scores: Scores, forms: Forms) -> Iterator[Phrase]:
    """Yield the phrases that nothing governs from `place` on, as far as there is no doubt."""
    while place < len(words) and words[place].glued:
        word, form = words[place], words[place].form
        if word.letters in _DEMONSTRATIVES:
            place += 1
            continue
        governed = word.letters in _PREPOSITIONS
        phrase = phrase_at(words, place + governed, scores, forms)
        if phrase is None or form is None:
            return
        nominal = form.is_nominal and not governed
        free = nominal and form.kind != "D" and word.letters not in TIMES and _front(word) in {"", "ال"}
        if not (free or governed or form.kind == "D" or word.letters in TIMES or _front(word) in _CLITIC_PREPOSITIONS):
            return
        if phrase.open:
            return
        if free:
            yield phrase
        place = phrase.end


def phrase_at(words: Sequence[Word], head: int, scores: Scores, forms: Forms) -> Phrase | None:
    """Return the phrase whose noun stands at `head`; None where none does."""
    members = [head]
    while True:
        place = members[-1]
        if place >= len(words) or not words[place].glued or not _is_nominal(words[place]):
            return None
        if is_closed(words[place]) or is_indefinite(words[place], scores) or not _may_complete(words, place + 1):
            break
        members.append(place + 1)
    place, adjectives = members[-1] + 1, []
    while place < len(words) and words[place].glued:
        fits = _described(words, place, members, forms)
        if not fits:
            break
        if fits == [head]:
            adjectives.append(place)
        place += 1
    is_open = any(_is_number(words[at].letters) for at in range(head, min(place + 1, len(words))))
    return Phrase(head, place, tuple(adjectives), is_open or (place < len(words) and _may_be_name(words[place], forms)))


def _is_nominal(word: Word) -> bool:
    """Return whether a word has a case; one with the article has, known or not."""
    return word.form.is_nominal if word.form else word.letters.startswith("ال")


def is_closed(word: Word) -> bool:
    """Return whether nothing can stand in construct with a word: it has the article or a pronoun, or is a name."""
    form = word.form
    if word.letters in _CLOSED_TIMES or form is None:
        return True
    return form.definite or form.kind == "X" or form.stem[1] < len(word.letters)


def _may_complete(words: Sequence[Word], place: int) -> bool:
    if place >= len(words) or not words[place].glued or not _is_nominal(words[place]):
        return False
    return _front(words[place]) in {"", "ال"}


def _described(words: Sequence[Word], place: int, members: Sequence[int], forms: Forms) -> list[int]:
    """Return which nouns of a phrase the word at `place` may be said of as an adjective."""
    word, last = words[place], words[members[-1]]
    if word.form is None or _front(word) not in {"", "ال"} or not word.form.is_nominal:
        return []
    closed = is_closed(last)
    own = [
        form
        for form in forms.of(word.letters)
        if form.kind in "AE" and form.definite == closed and form.letters == word.form.letters
    ]
    return [member for member in members if any(_fits(nouns, form) for form in own for nouns in [words[member].form])]


def _fits(noun: Form | None, adjective: Form) -> bool:
    return noun is not None and (noun.kind == "X" or agrees(noun, adjective))


def _is_number(letters: str) -> bool:
    return is_number_word(letters) or letters in SCALE_NOUNS


def _may_be_name(word: Word, forms: Forms) -> bool:
    """Return whether a word behind a phrase may be the name of what it tells of."""
    if not word.glued or word.letters in _PREPOSITIONS or _front(word) not in {"", "ال"}:
        return False
    if word.form is None or word.form.kind == "X":
        return True
    return word.form.kind in "NA" and any(form.kind == "X" for form in forms.of(word.letters))


def is_preposition(word: Word) -> bool:
    """Return whether a word is a preposition, or begins with one."""
    return word.letters in _PREPOSITIONS or (_is_nominal(word) and _front(word) in _CLITIC_PREPOSITIONS)


def _front(word: Word) -> str:
    return word.letters[: word.form.stem[0]] if word.form else ""
