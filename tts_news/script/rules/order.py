"""The order of the text rules: `RULES`, run one after the other over a line.

Each rule is a module with one pure function `apply(text: str) -> str`. A comment per dependency says what breaks
otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tts_news.script.rules import (
    abbreviations,
    characters,
    dates,
    emoji,
    eras,
    latin,
    lookalikes,
    markup,
    models,
    months,
    numeric_dates,
    pauses,
    phones,
    roman,
    symbols,
    times,
    web,
)

if TYPE_CHECKING:
    from collections.abc import Callable

RULES: Final[tuple[Callable[[str], str], ...]] = (
    # Entities first: &#1632; is a digit and &lrm; an invisible mark.
    markup.apply,
    # Every later rule looks for ASCII digits, plain letters and no tatweel (لـ3, 1445هـ).
    characters.apply,
    lookalikes.apply,
    emoji.apply,
    # Before anything that reads a slash, a dot, a digit or an underscore of a link or hashtag as text.
    web.apply,
    symbols.first,
    # Double month names become two words, which the dates expect.
    months.apply,
    # Time stamps (2024-03-15T14:30) give their time to `times`, so numeric dates come before it.
    numeric_dates.apply,
    # Dates take year and era with them; what is left of م and هـ after a year belongs to `eras`.
    dates.apply,
    eras.apply,
    # Before phones (12:30-14:00) and before abbreviations (ت.غ, 9 ص).
    times.apply,
    # Roman numerals before names with numbers in Latin letters: لويس XIV is no model.
    roman.apply,
    # F-16 and COVID-19 before phones and before ranges and negative numbers see the hyphen.
    models.apply,
    phones.apply,
    # After eras: ق.م would be said as initials.
    abbreviations.apply,
    # --- numbers: see the rules of their own ---
    # Latin words last, because currency codes and unit symbols are read with their numbers.
    latin.apply,
    symbols.apply,
    pauses.apply,
)
"""Written Arabic → spoken Arabic: the text rules in their order."""
