"""The order of the text rules: `RULES`, run one after the other over a line.

Each rule is a module with one pure function `apply(text: str) -> str`. A comment per dependency says what breaks
otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tts_news.script.rules import (
    abbreviations,
    articles,
    characters,
    counting,
    dates,
    definite,
    emoji,
    eras,
    fractions,
    grouping,
    html_tags,
    initials,
    latin,
    lookalikes,
    models,
    money,
    months,
    numeric_dates,
    ordinals,
    pauses,
    percent,
    phones,
    plain_numbers,
    ranges,
    references,
    roman,
    scores,
    symbols,
    times,
    titles,
    units,
    web,
    years,
)

if TYPE_CHECKING:
    from collections.abc import Callable

RULES: Final[tuple[Callable[[str], str], ...]] = (
    # Entities first: &#1632; is a digit and &lrm; an invisible mark.
    html_tags.apply,
    # Every later rule looks for ASCII digits, plain letters and no tatweel (لـ3, 1445هـ).
    characters.apply,
    lookalikes.apply,
    emoji.apply,
    # Before anything that reads a slash, a dot, a digit or an underscore of a link or hashtag as text.
    web.apply,
    symbols.first,
    # Double month names become two words, which the dates expect.
    months.apply,
    # Before numeric dates: القرار 3/2024 is no month of a year.
    articles.apply,
    # Time stamps (2024-03-15T14:30) give their time to `times`, so numeric dates come before it.
    numeric_dates.apply,
    # Dates take year and era with them; what is left of م and هـ after a year belongs to `eras`.
    dates.apply,
    eras.apply,
    # Before phones (12:30-14:00) and before abbreviations (ت.غ, 9 ص).
    times.apply,
    # Before phones: (د 90) is no telephone, ت: 0123456 is one.
    references.apply,
    # Roman numerals before names with numbers in Latin letters: لويس XIV is no model.
    roman.apply,
    # Before models: SA03 is no model, and before grouping joins 8000 000.
    phones.accounts,
    # F-16 and COVID-19 before phones and before ranges and negative numbers see the hyphen.
    models.apply,
    # Before phones: the 000 of 10 000 begins with 0.
    grouping.join_spaces,
    phones.apply,
    # Before grouping: the separator in 2,023 says that it is no year.
    years.apply,
    # Before fractions and ranges: 3-1 and 2/1 in a match are neither.
    scores.apply,
    # Before everything that reads a number: it leaves digits and a decimal dot only.
    grouping.apply,
    # Before ranges and money: 2 1/2 becomes 2.5.
    fractions.apply,
    # Before money, percent and units: they say the second number of a range with what it counts.
    ranges.apply,
    # Before units and abbreviations: ل.س, د.م and د.ك hold letters that are units and titles too.
    money.apply,
    percent.apply,
    # Before counting: 5 م is a length, not a word.
    units.apply,
    # Before counting: الدقيقة 90 is followed by words that it does not count.
    ordinals.apply,
    definite.apply,
    counting.apply,
    # After eras and money: ق.م and د.ك would be said as initials.
    abbreviations.apply,
    # After money and units: of 5 د.ك and 5 م. neither letter is a title or an initial.
    # Before titles: of فيتامين د يقوي the letter is no doctor.
    initials.first,
    titles.apply,
    initials.apply,
    # Takes every digit that is left.
    plain_numbers.apply,
    # Latin words last, because currency codes and unit symbols are read with their numbers.
    latin.apply,
    symbols.apply,
    pauses.apply,
)
