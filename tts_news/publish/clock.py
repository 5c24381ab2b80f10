"""When something happened, for the public: never before what was said to have happened already."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_FIRST, _LAST = 1000, 9998  # years; a moment of another one may be none in another zone


def is_year(year: int) -> bool:
    """Tell whether every moment of a year is one in every zone, and is written with four digits."""
    return _FIRST <= year <= _LAST


def is_moment(text: str) -> bool:
    """Tell whether a text is ISO 8601 with zone, of a year that every zone has."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    return moment.tzinfo is not None and is_year(moment.year)


def moment_after(*earlier: str) -> str:
    """Return the time now, ISO 8601 in UTC; where the clock has gone back, the latest of `earlier`.

    Players take what is modified before it came out, or before its last correction, for the older of the two.

    Args:
        earlier: ISO 8601 times with zone; what is none is passed over.
    """
    return max(datetime.now(UTC), *filter(None, map(_parse, earlier))).astimezone(UTC).isoformat(timespec="seconds")


def is_ahead(moment: str) -> bool:
    """Tell whether a time lies in the future of this machine's clock, by more than its own second."""
    parsed = _parse(moment)
    return parsed is not None and parsed > datetime.now(UTC) + timedelta(seconds=1)


def _parse(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
