"""Letters that stand alone: initials (ب.ع), the letter of a group or vitamin (فيتامين د), the letter of a list item.

Arabic letters go by their names; a foreigner's middle initial goes by the name it has abroad (جورج و. بوش → دبليو).
"""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC, LETTERS, MARKS
from tts_news.patterns import lazy
from tts_news.script.rules.articles import LETTER_NAMES
from tts_news.script.rules.transliteration import LETTER_NAMES as ENGLISH_NAMES

_FOREIGN_INITIALS: Final = {
    "ج": "جي",
    "ف": "إف",
    "و": "دبليو",
    "ب": "بي",
    "ر": "آر",
    "س": "إس",
    "ك": "كيه",
    "ل": "إل",
    "ن": "إن",
    "ه": "إتش",
    "ت": "تي",
    "إ": "إي",
    "آ": "إيه",
}
_INITIALS: Final = lazy(
    rf"(?<![{ARABIC}0-9.])(?<![0-9][ ])(?P<letters>[{LETTERS}](?:[ ]?\.[ ]?(?!و[ ])[{LETTERS}](?![{ARABIC}])){{1,5}})"
    rf"(?![{ARABIC}])(?P<dot>[ ]?\.)?"
)
_MIDDLE_INITIAL: Final = lazy(
    rf"(?<=[{ARABIC}][ ])(?P<letter>[{''.join(_FOREIGN_INITIALS)}])[ ]?\.(?=[ ][{ARABIC}]{{3}})"
)
_LETTERED: Final = lazy(
    rf"(?P<head>(?<![{ARABIC}])[وفبلك]?(?:ال|لل)?(?:فيتامين|مجموعة|فقرة|بند|فئة|نوع|خطة|مستوى|قاعة|مبنى|بوابة"
    rf"|فرع|فصيلة|زمرة|نموذج|ملحق|منطقة|"
    rf"سيناريو|جزء|درجة|صف|الوبائي|الفيروسي|الكبد|صالة|شريحة|طراز|قسم|باب)(?:ات)?[{MARKS}]?[ ])"
    rf"(?:[\"«(](?P<quoted>[{''.join(LETTER_NAMES)}])[\"»)]|[\"«(]?(?P<letter>[أابتثجحدزط])[\"»)]?)"
    rf"(?![{ARABIC}/])(?!\.[ ]?[{ARABIC}])(?![ ][0-9])"
)
_ENUMERATOR: Final = lazy(
    rf"^[ ]{{0,4}}[(]?(?P<letter>[{''.join(LETTER_NAMES)}])(?:[)]|[ ]?[-–][ ])(?=[ ]?[{LETTERS}])"
)
_SPELT: Final = lazy(
    rf"(?<![{ARABIC}.])[{''.join(LETTER_NAMES)}](?:[ ][{''.join(LETTER_NAMES)}]){{2,7}}(?![{ARABIC}.])"
)
"""Three letters or more that stand alone: a number plate."""

_AT_END: Final = lazy(
    rf"(?<=[{ARABIC}]{{3}})(?P<letters>(?:[ ](?![وصه])[{''.join(LETTER_NAMES)}]){{1,2}})(?=[»\"”)])",
    needs='»"”)',
)
"""The letters of a share in its quotes: «شارقة أ», (قابضة م ك)."""

_DOT: Final = lazy(r"[ ]?\.[ ]?")
_ENGLISH: Final = "|".join(sorted(ENGLISH_NAMES.values(), key=len, reverse=True))
_DOTTED: Final = lazy(rf"(?<![{ARABIC}])(?:{_ENGLISH})(?:[ ]?\.[ ]?(?:{_ENGLISH}))+(?![{ARABIC}])", needs=".")
"""إم.بي.زد: the names of letters with dots between them."""

_MAY_HOLD: Final = lazy(rf"(?<![{ARABIC}])[{LETTERS}](?![{ARABIC}])")


def _initials(match: re.Match[str]) -> str:
    letters = [letter for letter in match["letters"] if letter not in ". "]
    if any(letter not in LETTER_NAMES for letter in letters):
        return match[0]
    rest = match.string[match.end() :]
    end = "." if match["dot"] and not rest.strip() else ""
    return " ".join(LETTER_NAMES[letter] for letter in letters) + end


def first(text: str) -> str:
    """The text with the letters of groups, vitamins and classes said by name."""
    return _LETTERED.sub(lambda match: match["head"] + LETTER_NAMES[match["quoted"] or match["letter"]], text)


def apply(text: str) -> str:
    """The text with its lone letters said by name."""
    if "." in text[:-1]:
        text = _DOTTED.sub(lambda match: _DOT.sub(" ", match[0]), text)
    if not _MAY_HOLD.search(text):
        return text
    text = _ENUMERATOR.sub(lambda match: f"{LETTER_NAMES[match['letter']]}، ", text)
    text = _MIDDLE_INITIAL.sub(lambda match: _FOREIGN_INITIALS[match["letter"]], text)
    text = _AT_END.sub(lambda match: "".join(f" {LETTER_NAMES[letter]}" for letter in match[0].split()), text)
    text = _SPELT.sub(lambda match: " ".join(LETTER_NAMES[letter] for letter in match[0].split()), text)
    return _INITIALS.sub(_initials, text)
