"""Words that the text rules must not touch: each is carried through them as a stand-in word of Arabic letters."""

from __future__ import annotations

from tts_news.errors import ScriptError
from tts_news.frozen import dataclass
from tts_news.patterns import lazy
from tts_news.script.rules.nouns import STAND_IN

_DIGITS = "بجدرزسشصطع"
_SIZE = 6
_TOKEN = lazy(
    rf"(?P<before>[ء-غف-ي]{{0,4}}){STAND_IN}(?P<number>[{_DIGITS}]{{{_SIZE}}})(?P<after>[ء-غف-ي]{{0,4}})",
    needs=("ظغظ",),
)


@dataclass(frozen=True, slots=True)
class Hold:
    """What stands behind a stand-in: how it is said, and what the diacritiser is shown in its place."""

    spoken: str
    shown: str


@dataclass(frozen=True, slots=True)
class Held:
    """A word of normalised text that is a stand-in, with the clitics before it and an ending a rule put after it."""

    before: str
    hold: Hold
    after: str


class Holds:
    """The stand-ins of one run. The same words get the same stand-in, so that a part reads as it does in the whole."""

    def __init__(self) -> None:
        self._holds: list[Hold] = []
        self._numbers: dict[tuple[Hold, str], int] = {}

    def stand_in(self, hold: Hold, gender: str = "") -> str:
        """Return the word that stands in for `hold`; a feminine one looks feminine, so that its number agrees.

        Raises:
            ScriptError: There are more of them than stand-ins.
        """
        number = self._numbers.setdefault((hold, gender), len(self._holds))
        if number == len(self._holds):
            self._holds.append(hold)
        if number >= 10**_SIZE:
            raise ScriptError(f"the article holds more than {10**_SIZE} terms and marked words")
        return (
            STAND_IN + "".join(_DIGITS[int(digit)] for digit in f"{number:0{_SIZE}d}") + ("ة" if gender == "f" else "")
        )

    def find(self, word: str) -> Held | None:
        """Return what a word of normalised text stands for, or None when it stands for itself."""
        match = _TOKEN.fullmatch(word)
        if match is None:
            return None
        number = int("".join(str(_DIGITS.index(letter)) for letter in match["number"]))
        if number >= len(self._holds):
            return None
        return Held(match["before"], self._holds[number], match["after"].removeprefix("ة"))
