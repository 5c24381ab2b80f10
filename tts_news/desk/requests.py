"""What editors send, checked: forms, and the answers that say what is wrong with them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from tts_news.accounts.gate import account_of, wants_page
from tts_news.accounts.templates import language_of, tell
from tts_news.desk.mending import StaleError
from tts_news.desk.pages import render
from tts_news.errors import TtsNewsError, UsageError
from tts_news.server.guard import DESK
from tts_news.words import translated

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_Rest = ParamSpec("_Rest")
Endpoint = Callable[_Rest, Awaitable[Response]]


def told(endpoint: Endpoint[Concatenate[Any, ...]]) -> Endpoint[Concatenate[Any, ...]]:
    """Make an endpoint answer for what cannot be done: one line and a hint, as a page or as JSON."""

    @wraps(endpoint)
    async def telling(*args: Any) -> Response:
        try:
            return await endpoint(*args)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is left to read it
        except TtsNewsError as err:
            return _fault(args[-1], err)

    return telling


def _fault(request: Request, err: TtsNewsError) -> Response:
    status = 409 if isinstance(err, StaleError) else 400
    if wants_page(request):
        back = request.url.path.rpartition("/")[0] if request.method != "GET" else f"{DESK}/"
        return HTMLResponse(render(request, "fault.html", error=err, back=back), status)
    language = language_of(request)
    return JSONResponse({"message": tell(err, language), "hint": tell(err.hint, language)}, status)


async def read_form(request: Request) -> Mapping[str, Any]:
    """Return a form's fields: texts without control characters, files as they are.

    Raises:
        UsageError: It is no form.
    """
    try:
        form = await request.form(max_files=1, max_fields=600)
    except HTTPException as err:
        raise UsageError(f"the form cannot be read: {err.detail}") from err
    return {
        name: value if isinstance(value, UploadFile) else _CONTROL.sub("", value).strip()
        for name, value in form.multi_items()
    }


async def read_list(request: Request, name: str) -> list[str]:
    """Return all values that a form has of a name."""
    return [value for value in (await request.form()).getlist(name) if isinstance(value, str)]


def by_whom(request: Request) -> str:
    """Return the name of who asks."""
    account = account_of(request)
    return account.name if account else ""


def done(request: Request, place: str, message: str, **values: object) -> Response:
    """Return the answer to a change: the page it leads to, or what a script on the page shows."""
    if wants_page(request):
        return RedirectResponse(place, 303)
    return JSONResponse({"message": translated(message, language=language_of(request)), **values})


async def off(work: Callable[..., Any], *args: Any) -> Any:
    """Do work in a thread, so that the server answers others meanwhile."""
    return await asyncio.to_thread(work, *args)
