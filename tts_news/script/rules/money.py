"""Money: symbols, ISO codes and dotted Arabic codes before or after the amount, scale words and subunits.

$1.5 مليار → مليار ونصف المليار دولار; 7.50 دولار → سبعة دولارات وخمسون سنتا; 1.250 د.ك → دينار كويتي ومئتان
وخمسون فلسا.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tts_news.arabic import ARABIC, MARKS, bare, plain
from tts_news.frozen import dataclass
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules.clitics import CLITIC
from tts_news.script.rules.context import spoken, three_of
from tts_news.script.rules.nouns import Noun
from tts_news.script.rules.patterns import present
from tts_news.script.rules.quantity import LATIN_SCALE, NUMBER, SCALE, Quantity, say
from tts_news.script.rules.tables import rows
from tts_news.script.rules.topic import NO_TOPIC, Topic, land_of

if TYPE_CHECKING:
    from tts_news.script.rules.grammar import Case


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency; `adjective` is in the masculine singular, `per_unit` is 0 for one whose subunit nobody says."""

    noun: Noun
    adjective: str
    subunit: Noun | None
    per_unit: int


def _noun(name: str, gender: str, plural: str) -> Noun:
    return Noun(name, "f" if gender == "f" else "m", plural)


@lru_cache(maxsize=1)
def by_sign() -> dict[str, Currency]:
    """Every currency by each of its codes and symbols."""
    table: dict[str, Currency] = {}
    for name, gender, plural, adjective, subunit, sub_gender, sub_plural, per_unit, signs in rows("currencies.tsv"):
        minor = _noun(subunit, sub_gender, sub_plural) if subunit else None
        masculine = adjective.removesuffix("ة")
        currency = Currency(_noun(name, gender, plural), masculine, minor, int(per_unit))
        table.update(dict.fromkeys(signs.split("|"), currency))
    return table


_OTHER_WORDS: Final = frozenset(["أفغاني", "بر", "بات"])
"""Names that after a number are nearly always something else: 20 أفغانيا are people."""

_NOT_BEFORE: Final = frozenset(
    ["ID", "DA", "LD", "DT", "DH", "LE", "L.E", "RM", "TL", "L.L", "¢", "أ.م", "ف.ج", "ف.ق", "ش.ص"]
)
"""Codes that before a number are nearly always something else, or always stand behind it."""


@lru_cache(maxsize=1)
def by_name() -> dict[str, Currency]:
    """The currency of a bare name in any of its forms: its subunit is that of the best known bearer of the name."""
    table: dict[str, Currency] = {}
    for currency in by_sign().values():
        noun = currency.noun
        if noun.singular in _OTHER_WORDS:
            continue
        generic = Currency(noun, "", currency.subunit, currency.per_unit)
        for form in (noun.singular, noun.plural, noun.accusative(), noun.dual("nom"), noun.dual("gen")):
            table.setdefault(plain(form), generic)
    table[plain("دينارات")] = table["دينار"]
    table[plain("جنيهاً")] = table["جنيه"]
    return table


@lru_cache(maxsize=1)
def _adjectives() -> dict[str, str]:
    """Forms of the adjectives of currencies, as they are spelt and by their plain letters → masculine singular."""
    stems = [
        currency.adjective for currency in by_sign().values() if currency.adjective and " " not in currency.adjective
    ]
    stems += ["أميركي", "استرليني", "فلسطيني", "إسرائيلي", "أوروبي", "قديم", "جديد", "ايراني"]
    endings = ("", "ة", "ا", "ان", "ين", "تان", "تين")
    spelt = {f"{stem}{ending}": stem for stem in stems for ending in endings}
    return {plain(form): stem for form, stem in spelt.items()} | spelt


def _sign_pattern(sign: str) -> str:
    if "." in sign:  # ر.س, ر. س, ر.س.
        letters = r"[ ]?\.[ ]?".join(re.escape(letter) for letter in sign.split("."))
        return rf"{letters}(?![{ARABIC}])(?:\.(?=[ ]*[{ARABIC}(]|[،,]))?"
    return re.escape(sign)


_START: Final = rf"(?<![{ARABIC}A-Za-z0-9.])(?P<clitic>{CLITIC})[ ]?"
_AMOUNT: Final = rf"(?P<number>{NUMBER})(?![0-9])"


