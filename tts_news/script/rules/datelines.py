"""The dateline that an agency opens its story with: place, day and agency, each on its own, then the story.

«الكويت - 22 - 10 (كونا) -- أغلقت» is «الكويت، 22 أكتوبر، كونا: أغلقت».
"""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC
from tts_news.patterns import lazy
from tts_news.script.rules import months

_DASH: Final = r"[ ]?[-–—،:/][ ]?"
_PLACE: Final = rf"^[ ]*(?P<place>[{ARABIC}]{{3,14}}(?:[ ][{ARABIC}]{{2,14}}){{0,2}}?)"
_AGENCY: Final = (
    rf"[ ]?[(\[][ ]?(?P<agency>[{ARABIC}.]{{2,20}}(?:[ ][{ARABIC}]{{2,14}})?)[ ]?[)\]][ ]?[-–—:،]*[ ]?"
    rf"(?=[{ARABIC}\"«(])"
)
_IN_FIGURES: Final = lazy(rf"{_PLACE}{_DASH}(?P<day>[0-3]?[0-9]){_DASH}(?P<month>[01]?[0-9])(?:[ ]?[-–—])?{_AGENCY}")
_BY_NAME: Final = lazy(
    rf"{_PLACE}(?:{_DASH}|[ ])(?P<date>[0-3]?[0-9][ ](?P<month>[{ARABIC}]{{3,12}}(?:[ ][{ARABIC}]{{3,12}})?)"
    rf"(?:[ ][12][0-9]{{3}})?)(?:[ ]?[-–—،])?{_AGENCY}"
)


def _in_figures(match: re.Match[str]) -> str:
    day, month = int(match["day"]), int(match["month"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return match[0]
    return f"{match['place']}، {day} {months.names()['gregorian', month]}، {match['agency']}: "


def _by_name(match: re.Match[str]) -> str:
    if months.find(match["month"]) is None or months.find(match["agency"]) is not None:
        return match[0]
    return f"{match['place']}، {match['date']}، {match['agency']}: "


def apply(text: str) -> str:
    """The text with pauses in its dateline, and the figures of its day as a date."""
    if "(" not in text[:60] and "[" not in text[:60]:
        return text
    return _BY_NAME.sub(_by_name, _IN_FIGURES.sub(_in_figures, text, count=1), count=1)
