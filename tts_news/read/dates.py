"""Dates as Arabic pages print them: telling a line that is only a date, and reading it as ISO 8601.

A date is read only when it is stated in full (day, month and year); nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from types import MappingProxyType

from tts_news.arabic import key, tidy

MONTHS = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                "يناير كانون_الثاني جانفي january jan",
                "فبراير شباط فيفري february feb",
                "مارس آذار march mar",
                "أبريل إبريل نيسان أفريل avril april apr",
                "مايو أيار ماي may",
                "يونيو حزيران جوان june jun",
                "يوليو تموز جويلية يوليوز july jul",
                "أغسطس آب أوت غشت august aug",
                "سبتمبر أيلول شتنبر september sep",
                "أكتوبر تشرين_الأول october oct",
                "نوفمبر تشرين_الثاني نونبر november nov",
                "ديسمبر كانون_الأول دجنبر december dec",
            ),
            1,
        )
        for name in (key(word.replace("_", " ")) for word in names.split())
    }
)
_FIRST_YEAR, _LAST_YEAR = 1000, 9998  # a moment of another year may be none in another zone
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
# The longest names first, so that «كانون الثاني» is not read as «كانون» and a rest.
_MONTH = "|".join(sorted((re.escape(name) for name in MONTHS), key=len, reverse=True))
_DAY_NAMES = (
    "السبت|الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه|saturday|sunday|monday|tuesday|wednesday|thursday|friday"
)
_HIJRI = (
    "محرم|صفر|ربيع الاول|ربيع الثاني|ربيع الاخر|جمادي الاولي|جمادي الاخره|جمادي الثانيه|رجب|شعبان|رمضان|شوال"
    "|ذو القعده|ذي القعده|ذو الحجه|ذي الحجه"
)
# On flat lines, where a space is one space: several optional runs of them beside each other would take a cube of steps.
_WORDED = re.compile(
    rf"(?<!\d)(\d{{1,2}}) ?(?:من )?(?:شهر )?({_MONTH})(?: ?/? ?(?:{_MONTH}))? ?(?:عام )?((?:19|20)\d\d)"
)
_AMERICAN = re.compile(rf"({_MONTH})\s+(\d{{1,2}})\s+((?:19|20)\d\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*((?:19|20)\d\d)(?!\d)")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?!\d)")
_CLOCK = re.compile(r"\b\d{1,2}\s*:\s*\d\d(?:\s*:\s*\d\d)?\s*(?:صباحا|مساء|ظهرا|ص|م|am|pm)?\b")
# What may stand around a date on a date line, by key.
_AROUND = re.compile(
    rf"\b(?:{_DAY_NAMES}|{_HIJRI}|{_MONTH}"
    r"|اخر تحديث|تاريخ التحديث|تم التحديث|تحديث|نشر في|نشر يوم|نشرت في|نشر بتاريخ|تاريخ النشر|وقت النشر|نشر|حدث في"
    r"|حرر في|كتب في|بتاريخ|اضيف في|التاريخ|published|updated|last updated|on|at|الساعه"
    r"|بتوقيت [\w ]{3,20}|توقيت [\w ]{3,20}|غرينتش|جرينتش|gmt|utc|mecca"
    r"|الموافق|ميلادي|هجري|ه|صباحا|مساء|ظهرا|ص|م|am|pm|عام|سنه|من الدقائق|دقائق|دقيقه|قراءه|min|read|في|و|يوم|شهر"
    r"|ساعات|ساعه|ايام)\b"
)
_AGO = re.compile(
    r"^(?:(?:قبل|منذ)\s+(?:[\d#]+\s+)?"
    r"(?:ثانيه|ثوان|ثواني|دقيقه|دقيقتين|دقائق|ساعه|ساعتين|ساعات|يوم|يومين|ايام|اسبوع|اسبوعين|اسابيع|شهر"
    r"|شهرين|اشهر|شهور|سنه|سنتين|سنوات|عام|عامين|اعوام)(?:\s+واحده?)?(?:\s+\d+)?|امس|اليوم|الان"
    r"|\d+\s*(?:minutes?|hours?|days?|weeks?|months?|years?) ago)$"
)


def _flat(text: str) -> str:
    """Return the line for matching: Western digits, unified letters, separators between words as spaces."""
    return _unify(tidy(text).translate(_DIGITS))


def _unify(text: str) -> str:
    bare = re.sub("[\u0610-\u061a\u0640\u064b-\u065f\u0670]", "", text.lower()).translate(
        str.maketrans("أإآٱىة", "اااايه")
    )
    # «20224 يناير», «202614/3/2026»: two dates without a space between them.
    bare = re.sub(r"((?:19|20)\d\d)(?=\d{1,2}(?:\s*[/.:\-]|\s+[^\W\d]))", r"\1 ", bare)
    return re.sub(r"\s+", " ", re.sub("[،,؛|·•()\\[\\]«»_+]", " ", bare)).strip()


def is_date_line(text: str) -> bool:
    """Return whether the line is a date, a time or an age («منذ 32 دقيقة») and nothing else worth hearing.

    Dates printed twice in one run of letters («4 يناير، 20224 يناير، 2022») count, and so does a short name after them.
    """
    if len(text) > 160 or text.rstrip().endswith((".", "؟", ":")):
        return False
    flat = _flat(text)
    if _AGO.match(flat):
        return True
    if not re.search(r"\d", flat) and not re.fullmatch(rf"(?:{_DAY_NAMES})", flat):
        return False
    rest, found = flat, 0
    for pattern in (_WORDED, _AMERICAN, _ISO, _NUMERIC, _CLOCK):
        rest, count = pattern.subn(" ", rest)
        found += count
    if not found and not re.search(rf"\b(?:{_MONTH})\b", rest) and not re.fullmatch(rf"(?:{_DAY_NAMES})", flat):
        return False
    words = re.sub(r"[\d/:.\-–—#=]+", " ", _AROUND.sub(" ", rest)).split()
    return all(word.isascii() for word in words) and len(words) <= 2


def starts_with_date(text: str) -> bool:
    """Return whether a short line starts with a full date: a meta line even if a name or a counter follows."""
    flat = _flat(text)[:60]
    return any(
        (match := pattern.search(flat)) and match.start() <= 12 for pattern in (_WORDED, _AMERICAN, _ISO, _NUMERIC)
    )


def count_times(text: str) -> int:
    """Return how many full dates, times of day and names of weekdays stand in a line."""
    flat = _flat(text)
    found = len(re.findall(f"(?:{_DAY_NAMES})", flat))
    for pattern in (_WORDED, _AMERICAN, _ISO, _NUMERIC, _CLOCK):
        flat, count = pattern.subn(" ", flat)
        found += count
    return found


def find_date(text: str) -> str:
    """Return the first full date in a line as ISO 8601 (`2022-01-04`), "" when there is none or it is no real day."""
    flat = _flat(text)
    if match := _ISO.search(flat):
        return _iso(int(match[1]), int(match[2]), int(match[3]))
    if match := _WORDED.search(flat):
        return _iso(int(match[3]), MONTHS[match[2]], int(match[1]))
    if match := _AMERICAN.search(flat):
        return _iso(int(match[3]), MONTHS[match[1]], int(match[2]))
    if match := _NUMERIC.search(flat):
        # Day first, as all Arabic-language press prints it.
        return _iso(int(match[3]), int(match[2]), int(match[1]))
    return ""


def _iso(year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def clean_iso(text: str) -> str:
    """Return a machine-readable date in ISO 8601 with its own zone; "" when it is not one."""
    text = tidy(text).translate(_DIGITS).replace("/", "-") if "/" in text[:10] else tidy(text)
    match = re.match(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?", text)
    if not match:
        return ""
    day, clock, zone = match[1], match[2] or "", match[3] or ""
    if zone and zone != "Z" and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    stamp = f"{day}T{clock}{zone}" if clock else day
    try:
        year = dt.datetime.fromisoformat(stamp).year
    except ValueError:
        return ""
    return stamp if _FIRST_YEAR <= year <= _LAST_YEAR else ""
