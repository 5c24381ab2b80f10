"""عبدالعزيز, written as one word, is two: عَبْدُ الْعَزِيزِ, the first in the case of the sentence, the second genitive."""

from __future__ import annotations

from typing import Final

from tts_news.arabic import ARABIC, MARKS
from tts_news.patterns import lazy

_SERVANT: Final = lazy(
    rf"(?<![{ARABIC}])(?P<first>[وفبلك]?ع[{MARKS}]{{0,2}}ب[{MARKS}]{{0,2}}د[{MARKS}]?)(?P<name>ال[{ARABIC}]{{2,14}})"
)


def apply(text: str) -> str:
    """The text with the names of عبد that are written together in two words."""
    return _SERVANT.sub(r"\g<first> \g<name>", text)
