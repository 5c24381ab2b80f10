"""The month names of every region, and double names: تشرين الأول/أكتوبر is said as both, never with the slash."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from tts_news.script.rules.letters import END, MARKS, START, any_of, plain
from tts_news.script.rules.tables import rows


class Month(NamedTuple):
    """A month: the name set it belongs to (gregorian, levant, maghreb, morocco, hijri) and its number, 1 to 12."""

    calendar: str
    number: int


@lru_cache(maxsize=1)
def _table() -> dict[str, Month]:
    table: dict[str, Month] = {}
    for calendar, number, name, *others in rows("months.tsv"):
        spellings = [name, *(other for field in others for other in field.split("|") if other)]
        for spelling in spellings:
            table.setdefault(plain(spelling), Month(calendar, int(number)))
    return table


@lru_cache(maxsize=1)
def names() -> dict[tuple[str, int], str]:
    """(set, number) → the name that a numeric date is read with."""
    return {(row[0], int(row[1])): row[2] for row in rows("months.tsv")}


@lru_cache(maxsize=1)
def pattern() -> str:
    """A group that captures nothing and matches one month name with or without marks."""
    return any_of(_table())


def find(name: str) -> Month | None:
    """The month a name means, None when it is no month."""
    return _table().get(plain(name))


_SLASH: Final = r"[ \u00a0]{0,2}[/\\–—-][ \u00a0]{0,2}"


@lru_cache(maxsize=1)
def _double() -> re.Pattern[str]:
    month = pattern()
    return re.compile(
        rf"(?P<before>{START}(?:[وفبلك][{MARKS}]{{0,2}}){{0,2}})(?P<first>{month})(?:(?P<slash>{_SLASH})(?P<second>{month})"
        rf"|[ ]{{0,2}}\([ ]?(?P<inner>{month})[ ]?\)){END}"
    )


def _one_name(match: re.Match[str]) -> str:
    first, second = match["first"], match["second"] or match["inner"]
    one, other = find(first), find(second)
    if match["inner"] and (one is None or other is None or one.number != other.number):
        return match[0]
    if one is not None and other is not None and one.number == other.number:
        return f"{match['before']}{first} {second}"
    # Two months: مايو-يونيو is a span, مايو/يونيو leaves open what it is.
    return f"{match['before']}{first} {'و' if '/' in match['slash'] else 'إلى '}{second}"


_MAY_BE_DOUBLE: Final = re.compile(r"[/\\(–—-]")


def apply(text: str) -> str:
    """The text with double month names said one after the other."""
    if not _MAY_BE_DOUBLE.search(text):
        return text
    return _double().sub(_one_name, text)
