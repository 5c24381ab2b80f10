"""Times of day: a feminine ordinal hour, halves, quarters and thirds, minutes counted, and the zone.

14:30 → الثانية والنصف بعد الظهر. A part of the day is said for hours past noon only, and only when the text has none.
"""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC, MARKS
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules import numerals
from tts_news.script.rules.clitics import CLITIC, SPACED_CLITIC, attach
from tts_news.script.rules.patterns import any_of, words

PERIOD_WORDS: Final = ["صباحا", "ظهرا", "عصرا", "مساء", "ليلا", "فجرا", "ضحى", "مغربا", "عشاء"]
_PHRASES: Final = (
    "بعد الظهر",
    "قبل الظهر",
    "بعد منتصف الليل",
    "بعد منتصف ليل",
    "من بعد ظهر",
    "بعد ظهر",
    "قبل ظهر",
    "من صباح",
    "من مساء",
    "من فجر",
    "من ظهر",
    "من عصر",
    "من ليل",
    "من ليلة",
    "صباح",
    "مساء",
    "فجر",
    "ظهر",
    "عصر",
    "ليل",
    "ليلة",
    "من صبيحة",
    "صبيحة",
)
_SHORT: Final = {"ص": "صباحا", "م": "مساء", "ظ": "ظهرا", "AM": "صباحا"}
_PERIOD: Final = (
    rf"(?:[ ]{{0,2}}(?:(?P<short>[صمظ](?![{ARABIC}0-9²³/])\.?|(?i:[ap]\.?m\.?)(?![A-Za-z]))"
    rf"|(?P<long>(?:{any_of(PERIOD_WORDS)[3:-1]}|{any_of(_PHRASES)[3:-1]})[{MARKS}]{{0,2}}ا?(?![{ARABIC}]))))?"
)
_CLOCK: Final = (
    r"(?P<hour>[01]?[0-9]|2[0-4])[ ]?(?::|h|H|سا(?=[0-9])|س(?=[0-9]))[ ]?(?P<minute>[0-5][0-9])(?::"
    r"(?P<second>[0-5][0-9]))?"
)
_AFTER: Final = r"(?![0-9:]|[.,][0-9])"
_HOUR_WORD: Final = (
    rf"(?P<word>(?<![{ARABIC}])(?<!مدار )(?<!مدى )[وف]?(?:[بك]?ال|لل)ساعة[{MARKS}]{{0,2}}[ :]{{1,3}}(?:ال)?)"
)
_BEFORE: Final = rf"(?<![{ARABIC}A-Za-z0-9.,:/+-])"

