"""Numbers that are part of a name: F-16, إس-400, بوينغ 737, COVID-19, 5G, G20, iPhone 15.

They are masculine cardinals without the hyphen, never counted with what follows; some names have words of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tts_news.arabic import ARABIC, END, LETTERS, MARKS
from tts_news.patterns import CAPITALS, DIGITS, lazy
from tts_news.script.rules import numerals
from tts_news.script.rules.articles import LETTER_NAMES
from tts_news.script.rules.clitics import attach
from tts_news.script.rules.latin import look_up
from tts_news.script.rules.nouns import is_listed
from tts_news.script.rules.patterns import any_of, present, words
from tts_news.script.rules.quantity import SCALE
from tts_news.script.rules.transliteration import spell

if TYPE_CHECKING:
    from tts_news.script.rules.grammar import Case

_AFTER: Final = rf"(?![0-9{ARABIC}A-Za-z%]|[.,:/-][0-9])"
_GENERATION: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])(?:ال)?جيل[{MARKS}]?[ ][{ARABIC}]{{4,9}}[ ]\(?)?(?<![A-Za-z0-9.])"
    rf"(?P<clitic>[وف]?(?:[بك]?ال|لل|[بلك])?)(?P<n>[2-6])[ ]?[Gg](?![A-Za-z0-9])"
)
_ENGLISH_DIGITS: Final = {2: "تو", 3: "ثري", 4: "فور", 5: "فايف", 6: "سيكس", 7: "سفن", 8: "إيت", 9: "ناين"}
_GROUP: Final = lazy(
    rf"(?P<named>(?<![{ARABIC}])[وفبلك]?(?:ال)?مجموعة[{MARKS}]?[ ]\(?)?(?P<clitic>(?<![{ARABIC}])[وفبل]?"
    rf"(?:ال)?)(?<![A-Za-z0-9])G-?(?P<n>7|8|10|20|24|77)(?![0-9A-Za-z])"
)
_LATIN_KEY: Final = lazy(
    r"(?<![A-Za-z0-9.&/-])(?P<key>(?:[A-Za-z]{1,8}-?[0-9]{1,3}(?:\.[0-9])?[A-Za-z]?[0-9]?"
    r"|[0-9][A-Za-z][0-9A-Za-z]?|[A-Za-z]+ [0-9]{1,2}))(?![A-Za-z0-9]|[.,:/-][0-9])"
)
_LATIN: Final = lazy(
    r"(?<![A-Za-z0-9.&/+$€£-])(?P<name>[A-Za-z]{1,12})[ ]?-?(?P<n>(?<=[A-Za-z])[0-9]{1,4}|(?<=-)[0-9]{1,4})"
    r"(?:-?(?P<more>[A-Za-z]{1,3}))?(?P<plus>\+(?![0-9]))?(?![A-Za-z0-9%]|[.,:/-][0-9])"
)
_LATIN_CODE: Final = lazy(
    r"(?<![A-Za-z0-9.&/+$€£-])(?P<code>(?=[A-Z0-9-]{0,14}[A-Z])[A-Z]{1,4}-?[0-9]{5,14})(?![A-Za-z0-9])"
)
_NOT_MODELS: Final = frozenset(
    words(
        "usd eur gbp sar aed egp kwd qar bhd omr jod lbp iqd syp yer tnd dzd mad lyd sdg try rub cny jpy inr chf "
        "cad aud ils irr us rs km m cm mm kg g mg gb mb tb kb hz ghz mhz mw gw kw kwh mph kmh bpd ft lb oz "
        "pm am gmt utc"
    )
)
_BRANDS: Final = (
    "iphone|ipad|galaxy|windows|boeing|airbus|playstation|android|ios|covid|formula|apollo|falcon|cop|expo"
    "|mig|su|tu|gpt|chatgpt|xbox|macos|"
    "euro|falcon|ariane|artemis|starship|vision|type|class|mark|mk|area|gemini|llama|redmi|note|mate|pixel|model"
)
_SPACED_LATIN: Final = lazy(
    rf"(?<![A-Za-z0-9.-])(?P<name>{_BRANDS})[ ](?P<n>[0-9]{{1,4}})(?![0-9A-Za-z%]|[.,:/-][0-9])", re.IGNORECASE
)
_FEW: Final = lazy(
    rf"(?P<name>(?<![A-Za-z0-9.&/+$€£-])[A-Z][A-Za-z]{{2,14}})[ ](?P<n>[12])(?=[ ](?!{SCALE})[{ARABIC}]{{3}})",
    needs=CAPITALS,
)
"""Nokia 2 شريحة: behind a name in Latin letters one and two are its own, since nobody counts by their figures."""

_ARABIC_HYPHEN: Final = lazy(
    # A number below zero after a preposition (إلى -5 درجات) is no model.
    rf"(?P<name>(?<![{ARABIC}])[{ARABIC}]{{2,16}}(?<!إلى)(?<!من)(?<!عند)(?<!بين)(?<!نحو))"
    rf"-[ ]?(?P<n>[0-9]{{1,4}})(?P<more>[ ]?(?:إم|إيه|بي|سي"
    rf"|دي|إس)(?![{ARABIC}]))?{_AFTER}"
)
_SCORED: Final = lazy(rf"[ ](?:[{ARABIC}]{{2,16}}[ ])?[{ARABIC}]{{2,16}}-[0-9]")
_SCORED_BEFORE: Final = lazy(rf"[{ARABIC}]-[0-9]{{1,2}}[ ](?:[{ARABIC}]{{2,16}}[ ])?$")
_MAKERS: Final = (
    "بوينغ",
    "بوينج",
    "إيرباص",
    "إيه",
    "ايرباص",
    "إف",
    "إس",
    "إم",
    "سوخوي",
    "سو",
    "ميغ",
    "ميج",
    "توبوليف",
    "أنتونوف",
    "إليوشن",
    "كوفيد",
    "آيفون",
    "أيفون",
    "ايفون",
    "غالاكسي",
    "جالاكسي",
    "ويندوز",
    "أندرويد",
    "بلايستيشن",
    "بلاي ستيشن",
    "فورمولا",
    "الفورمولا",
    "أبولو",
    "أرتميس",
    "فالكون",
    "شنتشو",
    "سويوز",
    "لونا",
    "تشاندرايان",
    "آر بي جي",
    "آر بي جي",
    "جي بي تي",
    "هيركوليز",
    "إمبراير",
    "بلاك هوك",
    "أوميغا",
    "هواسونغ",
    "هواسونج",
)
_SPACED: Final = lazy(
    rf"(?P<name>(?<![{ARABIC}])[وفبلك]?(?:ال)?{any_of(_MAKERS)})[ ](?P<n>[0-9]{{1,4}})(?P<more>[ ]?(?:إم|إيه|بي|سي|دي"
    rf"|إس)(?![{ARABIC}]))?{_AFTER}"
)
_QUOTED: Final = lazy(
    rf"(?P<open>[\"«“(])[ ]?(?P<letters>[{LETTERS}]{{1,3}}|[A-Z]{{1,3}})[ ]?(?:[-–—][ ]?|[ ])(?P<n>[0-9]{{1,4}})"
    r"(?=[ ]?[\"»”)])",
    needs='"«“(',
)
"""«ف 15», "إس – 400": alone in quotes it is a name, whatever its dash and its letter may be elsewhere."""

_GLUED: Final = lazy(rf"(?P<name>(?<![{ARABIC}])(?:كوفيد|كوب|إف|إس|ميغ|سو))(?P<n>[0-9]{{1,3}}){_AFTER}")
_SUMMIT: Final = lazy(rf"(?P<name>(?<![{ARABIC}])[وفبل]?كوب)[ ]?(?P<n>[23][0-9]){_AFTER}", needs=("كوب",))
_COVID: Final = lazy(rf"(?P<name>(?<![{ARABIC}])[وفبلك]?كوفيد)[ ]-[ ]?(?P<n>19){_AFTER}", needs=("كوفيد",))
_EURO_CUP: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}0-9])[وفبل]?يورو[ ])(?P<n>20[0-9]{{2}})(?![0-9]|[.,][0-9])(?![ ](?:مليون|مليار|ألف))",
    needs=("يورو",),
)
_FLIGHT: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])[وفبل]?(?:ال|لل)?(?:رحلة)[{MARKS}]?[ ](?:رقم[ ])?)(?P<code>[A-Z]{{1,3}})?[ -]?"
    rf"(?P<n>[0-9]{{2,4}}){END}",
    needs=("رحلة",),
)
_COUNTED_AFTER: Final = lazy(rf"[ ][{LETTERS}]{{2,14}}ا[ًً]?(?![{ARABIC}])")
_GOVERNOR: Final = lazy(
    rf"(?<![{ARABIC}])[وف]?(?:من|إلى|الى|على|عن|في|بـ?|[بل]?طرازي?|[بل]?نوع|[بل]?فئة|[بل]?صنف|[بل]?إصدار)[ ]?[«\"“(]?$"
)
_MAY_HOLD: Final = lazy(r"[A-Za-z][ -]?[0-9]|[0-9][A-Za-z]|[0-9]", needs=DIGITS)


_YEARS: Final = range(1990, 2061)
"""Numbers of a name that are its year: Expo 2020, Vision 2030."""


def _number(text: str, case: Case = "nom") -> str:
    return numerals.cardinal(int(text), case=case)


def _case(match: re.Match[str]) -> Case:
    """The case of a name's number: that of the name where what stands before it leaves no doubt."""
    start, name = match.start(), match["name"]
    found = _GOVERNOR.search(match.string, max(0, start - 12), start) or _completes(match.string, start)
    return "gen" if found or (name[:1] in "بل" and name[1:3] in {"بو", "إي", "إف", "إس"}) else "nom"


