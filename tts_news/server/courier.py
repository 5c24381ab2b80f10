"""The thread that takes messages to their receivers, one task a receiver: a slow one keeps nobody else waiting.

A try has a time limit as a whole, follows no redirect and reads nothing but the status. What is not taken (2xx) is
tried again over a day, then it is dead; 410 ends all messages to that receiver.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Sequence
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from tts_news import __version__
from tts_news.server import outbox
from tts_news.server.hooks import Hook, sign
from tts_news.server.outbox import Delivery
from tts_news.server.store import JobStore
from tts_news.server.worker import Fault, Waits, Worker

if TYPE_CHECKING:
    import httpx

_LOG = logging.getLogger(__name__)
PAUSES_S: Final = (5, 30, 120, 600, 1800, 3600, 7200, 14_400, 28_800, 28_800)
"""Between two tries; together a day, all but some minutes."""
TRY_S: Final = 15.0
_IDLE_S = 1.0  # between two looks for what is due; one costs a tenth of a millisecond
_LONGEST_WAIT_S = 3600.0  # that a receiver may ask for
_REST_S = 1.0  # after the thread's own trouble


class Courier:
    """The thread, and what it knows about itself."""

    def __init__(self, store: JobStore, hooks: Sequence[Hook]) -> None:
        self.store = store
        self.hooks = tuple(hooks)
        self.delivered = self.refused = 0
        self._worker = Worker("webhooks", self._step, self._take_up, Waits(_REST_S, _REST_S, _REST_S))
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin with what an earlier server left; without receivers there is nothing to do."""
        if self.hooks:
            self._worker.start()

    def stop(self) -> None:
        """Stop now; a try under way is tried again by the next server."""
        self._worker.stop()
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):  # it has just ended
                loop.call_soon_threadsafe(self._end)
        self._worker.join(10)

    def alive(self) -> bool:
        """Return whether the thread is there, or not needed."""
        return not self.hooks or self._worker.alive()

    @property
    def last_fault(self) -> Fault | None:
        """What last kept the thread from going on."""
        return self._worker.last_fault

    def _end(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _step(self) -> bool:
        """Deliver until we stop: an end before that is a fault."""
        asyncio.run(self._work())
        return True

    def _take_up(self, _: BaseException, news: str) -> bool:
        if news and not self._worker.stopping:
            _LOG.error("delivering webhooks: %s", news)
        return True

    async def _work(self) -> None:
        import httpx

        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        agent = {"user-agent": f"tts-news/{__version__}"}
        try:
            async with (
                httpx.AsyncClient(timeout=TRY_S, trust_env=False, follow_redirects=False, headers=agent) as client,
                asyncio.TaskGroup() as group,
            ):
                for hook in self.hooks:
                    group.create_task(self._serve(hook, client))
        finally:
            self._loop = self._task = None

    async def _serve(self, hook: Hook, client: httpx.AsyncClient) -> None:
        """Take one receiver its messages, until we stop."""
        while not self._worker.stopping:
            one = await asyncio.to_thread(self._next, hook)
            if one is None:
                await asyncio.sleep(_IDLE_S)
            else:
                await self._deliver(hook, one, client)

    def _next(self, hook: Hook) -> Delivery | None:
        with self.store.reading() as base:
            return outbox.next_due(base, hook.url)

    def _settle(self, hook: Hook, one: Delivery, error: str, wait_s: float | None, *, gone: bool) -> None:
        with self.store.writing() as base:
            if gone:
                outbox.give_up_hook(base, hook.url)
            else:
                outbox.settle(base, one, error, wait_s)

    async def _deliver(self, hook: Hook, one: Delivery, client: httpx.AsyncClient) -> None:
        status, error, asked_s = await self._try(hook, one, client)
        self.delivered, self.refused = self.delivered + (not error), self.refused + bool(error)
        wait_s, gone = pause_after(one.tries, asked_s), status == HTTPStatus.GONE
        if gone:
            _LOG.warning("%s wants no more webhooks (410)", hook.url)
        elif error and wait_s is None:
            _LOG.warning("%s: a message is given up after %d tries: %s", hook.url, one.tries + 1, error)
        await asyncio.to_thread(self._settle, hook, one, error, wait_s, gone=gone)

    async def _try(self, hook: Hook, one: Delivery, client: httpx.AsyncClient) -> tuple[int, str, float]:
        """Return the status (0 for none), what went wrong ("" for nothing), and the seconds we were asked to wait."""
        import httpx

        body = one.body.encode()
        headers = sign(hook, one.id, int(time.time()), body)
        try:
            async with (
                asyncio.timeout(TRY_S),
                client.stream("POST", hook.url, content=body, headers=headers) as answer,
            ):
                status, asked = answer.status_code, answer.headers.get("retry-after", "")
        except TimeoutError:
            return 0, f"no answer within {TRY_S:g} s", 0.0
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as err:
            return 0, f"{type(err).__name__}: {err}", 0.0
        error = "" if 200 <= status < 300 else f"it answered {status}"
        return status, error, float(asked) if asked.isdecimal() and len(asked) < 8 else 0.0


def pause_after(tries: int, asked_s: float) -> float | None:
    """Return the seconds until a message is tried again, None to give it up.

    Args:
        tries: How many were made before the one that failed.
        asked_s: How long the receiver asks us to wait (`Retry-After`), 0 for nothing.
    """
    if tries >= len(PAUSES_S):
        return None
    spread = PAUSES_S[tries] * random.uniform(0.9, 1.1)  # receivers that were down are not met by all at once
    return max(spread, min(asked_s, _LONGEST_WAIT_S))
