"""A line of a paste by its own words: phrase, date, byline, caption; and the state of one reading."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from typing import Literal

from tts_news.arabic import is_closed, key
from tts_news.read import boilerplate
from tts_news.read.dates import count_times, find_date, is_date_line, starts_with_date
from tts_news.read.lines import Line

Kind = Literal["text", "boilerplate", "date", "byline", "caption"]

BYLINE = re.compile(
    r"^(?:حاور(?:ته|ه|تها|ها|تهم|هم)|أجر[ىت] الحوار|(?:حوار|شعر)(?=\s{0,2}[:/])"
    r"|بقلم|بواسطة|كتبت?|كتابة|تحرير|إعداد|اعداد|المحرر|الكاتب|ترجمة|مرسلة بواسطة|أضيف بواسطة|نشر بواسطة"
    r"|الصفة|الدور"
    r"|By|Posted by|Written by|Author|Role)(?=[\s:/\-–|,،]|[A-Za-z])\s*[:/\-–|,،]*\s*"
)
# The line below the writer's name that says what he is.
ROLE = re.compile(r"^(?:الصفة|الدور|Role)(?=[\s:/\-–|,،])")
_COMMENT_LINK = re.compile(r"Leave a Comment|تعليقات?\b|اترك تعليق")


@dataclass(frozen=True, slots=True)
class Look:
    """What a line is by its own words."""

    kind: Kind
    reason: str = ""
    verdict: boilerplate.Verdict | None = None


@dataclass(slots=True)
class Paste:
    """The state of one reading.

    Attributes:
        dropped: Why line i is left out, "" while it is in.
        tail: The line from which on nothing is article any more.
        labelled: The line that a label such as «عاجل |» marks as the headline.
        account: The name above a handle, "" when there is none.
    """

    lines: tuple[Line, ...]
    looks: list[Look]
    dropped: list[str]
    lexicon: boilerplate.Lexicon
    tail: int = sys.maxsize
    headline: int = -1
    labelled: int = -1
    account: str = ""
    categories: list[str] = field(default_factory=list)

    def drop(self, at: int, reason: str) -> None:
        """Leave line `at` out, for the first reason given."""
        self.dropped[at] = self.dropped[at] or reason

    def is_prose(self, at: int) -> bool:
        """Return whether line `at` is running text and nothing is known against it."""
        return self.looks[at].kind == "text" and not self.dropped[at] and self.lines[at].is_paragraph


def look_at(line: Line, lexicon: boilerplate.Lexicon) -> Look:
    """Return what a line is by its own words."""
    if line.block is not None:
        return Look("text")
    if verdict := lexicon.judge(line.text) or boilerplate.judge_shape(line.whole):
        return Look("boilerplate", verdict.reason, verdict)
    dated = starts_with_date(line.text) and not line.ended
    if is_date_line(line.text) or (dated and (line.words <= 10 or _COMMENT_LINK.search(line.text))):
        return Look("date", "date line")
    if _is_dated_label(line):
        return Look("date", "date line")
    if _is_byline(line, lexicon):
        return Look("byline", "byline")
    if _is_caption(line, lexicon):
        return Look("caption", "caption")
    return Look("text")


def _is_dated_label(line: Line) -> bool:
    """Return whether a line is a full date with its weekday or hour: «سلمى الحدادالسبت 14 مارس 2026 - 08:30»."""
    if line.marked or line.ended or line.words > 24 or not find_date(line.text):
        return False
    parts = count_times(line.text)
    return parts >= 3 or (parts >= 2 and line.words <= 14) or line.words <= 7


def _is_byline(line: Line, lexicon: boilerplate.Lexicon) -> bool:
    if line.words > 12 or is_closed(line.text):
        return False
    if match := BYLINE.match(line.text):
        # «كتب محمد علي» is a byline, «كتب أحد المستخدمين أن…» a sentence, «• ترجمة فورية» a point.
        return (
            (line.words <= 6 and not line.marked)
            or match[0].rstrip().endswith((":", "/", "|", "-", "–", ",", "،"))
            or "بواسطة" in match[0]
            or starts_with_date(line.text)
        )
    parts = [key(part) for part in re.split(r"\s*[-–—|/،,]\s*", line.text) if part.strip()]
    return 1 <= len(parts) <= 4 and line.words <= 7 and any(part in lexicon.agencies for part in parts)


def _is_caption(line: Line, lexicon: boilerplate.Lexicon) -> bool:
    if line.marked or line.words > 30 or is_closed(line.text):
        return False
    # «… (رويترز)», «… - أرشيفية»: a credit behind a description.
    credit = re.search(r"(?:\(([^()]{2,30})\)|[-–|]\s*([^-–|()]{2,30}))$", line.text)
    if credit and key(credit[1] or credit[2]) in lexicon.credits:
        return True
    return (
        line.words <= 15
        and not line.ended
        and any(line.key == start or line.key.startswith(start + " ") for start in lexicon.captions)
    )
