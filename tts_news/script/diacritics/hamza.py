"""Hamza, ة and ى as they are meant: half of the Egyptian press writes ان الامم ارسلت and فى القاهره.

A word nobody spells so is written as the nearest word there is; rawi, which gives letters their hamza from the
sentence, says which, and is believed of words that exist in both spellings where it is sure. Where a passage has no
hamza at all, its author writes none, and it is believed of words that nobody knows too. Only alif, ه, ى and ي change,
each for one letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, Protocol

import numpy as np

from tts_news.arabic import plain
from tts_news.frozen import dataclass
from tts_news.patterns import lazy
from tts_news.script.diacritics.forms import Forms, load_forms
from tts_news.script.diacritics.marks import put_together, take_apart
from tts_news.script.diacritics.scorer import Scores
from tts_news.script.rules.context import governs
from tts_news.script.rules.lookalikes import dotted_ya, is_alif_maqsura
from tts_news.script.rules.months import names
from tts_news.script.rules.numerals import is_number_word

ALIFS: Final = "اآأإ"
"""The alif as the columns of `Speller.alifs` have it."""

# How sure (a chance) rawi must be of the alif of a word that no table knows, and of one that is a word as it stands.
_SURE: Final = 0.8
_SURER: Final = 0.97

_WORD: Final = lazy("[\u0621-\u063a\u0641-\u064a]{2,}")
_ARTICLE: Final = lazy('[وف]?[بك]?ال(?=[ \u0640]{0,2}["«“(]?[0-9\u0660-\u0669\u06f0-\u06f9A-Za-z])')
"""The article before a figure or a Latin name is no word of its own: الجولة ال17, بال UFC."""

_HAMZAS: Final = frozenset("أإآ")
_FINAL_YA: Final = lazy("ي(?![\u0621-\u0652])")
_BARE: Final = str.maketrans(dict.fromkeys("أإآ", "ا"))
_LAST: Final = {"ه": "ة", "ى": "ي", "ي": "ى"}
_NO_ORDER_AHEAD: Final = lazy("(?<![\u0621-\u0652])(?:من|في|إلى|على|عن|الى|فى|[أا]ن|لن|لم|حيث|هل|سوف) $")
"""Words that an imperative never follows: من احد, حيث انه, ان اعرف."""

_WORD_BEFORE: Final = lazy("([\u0621-\u064a]{2,}) $")
_REFUSED: Final = lazy(" (?:أن|إلا|ذلك|هذا)(?![\u0621-\u064a])")
_INSIDE: Final = lazy("[\u0621-\u064a] $")

_THAT: Final = lazy("[وفبلك]{0,2}ان(?:ه|ها|هم|هما|هن|ني|نا|ك|كم|ما)|[وف]?لان", needs=("ان",))
"""أن or إن with its pronoun; spelt without its hamza it is an imperative, or a verb that news does not know."""

_MAY_BE_ANY: Final = lazy("[وف]?[بل]اي", needs=("اي",))
"""لأي, بأي: rawi decides, since باي is a name too."""

_PREPOSITION: Final = lazy(
    "(?<![\u0621-\u0652])(?:(?P<before>[\u0621-\u0652]+) )?(?P<word>[وف]?(?:[إا]لي|علي))"
    "(?= (?P<after>[0-9A-Za-z\u0660-\u0669\u0621-\u0652]+))"
)
"""إلى and على as half of the press of Egypt and Morocco writes them, or إلي and the name علي."""

_ADVERBS: Final = lazy("ال(?:[أا]قل|رغم|[إا]طلاق|فور|عكس|[أا]رجح|عموم)")
_EVERY: Final = frozenset({"كل", "جميع", "كافة", "بعض", "أي"})
_DOING: Final = lazy("[وف]?(?:ال|بال|لل)(?:[اإ].ت.ا.|[اإ]ست..ا.|[اإ]ن..ا.|[اإ]..ا.|ت..ي.|ت..[^ي]|م.ا..ة)")
"""A definite verbal noun, which على hangs on: الاعتماد علي المغرب, التستر علي."""


class Speller(Protocol):
    """Whatever knows how an alif is spelt in its sentence."""

    def alifs(self, bases: str) -> Scores:
        """Return the chance of each of `ALIFS` for each character, shape (n, 4)."""


@dataclass(frozen=True, slots=True)
class _Habits:
    """What an author's passage shows: no hamza on any alif, ه wherever ة is meant, ى wherever ي is."""

    bare_alifs: bool
    ha_for_ta: bool
    maqsura_for_ya: bool
    ya_for_maqsura: bool