_WITH_WORD: Final = lazy(
    rf"{_HOUR_WORD}(?P<hour>[01]?[0-9]|2[0-4])(?:[ ]?(?:[:.,hH]|سا?)[ ]?(?P<minute>[0-5][0-9])(?::"
    rf"(?P<second>[0-5][0-9]))?)?"
    rf"(?![0-9]|[:.,/][0-9]|[ ]?%){_PERIOD}"
)
_TO: Final = lazy(
    rf"{_HOUR_WORD}(?P<first>(?:[01]?[0-9]|2[0-4])(?::[0-5][0-9])?)(?P<joiner>[ ]?-[ ]?|[ ](?:و|إلى[ ]|الى[ ]"
    rf"|حتى[ ])[ ]?(?:الساعة[ ])?)"
    rf"(?=(?:[01]?[0-9]|2[0-4])(?::[0-5][0-9])?{_AFTER}(?![ ]?(?:دقيقة|دقائق|ثانية)))"
)
_BARE: Final = lazy(rf"{_BEFORE}(?P<clitic>{SPACED_CLITIC}){_CLOCK}{_AFTER}{_PERIOD}")
_LEAD: Final = any_of(words("حوالي نحو تمام حدود قرابة"))
_PREPOSITION: Final = any_of(words("في من عند حتى إلى الى بين منذ قبل بعد وحتى ومن غاية لغاية"))
_ACCUSATIVE: Final = (
    rf"صباح[{MARKS}]*ا|مساء(?=[{MARKS}]*ا?(?:[ ](?:بتوقيت|إلى|الى|حتى|و[0-9]|يوم|كل|اليوم)|[ ]?[.،؛:)!؟-]|$))"
    rf"|فجر[{MARKS}]*ا|ظهر[{MARKS}]*ا|عصر[{MARKS}]*ا|ليل[{MARKS}]*ا|بعد[ ]الظهر|قبل[ ]الظهر|بعد[ ]منتصف[ ]الليل"
)
_ONE_PERIOD: Final = rf"(?:{_ACCUSATIVE}|مساء|صباح|فجر|ظهر|عصر|ليل)[{MARKS}]{{0,2}}"
_ROUND: Final = lazy(
    rf"(?P<before>(?:(?<![{ARABIC}])و?{_LEAD}[{MARKS}]{{0,2}}[ ]{{1,2}}|^|(?<=[(،:])[ ]?))(?P<clitic>{CLITIC})"
    rf"(?P<hour>0?[1-9]|1[0-2]){_AFTER}[ ]{{1,2}}(?P<long>(?:{_ACCUSATIVE})[{MARKS}]{{0,2}})(?![{ARABIC}])"
)
"""At the start or after نحو a plain مساء needs more: قتل نحو 10 مساء الثلاثاء counts people."""

_AFTER_PREPOSITION: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])و?{_PREPOSITION}[{MARKS}]{{0,2}}[ ]{{1,2}}(?:نحو[ ]|حوالي[ ])?)(?P<clitic>{CLITIC})"
    rf"(?P<hour>0?[1-9]|1[0-2]){_AFTER}[ ]{{1,2}}(?P<long>(?:{_ACCUSATIVE}|مساء|صباح|فجر|ظهر|عصر|ليل)[{MARKS}]{{0,2}})"
    rf"(?![{ARABIC}])"
)
_HOURS_SAID: Final = words("واحدة ثانية ثالثة رابعة خامسة سادسة سابعة ثامنة تاسعة عاشرة حادية")
_JOINED: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])ال{any_of(_HOURS_SAID)}"
    rf"(?:[ ]عشرة)?(?:[ ]{_ONE_PERIOD})?[ ])(?P<clitic>و)[ ]?(?P<hour>0?[1-9]|1[0-2]){_AFTER}[ ]{{1,2}}"
    rf"(?P<long>{_ONE_PERIOD})(?![{ARABIC}])"
)
"""بين التاسعة مساء و5 فجرا: the second of two times of day."""

