"""Dates, durations and sizes in the Arabic of a page: what the reader sees, with digits."""

from __future__ import annotations

from datetime import date

_MONTHS = (
    "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
    "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
)  # fmt: skip


def say_date(iso: str) -> str:
    """Return an ISO date as "22 نوفمبر 2026"."""
    day = date.fromisoformat(iso[:10])
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def say_duration(seconds: float) -> str:
    """Return a length in hours and minutes, in seconds below a minute, with the counted noun in its right form."""
    whole = round(seconds)
    if whole < 60:
        return _count(whole, "ثانية", "ثانيتان", "ثوانٍ", "ثانية")
    hours, minutes = divmod(round(whole / 60), 60)
    parts = [_count(hours, "ساعة", "ساعتان", "ساعات", "ساعة")] if hours else []
    if minutes:
        parts.append(_count(minutes, "دقيقة", "دقيقتان", "دقائق", "دقيقة"))
    return " و".join(parts)


def say_size(size: int) -> str:
    """Return a size in bytes as megabytes or kilobytes."""
    return f"{size / 1_000_000:.1f} ميغابايت" if size >= 100_000 else f"{max(1, round(size / 1000))} كيلوبايت"


def _count(number: int, one: str, two: str, few: str, many: str) -> str:
    """Return number and noun: three to ten take the plural, eleven and more the singular."""
    if number == 1:
        return f"{one} واحدة"
    if number == 2:
        return two
    return f"{number} {few if 3 <= number % 100 <= 10 else many}"