_HEAD: Final = lazy(rf"(?<![{ARABIC}])[وف]?[بلك]?(?P<noun>[{LETTERS}]{{3,12}})[ ][«\"“(]?$")


def _completes(text: str, start: int) -> bool:
    """Whether a name completes the noun before it, which has no article: لطائرات A380, صفقة إف-35, إيرباص A380 too."""
    head = _HEAD.search(text, max(0, start - 20), start)
    if head is None:
        return False
    if head["noun"] in _MAKERS:
        return _completes(text, head.start())
    return not head["noun"].startswith("ال") and is_listed(head["noun"])


def _generation(match: re.Match[str]) -> str:
    n = int(match["n"])
    if match["before"]:
        return f"{match['before']}{_ENGLISH_DIGITS[n]} جي"
    return attach(match["clitic"], f"الجيل {numerals.ordinal(n)}")


def _group(match: re.Match[str]) -> str:
    n = int(match["n"])
    size = numerals.cardinal(n, gender="f", case="gen", definite=True)
    if match["named"] and not match["named"].endswith("("):
        return match["named"] + size
    clitic = match["clitic"].removesuffix("ال")
    return f"{match['named'] or ''}{clitic}مجموعة {size}"


def _known(match: re.Match[str]) -> str:
    found = look_up(match["key"])
    return match[0] if found is None else found


