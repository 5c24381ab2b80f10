"""Scores and formations: فاز 3-1 → ثلاثة مقابل واحد, 4-3-3 → أربعة ثلاثة ثلاثة.

Two small numbers with a hyphen are a score only where the line talks of sport, and never before something counted.
"""

from __future__ import annotations

import re
from typing import Final

from tts_news.arabic import ARABIC, plain
from tts_news.script.rules.nouns import find
from tts_news.script.rules.numerals import cardinal, digits
from tts_news.script.rules.patterns import any_of

_FORMATION: Final = re.compile(r"(?<![0-9A-Za-z.,:/-])[1-9](?:[ ]?-[ ]?[1-9]){2,4}(?![0-9A-Za-z.,:/-])")
_SCORE: Final = re.compile(
    rf"(?<![{ARABIC}A-Za-z0-9.,:/-])(?P<clitic>[وفبل]?)[ ]?(?P<home>[0-9]{{1,3}})(?P<sep>[ ]?[-:][ ]?|[ ]?/[ ]?)"
    rf"(?P<away>[0-9]{{1,3}})(?![0-9A-Za-z%°]|[.,:/-][0-9]|[ ]?%)"
    rf"(?P<next>[ ][{ARABIC}]{{2,20}})?"
)
_SPORT: Final = re.compile(
    rf"(?<![{ARABIC}])[وفبلك]?(?:ال|لل)?"
    + any_of(
        (
            "فاز فازت فوز فوزا فوزه فوزها يفوز تفوز فائزا تعادل تعادلا تعادله يتعادل هزم هزمت هزيمة خسر خسرت "
            "خسارة خسارته تغلب "
            "تغلبت يتغلب نتيجة بنتيجة هدف هدفا أهداف مباراة مباريات شوط ذهاب ذهابا إياب إيابا ترجيح ركلات دوري "
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
_BETWEEN: Final = re.compile(
    rf"(?<![{ARABIC}])(?:بين|من|عمر|أعمار|نحو|حوالي|خلال|لمدة|مدة|كل|أعمارهم|الفئة|العمرية)[ ]{{1,2}}$"
)
_DIRECT: Final = re.compile(
    rf"(?:نتيجة|النتيجة|فوز|فاز|فازت|تعادل|بنتيجة|ركلات|انتهى|انتهت|فوزا|مجموع)[ ({ARABIC}]{{0,12}}$"
)


def _score(match: re.Match[str]) -> str:
    home, away, following = int(match["home"]), int(match["away"]), match["next"] or ""
    head = match.string[max(0, match.start() - 40) : match.start()]
    word = plain(following.strip())
    if word in _NOT_SPORT or _BETWEEN.search(head):
        return match[0]
    if word and home < away and not _DIRECT.search(head) and _counted(word, away):
        return match[0]
    if "/" in match["sep"] and (home < away <= 10 and not _DIRECT.search(head)):
        return match[0]
    return f"{match['clitic']}{cardinal(home, case='gen')} مقابل {cardinal(away, case='gen')}{following}"


def _counted(word: str, n: int) -> bool:
    found = find(word, plural=3 <= n % 100 <= 10)
    return found is not None and found.known and not word.startswith("ال")


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!؟\n])(?![0-9])", text)


def apply(text: str) -> str:
    """The text with its scores and formations in words."""
    if not _MAY_HOLD.search(text):
        return text
    if not _SPORT.search(text):
        return text
    text = _FORMATION.sub(lambda match: digits(match[0]), text)
    return "".join(
        _SCORE.sub(_score, sentence) if _MAY_HOLD.search(sentence) else sentence for sentence in _sentences(text)
    )


_MAY_HOLD: Final = re.compile(r"[0-9][ ]?[-:/][ ]?[0-9]")
