"""Bylines that name a place beside a person: «أسوان - عبد الله صلاح», «القاهرة – رويترز»."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tts_news.arabic import count_words, key, tidy
from tts_news.read import boilerplate
from tts_news.read.looks import BYLINE, ROLE

_PARTS = re.compile(r"\s+[-–—|·•/]\s+|\s*[|/]\s*")
_FIGURES = re.compile(r"(?<=\D)(?=\d)")
_EDGES = " :،-–|/"


def split_byline(text: str) -> tuple[str, str]:
    """Return who and where of a byline whose «بقلم» is off, "" for a place that it does not name.

    Names of people have two words and more in Arabic bylines, those of places mostly one; an agency is who wrote it.
    Dates and figures beside them are neither.
    """
    first = _FIGURES.split(text, maxsplit=1)[0]
    parts = [part.strip(_EDGES) for part in _PARTS.split(first) if part.strip(_EDGES)]
    if len(parts) != 2:
        return (parts[0] if parts else ""), ""
    one, other = parts
    if len(key(one).replace(" ", "")) <= 3:  # «د/ أحمد علي»: a title, no place
        return first.strip(_EDGES), ""
    short, long = sorted(parts, key=count_words)
    if count_words(short) == 1 < count_words(long):
        return long, short
    return (other, one) if key(other) in boilerplate.load().agencies else (one, "")


# Who made what stands beside the text, or a desk, is not who wrote it.
_OTHERS = re.compile(r"^(?:ترجمة|تحرير|المحرر|الصفة|الدور|Role)(?=[\s:/\-–|,،])|(?:^|\s)(?:قسم|وحدة|فريق)\s")


def author_above(lines: Iterable[str]) -> str:
    """Return who wrote the text by the first of the lines above it that says so, "" when none does."""
    for line in lines:
        match = BYLINE.match(line)
        if match and not ROLE.match(line) and not _OTHERS.search(line):
            return split_byline(tidy(line[match.end() :]))[0]
    return ""