@lru_cache(maxsize=64)
def _signed_first(signs: tuple[str, ...], names: tuple[str, ...]) -> re.Pattern[str]:
    any_sign = "|".join(_sign_pattern(sign) for sign in signs if sign not in _NOT_BEFORE) or "(?!)"
    return re.compile(
        rf"{_START}(?P<minus>-)?(?P<sign>{any_sign})[ ]?{_AMOUNT}(?:[ ]?(?P<scale>{SCALE}|{LATIN_SCALE}))?"
        # $500 دولار says it twice.
        rf"(?:[ ](?:{_any_of(names)})(?![{ARABIC}]))?"
    )


@lru_cache(maxsize=64)
def _signed_last(signs: tuple[str, ...]) -> re.Pattern[str]:
    any_sign = "|".join(_sign_pattern(sign) for sign in signs)
    return re.compile(
        rf"{_START}(?P<minus>-)?{_AMOUNT}(?:[ ]?(?P<scale>{SCALE}|{LATIN_SCALE}))?[ ]?(?P<sign>{any_sign})(?!"
        rf"[A-Za-z0-9])"
    )


@lru_cache(maxsize=64)
def _with_name(names: tuple[str, ...], adjectives: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"{_START}(?P<minus>-)?{_AMOUNT}(?:[ ]?(?P<scale>{SCALE}))?[ ]{{1,2}}(?P<name>{_any_of(names)})"
        rf"(?![{ARABIC}])(?:[ ](?P<adjective>{_any_of(adjectives)})(?![{ARABIC}]))?"
    )


def _any_of(forms: tuple[str, ...]) -> str:
    return "|".join(sorted(map(_loose, forms), key=len, reverse=True)) or "(?!)"


def _signs_in(text: str) -> tuple[str, ...]:
    """The signs that may stand in a text, the longest first; a dotted one may have spaces in it."""
    tight = text.replace(" ", "")
    return tuple(sign for sign in _signs() if sign in (tight if "." in sign else text))


@lru_cache(maxsize=1)
def _signs() -> tuple[str, ...]:
    return tuple(sorted(by_sign(), key=len, reverse=True))


def _loose(form: str) -> str:
    """A pattern for the form with any marks and any hamza seat."""
    return "".join(("[اأإآ]" if letter == "ا" else letter) + f"[{MARKS}]{{0,2}}" for letter in form)


def say_money(quantity: Quantity, currency: Currency, case: Case) -> str:
    """An amount of money in words, with its subunits when the decimals are whole subunits."""
    whole, decimals = quantity.whole, quantity.decimals
    minor = currency.subunit
    places = {100: 2, 1000: 3}.get(currency.per_unit, 0)
    halves = decimals == "5"
    if quantity.scale or not decimals or minor is None or halves or len(decimals) > places:
        return say(quantity, currency.noun, case, adjective=currency.adjective)
    parts = say(Quantity(int(decimals.ljust(places, "0"))), minor, case)
    if whole == 0:
        return parts
    name = say(Quantity(whole), currency.noun, case, adjective=currency.adjective)
    if whole == 1:
        name = name.removesuffix(" واحدة").removesuffix(" واحد")
        name = currency.noun.accusative() if case == "acc" and not currency.adjective else name
    return f"{name} و{parts}"


def _rewritten(match: re.Match[str], currency: Currency) -> str:
    quantity, minus = Quantity.of(match["number"], match["scale"] or ""), "سالب " if match["minus"] else ""
    return spoken(
        match.string,
        match.start("clitic"),
        match["clitic"],
        lambda case: minus + say_money(quantity, currency, case),
        three_of(currency.noun),
    )


def _signed(match: re.Match[str]) -> str:
    sign = re.sub(r"[ ]", "", match["sign"]).rstrip(".") if "." in match["sign"] else match["sign"]
    return _rewritten(match, by_sign()[sign])


_CODES: Final = {
    "MA": "MAD", "AE": "AED", "TN": "TND", "DZ": "DZD", "LY": "LYD", "KW": "KWD", "BH": "BHD", "JO": "JOD", "IQ": "IQD",
    "SA": "SAR", "QA": "QAR", "OM": "OMR", "YE": "YER", "EG": "EGP", "SD": "SDG", "SY": "SYP", "LB": "LBP",
    "TR": "TRY", "IR": "IRR",
}  # fmt: skip
"""The currency of a land, by the codes of ISO 3166 and ISO 4217."""


_OF_MANY_LANDS: Final = frozenset({"درهم", "دينار", "ريال", "ليرة", "جنيه"})


