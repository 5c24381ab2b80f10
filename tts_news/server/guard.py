"""What stands before the interfaces: keys, rate, size of bodies, and the count of all requests."""

from __future__ import annotations

import hmac
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.responses import JSONResponse

from tts_news.server.metrics import Metrics
from tts_news.server.settings import ServeSettings

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_GUARDED = ("/v1/", "/editions")
_CLIENTS = 10_000  # remembered at a time; the longest silent is forgotten first


class TooLargeError(Exception):
    """A body went on beyond the limit."""


def fault(status: int, message: str, code: str, **headers: str) -> JSONResponse:
    """Return an error in the shape that OpenAI's clients read."""
    body = {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}
    return JSONResponse(body, status, {name.replace("_", "-"): value for name, value in headers.items()})


class Rate:
    """How often each client may ask: a bucket that fills at an even pace and holds a minute's worth."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str, now: float) -> float:
        """Take one request; returns 0.0, or the seconds to wait when there is none left."""
        filled, then = self._buckets.pop(client, (float(self.per_minute), now))
        filled = min(self.per_minute, filled + (now - then) * self.per_minute / 60)
        wait = 0.0 if filled >= 1 else (1 - filled) * 60 / self.per_minute
        self._buckets[client] = (filled if wait else filled - 1, now)
        if len(self._buckets) > _CLIENTS:
            self._buckets.popitem(last=False)
        return wait


class Guard:
    """ASGI middleware in front of the whole application."""

    def __init__(self, app: App, settings: ServeSettings, metrics: Metrics) -> None:
        self.app = app
        self.settings = settings
        self.metrics = metrics
        self.rate = Rate(settings.requests_per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on, one request."""
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
            refusal = self._refuse(scope) if scope["path"].startswith(_GUARDED) else None
            if refusal is not None:
                await refusal(scope, receive, noting)
            else:
                await self._pass_on(scope, receive, noting)
        finally:
            self.metrics.count_request(scope["method"], scope["path"], status)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.settings.max_body_bytes:
                raise TooLargeError
            return message

        try:
            await self.app(scope, counted, send)
        except TooLargeError:
            await fault(413, "the body is too large", "too_large")(scope, receive, send)

    def _refuse(self, scope: Scope) -> JSONResponse | None:
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        key = headers.get(b"authorization", "").removeprefix("Bearer ").strip()
        if self.settings.keys and not any(
            hmac.compare_digest(key.encode(), known.encode()) for known in self.settings.keys
        ):
            return fault(401, "no valid API key", "invalid_api_key", www_authenticate="Bearer")
        length = headers.get(b"content-length", "0")
        if length.isdecimal() and int(length) > self.settings.max_body_bytes:
            return fault(413, "the body is too large", "too_large")
        client = key if self.settings.keys else (scope.get("client") or ("",))[0]
        wait = self.rate.take(client, time.monotonic())
        if wait:
            return fault(429, "too many requests", "rate_limit_exceeded", retry_after=str(int(wait) + 1))
        return None
