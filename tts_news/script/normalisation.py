"""Written Arabic → spoken Arabic: the text rules in their order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

from tts_news.script.rules.order import RULES

_MARKS: Final = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_HARAKAT: Final = re.compile("[\u064b-\u0652\u0670]")
_SPACES: Final = re.compile(r"\s+")


def normalise_keeping_marks(line: str, rules: Sequence[Callable[[str], str]] = RULES) -> str:
    """The line as it is spoken, on one line, with the marks that its author wrote.

    Diacritisation starts from this: the author's own marks always stay.
    """
    # The rules look for one space between words; a line break inside a line of text is no more than that.
    line = _SPACES.sub(" ", line)
    for rule in rules:
        line = rule(line)
    return _SPACES.sub(" ", line).strip()


def normalise(line: str, rules: Sequence[Callable[[str], str]] = RULES) -> str:
    """The line as it is spoken, in words without marks.

    The vowel marks go before the rules run, because a rule that looks for السّاعة before a number looks for its letters.
    """
    bare = _HARAKAT.sub("", unicodedata.normalize("NFC", line))
    return _MARKS.sub("", normalise_keeping_marks(bare, rules))