def _of_land(currency: Currency, land: str) -> Currency:
    """The currency with the subunit that it has in a land: the dirham of Morocco has centimes, that of Dubai fils."""
    own = by_sign()[_CODES[land]] if land in _CODES else None
    if own is None or own.noun.singular != currency.noun.singular:
        return currency
    return Currency(currency.noun, currency.adjective, own.subunit, own.per_unit)


def _named(match: re.Match[str], topic: Topic) -> str:
    currency = by_name()[plain(match["name"])]
    written = match["adjective"]
    if not written and "." in match["number"] and currency.noun.singular in _OF_MANY_LANDS:
        currency = _of_land(currency, land_of(match.string) or topic.land)
    adjective = (_adjectives().get(bare(written)) or _adjectives()[plain(written)]) if written else ""
    if written:
        per_unit = next(
            (c for c in by_sign().values() if c.noun.singular == currency.noun.singular and c.adjective == adjective),
            currency,
        )
        currency = Currency(currency.noun, adjective, per_unit.subunit, per_unit.per_unit)
    return _rewritten(match, currency)


_SCALED: Final = lazy(r"(?:لف|يون|يار|لاف|يين|رات|فا|نا|را) (?:[$€£]|[ء-ي][ ]?\.)")
_SIGNS: Final = lazy(r"[$€£¥₪₺₹₽₩¢₿฿₫₴₦⃁]|[A-Za-z]{2}|[ء-ي][ ]?\.[ ]?[ء-ي]")
_NAMES: Final = lazy(
    "دولار|يورو|جنيه|ريال|درهم|دراهم|دينار|دنانير|لير|روبي|روبل|ين|يوان|فرنك|شيكل|شواكل|كرون|بيزو|وون|[ء-ي]"
)


_DIGIT: Final = lazy("[0-9]", needs=DIGITS)


@lru_cache(maxsize=64)
def _after_scale(signs: tuple[str, ...]) -> re.Pattern[str]:
    """مليون $, ألف د.ل: the scale is a word, and no digit stands before it."""
    any_sign = "|".join(_sign_pattern(sign) for sign in signs if not sign.isalpha()) or "(?!)"
    return re.compile(
        rf"(?P<scale>(?<![{ARABIC}])[وبل]?(?:{SCALE}|مليارا|مليونا|ألفا))[ ](?P<sign>{any_sign})(?![A-Za-z0-9])"
    )


def _named_sign(match: re.Match[str]) -> str:
    sign = re.sub(r"[ ]", "", match["sign"]).rstrip(".") if "." in match["sign"] else match["sign"]
    currency = by_sign()[sign]
    feminine = "ة" if currency.noun.gender == "f" and currency.adjective else ""
    return f"{match['scale']} {currency.noun.singular} {currency.adjective}{feminine}".rstrip()


@lru_cache(maxsize=64)
def _shared(names: tuple[str, ...]) -> re.Pattern[str]:
    """4.18 جنيه للشراء، و4.20 للبيع: the second price is in the money of the first."""
    return re.compile(
        rf"(?P<name>{_any_of(names)})(?![{ARABIC}])(?P<between>[ ]لل[{ARABIC}]{{3,8}}[ ]?[،,]?[ ]و?[ ]?)"
        rf"(?P<n>[0-9]{{1,9}}\.[0-9]{{1,3}})(?=[ ]لل[{ARABIC}])"
    )


def _in_that_money(match: re.Match[str]) -> str:
    return f"{match['name']}{match['between']}{match['n']} {by_name()[plain(match['name'])].noun.singular}"


def rewrite(text: str, topic: Topic = NO_TOPIC) -> str:
    """The text with its amounts of money in words; the topic tells which land's money a bare دينار is."""
    if _DIGIT.search(text) and _SIGNS.search(text) and (signs := _signs_in(text)):
        text = _signed_first(signs, present(by_name(), text)).sub(_signed, text)
        text = _signed_last(signs).sub(_signed, text)
    if _SCALED.search(text) and (signs := _signs_in(text)):
        text = _after_scale(signs).sub(_named_sign, text)
    if _DIGIT.search(text) and (names := present(by_name(), text)):
        text = _shared(names).sub(_in_that_money, text) if " لل" in text else text
        text = _with_name(names, present(_adjectives(), text)).sub(lambda match: _named(match, topic), text)
    return text


def apply(text: str) -> str:
    """The text with its amounts of money in words."""
    return rewrite(text)