class Restorer:
    """Writes the hamzas that a text leaves out."""

    def __init__(self, speller: Speller, forms: Forms) -> None:
        self._speller = speller
        self._forms = forms

    def restore(self, text: str) -> str:
        """Return a text with its hamzas, ة and ي; a letter for a letter, the author's marks stay on them."""
        apart = take_apart(text)
        restored = self._with_prepositions(self._restored(self._with_ya(apart.bases)))
        return text if restored == apart.bases else put_together(apart.lead, restored, apart.marks)

    def _with_ya(self, text: str) -> str:
        """Return a text of an author who writes no ي at the end of a word with it: هالة زكى استشارى التغذية."""
        text = dotted_ya(text) if "ى" in text else text
        if "ى" not in text:
            return text
        letters = list(text)
        everywhere = _FINAL_YA.search(text) is None
        for word in _WORD.finditer(text):
            if word.group().endswith("ى") and (
                self._lost_its_dots(word.group(), everywhere=everywhere) or self._is_father(text, word)
            ):
                letters[word.end() - 1] = "ي"
        return "".join(letters)

    def _is_father(self, text: str, word: re.Match[str]) -> bool:
        """Return whether أبى begins a name: behind a preposition or a noun in construct no verb refuses anything."""
        before = _WORD_BEFORE.search(text, max(0, word.start() - 16), word.start())
        if word.group() != "أبى" or before is None or _REFUSED.match(text, word.end()):
            return False
        kinds = {form.kind for form in self._forms.of(before[1])}
        noun = bool(kinds) and not before[1].startswith("ال") and not kinds & {"V", "v", "P", "D"}
        return noun or governs(plain(before[1])) or before[1] in {"بن", "ابن"}

    def _lost_its_dots(self, word: str, *, everywhere: bool) -> bool:
        """Return whether a word in ى is one in ي: no word as it stands, or a verb where no ي is written at all."""
        forms = self._forms.of(word)
        if is_alif_maqsura(word[:-1]) or (forms and not everywhere) or any(form.kind not in "VvI" for form in forms):
            return False
        return any(form.is_nominal and form.stem[1] == len(word) for form in self._forms.of(word[:-1] + "ي"))

    def _with_prepositions(self, text: str) -> str:
        """Return a text with إلى and على where إلي and the name علي cannot stand: إلي عقوبات, الاعتماد علي الذات."""
        if "لي " not in text:
            return text
        letters = list(text)
        for found in _PREPOSITION.finditer(text):
            before, word, after = found["before"] or "", found["word"], found["after"]
            is_on = word.endswith("علي")
            if self._is_on(before, after) if is_on else before != "بالنسبة" and self._is_thing(after):
                start, end = found.span("word")
                letters[start:end] = f"{word[:-3]}{'على' if is_on else 'إلى'}"
        return "".join(letters)

    def _is_on(self, before: str, after: str) -> bool:
        """Return whether علي between two words is على: before an adverb's noun, a number or what is no man's name."""
        if after[0].isascii() or after[0].isdigit() or is_number_word(after) or _ADVERBS.fullmatch(after):
            return True
        forms = self._forms.of(after)
        if any(form.kind == "X" for form in forms) or not any(form.is_nominal for form in forms):
            return False
        # Behind a definite noun it may be the name of who that is: الشيخ علي سلامة.
        of_things = after.endswith(("ة", "ات")) and (not before.startswith("ال") or before.endswith(("ة", "ات")))
        return of_things or _DOING.fullmatch(before) is not None

    def _is_thing(self, word: str) -> bool:
        """Return whether a word is a noun or a name, which إلي (to me) has no room for."""
        return (
            word[0].isascii()
            or word in _EVERY
            or not any(form.is_verb or form.kind in "PD" for form in self._forms.of(word))
        )

    def _restored(self, text: str) -> str:
        words = [word for word in _WORD.finditer(text) if not _ARTICLE.match(text, word.start())]
        strange = [word for word in words if self._is_strange(text, word)]
        if not strange:
            return text
        habits = _Habits(not _HAMZAS.intersection(text), "ة" not in text, not _FINAL_YA.search(text), "ى" not in text)
        letters = list(text)
        for word in strange:
            # The model knows الإدارة and not الاداره.
            if letters[word.end() - 1] == "ه" and habits.ha_for_ta:
                letters[word.end() - 1] = "ة"
        chances = self._speller.alifs("".join(letters))
        letters = list(text)
        starts = {word.start() for word in strange}
        for word in words:
            start, end = word.span()
            if not habits.bare_alifs and start not in starts and not self._is_word(word.group()):
                continue  # an imperative where one may stand: انقر على الزر
            meant = _month(text, start, word.group()) or self._spelt(word.group(), chances[start:end], habits)
            letters[start:end] = meant
        restored = "".join(letters)
        return self._with_ta(restored) if habits.ha_for_ta and "ة" in restored else restored

    def _is_strange(self, text: str, word: re.Match[str]) -> bool:
        """Return whether nobody spells a word so: no word at all, or one that hides وإلى or, after من, أحد."""
        if not _could_be_respelt(word.group()):
            return False
        forms = self._forms.of(word.group())
        if not forms or self._hides_particle(word.group()) or _THAT.fullmatch(word.group()):
            return True
        if _MAY_BE_ANY.fullmatch(word.group()):
            return True
        before = max(0, word.start() - 6)
        if not all(form.kind == "I" for form in forms):
            return False
        # An imperative opens its clause: واثرها behind a noun is none, and rawi says what it is.
        joined = word.group()[0] == "و" and _INSIDE.search(text, before, word.start()) is not None
        return joined or _NO_ORDER_AHEAD.search(text, before, word.start()) is not None

    def _hides_particle(self, word: str) -> bool:
        """Return whether a word is rather و or ف and a particle that lost its hamza: وان, والى, فان."""
        return word[0] in "وف" and word[1:] in _bare_particles() and not self._is_word(word[1:])

    def _spelt(self, word: str, chances: Scores, habits: _Habits) -> str:
        """Return a word as it is meant, given the chances of its alifs, shape (letters, 4)."""
        respelt, least = _respelt(word, chances)
        if self._hides_particle(word):
            return respelt if self._is_word(respelt[1:]) else word[0] + _bare_particles()[word[1:]]
        if _THAT.fullmatch(word):
            return respelt if respelt != word else word.replace("ان", "أن", 1)
        if self._is_word(word):
            sure = least > _SURER and (habits.bare_alifs or not self._is_order(word, respelt))
            return respelt if sure and self._is_word(respelt) else word
        # ال is an article before it is the beginning of a word with أل: الين is the yen.
        if word.startswith("ال") and respelt.startswith("أل") and least < _SURER and not habits.bare_alifs:
            return word
        for candidate in _candidates(word, respelt):
            order = word[0] == "و" and self._is_order(word, candidate)
            if self._is_word(candidate) and self._goes(candidate, word, habits) and not order:
                return candidate
        return respelt if least > (_SURE if habits.bare_alifs else _SURER) else word

    def _is_word(self, word: str) -> bool:
        # احد is an imperative to the analyser and to nobody else; كثيره, an adjective with a pronoun, is كثيرة.
        return any(
            form.kind != "I" and (form.kind != "A" or form.stem[1] == len(word) or word[-1] != "ه")
            for form in self._forms.of(word)
        )

    def _is_order(self, word: str, candidate: str) -> bool:
        """Return whether a word may be an imperative and not the verb it might be respelt as: واخلط المكونات."""
        own, meant = self._forms.of(word), self._forms.of(candidate)
        return any(form.kind == "I" for form in own) and not any(form.is_nominal or form.kind == "P" for form in meant)

    def _goes(self, candidate: str, word: str, habits: _Habits) -> bool:
        """Return whether the author may mean `candidate` by `word`: anybody writes فى, who is careful no الجوعى."""
        if candidate[-1] == word[-1]:
            return True
        if candidate[-1] == "ة":
            return habits.ha_for_ta
        if candidate[-1] == "ى":
            return habits.ya_for_maqsura
        return habits.maqsura_for_ya or any(form.kind == "P" for form in self._forms.of(candidate))

    def _with_ta(self, text: str) -> str:
        """Return a text of an author who never writes ة with ة on every noun that has one: خطه جديده, وزيره الدوله."""
        letters = list(text)
        for word in _WORD.finditer(text):
            last = word.end() - 1
            own = self._forms.of(word.group())
            if letters[last] != "ه" or any(form.kind in "PD" or (form.is_verb and not form.stem[0]) for form in own):
                continue
            forms = self._forms.of(word.group()[:-1] + "ة")
            if any(form.kind in "NA" and form.stem[1] == len(word.group()) for form in forms):
                letters[last] = "ة"
        return "".join(letters)


