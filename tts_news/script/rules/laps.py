"""Times of races and laps: 9:04.35, 56:42 دقيقة are minutes, seconds and parts of a second, each counted with its noun.

A colon between figures is a clock's only where no fraction and no unit of minutes follows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tts_news.arabic import ARABIC
from tts_news.patterns import lazy
from tts_news.script.rules.clitics import CLITIC
from tts_news.script.rules.context import spoken, three_of
from tts_news.script.rules.nouns import Noun
from tts_news.script.rules.numerals import counted

if TYPE_CHECKING:
    from tts_news.script.rules.grammar import Case

_MINUTE: Final = Noun("دقيقة", "f", "دقائق")
_SECOND: Final = Noun("ثانية", "f", "ثوان")
_PART: Final = Noun("جزء", "m", "أجزاء")
_OF: Final = {1: "العشرة", 2: "المئة", 3: "الألف"}
"""What one part is of, by the number of decimals."""

_LAP: Final = lazy(
    rf"(?<![{ARABIC}A-Za-z0-9:.,/-])(?P<clitic>{CLITIC})[ ]?(?P<minutes>[0-9]{{1,2}}):(?P<seconds>[0-5][0-9])"
    rf"(?:[.,](?P<parts>[0-9]{{1,3}})(?![0-9:.,/-])(?:[ ]{_MINUTE.singular}|[ ]{_MINUTE.plural})?"
    rf"|(?:[ ]{_MINUTE.singular}|[ ]{_MINUTE.plural}))(?![{ARABIC}])"
)


_CENTIMES: Final = lazy(
    rf"(?<![0-9:.,/-])(?P<time>[0-9]{{1,2}}:[0-5][0-9]):(?P<parts>[0-9]{{2}})(?=[ ]{_MINUTE.singular}(?![{ARABIC}]))"
)
"""4:23:36 دقيقة: the unit says that the first figure are minutes."""


def _lap(match: re.Match[str]) -> str:
    return _times(match, int(match["minutes"]), int(match["seconds"]), match["parts"] or "")


def _times(match: re.Match[str], minutes: int, seconds: int, parts: str) -> str:
    """Minutes, seconds and parts of a second, each with its noun."""

    def say(case: Case) -> str:
        # A single minute or second is told by its noun alone: دقيقة وخمس وخمسون ثانية.
        said = [_MINUTE.singular if minutes == 1 else counted(minutes, _MINUTE, case=case)] if minutes else []
        if seconds:
            said.append(_SECOND.singular if seconds == 1 else counted(seconds, _SECOND, case=case))
        if int(parts or 0):
            said.append(f"{counted(int(parts), _PART, case=case)} من {_OF[len(parts)]} من الثانية")
        return " و".join(said) or f"صفر {_SECOND.singular}"

    return spoken(match.string, match.start("clitic"), match["clitic"], say, three_of(_MINUTE))


_LETTERED: Final = lazy(
    rf"(?<![{ARABIC}A-Za-z0-9:.,/-])(?P<clitic>{CLITIC})[ ]?"
    r"(?:(?P<minutes>[0-9]{1,2})[ ]?(?P<d>د|دقيقة|دقائق)[ ]?[،,]?[ ]?و?[ ]?)?"
    rf"(?P<seconds>[0-5]?[0-9])[ ]?(?P<th>ثا|ث|ثانية|ثواني|ثوان)(?![{ARABIC}])"
    r"(?:[ ]?[،,]?[ ]?و?[ ]?(?P<parts>[0-9]{1,2})[ ]?"
    rf"(?P<g>ج[ ]?[./)]?(?:[ ]?م(?![{ARABIC}])\.?)?|جزءا?|أجزاء)(?![{ARABIC}])"
    r"(?:[ ](?:من[ ]|ب)ال(?:مئة|مائة))?)?"
)
"""2د 16ث و53ج/م, 27 ثا و65 ج: how the Maghreb prints the time of a race."""

_SHORT: Final = lazy("[0-9][ ]?(?:د|ثا?)(?![ء-ي])")


def _lettered(match: re.Match[str]) -> str:
    if not ({"د", "ث", "ثا"} & {match["d"], match["th"]} or (match["g"] or "").startswith(("ج.", "ج/", "ج "))):
        return match[0]
    if match["d"] is None and match["g"] is None and match["th"] == "ث":
        return match[0]
    said = _times(match, int(match["minutes"] or 0), int(match["seconds"]), (match["parts"] or "").zfill(2))
    return f"{said} " if match.string[match.end() : match.end() + 1].isalnum() else said


def apply(text: str) -> str:
    """The text with the times of races in words."""
    if not any(map(str.isdigit, text)):
        return text
    if ":" in text:
        text = _LAP.sub(_lap, _CENTIMES.sub(r"\g<time>.\g<parts>", text))
    return _LETTERED.sub(_lettered, text) if _SHORT.search(text) or "ج" in text else text
