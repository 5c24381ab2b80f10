"""The `Range` header, as RFC 9110 has it: what is malformed is passed over, and the whole is sent."""

from __future__ import annotations

import re
from itertools import pairwise

# RFC 9110 14.1.1: 1#( int-range / suffix-range ), with optional white space around commas. Numbers of more than 18
# digits are no place in any file.
_RANGE = re.compile(r"(\d{1,18})-(\d{0,18})|-(\d{1,18})", re.ASCII)
# More pieces than a player that seeks would ask for are an attack (14.2 lets a server pass them over).
_MOST = 16


def settle(header: str, size: int) -> str | None:
    """Return the ranges of a file of `size` bytes that can be sent, in the plainest form; None sends the whole.

    Ranges that lie outside the file are left out (14.2); when all of them do, one of those is returned, which is then
    answered with 416.

    Source: RFC 9110, 14.1.2 and 14.2.
    """
    unit, found, wanted = header.strip(" \t").partition("=")
    if not found or unit.strip(" \t").lower() != "bytes":
        return None
    pieces = [piece for piece in (part.strip(" \t") for part in wanted.split(",")) if piece]
    matches = [_RANGE.fullmatch(piece) for piece in pieces]
    if not pieces or len(pieces) > _MOST:
        return None
    inside: list[tuple[int, int]] = []
    for match in matches:
        if match is None or (match[1] and match[2] and int(match[2]) < int(match[1])):
            return None
        first, last = _place(match, size)
        if first <= last:
            inside.append((first, last))
    if not inside:
        return f"bytes={size}-"
    if len(inside) > 2 and _overlap(inside):
        return None
    return "bytes=" + ",".join(f"{first}-{last}" for first, last in inside)


def _place(match: re.Match[str], size: int) -> tuple[int, int]:
    """Return the first and last byte of one range; the first lies behind the last when it is outside the file."""
    if match[3]:
        return max(0, size - int(match[3])), size - 1 if int(match[3]) else -1
    return int(match[1]), min(int(match[2]), size - 1) if match[2] else size - 1


def _overlap(inside: list[tuple[int, int]]) -> bool:
    ordered = sorted(inside)
    return any(after[0] <= before[1] for before, after in pairwise(ordered))
