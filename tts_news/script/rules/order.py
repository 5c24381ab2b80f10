"""The order of the text rules: `RULES`, run one after the other over a line.

Each rule is a module with one pure function `apply(text: str) -> str`. A comment per dependency says what breaks
otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tts_news.script.rules import (
    counting,
    definite,
    fractions,
    grouping,
    money,
    ordinals,
    percent,
    plain_numbers,
    ranges,
    scores,
    units,
    years,
)

if TYPE_CHECKING:
    from collections.abc import Callable

RULES: Final[tuple[Callable[[str], str], ...]] = (
    years.apply,  # before grouping: the separator in 2,023 says that it is no year
    scores.apply,  # before fractions and ranges: 3-1 and 2/1 in a match are neither
    grouping.apply,  # before everything that reads a number: it leaves digits and a decimal dot only
    fractions.apply,  # before ranges and money: 2 1/2 becomes 2.5
    ranges.apply,  # before money, percent and units: they say the second number with what it counts
    money.apply,  # before percent and units: ل.س and د.م hold letters that are units too
    percent.apply,
    units.apply,  # before counting: 5 م is a length, not a word
    ordinals.apply,  # before counting: الدقيقة 90 is followed by words that it does not count
    definite.apply,
    counting.apply,
    plain_numbers.apply,  # last: takes every digit that is left
)