_SHORT_ROUND: Final = lazy(
    rf"{_BEFORE}(?P<clitic>{CLITIC})(?P<hour>0?[1-9]|1[0-2])[ ]?(?:(?P<short>ص(?![{ARABIC}]))|(?P<latin>"
    rf"(?i:[ap]\.?m\b\.?)))"
)
_TO_EVENING: Final = lazy(
    rf"(?P<morning>صباحا[ ]?(?:-|إلى|الى|حتى|و)[ ]?)(?P<hour>0?[1-9]|1[0-2])[ ]?م(?![{ARABIC}0-9²³/])"
)
_RANGE: Final = lazy(
    r"(?<![0-9:.,/-])(?P<first>(?:[01]?[0-9]|2[0-4]):[0-5][0-9])[ ]?-[ ]?(?=(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?![0-9:]))"
)
_PERIOD_RANGE: Final = lazy(
    rf"(?P<first>[0-9][ ]?(?:[صم]|(?i:[ap]\.?m\.?)|مساء|(?:صباح|ظهر|عصر|فجر|ليل)[{MARKS}]*ا)[{MARKS}]?)[ ]?[-–—][ "
    rf"]?(?=[0-9]{{1,2}}"
    rf"(?::[0-9]{{2}})?[ ]?"
    rf"(?:[صم]|صباح|مساء|ظهر|عصر|ليل|فجر|(?i:[ap]\.?m)))"
)
_HOURS: Final = lazy(
    rf"(?<![0-9:.,/-])(?P<hours>[0-9]{{1,2}}):(?P<minutes>[0-5][0-9])(?P<seconds>)[ ](?:ساعة|ساعات)(?![{ARABIC}])"
)
_RATIO: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])[وبل]?(?:ال)?(?:نسبة|بنسبة|معدل|بمعدل|مقياس)[{MARKS}]?[ ])"
    rf"(?P<one>[0-9]{{1,4}})[ ]?:[ ]?(?=[0-9]{{1,4}}(?![0-9:]))"
)
_DURATION: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])(?:زمن|بزمن|توقيت|بتوقيت|زمنا|قدره|مدته|مدتها|مدة|لمدة|خلال)[{MARKS}]{{0,2}}[ "
    rf"](?:قدره[ ])?)?"
    r"(?<![0-9:.,/-])(?P<hours>[0-9]{1,2}):(?P<minutes>[0-5][0-9]):(?P<seconds>[0-5][0-9])(?![0-9:])"
    r"(?:[ ]ساع(?:ة|ات)(?![\u0621-\u0652]))?"
)
_ZONE: Final = lazy(
    rf"(?P<named>(?<![{ARABIC}])بتوقيت[ ]{{1,2}}[(]?)?(?:(?<![{ARABIC}])ت[ ]?\.?[ ]?غ(?![{ARABIC}])\.?|"
    rf"(?<![A-Za-z])(?P<latin>GMT|UTC)"
    r"(?:[ ]?(?P<sign>[+-])[ ]?(?P<offset>[0-9]{1,2})(?::?00)?)?(?![A-Za-z0-9]))"
)
_NAMED_ZONES: Final = {
    "CET": "بتوقيت وسط أوروبا",
    "CEST": "بتوقيت وسط أوروبا الصيفي",
    "EST": "بتوقيت شرق الولايات المتحدة",
    "EDT": "بتوقيت شرق الولايات المتحدة",
    "ET": "بتوقيت شرق الولايات المتحدة",
    "PST": "بتوقيت غرب الولايات المتحدة",
    "BST": "بتوقيت بريطانيا الصيفي",
    "MSK": "بتوقيت موسكو",
    "KSA": "بتوقيت السعودية",
}
_NAMED_ZONE: Final = lazy(rf"(?<=[0-9])[ ]?(?P<zone>{'|'.join(_NAMED_ZONES)})(?![A-Za-z0-9])")
_DOTTED: Final = lazy(
    r"(?<![0-9.,:/-])(?P<hour>0?[1-9]|1[0-2])\.(?=[0-5][0-9][ ](?:صباح|مساء|ظهر|عصر|فجر|ليل|بعد[ ]الظهر|بعد[ ]منتصف))"
)
"""10.30 صباحا"""

_ZONE_FIRST: Final = lazy(r"(?<![A-Za-z])(?P<zone>GMT|UTC)[ ](?P<time>[0-9]{1,2}:[0-9]{2})(?![0-9:])", needs=DIGITS)
_RATIO_BEFORE: Final = lazy(
    rf"(?:(?<![{ARABIC}])[وبل]?(?:ال)?(?:نسبة|بنسبة|آية|الآية|سورة|النتيجة|بنتيجة|نتيجة)[{MARKS}]?|(?<![A-Za-z])v)[ ]$"
)


def _part_of_day(hour: int, minute: int) -> str:
    if hour in {0, 24}:
        return "بعد منتصف الليل" if minute else "منتصف الليل"
    if hour < 13:
        return ""
    if hour < 16:
        return "بعد الظهر"
    return "عصرا" if hour == 16 else "مساء"