def _latin(match: re.Match[str]) -> str:
    if match["name"].casefold() in _NOT_MODELS:
        return match[0]
    more = f" {match['more']}" if match["more"] else ""
    plus = " بلس" if match["plus"] else ""
    return f"{match['name']} {_number(match['n'], _case(match))}{more}{plus}"


def _code(match: re.Match[str]) -> str:
    letters = "".join(char for char in match["code"] if char.isalpha())
    return f"{letters} {numerals.digits(match['code'])}"


_ELEMENTS: Final = "Na|Cl|Ca|Fe|Mg|Al|Si|Cu|Zn|Li|Br|Hg|Pb|Ag|He|Ti|Mn|Ni|Sn|[HCNOSPFKIBU]"
_FORMULA: Final = lazy(
    rf"(?<![A-Za-z0-9.&/+$€£-])(?=[A-Za-z]{{0,8}}[0-9])(?!H[0-9]N[0-9])(?P<formula>(?:(?:{_ELEMENTS})[2-9]?){{2,8}}|[HNO]2|O3)"
    r"(?![A-Za-z0-9%]|[.,:/-][0-9])"
)
"""NO2, H2SO4: letters and figures by their English names, as chemists say them."""

_ATOMS: Final = lazy(r"[A-Za-z]|[2-9]")


