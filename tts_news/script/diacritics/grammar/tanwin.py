"""Tanwin where nothing can follow in a construct, none where a name in Latin letters does.

خُطْوَةً إِلَى: a preposition is never the second word of a construct, so an indefinite noun before it has its tanwin.
شَرِكَةُ Google: the name is the second word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tts_news.script.diacritics.forms import Forms
from tts_news.script.diacritics.grammar.cases import TANWIN_OF, endings_of
from tts_news.script.diacritics.grammar.words import STRUCK, Word
from tts_news.script.diacritics.marks import FATHATAN, KASRA, READINGS, SHADDA, TANWIN
from tts_news.script.diacritics.scorer import Scores
from tts_news.script.rules.numerals import is_number_word
from tts_news.script.rules.quantity import SCALE_NOUNS

_PREPOSITIONS: Final = frozenset("في إلى على عن منذ مع حتى عبر".split())
# لا of the whole kind and يا take a word without tanwin: لا شَيْءَ فِي.
_NO_TANWIN_AFTER: Final = frozenset("لا ولا فلا بلا يا".split())
_LEAST_MARGIN: Final = 2.0
# How much less likely (nats) the tanwin may be: beyond it the word is a name that takes none, like غَزَّةَ.
_MOST_LOSS: Final = 8.0
_TANWIN_READINGS: Final = frozenset(index for index, reading in enumerate(READINGS) if TANWIN.intersection(reading))
_OPEN: Final = frozenset(index for index in _TANWIN_READINGS if FATHATAN not in READINGS[index])
_TANWIN: Final = [index for index, reading in enumerate(READINGS) if TANWIN.intersection(reading)]


def open_latin_constructs(bases: str, words: Sequence[Word], scores: Scores) -> None:
    """Strike the tanwin in `scores`, shape (n, 14), of the nouns that a word in Latin letters follows."""
    for word in words:
        after = bases[word.end : word.end + 2]
        if word.form and word.form.kind in "NA" and after[:1] == " " and after[1:].isascii() and after[1:].isalpha():
            scores[word.ending, _TANWIN] += STRUCK


def close_constructs(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    """Put the tanwin in `scores`, shape (n, 14), on the nouns that a preposition follows."""
    for place, word in enumerate(words[:-1]):
        form, after = word.form, words[place + 1]
        if form is None or form.definite or form.kind not in "NA" or word.margin < _LEAST_MARGIN:
            continue
        if word.start + form.stem[1] != word.end or (place and words[place - 1].letters in _NO_TANWIN_AFTER):
            continue
        if after.glued and _is_preposition(after, scores) and not _may_be_a_name(word, forms):
            _add_tanwin(word, scores)


def share_constructs(words: Sequence[Word], scores: Scores, forms: Forms) -> None:
    """Strike the tanwin in `scores`, shape (n, 14), of a noun that shares its second word: شراءُ وبيعُ العملة."""
    del forms
    for place, noun in enumerate(words[:-2]):
        # 20 حالةً وتسجيلُ غيرها: what is counted is whole.
        if (
            not _is_bare_noun(noun)
            or int(scores[noun.ending].argmax()) not in _OPEN
            or _describes(words, place, scores)
        ):
            continue
        joined = place + 2 if words[place + 1].letters == "أو" else place + 1
        rest = words[place + 1 : joined + 2]
        if len(rest) < joined + 1 - place or not all(word.glued for word in rest):
            continue
        other, last = rest[-2:]
        if _opens_construct(other, last, scores, prefix="" if joined > place + 1 else "و"):
            scores[noun.ending, _TANWIN] += STRUCK


def _is_bare_noun(word: Word) -> bool:
    form = word.form
    ends = form is not None and word.start + form.stem[1] == word.end
    return ends and form is not None and form.kind == "N" and not form.definite and not _is_number(word.letters)


def _is_number(letters: str) -> bool:
    return is_number_word(letters) or letters in SCALE_NOUNS


def _has_tanwin(word: Word, scores: Scores) -> bool:
    return int(scores[word.ending].argmax()) in _TANWIN_READINGS


def _describes(words: Sequence[Word], place: int, scores: Scores) -> bool:
    """Return whether a word stands behind an indefinite noun, which it may be said of: اتفاقٍ جديدٍ وزيارةِ المصنع."""
    before = words[place - 1] if place and words[place].glued else None
    return before is not None and before.form is not None and before.form.kind in "NA" and _has_tanwin(before, scores)


def _opens_construct(word: Word, after: Word, scores: Scores, prefix: str) -> bool:
    """Return whether a noun with this prefix is the first word of a construct that ends in a definite one."""
    form = word.form
    if form is None or form.kind != "N" or form.definite or word.letters[: form.stem[0]] != prefix:
        return False
    if word.start + form.stem[1] != word.end or _has_tanwin(word, scores) or _is_number(word.letters[form.stem[0] :]):
        return False
    closing = after.form
    return closing is not None and closing.kind == "N" and after.letters[: closing.stem[0]] in {"", "ال"}


def _may_be_a_name(word: Word, forms: Forms) -> bool:
    """Return whether a word may be a name or an elative; the table has girls named رسالة, who are not in the news."""
    kinds = {form.kind for form in forms.of(word.letters)}
    return "E" in kinds or ("X" in kinds and not (word.letters.endswith("ة") and "N" in kinds))


def _is_preposition(word: Word, scores: Scores) -> bool:
    if word.letters == "من":
        return READINGS[int(scores[word.start].argmax())] == KASRA
    return word.letters in _PREPOSITIONS


def _add_tanwin(word: Word, scores: Scores) -> None:
    row = scores[word.ending]
    best = int(row.argmax())
    if best not in TANWIN_OF or not endings_of(word) or is_diptote(word):
        return
    if row[best] - row[TANWIN_OF[best]] < _MOST_LOSS:
        row[TANWIN_OF[best]] = row[best] + 1.0


def is_diptote(word: Word) -> bool:
    """Return whether the word takes no tanwin by its shape: أَفْعَل, فَعْلَاء, أَفْعِلَاء and plurals like مَدَارِس."""
    if word.form is None:
        return True
    first, last = word.form.stem
    stem = word.letters[first:last]
    marks = ["".join(READINGS[i] for i in allowed[:1]) for allowed in word.form.letters[first:last]]
    if word.form.kind in "EX" or stem.endswith("اء"):
        return not stem.endswith("ة")
    return (word.form.number == "p" and _is_long_plural(stem, marks)) or _is_elative(stem, marks)


def _is_elative(stem: str, marks: Sequence[str]) -> bool:
    """Return whether a stem has the shape of أَكْبَر or آخَر."""
    if stem[0] == "آ":
        return len(stem) == 3 and marks[1] == "\u064e"
    return stem[0] == "أ" and len(stem) == 4 and marks[:3] == ["\u064e", "", "\u064e"]


def _is_long_plural(stem: str, marks: Sequence[str]) -> bool:
    """Return whether a stem has the shape of مَدَارِس or مَفَاتِيح: two with fatha, alif, kasra, one or two letters."""
    alif = stem.find("ا", 2)
    if alif != 2 or len(stem) not in {5, 6} or SHADDA in marks[1] or stem.endswith(("ة", "ات")):
        return False
    return marks[0] == marks[1] == "\u064e" and (marks[3] == KASRA or SHADDA in marks[3]) and stem[-1] != "ي"
