"""What stands before the desk: who asks, by a session's cookie or by a web server's header, and whether she may.

`Gate` sets `scope["account"]` for every request to the desk, `require` asks for a role and, where something would be
changed, for the session's token: a page of another origin can send a form with our cookie, and cannot read our pages.
The guard before it has refused other names and origins already.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
import logging
import re
import secrets
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, cast
from urllib.parse import quote

from starlette.datastructures import MutableHeaders, QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tts_news.accounts.login import Login
from tts_news.accounts.records import ROLES, Account, Deed, Role, read_name
from tts_news.accounts.store import AccountStore, Link, store_path
from tts_news.accounts.templates import LANGUAGE_COOKIE, language_asked, language_of, show, tell
from tts_news.config import Config
from tts_news.errors import ConfigError, UsageError
from tts_news.server.connections import address_of
from tts_news.server.guard import DESK, App, Message, Receive, Scope, Send, fault, is_loopback
from tts_news.server.settings import ServeSettings
from tts_news.words import translated

HOME: Final = DESK
_LOG = logging.getLogger(__name__)
_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_PROGRAMS_DO: Final[Mapping[str, Deed]] = {"POST": "edition ordered", "DELETE": "edition withdrawn"}
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
_NEXT: Final = re.compile(rf"{DESK}(?:/[\w.~%-]+)*/?(?:\?[\w.~%=&:+-]*)?", re.ASCII)
_FORM_S: Final = 3600
# What every page of the desk says, unless it says otherwise. "same-origin" and not "no-referrer": with that a browser
# sends `Origin: null` with our own forms.
_HEADERS: Final = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'self'; media-src 'self' blob:; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_Self = ParamSpec("_Self")
Endpoint = Callable[_Self, Awaitable[Response]]


class FromProxy:
    """ASGI middleware: what only a web server in front may say is taken out of what anybody else sends."""

    def __init__(self, app: App, settings: ServeSettings) -> None:
        self.app = app
        self.networks = [ipaddress.ip_network(proxy) for proxy in settings.proxies]
        self.names = {name.lower().encode() for name in (settings.user_header, settings.role_header) if name}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on one request."""
        if self.names and scope["type"] == "http" and not self._is_proxy(scope):
            scope["headers"] = [pair for pair in scope["headers"] if pair[0] not in self.names]
        await self.app(scope, receive, send)

    def _is_proxy(self, scope: Scope) -> bool:
        try:
            peer = ipaddress.ip_address((scope.get("client") or ("",))[0])
        except ValueError:
            return False
        return any(peer in network for network in self.networks)


class Accounts:
    """The accounts of one server: the store, the door, the settings."""

    def __init__(self, config: Config) -> None:
        """Open them.

        Raises:
            ConfigError: A setting does not hold.
            PublishError: The file cannot be used.
        """
        self.settings = config.serve
        _check(config.serve)
        self.store = AccountStore(store_path(config))
        self.login = Login(self.store, config.serve.logins_per_minute)
        self.lasts_s = config.serve.session_hours * 3600
        self.idle_s = config.serve.session_idle_minutes * 60
        # A web server's users have no session: their token is made of their name and this.
        self.secret = secrets.token_bytes(32)
        self.by_header = bool(config.serve.user_header)

    def close(self) -> None:
        """Let go of the file and of the threads."""
        self.login.close()
        self.store.close()

    def first_link(self) -> str:
        """Return the address at which the first publisher chooses a password; "" when there are users."""
        self.store.forget(self.lasts_s, self.idle_s)
        if self.by_header or self.store.users():
            return ""
        token = self.store.add_link(Link("", Role.PUBLISHER), self.settings.welcome_minutes * 60)
        return welcome_address(self.settings, token)

    def see(self, scope: Scope) -> tuple[Account | None, str]:
        """Return who asks, and the token of her session ("" for a user of the web server)."""
        if self.by_header:
            return self._see_header(scope), ""
        token = _cookie(scope, cookie_name(scope))
        session = self.store.session(token, self.lasts_s, self.idle_s) if token else None
        return (session.account, token) if session else (None, "")

    def _see_header(self, scope: Scope) -> Account | None:
        try:
            name = read_name(_header(scope, self.settings.user_header))
        except UsageError:
            return None
        if self.settings.role_header:
            roles = [ROLES[word] for text in _header(scope, self.settings.role_header).split(",")
                     if (word := text.strip().lower()) in ROLES]  # fmt: skip
            return Account(name, max(roles)) if roles else None
        known = self.store.find(name)
        if known or not self.settings.header_role:
            return known
        return Account(name, ROLES[self.settings.header_role])


