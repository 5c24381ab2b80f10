"""Units of measure right after a number: 5 كم² → خمسة كيلومترات مربعة, 120 كم/س, 37.5 درجة, -5 درجات تحت الصفر.

An abbreviation is a unit only there: كم عدد, هم, سم الأفعى and مل الجمهور are words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from tts_news.arabic import ARABIC, MARKS
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules.clitics import CLITIC
from tts_news.script.rules.context import spoken, three_of
from tts_news.script.rules.nouns import NOT_COUNTED, Noun, is_listed, key
from tts_news.script.rules.numerals import is_number_word, value
from tts_news.script.rules.quantity import NUMBER, SCALE, Quantity, holds_scale, phrase_after, say, say_definite
from tts_news.script.rules.tables import rows

if TYPE_CHECKING:
    from tts_news.script.rules.grammar import Case


class Unit(NamedTuple):
    """A unit of measure."""

    noun: Noun
    adjective: str
    """In the masculine singular, or a phrase that never changes (في الساعة)."""


def _unit(name: str, gender: str, plural: str, adjective: str) -> Unit:
    masculine = adjective if adjective.startswith("في ") else adjective.removesuffix("ة")
    return Unit(Noun(name, "f" if gender == "f" else "m", plural), masculine)


@lru_cache(maxsize=1)
def by_sign() -> dict[str, Unit]:
    """Every unit by each of its abbreviations and symbols."""
    table: dict[str, Unit] = {}
    for name, gender, plural, adjective, signs in rows("units.tsv"):
        table.update(dict.fromkeys(signs.split("|"), _unit(name, gender, plural, adjective)))
    return table


@lru_cache(maxsize=1)
def by_name() -> dict[str, Noun]:
    """Nouns of measure in the forms that stand after a number."""
    table: dict[str, Noun] = {}
    for unit in by_sign().values():
        noun = unit.noun
        forms = [noun.singular, noun.plural, noun.accusative()]
        forms += [form.replace("غرام", "جرام") for form in forms if "غرام" in form]
        table.update(dict.fromkeys(forms, noun))
        # ميغاوات and ميجاوات are as right as ميغاواط, so they stay as their author wrote them.
        for name in (noun.singular, noun.singular.replace("غ", "ج")) if noun.singular.endswith("واط") else ():
            other = f"{name[:-1]}ت"
            table[other] = Noun(other, noun.gender, other)
    return table


_ADJECTIVES: Final = {
    "مربع": "مربع",
    "مكعب": "مكعب",
    "مئوي": "مئوي",
    "مئو": "مئوي",
    "فهرنهايت": "فهرنهايت",
    "بحري": "بحري",
    "حراري": "حراري",
    "متري": "متري",
    "مترى": "متري",
}
_START: Final = rf"(?<![{ARABIC}A-Za-z0-9./])(?P<clitic>{CLITIC})[ ]?(?P<minus>-)?"
_END: Final = rf"(?![{ARABIC}A-Za-z0-9²³/])"


_POWER_SIGN: Final = lazy(rf"(?<=[{ARABIC}])(?=[23])")


def _sign_pattern(sign: str) -> str:
    # `characters` parts a letter from a digit: كم2 comes as كم 2.
    return _POWER_SIGN.sub("[ ]?", re.escape(sign)).replace(r"\.", r"[ ]?\.[ ]?")


@lru_cache(maxsize=1)
def _signed() -> re.Pattern[str]:
    signs = "|".join(map(_sign_pattern, sorted(by_sign(), key=len, reverse=True)))
    return re.compile(
        rf"{_START}(?P<number>{NUMBER})(?:[ ]?(?P<scale>{SCALE}))?[ ]?(?P<sign>{signs}){_END}(?:\.(?=[ ][{ARABIC}]"
        rf"|,))?"
        rf"(?:[ ](?P<adjective>(?:مربع|مكعب)[{MARKS}]?(?:ة|ا)?[{MARKS}]?|في[ ]الساعة|في[ ]الثانية)(?![{ARABIC}]))?"
    )


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    names = "|".join(sorted(by_name(), key=len, reverse=True))
    return re.compile(
        rf"{_START}(?P<number>{NUMBER})(?:[ ]?(?P<scale>{SCALE}))?[ ](?P<name>{names})[{MARKS}]{{0,2}}(?![{ARABIC}])"
        rf"(?:[ ](?P<adjective>مربع|مكعب|مئوي|بحري|حراري|متري)(?P<ending>[{MARKS}]?(?:ة|ا)?[{MARKS}]?)(?![{ARABIC}]))?"
        rf"(?P<below>[ ](?:تحت|دون|فوق)[ ]الصفر)?"
    )


def _is_whole(quantity: Quantity) -> bool:
    return quantity.whole > 2 and not quantity.decimals and quantity.scale is None


_OF_WHAT: Final = lazy(rf"[ ](?P<word>[{ARABIC}]{{3,14}})(?![{ARABIC}])")


def _hangs(match: re.Match[str], noun: Noun) -> bool:
    """Whether what is measured completes a unit that was written without a tanwin: 28 طن قمح."""
    of_what = _OF_WHAT.match(match.string, match.end())
    written = match[0].endswith(noun.singular) and noun.accusative() != noun.singular
    if not written or of_what is None or key(of_what["word"]) in NOT_COUNTED:
        return False
    return is_listed(of_what["word"])


def _words(match: re.Match[str], noun: Noun | None, adjective: str, below: str = "") -> str:
    quantity = Quantity.of(match["number"], match["scale"] or "")
    lead, tail = "", below
    if match["minus"] and noun is not None and noun.singular == "درجة":
        tail = below or " تحت الصفر"
    elif match["minus"] and noun is not None:
        lead = "سالب "
    if noun is not None and match["clitic"].endswith(("ال", "لل")) and not lead and _is_whole(quantity):
        return spoken(
            match.string,
            match.start("clitic"),
            match["clitic"],
            lambda case: say_definite(quantity, noun, case, adjective) + tail,
            f"ال{three_of(noun)}",
        )
    hangs = noun is not None and not adjective and not tail and _hangs(match, noun)

    def said(case: Case) -> str:
        words = say(quantity, noun, case, adjective=adjective)
        if hangs and noun is not None and words.endswith(f" {noun.accusative()}"):
            words = words.removesuffix("ا")
        return lead + words + tail

    return spoken(
        match.string,
        match.start("clitic"),
        match["clitic"],
        said,
        three_of(noun),
    )


def _in_centimetres(match: re.Match[str], quantity: Quantity, metre: Noun) -> str:
    """2.10 متر is two metres and ten centimetres: two places of a metre are read as what they are."""
    hundredth = by_sign()["سم"].noun

    def two(case: Case) -> str:
        rest = say(Quantity(int(quantity.decimals)), hundredth, case)
        if not quantity.whole:
            return rest
        whole = metre.singular if quantity.whole == 1 else say(Quantity(quantity.whole), metre, case)
        return f"{whole} و{rest}"

    return spoken(match.string, match.start("clitic"), match["clitic"], two, three_of(metre))


def _is_length(match: re.Match[str], quantity: Quantity, noun: Noun | None) -> bool:
    two_places = len(quantity.decimals) == 2 and not quantity.has_named_part and quantity.decimals[0] != "0"
    return (
        noun is not None
        and noun.singular == "متر"
        and two_places
        and quantity.whole < 100
        and quantity.scale is None
        and not match["minus"]
        and not match["adjective"]
    )


def _abbreviated(match: re.Match[str]) -> str:
    sign = match["sign"]
    unit = by_sign().get(sign) or by_sign()[re.sub(r"[ ]?\.[ ]?", ".", re.sub(r" (?=[23]$)", "", sign))]
    written = match["adjective"] or ""
    adjective = unit.adjective
    if written.startswith("في") and adjective:  # 12 م³ في الثانية
        return _words(match, unit.noun, adjective, f" {written}")
    if written.startswith("في"):
        adjective = written
    elif written:
        adjective = written[:4]
    quantity = Quantity.of(match["number"], match["scale"] or "")
    if not adjective and _is_length(match, quantity, unit.noun) and unit.noun is not None:
        return _in_centimetres(match, quantity, unit.noun)
    return _words(match, unit.noun, adjective)


def _spelled(match: re.Match[str]) -> str:
    quantity = Quantity.of(match["number"], match["scale"] or "")
    if _is_length(match, quantity, by_name()[match["name"]]):
        return _in_centimetres(match, quantity, by_name()[match["name"]])
    if quantity.decimals and not quantity.has_named_part and quantity.scale is None:
        # ستة فاصل ثلاثة درجات: between two forms that are both said, the written one stays.
        words = _words(match, None, "") + match[0][match.start("name") - match.start() - 1 :]
        return f"{words} تحت الصفر" if match["minus"] and not match["below"] else words
    return _words(match, by_name()[match["name"]], match["adjective"] or "", match["below"] or "")


_DIGIT: Final = lazy("[0-9]", needs=DIGITS)


_WORDED: Final = lazy(
    rf"(?P<number>(?<![{ARABIC}])[{ARABIC}]{{2,12}}(?:[ ]عشرة?)?)[ ](?P<sign>كم²|كلم²|كم|كلم|سم|ملم|كغ|كجم|كغم|م²"
    rf"|م³){_END}"
)
_PART_WORDS: Final = frozenset({"نصف", "ربع", "ثلث", "ألف", "مليون", "مليار", "آلاف", "ملايين", "مليارات", "ونصف"})


def _after_word(match: re.Match[str]) -> str:
    """An abbreviation after a number in words: خمسين كم, نصف كم. كم عدد is no unit, for no number stands before it."""
    words = re.sub(f"[{MARKS}]", "", match["number"])
    unit = by_sign()[match["sign"]]
    stem = words.lstrip("وبل") if words not in _PART_WORDS else words
    if stem in _PART_WORDS:
        n = 100
    elif is_number_word(words.split()[0]) or is_number_word(stem.split()[0]):
        first = words if is_number_word(words.split()[0]) else stem
        n = value(first)
    else:
        return match[0]
    return f"{match['number']} {phrase_after(n, unit.noun, unit.adjective)}"


_SPLIT: Final = lazy(
    r"(?<=[0-9])(?P<gap>[ ]?)(?P<first>كيلو|ميغا|ميجا|غيغا|جيجا|ملي|ميلي|سنتي|تيرا)[ ]"
    rf"(?P<rest>[{ARABIC}]{{3,8}})(?![{ARABIC}])"
)


def _whole(match: re.Match[str]) -> str:
    """A unit that is written as two words in one: 4 كيلو مترات."""
    name = match["first"] + match["rest"]
    known = name in by_name() or name in by_sign()
    return f"{match['gap'] or ' '}{name}" if known else match[0]


def apply(text: str) -> str:
    """The text with its measures in words."""
    if not _DIGIT.search(text):
        return _WORDED.sub(_after_word, text)
    text = _SPLIT.sub(_whole, _WORDED.sub(_after_word, text))
    # The two patterns hold every unit there is: they are not compiled for a text that has none.
    if _may_hold_sign(text):
        text = _signed().sub(_abbreviated, text)
    return _named().sub(_spelled, text) if any(name in text for name in by_name()) else text


_AFTER_FIGURE: Final = lazy("(?<=[0-9])(?![0-9])[ ]?", needs=DIGITS)
_GOES_ON: Final = lazy(rf"[{ARABIC}A-Za-z0-9²³/]")


def _may_hold_sign(text: str) -> bool:
    """Return whether `_signed` may find something: a figure with what begins like a sign behind it, or a scale."""
    return holds_scale(text) or any(
        text.startswith(head, found.end()) and not (whole and _GOES_ON.match(text, found.end() + len(head)))
        for found in _AFTER_FIGURE.finditer(text)
        for head, whole in _heads()
    )


@lru_cache(maxsize=1)
def _heads() -> tuple[tuple[str, bool], ...]:
    """Return what each sign begins with, up to where a space may stand in it, and whether that is all of it."""
    heads = ((re.split(rf"\.|(?<=[{ARABIC}])(?=[23])", sign)[0], sign) for sign in by_sign())
    return tuple(dict.fromkeys((head, head == sign) for head, sign in heads))
