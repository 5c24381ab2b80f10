"""Abbreviations that point somewhere by a number: ص 45, (د 90+2), (45'), ط/3, ت. 0100."""

from __future__ import annotations

import re
from typing import Final

from tts_news.script.rules.letters import ARABIC

_ADDED: Final = r"(?P<minute>[0-9]{1,3}(?:[ ]?\+[ ]?[0-9]{1,2})?)"
_BRACKETED_MINUTE: Final = re.compile(
    rf"\([ ]?(?:د|الدقيقة|دقيقة)[ .]{{0,2}}{_ADDED}[ ]?\)|\([ ]?(?P<primed>[0-9]{{1,3}})[ ]?'[ ]?\)"
)
_PRIMED_MINUTE: Final = re.compile(
    rf"(?P<before>(?<![{ARABIC}])(?:في|عند)[ ](?:ال)?)(?:د[ .]{{1,2}})(?P<minute>[0-9]{{1,3}})(?![0-9.,:/])"
)
_PAGE: Final = re.compile(
    rf"(?<![{ARABIC}0-9])(?<![0-9][ ])(?:صص?[ ]?\.[ ]?(?=[0-9])|ص[ ]?(?=[0-9]{{1,4}}(?:[ ]?-[ ]?[0-9]{{1,4}})?[ "
    rf"]?(?:[)،.:؛]|$)))"
)
_FLOOR: Final = re.compile(rf"(?<![{ARABIC}0-9])(?<![0-9][ ])ط[ ]?[./][ ]?(?=[0-9])")
_TELEPHONE: Final = re.compile(rf"(?<![{ARABIC}0-9])(?<![0-9][ ])(?:ت|هـ?|تل)[ ]?[.:/][ ]?(?=\+?[0-9]{{6}})")
_MAY_HOLD: Final = re.compile(rf"(?<![{ARABIC}])(?:د|ص|صص|ط|ت|تل|الدقيقة|دقيقة)[ ]?[.:/]?[ ]?\+?[0-9]|[0-9][ ]?'")


def _minute(match: re.Match[str]) -> str:
    return f"(الدقيقة {match['minute'] or match['primed']})"


def apply(text: str) -> str:
    """The text with the short words before its page, minute, floor and telephone numbers in full."""
    if not _MAY_HOLD.search(text):
        return text
    text = _BRACKETED_MINUTE.sub(_minute, text)
    text = _PRIMED_MINUTE.sub(r"\g<before>الدقيقة \g<minute>", text)
    text = _TELEPHONE.sub("هاتف ", text)
    return _FLOOR.sub("الطابق ", _PAGE.sub("صفحة ", text))