def _minutes(minute: int) -> str:
    special = {0: "", 15: " والربع", 20: " والثلث", 30: " والنصف"}
    if minute in special:
        return special[minute]
    if minute == 1:
        return " ودقيقة"
    if minute == 2:
        return " ودقيقتين"
    noun = "دقائق" if minute <= 10 else "دقيقة"
    return f" و{numerals.cardinal(minute, gender='f', case='gen', state='construct')} {noun}"


def _seconds(second: int) -> str:
    if second in {0, 1, 2}:
        return ("", " وثانية", " وثانيتين")[second]
    noun = "ثوان" if second <= 10 else "ثانية"
    return f" و{numerals.cardinal(second, gender='f', case='gen', state='construct')} {noun}"


def say(hour: int, minute: int = 0, second: int = 0, *, definite: bool = True) -> str:
    """The hour and minute on the twelve-hour clock: 21:45 → العاشرة إلا الربع. No part of the day."""
    quarter_to = minute == 45 and not second
    spoken = (hour + (1 if quarter_to else 0)) % 12 or 12
    word = "الواحدة" if spoken == 1 else numerals.ordinal(spoken, gender="f", case="gen")
    if not definite:
        word = word.removeprefix("ال")
    return word + (" إلا الربع" if quarter_to else _minutes(minute) + _seconds(second))


def _period(match: re.Match[str], hour: int, minute: int) -> str:
    """The part of the day: the text's own, or one for an hour past noon, with a space before it."""
    if match["long"]:
        return f" {match['long']}"
    if match["short"]:
        short = match["short"].replace(".", "").upper()
        if short == "PM":
            return f" {_part_of_day(hour % 12 + 12, minute) or 'ظهرا'}"
        return f" {_SHORT[short]}"
    # The text has one of its own a word or two on: الساعة 21:00 من مساء اليوم.
    if _PERIOD_NEAR.match(match.string, match.end()):
        return ""
    found = _part_of_day(hour, minute)
    return f" {found}" if found else ""


_PERIOD_NEAR: Final = lazy(
    rf"(?:[ ][{ARABIC}]{{1,12}}){{0,3}}?[ ](?:ال)?(?:صباحا|مساء|ليلا|فجرا|ظهرا|عصرا|ليلة)(?![{ARABIC}])"
)


def _with_word(match: re.Match[str]) -> str:
    hour, minute, second = int(match["hour"]), int(match["minute"] or 0), int(match["second"] or 0)
    word = match["word"].replace(":", " ")
    word = " ".join(word.removesuffix("ال").split()) + " "
    return word + say(hour, minute, second) + _period(match, hour, minute)


def _bare(match: re.Match[str]) -> str:
    if _RATIO_BEFORE.search(match.string[max(0, match.start() - 14) : match.start()]):
        return match[0]
    hour, minute = int(match["hour"]), int(match["minute"])
    return attach(match["clitic"], say(hour, minute, int(match["second"] or 0))) + _period(match, hour, minute)


def _round(match: re.Match[str]) -> str:
    return f"{match['before']}{attach(match['clitic'], say(int(match['hour'])))} {match['long']}"


def _short_round(match: re.Match[str]) -> str:
    hour = int(match["hour"])
    morning = match["short"] or match["latin"][0] in "aA"
    period = "صباحا" if morning else _part_of_day(hour % 12 + 12, 0) or "ظهرا"
    return f"{attach(match['clitic'], say(hour))} {period}"


def _unit(n: int, singular: str, dual: str, plural: str) -> str:
    if n <= 2:
        return ("", singular, dual)[n]
    words = numerals.cardinal(n, gender="f", case="gen", state="construct")
    return f"{words} {plural if n <= 10 else singular}"


_MORNING: Final = 12


