"""What an article is about, as far as its numbers hang on it: whether it is sport, whose money it counts, and how its
outlet writes decimals and thousands.

Built once from the whole text of an article and handed to the rules, so that a headline is read by its article. A line
on its own is its own article.
"""

from __future__ import annotations

from typing import Final

from tts_news.arabic import ARABIC, MARKS
from tts_news.frozen import dataclass
from tts_news.patterns import DIGITS, lazy
from tts_news.script.rules.patterns import any_of, words

_SPORT: Final = lazy(
    rf"(?<![{ARABIC}])[وفبلك]?(?:ال|لل)?"
    + any_of(
        words(
            "دوري مونديال كأس هدف هدفا أهداف مباراة مباريات لاعب لاعبا لاعبو لاعبين مدرب ملعب شوط ذهاب "
            "إياب ركلة ركلات ترجيح هداف حارس "
            "مرمى مهاجم فريق منتخب نادي بطولة تعادل كرة تنس جولة هدفين شباك سجل أحرز فاز هزم تأهل إصابة هاتريك ثنائية"
        )
    )
    + rf"(?:ه|ها|هم)?[{MARKS}]{{0,2}}(?![{ARABIC}])"
)
_SURE: Final = 4
"""Different words of sport that an article has at least; a line of politics has a goal and a team too."""

_MAY_BE_SPORT: Final = 0.012
"""And the share of its words that they are."""

_LANDS: Final[dict[str, str]] = {
    "MA": "المغرب مغربي مغربية الرباط الدار_البيضاء مراكش طنجة فاس أكادير المغربي المغربية",
    "AE": "الإمارات إماراتي إماراتية دبي أبوظبي أبو_ظبي الشارقة عجمان الإماراتي الإماراتية",
    "TN": "تونس تونسي تونسية صفاقس سوسة بنزرت التونسي التونسية",
    "DZ": "الجزائر جزائري جزائرية وهران قسنطينة الجزائري الجزائرية",
    "LY": "ليبيا ليبي ليبية طرابلس بنغازي الليبي الليبية",
    "KW": "الكويت كويتي كويتية الكويتي الكويتية",
    "BH": "البحرين بحريني بحرينية المنامة البحريني البحرينية",
    "JO": "الأردن أردني أردنية الأردني الأردنية إربد",
    "IQ": "العراق عراقي عراقية بغداد البصرة العراقي العراقية الموصل",
    "SA": "سعودي سعودية الرياض جدة السعودي السعودية أرامكو الدمام",
    "QA": "قطر قطري قطرية الدوحة القطري القطرية",
    "OM": "مسقط عماني عمانية سلطنة العماني العمانية",
    "YE": "اليمن يمني صنعاء عدن اليمني اليمنية",
    "EG": "مصر مصري مصرية القاهرة الإسكندرية المصري المصرية",
    "SD": "السودان سوداني الخرطوم السوداني السودانية",
    "SY": "سوريا دمشق سوري حلب السوري السورية",
    "LB": "لبنان لبناني بيروت اللبناني اللبنانية",
    "TR": "تركيا تركي أنقرة إسطنبول التركي التركية",
    "IR": "إيران إيراني طهران الإيراني الإيرانية",
}
_LAND: Final = lazy(
    rf"(?<![{ARABIC}])[وفبلك]?(?:"
    + "|".join(
        f"(?P<{code}>{any_of(name.replace('_', ' ') for name in names.split())})" for code, names in _LANDS.items()
    )
    + rf")(?![{ARABIC}])"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """What the rules know of the article around a line. `land` is an ISO 3166 code, "" for none."""

    sport: bool = False
    land: str = ""
    decimal: str = ""
    """The sign before decimals, "," or "." with the other one between thousands; "" where the article does not tell."""


NO_TOPIC: Final = Topic()


def land_of(text: str) -> str:
    """The land that a text names most often; "" where it names none, or two as often."""
    counts: dict[str, int] = {}
    for match in _LAND.finditer(text):
        code = match.lastgroup or ""
        counts[code] = counts.get(code, 0) + 1
    if not counts:
        return ""
    first = max(counts, key=lambda code: counts[code])
    return first if list(counts.values()).count(counts[first]) == 1 else ""


_DECIMALS: Final = lazy(
    r"(?<![0-9A-Za-z.,:/-])[0-9]{1,3}(?P<sign>[.,])[0-9]{1,2}(?![0-9A-Za-z]|[.,:/-][0-9])"
    rf"(?=[ ]?%|[ ](?:في[ ]الم|بالم|مليون|مليار|ملايين|[{ARABIC}]{{2}}))",
    needs=DIGITS,
)
_THOUSANDS: Final = lazy(
    r"(?<![0-9.,:/-])[1-9][0-9]{0,2}(?P<sign>[.,])(?:[0-9]{3}(?P=sign))*[0-9]{3}(?P<end>[.,][0-9]{1,2})?(?![0-9]|[.,:/-][0-9])",
    needs=DIGITS,
)
_CLOCK: Final = lazy(rf"(?<![{ARABIC}])(?:ال|لل)?(?:ساعة|تمام)[ ]$")


def decimal_of(text: str) -> str:
    """The sign before the decimals of a text; "" where it tells none, or uses both.

    One or two figures behind a sign are decimals. The other sign must stand before three at least once: an author who
    writes 4,5% may write 1,250 too.
    """
    signs = {match["sign"] for match in _DECIMALS.finditer(text) if not _CLOCK.search(text, 0, match.start())}
    if len(signs) != 1:
        return ""
    decimal = signs.pop()
    grouped = any(match["sign"] != decimal for match in _THOUSANDS.finditer(text))
    return decimal if grouped else ""


def topic_of(text: str) -> Topic:
    """What a whole article is about."""
    found = {match[0].lstrip("وفبلك") for match in _SPORT.finditer(text)}
    count = sum(1 for _ in _SPORT.finditer(text))
    sport = len(found) >= _SURE and count >= _MAY_BE_SPORT * len(text.split())
    return Topic(sport=sport, land=land_of(text), decimal=decimal_of(text))
