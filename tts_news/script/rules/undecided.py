"""Numbers whose case only the sentence tells: all their forms stay in the text until somebody has read it.

A rule sees a few words; whether «سجل النادي 25 هدفا» counts what was scored or who scored it, the whole sentence says.
So the rule leaves the number open, in private-use characters that `characters` lets no text bring along:

    سجل النادي {ثلاثة أهداف|خمسة وعشرون هدفا|خمسة وعشرين هدفا|خمسة وعشرين هدفا|}

First the stand-in, whose ending shows a case and which the diacritiser reads in the number's place (`script.cases`);
then the nominative, the genitive and the accusative, and whether it has the case of the open number before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tts_news.patterns import lazy

if TYPE_CHECKING:
    from collections.abc import Callable

    from tts_news.script.rules.grammar import Case

OPEN: Final = "\ue010"
NEXT: Final = "\ue011"
CLOSE: Final = "\ue012"
SIGNS: Final = OPEN + NEXT + CLOSE
"""What an open number is written with, as the inside of a character class."""

_FORM: Final = f"[^{SIGNS}]*"
_NUMBER: Final = lazy(OPEN + NEXT.join(f"({_FORM})" for _ in range(5)) + CLOSE)


_HUNDREDS: Final = lazy("(?:ثلاث|أربع|خمس|ست|سبع|ثمان|ثماني|تسع)مئة")


class OpenNumber(NamedTuple):
    """A number in every case, and the words that the diacritiser reads in its place."""

    stand_in: str
    nom: str
    gen: str
    acc: str
    joined: str = ""
    """Not empty for the second of two numbers, whose case is that of the open one before it: 20 رجلا و22 امرأة."""

    def written(self) -> str:
        """The number as it stands in a text; closed where its letters and its marks leave nothing open."""
        # Of ثلاثمئة no letter shows the case, and neither does its last vowel.
        if not self.shows_case and _HUNDREDS.search(self.nom) is None:
            return self.nom
        return f"{OPEN}{NEXT.join(self)}{CLOSE}"

    @property
    def shows_case(self) -> bool:
        """Whether its letters are not the same in every case."""
        return not self.nom == self.gen == self.acc

    def form(self, case: Case) -> str:
        """The number in a case."""
        return {"nom": self.nom, "gen": self.gen, "acc": self.acc}[case]


def is_open(text: str) -> bool:
    """Whether the text holds a number whose case nobody has told yet."""
    return OPEN in text


def shows_case(text: str) -> bool:
    """Whether the letters of the text hang on a case that nobody has told yet."""
    return OPEN in text and any(isinstance(part, OpenNumber) and part.shows_case for part in parts(text))


def parts(text: str) -> list[str | OpenNumber]:
    """The text cut into its open numbers and what stands between them, in order; nothing of it is empty."""
    cut: list[str | OpenNumber] = []
    place = 0
    for match in _NUMBER.finditer(text):
        cut += [text[place : match.start()], OpenNumber(*match.groups())]
        place = match.end()
    return [part for part in (*cut, text[place:]) if part]


def replaced(text: str, by: Callable[[OpenNumber], str]) -> str:
    """The text with what `by` makes of its open numbers, called once for each from left to right."""
    if OPEN not in text:
        return text
    return _NUMBER.sub(lambda match: by(OpenNumber(*match.groups())), text)


def nominative(text: str) -> str:
    """The text with its open numbers in the nominative, as they are said where there is no sentence."""
    return replaced(text, lambda number: number.nom)