def _month(text: str, start: int, word: str) -> str:
    """Return the month that a word after a figure is, as it is spelt: 4 اب; "" when it is none."""
    if not text[:start].rstrip(" ")[-1:].isdigit() or text[start - 1] != " ":
        return ""
    return next((name for name in names().values() if name.translate(_BARE) == word), "")


@cache
def _bare_particles() -> dict[str, str]:
    """The particles with a hamza by their letters without one, each with its commonest spelling."""
    return {word.translate(_BARE): word for word in ("إذا", "أي", "أو", "إلى", "أن")}


def _could_be_respelt(word: str) -> bool:
    return "ا" in word or word[-1] in _LAST


def _respelt(word: str, chances: Scores) -> tuple[str, float]:
    """Return the word with its likeliest alifs, and the chance of the least sure of them."""
    letters, least = list(word), 1.0
    for place, letter in enumerate(word):
        if letter == "ا":
            best = int(np.argmax(chances[place]))
            letters[place] = ALIFS[best]
            least = min(least, float(chances[place, best]))
    return "".join(letters), least


def _candidates(word: str, respelt: str) -> Iterator[str]:
    """Yield the ways a word may be meant, the least changed first."""
    if respelt != word:
        yield respelt
    for spelt in (word, respelt):
        if spelt[-1] in _LAST:
            yield spelt[:-1] + _LAST[spelt[-1]]


@cache
def load_restorer() -> Restorer:
    """Return the restorer of this process.

    Raises:
        ScriptError: A model is missing; names the package to install.
    """
    from tts_news.script.diacritics.rawi import load_rawi

    return Restorer(load_rawi(), load_forms())
