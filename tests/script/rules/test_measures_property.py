"""A measure and its number (قدرها 25 طنا): nominative and of the right gender, for random numbers and counted nouns."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from tts_news.arabic import plain
from tts_news.script.data_files import data_file
from tts_news.script.normalisation import apply_rules_unmarked
from tts_news.script.rules import months
from tts_news.script.rules.nouns import find

MEASURES = "قدرها قدره قيمتها قيمته عمره عمرها مساحتها مساحته طولها طوله وزنها عددهم".split()
MASCULINE = "- واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة".split()
FEMININE = "- إحدى اثنتان ثلاث أربع خمس ست سبع ثماني تسع عشر".split()
TENS = "- - عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون".split()
TEEN = {
    "m": {1: "أحد عشر", 2: "اثنا عشر"},
    "f": {1: "إحدى عشرة", 2: "اثنتا عشرة"},
}


def below_hundred(n: int, gender: str) -> str:
    """3 to 99 in the nominative before something counted, by a grammar of its own."""
    units = MASCULINE if gender == "m" else FEMININE
    unit, tens = n % 10, n // 10
    if n <= 10:
        return units[n]
    if tens == 1:
        return TEEN[gender].get(unit, f"{units[unit]} {'عشر' if gender == 'm' else 'عشرة'}")
    if not unit:
        return TENS[tens]
    alone = "ثمان" if units[unit] == "ثماني" else units[unit]
    return f"{alone} و{TENS[tens]}"


NUMBERS = ("مئة", "ألف", *MASCULINE)


@cache
def counted_nouns() -> list[tuple[str, str, str]]:
    """Singular, plural and gender of the nouns that both of their forms lead back to, and that are nothing else.

    «11 رجب» is a day, «11 مئة» a number, and «11 عقد» without its alif may be knots or contracts.
    """
    found = []
    for line in data_file("nouns.tsv").read_text(encoding="utf-8").splitlines():
        singular, gender, plurals = line.split("\t") if "\t" in line else ("", "", "")
        plural = plurals.partition(" ")[0]
        one, several = (find(singular, plural=False), find(plural, plural=True)) if plural else (None, None)
        other = find(singular, plural=True)
        if months.at_start(singular) or singular in NUMBERS or (other and one and other.noun != one.noun):
            continue
        if one and several and one.form == "singular" and several.form == "plural" and one.noun == several.noun:
            found.append((singular, plural, "f" if gender == "f" else "m"))
    return found


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(MEASURES), st.integers(3, 99), st.deferred(lambda: st.sampled_from(counted_nouns())))
def test_a_measure_is_told_in_the_nominative(measure: str, n: int, noun: tuple[str, str, str]) -> None:
    singular, plural, gender = noun
    said = apply_rules_unmarked(f"شيء {measure} {n} {plural if n <= 10 else singular}")
    assert plain(said).startswith(plain(f"شيء {measure} {below_hundred(n, gender)} ")), said
