"""Numbers that are ordinals without an article: القرن 21 → القرن الحادي والعشرون, الدقيقة 90, الجولتين 5 و6.

The noun before the number decides; رقم, البند and the like keep quantities.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tts_news.arabic import ARABIC, MARKS, plain
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules.clitics import attach
from tts_news.script.rules.context import case_at, in_case
from tts_news.script.rules.nouns import find
from tts_news.script.rules.numerals import cardinal, ordinal
from tts_news.script.rules.patterns import any_of, present, words

if TYPE_CHECKING:
    from tts_news.script.rules.grammar import Case, Gender

_FEMININE: Final = (
    "دورة جولة دقيقة قمة نسخة مرحلة مرتبة حلقة طبعة درجة لحظة حصة ليلة ذكرى مادة فقرة سورة آية كتيبة فرقة ولاية "
    "جلسة محطة "
    "مجموعة رتبة خانة دفعة مصنفة مباراة حرب ألفية مئوية بطولة ساعة ثانية لفة حفرة محاولة مرة قناة خطوة نقطة"
).split()
_MASCULINE: Final = (
    "قرن طابق مركز فصل باب جزء أسبوع شوط يوم لواء فوج فيلق موسم عقد صف مستوى دور مؤتمر مهرجان منتدى ملحق بند شهر "
    "ربع جيل سؤال محور مصنف لقب"
).split()
_CARDINAL: Final = frozenset({"مادة", "بند", "ساعة", "ثانية"})
"""Heads that keep a cardinal from a hundred on, or whose number is read by another rule."""

_ARMY: Final = frozenset({"لواء", "فوج", "فرقة", "كتيبة", "قناة"})
"""Heads whose long numbers are names, said as quantities: الفرقة 162."""

HEADS: Final[dict[str, Gender]] = {
    **dict.fromkeys(map(plain, _FEMININE), "f"),
    **dict.fromkeys(map(plain, _MASCULINE), "m"),
}
_PLURALS: Final[dict[str, Gender]] = {
    **{plain(f"{word[:-1]}تين"): "f" for word in _FEMININE if word.endswith("ة")},
    **{plain(f"{word[:-1]}تان"): "f" for word in _FEMININE if word.endswith("ة")},
    **{plain(f"{word}{end}"): "m" for word in _MASCULINE for end in ("ين", "ان")},
    "دقائق": "f",
    "جولات": "f",
    "دورات": "f",
    "قرون": "m",
    "مراكز": "m",
    "مراتب": "f",
    "حلقات": "f",
    "نسخ": "f",
    "طوابق": "m",
    "مواد": "f",
    "فقرات": "f",
}
_ALWAYS_DEFINITE: Final = words(
    "مادة قرن دقيقة جولة دورة قمة نسخة مرحلة مرتبة طابق حلقة فصل شوط طبعة مركز ذكرى لواء فوج كتيبة فرقة باب جزء "
    "نقطة حفرة خانة"
)


def _front(heads: tuple[str, ...]) -> str:
    """A pattern: one of the nouns with its article and what is joined to it, up to the number behind it."""
    return (
        rf"(?<![{ARABIC}])(?P<prefix>[وف]?(?:[بك]?ال|لل))(?P<head>{any_of(heads)})[{MARKS}]{{0,2}}(?P<gap>[ ]{{1,2}})"
    )


@lru_cache(maxsize=64)
def _singular(heads: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        _front(heads)
        + rf"(?P<number>[1-9][0-9]{{0,2}})(?![0-9]|[.,:/-][0-9]|[ ]?%)(?:[ ]?\+[ ]?(?P<added>[1-9][0-9]?)(?![0-9]))?"
        rf"(?P<others>(?:[ ]?(?:،[ ]?)?و[ ]?[1-9][0-9]{{0,2}}(?![0-9]|[.,:/-][0-9]|[ ]?%)){{0,4}})"
        rf"(?P<next>[ ][{ARABIC}]{{2,20}})?"
    )


@lru_cache(maxsize=64)
def _plural(heads: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        _front(heads) + r"(?P<numbers>[1-9][0-9]{0,2}(?:[ ]?\+[ ]?[1-9][0-9]?)?"
        r"(?:[ ]?(?:،[ ]?و?|و|[ ]إلى[ ])[ ]?(?:ال)?[1-9][0-9]{0,2}(?:[ ]?\+[ ]?[1-9][0-9]?)?){1,6})(?![0-9]|[.,:/-]"
        r"[0-9]|[ ]?%)"
    )


@lru_cache(maxsize=64)
def _parenthesis(heads: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![{ARABIC}])(?P<head>[وف]?(?:ال|لل|بال)(?:{any_of(heads)}))[ ]?\([ ]?(?P<number>[1-9][0-9]{{0,2}})[ ]?\)"
    )


_NUMBER_OF: Final = lazy(rf"(?<![{ARABIC}])[وفبل]?(?:ال)?رقم[ ]{{1,2}}$")
"""رقم الجلسة 33 tells the number itself."""

_UNITS_AFTER: Final = frozenset(
    plain(word) for word in "دقيقة دقائق ساعة ساعات يوما يوم شهرا عاما سنة مليون ألف دولار".split()
)


def _case(match: re.Match[str]) -> Case | None:
    """The case of the noun that is numbered."""
    return case_at(match.string, match.start("prefix"), match["prefix"])


STAND_INS: Final[dict[Gender, str]] = {"m": "الثالث", "f": "الثالثة"}
"""Ordinals whose last letter shows the case."""


def _one(match: re.Match[str]) -> str:
    head, n = plain(match["head"]), int(match["number"])
    if _NUMBER_OF.search(match.string, max(0, match.start() - 8), match.start()):
        return match[0]
    following = match["next"] or ""
    others = [int(other) for other in _FIGURE.findall(match["others"])]
    counts = plain(following.strip()) in _UNITS_AFTER or _is_counted(following.strip(), (n, *others)[-1], head)
    counts = counts and not (following.endswith("ة") and _OWNER.match(match.string, match.end()))
    if counts and not others:
        return match[0]  # سجل المركز 44 حالة: the number counts what follows
    if head in _CARDINAL and (n >= 100 or head in {"ساعة", "ثانية"}):
        return match[0]
    if head == "مجموعة" and match["added"]:  # المجموعة 5+1 is a name
        return match[0]
    if head in _ARMY and n >= 100:
        return match[0]
    gender, rest = HEADS[head], ""
    if counts:
        others, rest = [], match["others"]  # في الدقيقة 20 و3 لاعبين

    def say(case: Case) -> str:
        return " و".join(ordinal(each, gender=gender, case=case) for each in (n, *others))

    words = in_case(_case(match), "", say, STAND_INS[gender])
    start = match.string[match.start() : match.start("number")]
    added = ""
    if match["added"]:
        added = f" زائد {_minutes(int(match['added']))}"
    return f"{start}{words}{added}{rest}{following}"


_FIGURE: Final = lazy("[0-9]+", needs=DIGITS)
_OWNER: Final = lazy(
    "[ ](?:ال|لل)(?!يوم|[أا]سبوع|شهر|عام|سنة|ليلة|موسم|ماضي|جاري|حالي|مقبل"
    "|[أا]حد|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة|سبت)"
)
"""A noun in construct is not counted: في المرتبة 11 جامعة القاهرة; سجل المركز 44 حالة اليوم counts."""


def _is_counted(word: str, n: int, head: str) -> bool:
    """Whether the word has the form of what n counts: plural after 3 to 10, in tanwin or ة after 11 to 99.

    Behind اليوم a noun that nobody listed too: صباح اليوم 52 بلاغا.
    """
    if not word or plain(word).startswith(("ال", "من")):
        return False
    found = find(word, plural=3 <= n % 100 <= 10)
    if found is None or not found.known:
        return head == "يوم" and n > 10 and plain(word).endswith("ا")
    return found.form == "plural" if 3 <= n % 100 <= 10 else plain(word).endswith(("ا", "ة"))


_OWNED: Final[dict[str, Gender]] = {
    **dict.fromkeys(words("دورت جولت نسخت مرحلت مرتبت حلقت طبعت"), "f"),
    **dict.fromkeys(words("مركز موسم مؤتمر مهرجان منتدا لقب هدف فوز انتصار تتويج"), "m"),
}
"""What somebody has had so many times, as it stands before a pronoun."""


@lru_cache(maxsize=1)
def _owned() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![{ARABIC}])(?P<prefix>[وف]?[بلك]?)(?P<stem>{any_of(_OWNED)})(?P<whose>هما|ها|هم|ه|نا)[ ]"
        rf"(?P<number>[1-9][0-9]?)(?![0-9]|[ ]?[.,:/-][ ]?[0-9]|[ ]?%)(?P<next>[ ][{ARABIC}]{{2,20}})?"
    )


def _of_somebody(match: re.Match[str]) -> str:
    """في نسختها 15, لقبه 16: what somebody has had so many times is numbered."""
    stem, n, following = match["stem"], int(match["number"]), (match["next"] or "").strip()
    gender = _OWNED[stem]
    if plain(following) in _UNITS_AFTER or _is_counted(following, n, plain(stem)):
        return match[0]
    start = match.string[match.start() : match.start("number")]
    case = case_at(match.string, match.start("prefix"), match["prefix"])
    said = in_case(case, "", lambda case: ordinal(n, gender=gender, case=case), STAND_INS[gender])
    return f"{start}{said}{match['next'] or ''}"


def _minutes(n: int) -> str:
    return cardinal(n, gender="f")


def _with_added(one: re.Match[str], gender: Gender, case: Case) -> str:
    said = ordinal(int(one["n"]), gender=gender, case=case)
    return f"{said} زائد {_minutes(int(one['added']))}" if one["added"] else said


def _several(match: re.Match[str]) -> str:
    if plain(match["head"]) in {"مواد", "بنود"} and any(int(n) >= 100 for n in _FIGURE.findall(match["numbers"])):
        return match[0]  # المواد 230 و231, as المادة 230
    gender, case = _PLURALS[plain(match["head"])], _case(match)
    if plain(match["head"]).endswith("ين"):
        case = "gen"
    start = match.string[match.start() : match.start("numbers")]

    def say(case: Case) -> str:
        return re.sub(
            r"(?P<joiner>(?:و[ ]?)?)(?:ال)?(?P<n>[0-9]{1,3})(?:[ ]?\+[ ]?(?P<added>[0-9]{1,2}))?",
            lambda one: one["joiner"].rstrip() + _with_added(one, gender, case),
            match["numbers"],
        )

    return start + in_case(case, "", say, STAND_INS[gender])


def _bracketed(match: re.Match[str]) -> str:
    return f"{match['head']} {match['number']}"


_DIGIT: Final = lazy("[0-9]", needs=DIGITS)


_WORLDWIDE: Final = (
    "(?:عالميا|عربيا|محليا|دوليا|قاريا|أفريقيا|إفريقيا|آسيويا|أوروبيا|إقليميا|خليجيا|وطنيا|على[ ]العالم|في[ ]التصنيف)"
)
_RANKED: Final = lazy(
    rf"(?P<head>(?<![{ARABIC}])[وفبلك]?(?:ال"
    rf"|لل)[{ARABIC}]{{3,12}}[ ])?(?<![{ARABIC}0-9.,:/-])(?P<clitic>[وفب]?)(?P<n>[1-9][0-9]{{0,2}})"
    rf"(?=[ ]{_WORLDWIDE}(?![{ARABIC}]))"
)
"""احتل المركز 21 عالميا و2 عربيا: the second figure is a rank too; المصنفة 8 عالميا takes the gender of its holder."""

_LABELLED: Final = lazy(
    rf"(?P<before>(?<![{ARABIC}])(?:[وف]?(?:في|من|إلى|عن|على|داخل|أمام|قرب|خلال|منذ|بعد|قبل)[ ]ال|[وف]?(?:بال|لل))"
    rf"(?P<noun>[{ARABIC}]{{2,14}}ة)[{MARKS}]?[ ])(?P<n>[1-9][0-9]?)(?=[ ]?(?:[.،؛:!؟)»\"]|$)|[ ](?:من|في"
    rf"|على|إلى|عن|بعد|قبل|أمس|اليوم|خلال|التابعة"
    rf"|الواقعة|لل|بال|التي|وال)(?![{ARABIC}]{{0,1}}[0-9]))"
)
"""في الملحقة 12: after a preposition and a noun, a number that counts nothing names which one."""

_TOTALLED: Final = lazy(
    rf"(?<![{ARABIC}])[وفسل]?[يت]?(?:بلغ|بلغت|بالغ|عدد|عددهم|عددها|حصيلة|سجل|سجلت|قتل|قتلت|أصيب|جرح|اعتقل|توقيف|مقتل|إصابة|بنحو|سقوط|نسبة|عمر|سن)"
    rf"(?![{ARABIC}])"
)


def _ranked(match: re.Match[str]) -> str:
    head = match["head"] or ""
    bare = plain(head.strip())
    stem = re.sub("^[وفبلك]?(?:ال|لل)", "", bare)
    gender: Gender = HEADS.get(stem, "f" if bare.endswith("ة") else "m")
    return head + attach(match["clitic"], ordinal(int(match["n"]), gender=gender, case="gen"))


def _labelled(match: re.Match[str]) -> str:
    if plain(match["noun"]) in _PLACES or _TOTALLED.search(match.string, max(0, match.start() - 70), match.start()):
        return match[0]
    return match["before"] + ordinal(int(match["n"]), gender="f", case="gen")


_PLACES: Final = frozenset(
    plain(word)
    for word in (
        "مدينة دولة بلدة قرية محافظة عاصمة جزيرة قارة شركة وزارة حكومة محكمة ساعة ثانية جامعة سيارة منصة حادثة"
    ).split()
)
"""Of these there is one by its name, not by a number."""


def apply(text: str) -> str:
    """The text with the ordinals that no article shows in words."""
    if not _DIGIT.search(text):
        return text
    text = _RANKED.sub(_ranked, text)
    text = _LABELLED.sub(_labelled, text)
    if "(" in text and (heads := present(_ALWAYS_DEFINITE, text)):
        text = _parenthesis(heads).sub(_bracketed, text)
    if present(_OWNED, text):
        text = _owned().sub(_of_somebody, text)
    if heads := present(_PLURALS, text):
        text = _plural(heads).sub(_several, text)
    if heads := present(HEADS, text):
        text = _singular(heads).sub(_one, text)
    return text
