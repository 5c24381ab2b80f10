"""The pages of signing in, of one's own account, and of the book."""

from __future__ import annotations

import asyncio
import secrets
from datetime import UTC, datetime
from importlib.resources import files
from math import ceil
from typing import Final

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from tts_news.accounts.gate import (
    HOME,
    account_of,
    accounts_of,
    client_of,
    cookie_name,
    csrf_token,
    is_ours,
    note,
    refuse,
    require,
    safe_next,
    set_cookie,
)
from tts_news.accounts.login import spell_name
from tts_news.accounts.passwords import check_password, hash_password
from tts_news.accounts.records import Account, Deed, Role, read_name
from tts_news.accounts.templates import show
from tts_news.errors import UsageError
from tts_news.server.guard import DESK

_LINES: Final = 100  # of the book on one page
_STYLE: Final = files("tts_news.accounts").joinpath("assets", "accounts.css").read_text(encoding="utf-8")


def routes() -> list[Route]:
    """Return the routes of these pages."""
    return [
        Route(f"{DESK}/login", show_login),
        Route(f"{DESK}/login", sign_in, methods=["POST"]),
        Route(f"{DESK}/welcome", show_welcome),
        Route(f"{DESK}/welcome", use_welcome, methods=["POST"]),
        Route(f"{DESK}/logout", sign_out, methods=["POST"]),
        Route(f"{DESK}/account", show_account),
        Route(f"{DESK}/account/password", change_password, methods=["POST"]),
        Route(f"{DESK}/account/everywhere", sign_out_everywhere, methods=["POST"]),
        Route(f"{DESK}/audit", show_book),
        Route(f"{DESK}/accounts.css", show_style),
    ]


async def show_style(_: Request) -> Response:
    """`GET /desk/accounts.css`."""
    return Response(_STYLE, media_type="text/css", headers={"cache-control": "no-cache"})


def _form_page(request: Request, name: str, status: int = 200, **values: object) -> Response:
    """Return a page with a form for somebody who has not signed in: its token is made of a cookie of its own."""
    # The address may hold a one-time link's token: it goes into no `Referer`, and `Origin` stays what it is.
    headers = {"referrer-policy": "strict-origin"}
    token = csrf_token(request)
    if token:
        return HTMLResponse(show(name, request, csrf=token, **values), status, headers)
    fresh = secrets.token_urlsafe(32)
    cookie = f"{cookie_name(request.scope, 'form')}={fresh}".encode()
    request = Request({**request.scope, "headers": [*request.scope["headers"], (b"cookie", cookie)]}, request.receive)
    answer = HTMLResponse(show(name, request, csrf=csrf_token(request), **values), status, headers)
    set_cookie(request, answer, fresh, "form")
    return answer


async def show_login(request: Request) -> Response:
    """`GET /desk/login`."""
    place = safe_next(request.query_params.get("next", ""))
    if account_of(request):
        return RedirectResponse(place, 303)
    if accounts_of(request).by_header:
        return refuse(request, 401, "nobody", "the web server in front says who you are")
    return _form_page(request, "login.html", next=place)


async def sign_in(request: Request) -> Response:
    """`POST /desk/login`."""
    accounts = accounts_of(request)
    if accounts.by_header:
        return refuse(request, 403, "nobody", "the web server in front says who you are")
    if not await is_ours(request):
        return _form_page(request, "login.html", 403, fault="form", next=HOME)
    form = await request.form()
    name, place = spell_name(_field(form, "name")), safe_next(_field(form, "next"))
    address = client_of(request)
    wait = 5.0 if accounts.login.is_crowded() else await asyncio.to_thread(accounts.login.wait, name, address)
    if wait:
        page = _form_page(request, "login.html", 429, fault="slow", wait=ceil(wait), next=place)
        page.headers["retry-after"] = str(ceil(wait))
        return page
    account = await accounts.login.check_in_turn(name, _field(form, "password"))
    if account is None:
        # A name that nobody has is not written down: it may be a password in the wrong field.
        known = await asyncio.to_thread(accounts.store.find, name)
        await note(request, "login refused", who=name if known else "(no such user)")
        return _form_page(request, "login.html", 401, fault="wrong", next=place)
    return await _welcomed(request, account, place, "login")


async def _welcomed(request: Request, account: Account, place: str, what: Deed) -> Response:
    """Return the way into the desk, with a session that is new whatever the browser brought."""
    accounts = accounts_of(request)
    if request.scope["session"]:
        await asyncio.to_thread(accounts.store.close_session, request.scope["session"])
    token = await asyncio.to_thread(accounts.store.open_session, account.name, client_of(request))
    await asyncio.to_thread(accounts.store.forget, accounts.lasts_s, accounts.idle_s)
    await note(request, what, who=account.name)
    answer = RedirectResponse(place, 303)
    set_cookie(request, answer, token)
    set_cookie(request, answer, "", "form")
    return answer


