"""Years with their era: م after a year is ميلادي or ميلادية, هـ is للهجرة, ق.م is قبل الميلاد.

م after a length stays for the units: 1500م is a race unless something says that it is a year.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tts_news.arabic import ARABIC, END, MARKS, START, plain
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules import numerals
from tts_news.script.rules.patterns import any_of, words
from tts_news.script.rules.titles import is_feminine

if TYPE_CHECKING:
    from tts_news.script.rules.grammar import Gender

_BC: Final = rf"ق[ ]?\.[ ]?م(?![{ARABIC}])\.?|ق[ ]م(?![{ARABIC}])"
_AD: Final = rf"ميلادي(?:ة|اً|ا)?(?![{ARABIC}])|م(?![{ARABIC}0-9²³/°])(?!\.[{ARABIC}])"
_AH: Final = rf"هجري(?:ة|اً|ا)?(?![{ARABIC}])|للهجرة(?![{ARABIC}])|ه(?![{ARABIC}0-9])"
_ERA: Final = rf"(?:{_BC}|{_AD}|{_AH})"
_YEAR_WORD: Final = r"(?:من[ ])?(?:[وفبلك]?(?:ال)?(?:عام|سنة)|للعام|للسنة)"
_COUNTED: Final = any_of(
    words(
        "شخص قتيل جريح حالة إصابة وفاة دولار ريال دينار درهم جنيه يورو ليرة ألف مليون مليار طن برميل لاجئ مهاجر جندي "
        "عنصر مقاتل طالب عائلة أسرة وحدة سيارة كيلومتر متر كم نقطة مواطن معتقل أسير شهيد منزل فرصة وظيفة عامل "
        "موظف ناخب رحلة"
    )
)
_NOT_COUNTING: Final = rf"(?![ ](?:{_COUNTED})ا?(?![{ARABIC}]))"
_YEAR: Final = rf"(?:(?:1[0-9]{{3}}|20[0-9]{{2}}|2100)(?![0-9]){_NOT_COUNTING})"

YEAR_TAIL: Final = (
    rf"(?:[ ]?،)?[ ]{{0,2}}(?:{_YEAR_WORD}[ ]{{1,2}})?(?:{_YEAR}(?![-/.,][0-9])(?:[ ]?{_ERA})?"
    rf"|[1-9][0-9]{{0,2}}[ ]?(?:{_BC}|{_AH})|[3-9][0-9](?=[ ]?(?:[.،؛:)»\"]|$))(?![.،][0-9]))(?![{ARABIC}A-Za-z0-9%])"
)
"""What may follow a month: a year, with or without عام before it and an era behind it."""

_TAIL: Final = lazy(
    rf"(?P<comma>[ ]?،)?[ ]{{0,2}}(?P<word>{_YEAR_WORD}[ ]{{1,2}})?(?P<year>[0-9]{{1,4}})[ ]?(?P<era>{_ERA})?$"
)


def say_era(era: str, *, gender: Gender = "f") -> str:
    """An era as it is said after a year, with a space before it; "" for none."""
    if not era:
        return ""
    if era.startswith("ق"):
        return " قبل الميلاد"
    if era == "م":
        return " ميلادي" if gender == "m" else " ميلادية"
    return " للهجرة" if era == "ه" else f" {era}"


def say_tail(tail: str) -> str:
    """What `YEAR_TAIL` matched, in words; "" for ""."""
    match = _TAIL.fullmatch(tail)
    if not match:
        return tail
    word = match["word"] or ""
    feminine = "سنة" in word
    words = numerals.year(int(match["year"]), gender="f" if feminine else "m")
    era = say_era(match["era"] or "", gender="m" if "عام" in word else "f")
    # A comma between month and year (31 مارس، 2025) is not heard.
    return f" {word}{words}{era}"


_WORDED: Final = lazy(
    rf"(?P<before>{START}[وفبلك]{{0,2}}(?:ال)?(?P<word>عام|سنة|للعام|عامي|سنتي)[{MARKS}]{{0,2}}[ ]{{1,2}})"
    rf"(?P<years>[0-9]{{1,4}}(?:[ ]?(?:-|و|إلى)[ ]?[0-9]{{1,4}})?)[ ]?(?P<era>{_ERA})"
)
_HIJRI: Final = lazy(
    rf"(?<![{ARABIC}0-9.,/:-])(?P<clitic>[وفبل]?)(?P<years>[0-9]{{1,4}}(?:[ ]?[-/][ ]?[0-9]{{3,4}})?)[ ]?(?P<era>{_AH})"
)
_BEFORE_CHRIST: Final = lazy(
    rf"(?<![{ARABIC}0-9.,/:-])(?P<years>[0-9]{{1,5}}(?:[ ]?-[ ]?[0-9]{{1,5}})?)[ ]?(?P<era>{_BC})"
)
_BARE_YEAR: Final = lazy(
    rf"(?<![{ARABIC}0-9.,/:-])(?P<years>(?:1[0-9]{{3}}|20[0-9]{{2}})(?:[ ]?-[ ]?(?:1[0-9]{{3}}"
    rf"|20[0-9]{{2}}))?)[ ]?(?P<era>{_AD})"
)
_ERA_FIRST: Final = lazy(rf"(?<![{ARABIC}])ه[ ]?(?P<year>1[34][0-9]{{2}})(?![0-9])")
_SAME_YEAR: Final = lazy(r"(?:للهجرة|هجرية|هجري)[ ]?[،(/-][ ]?$")
_LONE_BC: Final = lazy(rf"{START}(?:{_BC})")
_AFTER_CHRIST: Final = lazy(rf"(?<=[0-9])[ ]?ب[ ]?\.[ ]?م\.?{END}")
_CENTURY: Final = lazy(
    rf"(?P<century>{START}[وفبلك]?(?:ال|لل)قرن[{MARKS}]?[ ](?:[0-9]{{1,2}}(?=[ ]?{_ERA})"
    rf"|[{ARABIC}]{{4,12}}(?:[ ](?:عشر|و[{ARABIC}]{{4,12}}))?(?=[ ]{_ERA})))[ ]?(?P<era>{_ERA})"
)
_CENTURY_STROKE: Final = lazy(r"(?<=قرن )[0-9]{1,2}[ ]?م(?=/[0-9])")
_SAME_CENTURY: Final = lazy(
    rf"(?P<first>ال(?:هجري|ميلادي))[ ]?[/،-][ ]?(?:ال)?(?P<n>[0-9]{{1,2}})[ ]?(?P<era>[هم])(?![{ARABIC}])"
)
"""القرن 3هـ/9م: the same century by the other calendar."""

_LENGTH: Final = frozenset(
    plain(word)
    for word in words(
        "سباق سباقي مسافة مسافات ارتفاع بارتفاع ارتفاعها ارتفاعه طول بطول طوله طولها عمق بعمق عرض بعرض بعد "
        "بُعد تتابع عدو "
        "جري سباحة حرة صدر ظهر فراشة موانع حواجز نحو حوالي قرابة زهاء إلى من على مسافته لمسافة نهائي"
    )
)
_RECENT: Final = range(1900, 2101)
_LAST_WORD: Final = lazy(rf"([{ARABIC}]{{1,20}})[ :(،]{{0,3}}$")


def _years(text: str, gender: Gender = "m") -> str:
    """One year, or two with what stands between them."""
    first, *rest = re.split(r"[ ]?(-|/|و|إلى)[ ]?", text)
    words = numerals.year(int(first), gender=gender)
    if rest:
        joiner = {"و": " و", "/": "، "}.get(rest[0], " إلى ")
        words += joiner + numerals.year(int(rest[1]), gender=gender)
    return words


def _worded(match: re.Match[str]) -> str:
    feminine = match["word"] in {"سنة", "سنتي"}
    gender: Gender = "f" if feminine else "m"
    return match["before"] + _years(match["years"], gender) + say_era(match["era"], gender=gender)


def _bare(match: re.Match[str]) -> str:
    head = match.string[max(0, match.start() - 24) : match.start()]
    last = _LAST_WORD.search(head)
    before = plain(last[1]) if last else ""
    first = int(match["years"][:4])
    bracketed = head.endswith("(") and match.string.startswith(")", match.end())
    if bracketed or _SAME_YEAR.search(head):
        return _years(match["years"]) + say_era(match["era"])
    if before in _LENGTH and (before not in {"من", "الى"} or first not in _RECENT):
        return match[0]
    if (
        first not in _RECENT
        and before not in {"في", "منذ", "حتى", "توفي", "ولد", "يوم", "ت"}
        and "-" not in match["years"]
    ):
        return match[0]
    return _years(match["years"]) + say_era(match["era"])


def _century(match: re.Match[str]) -> str:
    era = match["era"]
    if era.startswith("ق"):
        return f"{match['century']} قبل الميلاد"
    # The century has the article, and so its adjective: القرن 9 هجري.
    return f"{match['century']} {'الهجري' if era[0] in 'هل' else 'الميلادي'}"


def _same_century(match: re.Match[str]) -> str:
    era = "الهجري" if match["era"] == "ه" else "الميلادي"
    return f"{match['first']}، {numerals.ordinal(int(match['n']), case='gen')} {era}" if int(match["n"]) else match[0]


_DIED: Final = lazy(
    rf"(?P<name>(?<![{ARABIC}])[{ARABIC}]{{2,20}}[ ])?(?P<open>\([ ]?)(?:ت|توفي"
    rf"|ت[ ]?وفاته)[ ]?[.:/]?[ ]?(?:عام[ ]|سنة[ ])?"
    rf"(?=(?:نحو[ ]|حوالي[ ])?[0-9]{{2,4}}(?:[ ]?[-/][ ]?[0-9]{{2,4}})?[ ]?(?:ه|م|ق)(?![{ARABIC}]))"
)
_BORN: Final = lazy(rf"(?P<open>\([ ]?)و[ ]?[.:]?[ ](?:عام[ ]|سنة[ ])?(?=[0-9]{{2,4}}[ ]?(?:ه|م)(?![{ARABIC}]))")
_SPAN: Final = r"[0-9]{1,4}(?:[ ]?-[ ]?[0-9]{1,4})?"
_BOTH_ENDS: Final = lazy(
    rf"(?<![0-9.,/:-])(?P<first>[0-9]{{1,4}})[ ]?(?P<era>ه|م|هجرية|ميلادية"
    rf"|ق[ ]?\.?[ ]?م)[ ]?-[ ]?(?P<second>[0-9]{{1,4}})[ ]?(?P=era)(?![{ARABIC}])"
)
"""1430هـ-1434هـ: the era of both years is said once."""

_TWO_ERAS: Final = lazy(
    rf"(?P<word>(?<![{ARABIC}])(?:[وفبلك]{{0,2}}(?:ال)?(?:عام|سنة)|للعام|للسنة|عامي|سنتي)[{MARKS}]?[ ])?"
    rf"(?<![{ARABIC}0-9.,:-])(?P<first>{_SPAN})[ ]?(?P<era>هجرية|ه|ميلادية|م)(?![{ARABIC}])[ ]?[/،=-][ ]?"
    rf"(?P<second>{_SPAN})(?:[ ]?(?P<other>هجرية|ه|ميلادية|م)(?![{ARABIC}])|(?![0-9/.:-]|[ ]?[{ARABIC}]))"
)
_BRACKETED_SPAN: Final = lazy(
    rf"(?<=\()[ ]?(?P<first>[0-9]{{3,4}})[ ]?-[ ]?(?P<second>[0-9]{{3,4}})(?:[ ]?(?P<era>م"
    rf"|ميلادية)(?![{ARABIC}]))?(?=[ ]?\))"
)
_BRACKETED_YEAR: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])[{ARABIC}]{{2,20}}[ ])\([ ]?(?P<year>[0-9]{{3,4}})[ ]?م[ ]?\)"
)
_CHRONICLED: Final = lazy(
    rf"(?<![{ARABIC}])[وفبل]?(?:ال)?(?:معركة|خليفة|خلافة|عهد|حكم|دولة|سلطان|إمام|مؤرخ|عالم|فقيه|شاعر|شيخ|قاضي|ملك|توفي|ولد|ثورة|فتح|غزوة|كتاب|سنة|عام)"
    rf"(?:[ ][{ARABIC}]{{2,20}}){{0,4}}[ ]$"
)
"""What chronicles date, so that a short bracket is a year and no height."""

_CENTURIES: Final = lazy(
    rf"(?P<head>(?<![{ARABIC}])[وفبلك]?(?:ال|لل)قر(?:ن|نين|ون)[{MARKS}]?[ ])(?P<first>{_SPAN})[ ]?(?P<era>[هم])?"
    rf"(?:[ ]?[/،=][ ]?(?P<second>{_SPAN})[ ]?(?P<other>[هم]))?(?![{ARABIC}0-9])"
)
_CENTURY_ERAS: Final = {"ه": "الهجري", "م": "الميلادي"}


_CENTURY_BEFORE: Final = lazy(r"قرن[ ]$")


def _died(match: re.Match[str]) -> str:
    name = match["name"] or ""
    return f"{name}{match['open']}{'المتوفاة' if name and is_feminine(name.strip()) else 'المتوفى'} سنة "


def _two_eras(match: re.Match[str]) -> str:
    """255هـ/869م: one year by two calendars, each with its era."""
    era, word = match["era"][0], match["word"] or ""
    other = (match["other"] or ("م" if era == "ه" else "ه"))[0]
    if other == era or _CENTURY_BEFORE.search(match.string, 0, match.start()):
        return match[0]
    gender: Gender = "f" if "سن" in word else "m"
    names = {"ه": "للهجرة", "م": "للميلاد"}
    first, second = (_years(match[part].replace(" ", ""), gender) for part in ("first", "second"))
    span = "من " if "-" in match["first"] and not word else ""
    return f"{word}{span}{first} {names[era]}، الموافق {second} {names[other]}"


def _bracketed_span(match: re.Match[str]) -> str:
    """(980-1037م): the years of a life or a reign."""
    first, second = int(match["first"]), int(match["second"])
    if not 0 < second - first <= 700 or (not match["era"] and (first < 1000 or second > _RECENT[-1])):
        return match[0]
    era = " للميلاد" if match["era"] else ""
    return f"من {numerals.year(first)} إلى {numerals.year(second)}{era}"


def _bracketed_year(match: re.Match[str]) -> str:
    head = match.string[max(0, match.start() - 40) : match.end("before")]
    if not _CHRONICLED.search(head):
        return match[0]
    return f"{match['before']}({numerals.year(int(match['year']), gender='f')} للميلاد)"


def _ordinals(span: str) -> str:
    return " إلى ".join(numerals.ordinal(int(n), case="gen") for n in re.findall("[0-9]+", span))


def _centuries(match: re.Match[str]) -> str:
    """القرن 4-5هـ/10-11م."""
    parts = [int(n) for part in ("first", "second") if match[part] for n in re.findall("[0-9]+", match[part])]
    if "-" not in match["first"] or not all(1 <= n <= 30 for n in parts):
        return match[0]
    era = f" {_CENTURY_ERAS[match['era']]}" if match["era"] else ""
    said = f"{match['head']}{_ordinals(match['first'])}{era}"
    return f"{said}، الموافق {_ordinals(match['second'])} {_CENTURY_ERAS[match['other']]}" if match["second"] else said


_MAY_PAIR: Final = lazy(
    r"[0-9][ ]?(?:هجرية|ه|ميلادية|م|ق[ ]?\.?[ ]?م)[ ]?[-/،=]"
    r"|\([ ]?(?:ت|و|[0-9]{3})|قر(?:ن|نين|ون)[^0-9]{0,4}[0-9]{1,2}[ ]?-"
)


def _pairs(text: str) -> str:
    """Years in two calendars, of a span or of a death, as chronicles write them."""
    if not _MAY_PAIR.search(text):
        return text
    if "قر" in text:
        text = _CENTURIES.sub(_centuries, text)
    if "(" in text:
        text = _BORN.sub(r"\g<open>المولود سنة ", _DIED.sub(_died, text))
        text = _BRACKETED_YEAR.sub(_bracketed_year, _BRACKETED_SPAN.sub(_bracketed_span, text))
    return _TWO_ERAS.sub(_two_eras, _BOTH_ENDS.sub(r"\g<first>-\g<second>\g<era>", text))


_MAY_HOLD: Final = lazy(
    r"ه[ ]?1[34]|[0-9][ ]?(?:م|ه|للهجرة|ق|ب)|[0-9]{3}-[0-9]{3}|ق[ ]?\.?[ ]?م|قرن", needs=(*DIGITS, "ق")
)


def apply(text: str) -> str:
    """The text with the eras of its years in words."""
    if not _MAY_HOLD.search(text):
        return text
    text = _pairs(text)
    text = _ERA_FIRST.sub(r"\g<year>ه", text)
    text = _CENTURY_STROKE.sub(r"\g<0> ", text)
    text = _SAME_CENTURY.sub(_same_century, _CENTURY.sub(_century, text))
    text = _WORDED.sub(_worded, text)
    text = _HIJRI.sub(lambda match: match["clitic"] + _years(match["years"]) + say_era(match["era"]), text)
    text = _BEFORE_CHRIST.sub(lambda match: f"{_years(match['years'])} قبل الميلاد", text)
    text = _BARE_YEAR.sub(_bare, text)
    return _AFTER_CHRIST.sub(" بعد الميلاد", _LONE_BC.sub("قبل الميلاد", text))
