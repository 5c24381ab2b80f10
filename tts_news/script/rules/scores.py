"""Scores and formations: فاز 3-1 → ثلاثة مقابل واحد, 4-3-3 → أربعة ثلاثة ثلاثة.

Two small numbers with a hyphen are a score only where the line talks of sport, and never before something counted.
"""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC, plain
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules.nouns import find
from tts_news.script.rules.numerals import cardinal, digits
from tts_news.script.rules.patterns import any_of
from tts_news.script.rules.topic import NO_TOPIC, Topic

_FORMATION: Final = lazy(r"(?<![0-9A-Za-z.,:/-])[1-9](?:[ ]?-[ ]?[1-9]){2,4}(?![0-9A-Za-z.,:/-])")
_SCORE: Final = lazy(
    rf"(?<![{ARABIC}A-Za-z0-9.,:/-])(?P<clitic>[وفبل]?)[ ]?(?P<home>[0-9]{{1,3}})(?P<sep>[ ]?[-:][ ]?|[ ]?/[ ]?)"
    rf"(?P<away>[0-9]{{1,3}})(?![0-9A-Za-z%°]|[.,:/-][0-9]|[ ]?%)"
    rf"(?P<next>[ ][{ARABIC}]{{2,20}})?"
)
_SPORT: Final = lazy(
    rf"(?<![{ARABIC}])[وفبلك]?(?:ال|لل|س?[يت])?"
    + any_of(
        (
            "فاز فازت فوز فوزا فوزه فوزها يفوز تفوز فائزا تعادل تعادلا تعادله يتعادل هزم هزمت هزيمة خسر خسرت "
            "خسارة خسارته تغلب "
            "تغلبت يتغلب نتيجة بنتيجة هدف هدفا أهداف مباراة مباريات شوط ذهاب ذهابا إياب إيابا ترجيح ركلات ضربات دوري "
            "كأس مونديال "
            "ضيفه مضيفه ضيفتها نظيره غريمه جاره منتخب فريق ملعب شباك سحق اكتسح أسقط تفوق تفوقت تأهل متقدما تقدم "
            "انتصار "
            "انتصارا انتهت انتهى مجموعات مجموعة مجموع كرة تنس أشواط نصف نهائي ربع بطولة لاعب مدرب خطة تشكيل "
            "طريقة بطريقة "
            "أشواط مجموعتين"
        ).split()
    )
    + rf"(?![{ARABIC}])"
)
_NOT_SPORT: Final = frozenset(
    plain(word)
    for word in "أيام أشهر سنوات ساعات دقائق أسابيع يوما شهرا دولارا ريالا درجات مئوية عاما سنة أشخاص قتلى جرحى".split()
)
_BETWEEN: Final = lazy(
    rf"(?<![{ARABIC}])(?:بين|من|عمر|أعمار|نحو|حوالي|خلال|لمدة|مدة|كل|أعمارهم|الفئة|العمرية)[ ]{{1,2}}$"
)
_DIRECT: Final = lazy(
    rf"(?:نتيجة|النتيجة|فوز|فاز|فازت|تعادل|بنتيجة|ركلات|ضربات|انتهى|انتهت|فوزا|مجموع)[ ({ARABIC}]{{0,12}}$"
)


def _score(match: re.Match[str]) -> str:
    home, away, following = int(match["home"]), int(match["away"]), match["next"] or ""
    head = match.string[max(0, match.start() - 40) : match.start()]
    word = plain(following.strip())
    if word in _NOT_SPORT or _BETWEEN.search(head):
        return match[0]
    if word and home < away and not _DIRECT.search(head) and _counted(word, away):
        return match[0]
    won = home < away and _is_won(match)
    if "/" in match["sep"] and home < away <= 10 and not (won or _DIRECT.search(head) or _LOST.search(head)):
        return match[0]
    if won:
        home, away = away, home
    return f"{match['clitic']}{cardinal(home, case='gen')} مقابل {cardinal(away, case='gen')}{following}"


