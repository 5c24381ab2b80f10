"""What stands before the interfaces: who may call them, under which name, from which page, how often and how much.

The files of the show are for everyone. Everything else, and every request that would change something wherever it goes,
passes here first. A page in the editor's browser can reach a server on loopback: it cannot choose the `Origin` that the
browser sends, nor send `application/json` unasked, and a name it has bound to our address (DNS rebinding) stands in
`Host`.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from starlette.responses import JSONResponse

from tts_news.accounts.keys import LOCAL, find_key, read_keys
from tts_news.accounts.records import Account, Role
from tts_news.server.connections import LARGEST_HEAD, address_of
from tts_news.server.metrics import Metrics
from tts_news.server.settings import ServeSettings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_LOG = logging.getLogger(__name__)

INTERFACES = ("/v1", "/dev", "/editions")
"""Paths whose every request needs a key, where keys are set, and is counted."""
DESK = "/desk"
"""Where editors work: no key, but an account, and forms."""
OPEN = ("/health", "/metrics", "/openapi.json", "/docs")
"""Paths for monitors and for who writes a client: no key, but no file of the show either."""
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_ANY = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - bound to these, a server has no name of its own
_FORMS = frozenset({b"application/x-www-form-urlencoded", b"multipart/form-data"})
_READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_ONCE = (b"authorization", b"content-type", b"content-length", b"origin", b"host", b"transfer-encoding")
_HEADERS = 100  # of one request; a browser sends about twenty
_LINGER_S, _LINGER_BYTES = 5.0, 64 * 1024 * 1024  # how much of a body that is refused is taken and forgotten
_CLIENTS = 10_000  # remembered at a time; the longest silent is forgotten first


class TooLargeError(Exception):
    """A body went on beyond the limit."""


def fault(status: int, message: str, code: str, **headers: str) -> JSONResponse:
    """Return an error in the shape that OpenAI's clients read."""
    body = {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}
    return JSONResponse(body, status, {name.replace("_", "-"): value for name, value in headers.items()})


def too_soon(message: str, wait_s: float) -> JSONResponse:
    """Return the answer to one who has to come again later."""
    return fault(429, message, "rate_limit_exceeded", retry_after=str(int(wait_s) + 1))


class Rate:
    """How often each client may ask: a bucket that fills at an even pace and holds a minute's worth."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = max(1, per_minute)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str, now: float) -> float:
        """Take one request; returns 0.0, or the seconds to wait when there is none left."""
        wait, filled = self._look(client, now)
        self._buckets.pop(client, None)
        self._buckets[client] = (filled if wait else filled - 1, now)
        if len(self._buckets) > _CLIENTS:
            self._buckets.popitem(last=False)
        return wait

    def wait(self, client: str, now: float) -> float:
        """Return the seconds until there is one to take, and take none."""
        return self._look(client, now)[0]

    def _look(self, client: str, now: float) -> tuple[float, float]:
        filled, then = self._buckets.get(client, (float(self.per_minute), now))
        filled = min(self.per_minute, filled + (now - then) * self.per_minute / 60)
        return 0.0 if filled >= 1 else (1 - filled) * 60 / self.per_minute, filled


class Guard:
    """ASGI middleware in front of the whole application."""

    def __init__(self, app: App, settings: ServeSettings, metrics: Metrics) -> None:
        self.app = app
        self.settings = settings
        self.metrics = metrics
        self.keys = read_keys(settings.keys)
        self.named = frozenset(map(_plain, settings.allowed_hosts))
        self.own = _LOOPBACK | self.named | (frozenset({_plain(settings.host)}) - _ANY)
        self.rate = Rate(settings.requests_per_minute)
        self.wrong_keys = Rate(settings.wrong_keys_per_minute)
        self._warned = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on, one request."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 500

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            refusal = self._refuse(scope)
            if refusal is not None:
                await refusal(scope, receive, noting)
            else:
                await self._pass_on(scope, receive, noting)
        finally:
            self.metrics.count_request(scope["method"], scope["path"], status)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        seen, most = 0, self._most_bytes(scope)
        begun = False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise TooLargeError
            return message

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, counted, sending)
        except TooLargeError:
            if not begun:
                await _too_large(scope, receive, send)

    def _refuse(self, scope: Scope) -> App | None:
        """Return what says what is wrong with a request's head, None when nothing is."""
        headers = dict(scope["headers"])
        if len(scope["headers"]) > _HEADERS or sum(map(len, chain(*scope["headers"]))) > LARGEST_HEAD:
            return fault(431, "the head is too large", "too_large", connection="close")
        doubled = _doubled(scope)
        if doubled:
            return fault(400, doubled, "invalid_request", connection="close")
        length = headers.get(b"content-length", b"0")
        if length.isdigit() and int(length[:18]) > self._most_bytes(scope):
            return _too_large
        changing = scope["method"] not in _READING
        interface = scope["path"].startswith(INTERFACES)
        desk = f"{scope['path']}/".startswith(f"{DESK}/")
        if not (changing or interface or desk):
            return None
        return (
            self._refuse_name(scope, headers)
            or (self._refuse_page(headers) if changing else None)
            or (self._refuse_key(scope, headers) if interface else None)
            or (self._refuse_type(headers, forms=desk) if scope["method"] == "POST" else None)
        )

    def _most_bytes(self, scope: Scope) -> int:
        """Return how long a body may be: editors hand over files, everybody else texts."""
        files = scope["path"] == f"{DESK}/articles"
        return max(self.settings.max_body_bytes, self.settings.max_file_bytes if files else 0)

    def _refuse_name(self, scope: Scope, headers: dict[bytes, bytes]) -> JSONResponse | None:
        """Refuse to be called by a name that is not ours: a page whose name is bound to our address would be asking."""
        name = _host_of(headers.get(b"host", b"").decode("latin-1"))
        here = _plain(str((scope.get("server") or ("",))[0]))
        if name and (name in self.own or name == here):
            return None
        return fault(421, f"{name or 'no host'} is not a name of this server: see [serve] allowed_hosts", "wrong_host")

    def _refuse_page(self, headers: dict[bytes, bytes]) -> JSONResponse | None:
        """Refuse what a page of another origin sends, with a key or without: a browser says where it comes from."""
        origin = headers.get(b"origin")
        host = headers.get(b"host", b"").decode("latin-1").lower()
        if origin is None:
            foreign = headers.get(b"sec-fetch-site", b"none").strip().lower() not in {b"none", b"same-origin"}
        else:
            scheme, found, place = origin.decode("latin-1").strip().lower().partition("://")
            own = _with_port(place, scheme) == _with_port(host, scheme)
            foreign = not found or scheme not in {"http", "https"} or not (own or _host_of(place) in self.named)
        return fault(403, "a page of another origin may not do this", "foreign_origin") if foreign else None

    def _refuse_type(self, headers: dict[bytes, bytes], *, forms: bool) -> JSONResponse | None:
        """Refuse a type that a page elsewhere can send unasked. Other methods than POST no page can send unasked."""
        kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
        if kind == b"application/json" or (forms and kind in _FORMS):  # forms carry a token of their session
            return None
        return fault(415, "the content type must be application/json", "unsupported_media_type")

    def _refuse_key(self, scope: Scope, headers: dict[bytes, bytes]) -> JSONResponse | None:
        """Ask for a key where keys are set, and hold whoever asks to the rate."""
        peer = (scope.get("client") or ("",))[0]
        client, now = address_of(peer), time.monotonic()
        if not self.settings.proxies and not self._warned and b"x-forwarded-for" in headers:
            self._warned = True
            _LOG.warning(
                "requests come through a web server, %s: all its clients count as one, see [serve] proxies", peer
            )
        account = LOCAL
        if self.keys:
            wait = self.wrong_keys.wait(client, now)
            if wait:
                return too_soon("too many wrong keys", wait)
            scheme, _, key = headers.get(b"authorization", b"").strip().partition(b" ")
            key = key.strip() if scheme.lower() == b"bearer" else b""
            found = find_key(key, self.keys)
            if found is None:
                if key:
                    self.wrong_keys.take(client, now)
                return fault(401, "no valid API key", "invalid_api_key", www_authenticate="Bearer")
            account, client = found, key.decode("latin-1")
        scope["account"] = account
        wait = self.rate.take(client, now)
        return too_soon("too many requests", wait) if wait else _refuse_role(scope, account)


