"""What clients send, checked before anything is done with it."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Literal, TypeVar

import httpx
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from tts_news.server.guard import fault

Body = TypeVar("Body", bound=BaseModel)

# Tab, the line breaks of every system, and Word's vertical tab are text; other control characters are damage.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_CONTROL_OR_BREAK = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


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
    if not value:
        return value
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


Text = Annotated[str, AfterValidator(_text)]
Line = Annotated[str, AfterValidator(_line)]
Address = Annotated[str, AfterValidator(_address)]


class SpeechRequest(BaseModel):
    """What OpenAI's clients send; fields of theirs that mean nothing here are passed over."""

    model_config = ConfigDict(extra="ignore")

    input: Text = Field(min_length=1)
    model: Line = "tts-news"
    voice: Line | dict[Literal["id"], Line] = "default"
    response_format: Literal["mp3", "opus", "aac", "flac", "wav", "pcm"] = "mp3"
    speed: float = Field(default=1.0, ge=0.25, le=4.0)
    stream_format: Literal["audio"] = "audio"


class EditionRequest(BaseModel):
    """An article to make an edition of: by its address, or as a title and a text."""

    model_config = ConfigDict(extra="forbid")

    url: Address = Field(default="", max_length=2000)
    title: Line = Field(default="", max_length=2000)
    text: Text = ""
    voice: str = Field(default="", pattern=r"^[A-Za-z0-9_.][A-Za-z0-9_.-]*$|^$", max_length=100)
    replaces: str = Field(default="", pattern=r"^[A-Za-z0-9][A-Za-z0-9:._-]*$|^$", max_length=300)
    """Folder, slug or guid of an edition that this one takes the place of."""


async def read_body(request: Request, kind: type[Body]) -> Body | Response:
    """Return the request's body, or the answer that says what is wrong with it."""
    try:
        body = await request.body()
        # The first reader bounds depth, figures and code points, and so the second, which sees names given twice.
        read = kind.model_validate_json(body)
        json.loads(body, object_pairs_hook=_once)
    except ClientDisconnect:
        return Response(status_code=400)  # nobody is left to read it
    except ValidationError as err:
        first = err.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "body"
        return fault(400, f"{where}: {first['msg']}", "invalid_request")
    except _TwiceError as err:
        return fault(400, f"body: {err} is given twice", "invalid_request")
    return read


class _TwiceError(ValueError):
    """An object names one thing twice, and readers differ in which they believe."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names: dict[str, Any] = {}
    for name, value in pairs:
        if name in names:
            raise _TwiceError(name)
        names[name] = value
    return names