_WON: Final = lazy(
    rf"(?<![{ARABIC}])[وفيتسبل]{{0,2}}(?:ال)?(?:فاز|فازت|فوز|فوزا|فوزه|فوزها|فوزهم|فائزا|تغلب|تغلبت|تفوق|تفوقت|هزم|هزمت|تأهل|تأهلت|سحق|سحقت|اكتسح|اكتسحت"
    rf"|أسقط|انتصر|انتصرت|انتصار|انتصارا|تخطى|تخطت|أطاح|أطاحت|أقصى|حسم|حسمت|توج|توجت|حسمها|حسمه|بلغ|بلغت|صعد|عبر|قهر|دك|متقدما|تقدم|تقدمت)(?![{ARABIC}])"
)
_LOST: Final = lazy(
    rf"(?<![{ARABIC}])[وفيتسبل]{{0,2}}(?:ال)?(?:خسر|خسرت|خسارة|خسارته|خسارتها|هزيمة|هزيمته|هزيمتها|سقط|سقطت|سقوط|انهزم|انهزمت|خاسرا|ودع|ودعت|خروج|انحنى|متأخرا|متأخر"
    rf"|تأخر|تأخرت)(?![{ARABIC}])"
)
_ANY_SCORE: Final = lazy(r"(?<![0-9])[0-9]{1,2}[ ]?[-:/][ ]?[0-9]{1,2}(?![0-9])")


def _is_won(match: re.Match[str]) -> bool:
    """Whether the score is the winner's and stands the other way round, as typed from the right.

    Not of several (6-3 و4-6 و7-5): who wins a match may lose a set.
    """
    if len(_ANY_SCORE.findall(match.string)) != 1:
        return False
    won = list(_WON.finditer(match.string, 0, match.start()))
    lost = list(_LOST.finditer(match.string, 0, match.start()))
    if won or lost:
        return bool(won) and (not lost or lost[-1].start() < won[-1].start())
    return "/" in match["sep"] and _DIRECT.search(match.string, max(0, match.start() - 40), match.start()) is not None


def _counted(word: str, n: int) -> bool:
    found = find(word, plural=3 <= n % 100 <= 10)
    return found is not None and found.known and not word.startswith("ال")


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!؟\n])(?![0-9])", text)


_HEADLINE: Final = lazy(
    rf"(?P<home>(?<![{ARABIC}])[{ARABIC}]{{3,16}}[ ])(?P<one>[0-9]{{1,2}})"
    rf"(?P<sep>[ ]?[-–:][ ]?)(?P<two>[0-9]{{1,2}})(?=[ ][{ARABIC}]{{3,16}})"
)


def rewrite(text: str, topic: Topic = NO_TOPIC) -> str:
    """The text with its scores and formations in words; a headline is told to be of sport by its article."""
    if not _MAY_HOLD.search(text):
        return text
    if not _SPORT.search(text):
        return _HEADLINE.sub(_headline, text) if topic.sport else text
    text = _FORMATION.sub(lambda match: digits(match[0]), text)
    return "".join(
        _SCORE.sub(_score, sentence) if _MAY_HOLD.search(sentence) else sentence for sentence in _sentences(text)
    )


def _headline(match: re.Match[str]) -> str:
    """الهلال 3-1 النصر, where nothing but the article says that it is a match."""
    word = plain(match.string[match.end() : match.end() + 20].split()[0])
    if word in _NOT_SPORT or _BETWEEN.search(match["home"]) or _counted(word, int(match["two"])):
        return match[0]
    home, away = (cardinal(int(match[part]), case="gen") for part in ("one", "two"))
    return f"{match['home']}{home} مقابل {away}"


def apply(text: str) -> str:
    """The text with its scores and formations in words."""
    return rewrite(text)


_MAY_HOLD: Final = lazy(r"[0-9][ ]?[-:/][ ]?[0-9]", needs=DIGITS)
