"""What a stranger states in JSON, one string of a kind at a time: text, a line, an address, a date."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, cast

from pydantic import AfterValidator, Field
from pydantic.config import JsonDict

from tts_news.read.dates import clean_iso

# Tab, the line breaks of every system, and Word's vertical tab are text; other control characters are damage.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_CONTROL_OR_BREAK = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LONGEST_ADDRESS = 2000  # characters


def _text(value: str) -> str:
    found = _CONTROL.search(value)
    if found:
        raise ValueError(f"the control character U+{ord(found[0]):04X} at {found.start()}")
    return value


def _line(value: str) -> str:
    found = _CONTROL_OR_BREAK.search(value.strip())
    if found:
        raise ValueError(f"U+{ord(found[0]):04X} at {found.start()}: one line of text is wanted")
    return value.strip()


def _address(value: str) -> str:
    """Return an address that can be asked; the rules of what may be reached are the reading room's."""
    import httpx

    if not value:
        return value
    if len(value) > _LONGEST_ADDRESS:
        raise ValueError(f"an address has {_LONGEST_ADDRESS} characters at most")
    if re.search(r"[\s\x00-\x20\x7f-\x9f\\<>\"{}|^`]", value):
        raise ValueError("an address holds no white space, control character, backslash or quote")
    try:
        parts = httpx.URL(value)
        host, port = parts.host, parts.port
        host.encode("idna")
    except (httpx.InvalidURL, ValueError) as err:
        raise ValueError(f"no address: {err}") from err
    if parts.scheme not in {"http", "https"} or not re.match(r"https?://", value, re.IGNORECASE):
        raise ValueError("must be an http or https address")
    if not re.fullmatch(r"[\w.:-]*\w[\w.:-]*", host) or (port is not None and not 0 < port < 65536):
        raise ValueError("must name a host, and a port that there is")
    if parts.userinfo:
        raise ValueError("holds a user's name: what is queued is written down, and no password may be")
    return value


def _date(value: str) -> str:
    """Return a date, with its time and zone where they are stated, as ISO 8601."""
    if not value:
        return value
    found = clean_iso(value) if len(value) <= 40 else ""
    if not found or (len(value.strip()) > 10 and "T" not in found):
        raise ValueError("no date: write 2026-11-28 or 2026-11-28T06:30:00+03:00")
    return found


def _language(value: str) -> str:
    if not re.fullmatch(r"(?:ar(?:[-_][A-Za-z0-9]{1,8}){0,5})?", value, re.IGNORECASE):
        raise ValueError("this press reads Arabic: ar, or ar with a country")
    return value.replace("_", "-")


def _shown(**limits: object) -> Any:
    """Return a field whose schema says what the function that checks it looks for."""
    return Field(json_schema_extra=cast("JsonDict", limits))


_HTTP: Final = r"^([Hh][Tt][Tt][Pp][Ss]?://\S+)?$"
_DATE: Final = (
    r"^([0-9]{4}-(0[1-9]|1[0-2])-([0-2][0-9]|3[01])"
    r"([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?(Z|[+-]([01][0-9]|2[0-3]):?[0-5][0-9])?)?)?$"
)
Text = Annotated[
    str, AfterValidator(_text), _shown(pattern=r"^[^\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]*$")
]
Line = Annotated[str, AfterValidator(_line), _shown(pattern=r"^\s*[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*\s*$")]
Address = Annotated[str, AfterValidator(_address), _shown(pattern=_HTTP, maxLength=_LONGEST_ADDRESS)]
Date = Annotated[str, AfterValidator(_date), _shown(pattern=_DATE)]
Language = Annotated[str, AfterValidator(_language), _shown(pattern=r"^([Aa][Rr]([-_][A-Za-z0-9]{1,8}){0,5})?$")]