async def _too_large(scope: Scope, receive: Receive, send: Send) -> None:
    """Say that a body is too large, and take what is still on its way, for a while.

    Closed at once, with bytes of the client unread, a connection is reset, and the client may never see the answer.
    """

    async def unended(message: Message) -> None:
        await send({**message, "more_body": True} if message["type"] == "http.response.body" else message)

    await fault(413, "the body is too large", "too_large", connection="close")(scope, receive, unended)
    taken, more = 0, True
    with suppress(TimeoutError):
        async with asyncio.timeout(_LINGER_S):
            while more and taken < _LINGER_BYTES:
                message = await receive()
                taken += len(message.get("body", b""))
                more = message.get("more_body", False)
    await send({"type": "http.response.body", "body": b""})


def _refuse_role(scope: Scope, account: Account) -> JSONResponse | None:
    """Refuse what would publish or withdraw to a key that may not."""
    publishes = scope["method"] not in _READING and scope["path"].startswith("/editions")
    if publishes and account.role < Role.PUBLISHER:
        return fault(403, f"the key of {account.name} has the role {account.role.word}: it publishes nothing", "role")
    return None


def is_loopback(host: str) -> bool:
    """Return whether a `Host` header names this machine."""
    return _host_of(host) in _LOOPBACK


def _doubled(scope: Scope) -> str:
    """Return what makes a request mean two things at once: to us one, to a web server in front another."""
    counts = Counter(name for name, _ in scope["headers"])
    for name in _ONCE:
        if counts[name] > 1:
            return f"more than one {name.decode()}"
    if counts[b"content-length"] and counts[b"transfer-encoding"]:
        return "both a length and a transfer encoding"
    if counts[b"transfer-encoding"] and scope.get("http_version") == "1.0":
        return "a transfer encoding in HTTP/1.0"
    return ""


def _plain(host: str) -> str:
    """Return a host's name as it is compared: no brackets, no dot at its end, small letters."""
    return host.strip().strip("[]").rstrip(".").lower()


def _host_of(value: str) -> str:
    """Return the name in a `Host` header, "" when it holds none that could be one."""
    found = re.fullmatch(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{0,5})?", value.strip().lower(), re.ASCII)
    return _plain(found[1]) if found else ""


def _with_port(place: str, scheme: str) -> str:
    try:
        port = urlsplit(f"//{place}").port
    except ValueError:
        return ""
    return f"{_host_of(place)}:{port or (443 if scheme == 'https' else 80)}"