def _check(settings: ServeSettings) -> None:
    if settings.user_header and not settings.proxies:
        raise ConfigError(
            "[serve] user_header: anybody could say who he is", hint="name the web server in front in [serve] proxies"
        )
    if settings.role_header and not settings.user_header:
        raise ConfigError("[serve] role_header says nothing without user_header", hint="set [serve] user_header")
    if settings.header_role and settings.header_role not in ROLES:
        raise ConfigError(
            f"[serve] header_role: no role {settings.header_role!r}", hint=f"roles are {', '.join(ROLES)}"
        )


def welcome_address(settings: ServeSettings, token: str) -> str:
    """Return the address of a one-time link."""
    if settings.allowed_hosts:
        place = f"https://{settings.allowed_hosts[0]}"
    else:
        host = "127.0.0.1" if settings.host in {"", "0.0.0.0", "::"} else settings.host  # noqa: S104 - no name to open
        place = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
    return f"{place}{DESK}/welcome?token={token}"


class Gate:
    """ASGI middleware in front of the desk."""

    def __init__(self, app: App, accounts: Accounts) -> None:
        self.app = app
        self.accounts = accounts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Say who asks, and pass on; what programs change elsewhere is written down."""
        if scope["type"] != "http" or not (scope["path"] + "/").startswith(f"{DESK}/"):
            changes = scope["type"] == "http" and scope["method"] in _PROGRAMS_DO and "account" in scope
            await (self._write_down if changes else self.app)(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if language := language_asked(scope):
                    headers.append("set-cookie", f"{LANGUAGE_COOKIE}={language}; Path={DESK}; SameSite=Lax")
            await send(message)

        scope["accounts"] = self.accounts
        if not (is_safe(scope) or self.accounts.settings.desk_over_http):
            page = show("unsafe.html", Request(scope))
            await HTMLResponse(page, 403)(scope, receive, dressed)
            return
        try:
            scope["account"], scope["session"] = await asyncio.to_thread(self.accounts.see, scope)
        except sqlite3.Error as err:
            _LOG.warning("the accounts cannot be read now: %s", err)
            await fault(503, "the accounts cannot be read now", "unavailable", retry_after="10")(
                scope, receive, dressed
            )
            return
        await self.app(scope, receive, dressed)

    async def _write_down(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what a program asks of editions, and add a line to the book when it was done."""
        status, place = 500, ""

        async def seen(message: Message) -> None:
            nonlocal status, place
            if message["type"] == "http.response.start":
                status, place = message["status"], MutableHeaders(scope=message).get("location", "")
            await send(message)

        await self.app(scope, receive, seen)
        if status < 300 and scope["path"].startswith("/editions"):
            named = QueryParams(scope["query_string"])
            article = (place or scope["path"]).removeprefix("/editions").strip("/") or named.get("id", "")
            line = _PROGRAMS_DO[scope["method"]], article, named.get("site", "")
            client = address_of((scope.get("client") or ("",))[0])
            try:
                await asyncio.to_thread(self.accounts.store.note, scope["account"].name, client, *line)
            except sqlite3.Error as err:  # it is done, and answered
                _LOG.warning("the book cannot be written now: %s by %s: %s", " ".join(line), scope["account"].name, err)


def require(role: Role) -> Callable[[Endpoint[Concatenate[Any, ...]]], Endpoint[Concatenate[Any, ...]]]:
    """Make an endpoint of the desk ask for a role and, unless it only reads, for the session's token.

    The token stands in the header `X-CSRF-Token` or the form field `csrf`: see `csrf_token`.
    """

    def guarding(endpoint: Endpoint[Concatenate[Any, ...]]) -> Endpoint[Concatenate[Any, ...]]:
        @wraps(endpoint)
        async def guarded(*args: Any) -> Response:
            refusal = await _refuse(args[-1], role)
            return refusal or await endpoint(*args)

        return guarded

    return guarding


async def _refuse(request: Request, role: Role) -> Response | None:
    account = account_of(request)
    if account is None:
        return _ask_to_sign_in(request)
    if account.role < role:
        return refuse(request, 403, "role", f"this needs the role {role.word}")
    if request.method not in _READING and not await is_ours(request):
        return refuse(request, 403, "form", "the form is not one of this session: load the page again")
    return None


def refuse(request: Request, status: int, word: str, message: str) -> Response:
    """Return a refusal as a page for people, as JSON for scripts."""
    if wants_page(request):
        return HTMLResponse(show("refused.html", request, reason=word), status)
    return fault(status, tell(message, language_of(request)), "refused")