def _duration(match: re.Match[str]) -> str:
    before = match.groupdict().get("before")
    hours = int(match["hours"])
    if match["seconds"] and before is None and hours > 24:
        return match[0]
    if match["seconds"] and before is None and hours > _MORNING and not match[0].endswith(("ساعة", "ساعات")):
        # The stamp of a report, 17:52:25: its seconds are nobody's business.
        return f"{say(hours % 24, int(match['minutes']))} {_part_of_day(hours, int(match['minutes']))}"
    parts = (
        _unit(int(match["hours"]), "ساعة", "ساعتين", "ساعات"),
        _unit(int(match["minutes"]), "دقيقة", "دقيقتين", "دقائق"),
        _unit(int(match["seconds"] or 0), "ثانية", "ثانيتين", "ثوان"),
    )
    return (before or "") + (" و".join(part for part in parts if part) or "صفر ثانية")


def _zone(match: re.Match[str]) -> str:
    said = "بالتوقيت العالمي" if match["latin"] == "UTC" else "بتوقيت غرينتش"
    if match["offset"]:
        sign = "زائد" if match["sign"] == "+" else "ناقص"
        said += f" {sign} {numerals.cardinal(int(match['offset']))}"
    space = "" if match.start() == 0 or match.string[match.start() - 1] in " (" else " "
    return space + said


def _to(match: re.Match[str]) -> str:
    """الساعة 8 إلى 10: the second figure is an hour too, so it gets the word, which goes again after the next pass."""
    joiner = match["joiner"].strip()
    joiner = "إلى" if joiner == "-" else joiner.replace("الساعة", "").strip()
    glue = " و" if joiner == "و" else f" {joiner} "
    return f"{match['word']}{match['first']}{glue}{_LENT}"


_LENT: Final = "\ue000الساعة "
_NUMBER: Final = lazy(r"[0-9]", needs=DIGITS)
_MAY_HOLD: Final = lazy(
    r"[0-9](?::|h[0-9]|H[0-9]|س|[ ]?[ap]\.?m\b)|ساعة|تمام|حدود|صباح|مساء|فجر|ظهر|عصر|ليل|[0-9][ ]?ص", re.IGNORECASE
)


_UNDOTTED: Final = lazy(
    rf"(?<![0-9.,:/-])(?P<one>[01][0-9]|2[0-3])(?P<two>[0-5][0-9])(?![0-9:.,/-])"
    rf"(?P<after>[ ](?:بتوقيت غرينتش|ت[ ]?\.[ ]?غ|GMT|UTC))"
    rf"|(?<=الساعة )(?P<zero>0[0-9])(?P<rest>[0-5][0-9])(?![0-9:.,/{ARABIC}-])",
    needs=DIGITS,
)
"""الساعة 0645 بتوقيت غرينتش: the clock of the agencies, written without a colon."""


def _undotted(match: re.Match[str]) -> str:
    if match["zero"]:
        return f"{match['zero']}:{match['rest']}"
    return f"{match['one']}:{match['two']}{match['after']}"


def apply(text: str) -> str:
    """The text with its times of day in words."""
    text = _UNDOTTED.sub(_undotted, text)
    text = _ZONE_FIRST.sub(r"\g<time> \g<zone>", text)
    text = _ZONE.sub(_zone, text)
    if not (_NUMBER.search(text) and _MAY_HOLD.search(text)):
        return text
    text = _DOTTED.sub(r"\g<hour>:", _NAMED_ZONE.sub(lambda match: f" {_NAMED_ZONES[match['zone']]}", text))
    text = _RATIO.sub(r"\g<before>\g<one> إلى ", text)
    text = _RANGE.sub(r"\g<first> إلى ", _PERIOD_RANGE.sub(r"\g<first> إلى ", text))
    text = _TO.sub(_to, text)
    text = _WITH_WORD.sub(_with_word, text)
    text = _DURATION.sub(_duration, _HOURS.sub(_duration, text))
    text = _BARE.sub(_bare, text)
    text = _SHORT_ROUND.sub(_short_round, text)
    text = _TO_EVENING.sub(lambda match: f"{match['morning']}{say(int(match['hour']))} مساء", text)
    text = _AFTER_PREPOSITION.sub(_round, text)
    text = _JOINED.sub(_round, text)
    text = _ROUND.sub(_round, text)
    return text.replace(_LENT, "")