async def show_welcome(request: Request) -> Response:
    """`GET /desk/welcome`: looking uses nothing up; previews and virus scanners look too."""
    token = request.query_params.get("token", "")
    link = await asyncio.to_thread(accounts_of(request).store.link, token)
    if link is None:
        return refuse(request, 404, "link", "this link is over, or was used")
    return _form_page(request, "welcome.html", link=link, token=token)


async def use_welcome(request: Request) -> Response:
    """`POST /desk/welcome`: works once."""
    form = await request.form()
    token = _field(form, "token")
    store = accounts_of(request).store
    link = await asyncio.to_thread(store.link, token)
    if link is None:
        return refuse(request, 404, "link", "this link is over, or was used")
    if not await is_ours(request):
        return _form_page(request, "welcome.html", 403, fault="form", link=link, token=token)
    try:
        name = link.name or read_name(_field(form, "name"))
    except UsageError:
        return _form_page(request, "welcome.html", 400, fault="name", link=link, token=token)
    try:
        hashed = await _new_password(form, name)
    except UsageError as err:
        return _form_page(request, "welcome.html", 400, message=err, link=link, token=token)
    account = await asyncio.to_thread(store.use_link, token, name, hashed)
    if account is None:
        return refuse(request, 404, "link", "this link is over, or was used")
    return await _welcomed(request, account, HOME, "password set by one-time link")


async def _new_password(form: FormData, name: str) -> str:
    """Return what is kept of the password in a form.

    Raises:
        UsageError: It cannot be one, or was not typed twice.
    """
    password = _field(form, "password")
    if password != _field(form, "again"):
        raise UsageError("the two passwords differ")
    check_password(password, name)
    return await asyncio.to_thread(hash_password, password)


@require(Role.READER)
async def sign_out(request: Request) -> Response:
    """`POST /desk/logout`."""
    await asyncio.to_thread(accounts_of(request).store.close_session, request.scope["session"])
    await note(request, "logout")
    return _out(request)


@require(Role.READER)
async def sign_out_everywhere(request: Request) -> Response:
    """`POST /desk/account/everywhere`."""
    ended = await asyncio.to_thread(accounts_of(request).store.close_sessions, _asking(request).name)
    await note(request, "logout everywhere", detail=f"{ended} sessions")
    return _out(request)


def _out(request: Request) -> Response:
    answer = RedirectResponse(f"{DESK}/login", 303)
    set_cookie(request, answer, "")
    return answer


@require(Role.READER)
async def show_account(request: Request) -> Response:
    """`GET /desk/account`."""
    return await _account_page(request, done=request.query_params.get("done") == "1")


async def _account_page(request: Request, status: int = 200, **values: object) -> Response:
    accounts = accounts_of(request)
    sessions = await asyncio.to_thread(accounts.store.count_sessions, _asking(request).name)
    page = show(
        "account.html", request, csrf=csrf_token(request), sessions=sessions, own=not accounts.by_header, **values
    )
    return HTMLResponse(page, status)


@require(Role.READER)
async def change_password(request: Request) -> Response:
    """`POST /desk/account/password`: every other session of hers ends."""
    accounts, account, form = accounts_of(request), _asking(request), await request.form()
    if accounts.by_header:
        return refuse(request, 403, "role", "the web server in front keeps the passwords")
    if wait := await asyncio.to_thread(accounts.login.wait, account.name, client_of(request)):
        return await _account_page(request, 429, fault="slow", wait=ceil(wait))
    if not await accounts.login.check_in_turn(account.name, _field(form, "old")):
        await note(request, "password change refused")
        return await _account_page(request, 403, fault="old")
    try:
        hashed = await _new_password(form, account.name)
    except UsageError as err:
        return await _account_page(request, 400, message=err)
    await asyncio.to_thread(accounts.store.set_password, account.name, hashed)
    return await _welcomed(request, account, f"{DESK}/account?done=1", "password changed")


@require(Role.PUBLISHER)
async def show_book(request: Request) -> Response:
    """`GET /desk/audit`: the newest lines, of one article or user if asked so."""
    asked = request.query_params
    before = int(asked["before"]) if asked.get("before", "").isdecimal() and len(asked["before"]) < 18 else None
    article, who = asked.get("article", ""), asked.get("who", "")
    lines = await asyncio.to_thread(accounts_of(request).store.lines, _LINES, before, article, who)
    shown = [(line, datetime.fromtimestamp(line.at, UTC).isoformat(" ", "seconds")[:19]) for line in lines]
    more = lines[-1].number if len(lines) == _LINES else None
    return HTMLResponse(show("audit.html", request, lines=shown, more=more, article=article, who=who))


def _asking(request: Request) -> Account:
    account = account_of(request)
    assert account is not None, "behind `require`"  # noqa: S101 - for the type checker
    return account


def _field(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
