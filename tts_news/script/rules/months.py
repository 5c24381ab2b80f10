"""The month names of every region, and double names: تشرين الأول/أكتوبر is said as both, never with the slash."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from tts_news.arabic import ARABIC, MARKS, plain
from tts_news.patterns import lazy
from tts_news.script.rules.patterns import present
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


def present_in(text: str) -> tuple[str, ...]:
    """The names of months that may stand in a text."""
    return present(_table(), text)


def find(name: str) -> Month | None:
    """The month a name means, None when it is no month."""
    return _table().get(plain(name))


_SLASH: Final = r"[ \u00a0]{0,2}[/\\–—-][ \u00a0]{0,2}"


_WORDS: Final = rf"[{ARABIC}]{{2,16}}(?:[ ][{ARABIC}]{{2,16}})?"
_DOUBLE: Final = lazy(
    rf"(?<![{ARABIC}])(?P<first>{_WORDS})(?:(?P<slash>{_SLASH})(?P<second>{_WORDS})|[ ]{{0,2}}\([ ]?"
    rf"(?P<inner>{_WORDS})[ ]?\))",
    needs="/\\(–—-",
)
"""Any words around a stroke, dash or bracket: which of them are months is looked up."""

_PREFIXES: Final = lazy(rf"[وفبلك][{MARKS}]{{0,2}}")


def at_end(text: str) -> tuple[Month, str] | None:
    """The month that a text of one or two words ends in, with its name; prefixes written onto it stay outside."""
    last = text.rpartition(" ")[2]
    for name in (text, last):
        month = find(name)
        if month is not None:
            return month, name
        prefix = _PREFIXES.match(name)
        if prefix and (month := find(name[prefix.end() :])) is not None:
            return month, name[prefix.end() :]
    return None


def at_start(text: str) -> tuple[Month, str] | None:
    """The month that a text of one or two words starts with, with its name."""
    for name in (text, text.partition(" ")[0]):
        month = find(name)
        if month is not None:
            return month, name
    return None


def _one_name(match: re.Match[str]) -> str:
    first, second = match["first"], match["second"] or match["inner"]
    one, other = at_end(first), at_start(second)
    if one is None or other is None:
        return match[0]
    same = one[0].number == other[0].number
    if match["inner"]:
        return f"{first} {second}" if same and other[1] == second else match[0]
    if same:
        return f"{first} {second}"
    # Two months: مايو-يونيو is a span, مايو/يونيو leaves open what it is.
    return f"{first} {'و' if '/' in match['slash'] else 'إلى '}{second}"


_MAY_BE_DOUBLE: Final = lazy(r"[/\\(–—-]")


def apply(text: str) -> str:
    """The text with double month names said one after the other."""
    if not _MAY_BE_DOUBLE.search(text):
        return text
    return _DOUBLE.sub(_one_name, text)
