"""The order of the text rules: `RULES`, run one after the other over a line.

Each rule is a module with one pure function `apply(text: str) -> str`. A comment per dependency says what breaks
otherwise.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from tts_news.script.rules import (
    abbreviations,
    articles,
    brackets,
    characters,
    coordinates,
    counting,
    dashes,
    datelines,
    dates,
    definite,
    dial_codes,
    emoji,
    eras,
    footnotes,
    fractions,
    glosses,
    grouping,
    html_tags,
    identifiers,
    initials,
    joined_names,
    laps,
    latin,
    lookalikes,
    markdown,
    models,
    money,
    months,
    numeric_dates,
    ordinals,
    pauses,
    percent,
    phones,
    plain_numbers,
    powers,
    ranges,
    rates,
    references,
    restated,
    roman,
    scores,
    sport,
    symbols,
    times,
    titles,
    units,
    verses,
    web,
    years,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tts_news.script.rules.topic import Topic

RULES: Final[tuple[Callable[[str], str], ...]] = (
    # Entities first: &#1632; is a digit and &lrm; an invisible mark.
    html_tags.apply,
    # Before markdown and web, which take stars and squares for their own.
    dial_codes.apply,
    # Before web: «### أخبار» is no hashtag. Before powers: **12** is bold and no power.
    markdown.apply,
    # Before characters, whose NFKC takes figures set high for plain ones; before footnotes: 10⁶ is no note.
    powers.apply,
    footnotes.apply,
    # Every later rule looks for ASCII digits, plain letters and no tatweel (لـ3, 1445هـ).
    characters.apply,
    lookalikes.apply,
    joined_names.apply,
    emoji.apply,
    # Before brackets: (البقرة: 185) is no number of anything.
    verses.apply,
    # Before months and dashes: (كونا) is no second name of a month, and 22 - 10 no span.
    datelines.apply,
    # Before brackets: of «(5000) خمسة آلاف» the figures go.
    restated.apply,
    # Before everything that looks for a number beside its noun, its month or its unit.
    brackets.apply,
    # After brackets: (14) هدفا is no minute. Before references and ordinals, which read الدقيقة 23.
    sport.apply,
    # Before numeric dates and ranges see «2.18.75» and «9001:2015», and before phones see «الفصل 02».
    identifiers.apply,
    # Before models, ranges and whatever else takes a dash for a sign.
    dashes.apply,
    # Before whatever reads what is in a bracket.
    glosses.apply,
    # Before anything that reads a slash, a dot, a digit or an underscore of a link or hashtag as text.
    web.apply,
    # Before symbols, which reads degrees as those of a thermometer.
    coordinates.apply,
    # Before times: 56:42 دقيقة is no time of day. Before rates: of 53ج/م neither letter is a unit.
    laps.apply,
    # Before symbols, which have لكل for what is left of a stroke before a unit.
    rates.apply,
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


def for_article(topic: Topic, months_of: str = "gregorian") -> tuple[Callable[[str], str], ...]:
    """The rules for the lines of one article: what it is about, and whose month names its dates in figures get."""
    own: dict[Callable[[str], str], Callable[[str], str]] = {
        scores.apply: partial(scores.rewrite, topic=topic),
        sport.apply: partial(sport.rewrite, topic=topic),
        money.apply: partial(money.rewrite, topic=topic),
        grouping.apply: partial(grouping.rewrite, decimal=topic.decimal),
        numeric_dates.apply: partial(numeric_dates.rewrite, months_of=months_of),
    }
    return tuple(own.get(rule, rule) for rule in RULES)