def _formula(match: re.Match[str]) -> str:
    return " ".join(
        _ENGLISH_DIGITS[int(sign)] if sign.isdigit() else spell(sign) for sign in _ATOMS.findall(match["formula"])
    )


def _named(match: re.Match[str]) -> str:
    return f"{match['name']} {_number(match['n'], _case(match))}{match['more'] or ''}"


def _quoted(match: re.Match[str]) -> str:
    letters = match["letters"]
    name = {"ف": "إف", "اف": "إف", "اس": "إس", "ام": "إم"}.get(letters, letters)
    if not (name.isascii() or name in _MAKERS or name in LETTER_NAMES):
        return match[0]
    name = LETTER_NAMES.get(name, name)
    case: Case = "gen" if _completes(match.string, match.start()) else "nom"
    return f"{match['open']}{name} {_number(match['n'], case)}"


def _plain_name(match: re.Match[str]) -> str:
    if int(match["n"]) in _YEARS:
        return f"{match['name']} {numerals.year(int(match['n']))}"
    return f"{match['name']} {_number(match['n'], _case(match))}"


def _hyphenated(match: re.Match[str]) -> str:
    # الأهلي-2 الزمالك-1 is a result, and a year belongs to the year rule.
    head = match.string[max(0, match.start() - 24) : match.start()]
    if _SCORED.match(match.string, match.end()) or _SCORED_BEFORE.search(head) or 1800 <= int(match["n"]) <= 2100:
        return f"{match['name']} {match['n']}{match['more'] or ''}"
    return _named(match)


def _flight(match: re.Match[str]) -> str:
    if not match["code"] and _COUNTED_AFTER.match(match.string, match.end()):
        return match[0]
    code = f"{match['code']} " if match["code"] else ""
    return f"{match['before']}{code}{numerals.cardinal(int(match['n']), case='gen')}"


def apply(text: str) -> str:
    """The text with the numbers of names in words."""
    if not _MAY_HOLD.search(text):
        return text
    text = _FLIGHT.sub(_flight, text)
    if _MIXED.search(text):
        text = _GENERATION.sub(_generation, text)
        text = _GROUP.sub(_group, text)
        text = _LATIN_KEY.sub(_known, text)
        text = _FORMULA.sub(_formula, text)
        text = _LATIN_CODE.sub(_code, text)
        text = _LATIN.sub(_latin, text)
        text = _SPACED_LATIN.sub(_plain_name, text)
    text = _FEW.sub(lambda match: f"{match['name']} {_number(match['n'], _case(match))}", text)
    text = _EURO_CUP.sub(lambda match: match["before"] + numerals.year(int(match["n"])), text)
    text = _COVID.sub(_plain_name, _SUMMIT.sub(_plain_name, text))
    text = _QUOTED.sub(_quoted, text)
    if present(_MAKERS, text):
        text = _SPACED.sub(_named, text)
    text = _GLUED.sub(_plain_name, text)
    return _ARABIC_HYPHEN.sub(_hyphenated, text)


_MIXED: Final = lazy(r"[A-Za-z]")
