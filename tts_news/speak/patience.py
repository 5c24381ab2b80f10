"""Asking a server that may be busy or away: again, after as long as it asks for; a refusal is final."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import sleep
from typing import TypeVar

from tts_news.errors import SpeakError

T = TypeVar("T")
TRIES = 3
BACKOFF_S = 0.5
LONGEST_WAIT_S = 60.0
UNAUTHORISED, TOO_MANY, SERVER_ERROR = 401, 429, 500


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that is none: its status, what it says, and its `Retry-After`, "" where it has none."""

    status: int
    said: str
    retry_after: str = ""


@dataclass(frozen=True, slots=True)
class Unreached:
    """No answer, and what was raised in its place."""

    cause: Exception


def ask_patiently(where: str, refusal: str, attempt: Callable[[], T | Refused | Unreached]) -> T:
    """Return what a server answers.

    Args:
        where: Who asks whom; errors begin with it.
        refusal: The hint where the key is not accepted.
        attempt: Asks once.

    Raises:
        SpeakError: It refused, or could not be reached in `TRIES`.
    """
    for number in range(1, TRIES + 1):
        wait_s = BACKOFF_S * number
        found = attempt()
        if isinstance(found, Unreached):
            if number == TRIES:
                why = str(found.cause) or type(found.cause).__name__
                raise SpeakError(f"{where} cannot be reached: {why}", hint="is the server up?") from found.cause
        elif isinstance(found, Refused):
            busy = found.status == TOO_MANY or found.status >= SERVER_ERROR
            if not busy or number == TRIES:
                hint = refusal if found.status == UNAUTHORISED else ""
                raise SpeakError(f"{where} answered {found.status}: {found.said[:200]}", hint=hint)
            wait_s = asked_for(found.retry_after) or wait_s
        else:
            return found
        sleep(wait_s)
    raise SpeakError(f"{where} did not answer")


def asked_for(retry_after: str) -> float:
    """Return how many seconds a server asks to be left alone, a minute at most; 0 where it does not say.

    Source: RFC 9110, section 10.2.3; its form with a date is not in use among speech servers.
    """
    stated = retry_after.strip()
    return min(float(stated), LONGEST_WAIT_S) if stated.isascii() and stated.isdigit() else 0.0