def _ask_to_sign_in(request: Request) -> Response:
    if not wants_page(request):
        return fault(401, translated("sign in first", language=language_of(request)), "not_signed_in")
    if accounts_of(request).by_header or request.method not in _READING:
        return refuse(request, 401, "nobody", "sign in first")
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}:
        # Our cookie does not come with a link on another site: asked for by a page of ours, it does.
        return HTMLResponse(show("again.html", request, here=safe_next(here)))
    return RedirectResponse(f"{DESK}/login?next={quote(safe_next(here), safe='')}", 303)


async def is_ours(request: Request) -> bool:
    """Return whether a request carries the token of its session, or of the form that was sent to nobody yet."""
    given = request.headers.get("x-csrf-token", "")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not given and kind in _FORMS:
        field = (await request.form()).get("csrf", "")
        given = field if isinstance(field, str) else ""
    wanted = csrf_token(request)
    return bool(wanted) and hmac.compare_digest(given.encode(errors="replace"), wanted.encode())


def csrf_token(request: Request) -> str:
    """Return what a form of the desk carries as `csrf`, and a script sends as `X-CSRF-Token`; "" when there is none."""
    account = account_of(request)
    if account is None:
        return _made_of(_cookie(request.scope, cookie_name(request.scope, "form")).encode(), b"form")
    if request.scope["session"]:
        return _made_of(request.scope["session"].encode(), b"session")
    return _made_of(accounts_of(request).secret, account.name.encode())


def _made_of(key: bytes, text: bytes) -> str:
    return hmac.digest(key, text, hashlib.sha256).hex() if key else ""


def account_of(request: Request) -> Account | None:
    """Return who asks."""
    return cast("Account | None", request.scope.get("account"))


def accounts_of(request: Request) -> Accounts:
    """Return the accounts of the server that is asked."""
    return cast("Accounts", request.scope["accounts"])


async def note(request: Request, what: Deed, article: str = "", detail: str = "", *, who: str = "") -> None:
    """Add a line to the book: who asks, from where, did what to which article."""
    account = account_of(request)
    name = who or (account.name if account else "")
    await asyncio.to_thread(accounts_of(request).store.note, name, client_of(request), what, article, detail)


def client_of(request: Request) -> str:
    """Return the address of who asks."""
    return address_of(request.client.host if request.client else "")


def wants_page(request: Request) -> bool:
    """Return whether a person's browser asks, rather than a script."""
    return "text/html" in request.headers.get("accept", "")


def safe_next(place: str) -> str:
    """Return a place to go on to: one of the desk's own, whatever a link said."""
    return place if _NEXT.fullmatch(place) and "/." not in place else HOME


def is_safe(scope: Scope) -> bool:
    """Return whether what is sent is read by nobody on the way: https, or this machine itself."""
    host = _header(scope, "host")
    return scope["scheme"] == "https" or is_loopback(host)


def cookie_name(scope: Scope, kind: str = "") -> str:
    """Return a cookie's name. Browsers take `__Host-` over https from this host alone; ports share their cookies."""
    ending = f"-{kind}" if kind else ""
    if scope["scheme"] == "https":
        return f"__Host-tts-news{ending}"
    return f"tts-news-{(scope.get('server') or ('', 0))[1]}{ending}"


def set_cookie(request: Request, answer: Response, value: str, kind: str = "") -> None:
    """Have the browser keep a cookie that only it and we see; "" has it forget it."""
    answer.set_cookie(
        cookie_name(request.scope, kind),
        value,
        max_age=(_FORM_S if kind else None) if value else 0,
        path="/",
        secure=request.scope["scheme"] == "https",
        httponly=True,
        samesite="strict",
    )


def _cookie(scope: Scope, name: str) -> str:
    """Return a cookie's value, "" when there is none or several: somebody else has set one of them."""
    found = [
        value.strip()
        for key, header in scope["headers"]
        if key == b"cookie"
        for label, _, value in (part.partition("=") for part in header.decode("latin-1").split(";"))
        if label.strip() == name
    ]
    return found[0] if len(found) == 1 else ""


def _header(scope: Scope, name: str) -> str:
    """Return a header's value, "" when there is none or several, or it is no text."""
    found: Sequence[bytes] = [value for key, value in scope["headers"] if key == name.lower().encode()]
    try:
        return found[0].decode() if len(found) == 1 else ""
    except UnicodeDecodeError:
        return ""
