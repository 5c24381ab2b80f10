"""How a table is said: what it is about and its size, then row by row each value after the name of its column.

A listener cannot look up at the head row. Units and currencies that stand once, in the head («السعر (دينار)») or in the
caption («أسعار الجرام بالريال»), are said with every figure they belong to: «512.35 ريال».
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tts_news.arabic import plain
from tts_news.patterns import lazy
from tts_news.records import Cell, Table, name_value
from tts_news.script.rules import money, units

IN_FULL = "والجدول كاملا في صفحة الحلقة."
_BARE = lazy(r"^[-+−±]?[\d٠-٩۰-۹][\d٠-٩۰-۹.,٫٬]*$")
_IN_BRACKETS = lazy(r"\s*[(\[]([^()\[\]]{1,30})[)\]]\s*$")
_BY_UNIT = lazy(r"\s*\bبـ?\s?((?:ال|آلاف ال|ملايين ال|مليارات ال)\S{2,20}(?:\s+\S{2,20})?)\s*$")
_PERCENT = lazy(r"^(?:[%٪]|بالمئة|بالمائة|في المئة|في المائة)$")
_PERCENT_AT_END = lazy(r"\s*(?:[%٪]|بالمئة|بالمائة)$")
# Columns that a currency in the caption says nothing about.
_OF_OTHERS = lazy(r"(?:^|\s)(?:ال)?(?:عدد|رقم|نسبة|ترتيب|مركز|سنة|عام|تاريخ|تغير|يوم|شهر|ساعة|نقاط|العمر)(?:\s|$)")
_OF_HOURS = lazy(r"صباح|مساء|ظهر|عصر|ليل|دوام|ساعات|المواعيد|التوقيت|الفترة")
_HOURS_APART = lazy(r"^([\d٠-٩]{1,2}(?::[\d٠-٩]{2})?)\s*[-–—]\s*([\d٠-٩]{1,2}(?::[\d٠-٩]{2})?)$")
_SCALES = {"الف": "ألف", "الاف": "ألف", "مليون": "مليون", "ملايين": "مليون", "مليار": "مليار", "مليارات": "مليار"}
"""By what `plain` makes of each."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is written down for the voice."""

    name: str
    values: str

    @property
    def text(self) -> str:
        """The row in one sentence."""
        return ": ".join(filter(None, (self.name, self.values)))


def announce(table: Table) -> str:
    """Return what is said before the rows: «أسعار الجرام بالريال، 3 صفوف»; without a caption, the columns."""
    about = table.caption.rstrip(" :،.") or "، ".join(_unit_of(head)[0] or head for head in table.heads if head)
    size = _count(len(table.items))
    return f"{about}، {size}." if about else f"{size}."


def say_rows(table: Table, heading: str = "") -> Iterator[Row]:
    """Yield the rows that say something, their figures with the units of head and caption.

    Args:
        table: The table.
        heading: What stands right above it; it is the caption of a table that has none.
    """
    overall = _unit_of(table.caption or heading)[1]
    named = [_unit_of(head) for head in table.heads]
    for row in table.grid():
        name = "، ".join(cell.text for cell in table.names_of(row))
        values = [_value(head, cell, named, overall) for head, cell in table.values_of(row)]
        if name or values:
            yield Row(name, "، ".join(values))


def _value(head: str, cell: Cell, named: Sequence[tuple[str, str]], overall: str) -> str:
    name, unit = named[cell.column] if cell.width == 1 and not cell.head and named else (head, "")
    value = _with_unit(cell.text, unit or _overall(name, overall))
    # «9-12» is a score, a date or hours: the head knows.
    hours = _HOURS_APART.match(value) if _OF_HOURS.search(name) else None
    return name_value(name if head else "", f"من {hours[1]} إلى {hours[2]}" if hours else value)


def _overall(name: str, unit: str) -> str:
    return "" if _OF_OTHERS.search(name) else unit


def _with_unit(value: str, unit: str) -> str:
    if not unit or not _BARE.match(value):
        return value
    return f"{value}{unit}" if unit == "%" else f"{value} {unit}"


def _unit_of(text: str) -> tuple[str, str]:
    """Return a head or caption without the unit it names, and the unit as it stands after a figure, "" for none.

    السعر (دينار) → السعر, دينار; الإنتاج بآلاف الأطنان → الإنتاج, ألف طن; النسبة % → النسبة, %.
    """
    if match := _IN_BRACKETS.search(text):
        inside = match[1].strip()
        unit = "%" if _PERCENT.match(inside) else _known(inside) or _known(inside.removeprefix("ب"))
        if unit:
            return text[: match.start()], unit
    if match := _PERCENT_AT_END.search(text):
        return text[: match.start()], "%"
    if (match := _BY_UNIT.search(text)) and (unit := _known(match[1])):
        return text[: match.start()].rstrip(), unit
    return ("", unit) if (unit := _known(text)) else (text, "")


def _known(text: str) -> str:
    """Return a unit or currency as it stands after a figure, "" when the words are none of those we know."""
    words = [plain(word) for word in text.split()]
    if not words or len(words) > 4:
        return ""
    scale = ""
    first = words[0] if words[0] in _SCALES else words[0].removeprefix("ال")
    if first in _SCALES:
        scale, words = _SCALES[first], words[1:]
        if not words:
            return scale
    names = _names()
    bare = [word if word in names else word.removeprefix("ال") for word in words]
    if bare[0] not in names:
        return text if text in units.by_sign() or text in money.by_sign() else ""
    rest = [word.removeprefix("ال") for word in words[1:]]
    return " ".join(filter(None, (scale, names[bare[0]], *rest)))


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Return the singular of every currency and unit by each of its forms."""
    nouns = [currency.noun for currency in money.by_sign().values()] + [u.noun for u in units.by_sign().values()]
    return {plain(form): noun.singular for noun in nouns for form in (noun.plural, noun.singular) if len(form) > 1}


def _count(rows: int) -> str:
    if rows == 1:
        return "صف واحد"
    if rows == 2:
        return "صفان"
    return f"{rows} صفوف" if 3 <= rows % 100 <= 10 else f"{rows} صفا"
