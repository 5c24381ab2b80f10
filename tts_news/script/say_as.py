"""`<say-as interpret-as="…">`: digits one by one, letters by name, a number as an ordinal."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from tts_news.errors import ScriptError
from tts_news.script.number_marks import mark_numbers
from tts_news.script.pausal import pausal_word
from tts_news.script.rules import numerals

_KINDS = "characters, digits, telephone, cardinal, ordinal, date, time, fraction, unit, currency"
_AS_WRITTEN = frozenset({"cardinal", "number", "date", "time", "fraction", "unit", "currency"})
LETTERS = {
    "ا": "أَلِف", "ب": "بَاء", "ت": "تَاء", "ث": "ثَاء", "ج": "جِيم", "ح": "حَاء", "خ": "خَاء", "د": "دَال",
    "ذ": "ذَال", "ر": "رَاء", "ز": "زَاي", "س": "سِين", "ش": "شِين", "ص": "صَاد", "ض": "ضَاد", "ط": "طَاء",
    "ظ": "ظَاء", "ع": "عَيْن", "غ": "غَيْن", "ف": "فَاء", "ق": "قَاف", "ك": "كَاف", "ل": "لَام", "م": "مِيم",
    "ن": "نُون", "ه": "هَاء", "و": "وَاو", "ي": "يَاء", "ء": "هَمْزَة", "أ": "أَلِف", "إ": "أَلِف",
    "آ": "أَلِف", "ى": "أَلِف مَقْصُورَة", "ة": "تَاء مَرْبُوطَة", "ؤ": "وَاو", "ئ": "يَاء",
}  # fmt: skip


def say_as(kind: str, text: str, normalise: Callable[[str], str]) -> str:
    """Return the words for a text that its author wants read in a certain way.

    Raises:
        ScriptError: There is no such way of reading, or the text does not fit it.
    """
    if kind in {"characters", "spell-out", "verbatim"}:
        return " ".join(_character(character, normalise) for character in text if not character.isspace())
    if kind in {"digits", "telephone"}:
        figures = "".join(str(unicodedata.digit(character)) for character in text if character.isdigit())
        return _digits(figures) if figures else _misfit(kind, text)
    if kind == "ordinal":
        number = text.strip()
        return (
            normalise(f"الترتيب الـ{number}").removeprefix("الترتيب").strip()
            if number.isdigit()
            else _misfit(kind, text)
        )
    if kind in _AS_WRITTEN:
        return normalise(text)
    raise ScriptError(f'say-as: unknown interpret-as="{kind}"', hint=f"known are: {_KINDS}")


def _character(character: str, normalise: Callable[[str], str]) -> str:
    if character.isdigit():
        return _digits(str(unicodedata.digit(character)))
    return LETTERS.get(character) or normalise(character)


def _digits(figures: str) -> str:
    """Return the digits one by one, each said for itself."""
    words = numerals.digits(figures).split()
    forms = list(words)
    mark_numbers(words, forms, (), ())
    return " ".join(map(pausal_word, forms))


def _misfit(kind: str, text: str) -> str:
    raise ScriptError(f"say-as: '{text}' cannot be read as {kind}")
