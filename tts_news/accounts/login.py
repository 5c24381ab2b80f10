"""Signing in with a name and a password, so slowly that guessing is no use, and without locking anybody out.

Three paces: of one address for one name, of one address for all names, and of one name from all addresses that she has
not signed in from before. A crowd that tries one user's name slows itself; the user at her own desk is not of it.
What is answered, and after how long, is the same whether there is such a user or not.
"""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from tts_news.accounts.passwords import hash_password, is_password, is_stale, warm
from tts_news.accounts.records import Account, read_name
from tts_news.accounts.store import AccountStore
from tts_news.errors import UsageError
from tts_news.server.guard import Rate

_AT_A_TIME: Final = 2  # passwords looked at: each takes 19 MiB and a processor
_MOST_WAITING: Final = 50  # about a second's; a crowd from everywhere is told to come again


class Login:
    """The door, for one server."""

    def __init__(self, store: AccountStore, per_minute: int) -> None:
        self.store = store
        self._pairs = Rate(per_minute)
        self._addresses = Rate(4 * per_minute)
        self._names = Rate(2 * per_minute)
        self._paces = threading.Lock()
        # Threads of its own: however many try, all else is answered.
        self._hashing = ThreadPoolExecutor(_AT_A_TIME, thread_name_prefix="login")
        self._hashing.submit(warm)
        self._waiting = 0

    def wait(self, name: str, address: str) -> float:
        """Take one try; returns 0.0, or the seconds until the next."""
        known = self.store.is_known(name, address)
        now = time.monotonic()
        paces = [(self._pairs, f"{address} {name}"), (self._addresses, address)]
        if not known:
            paces.append((self._names, name))
        with self._paces:
            wait = max(pace.wait(client, now) for pace, client in paces)
            if not wait:
                for pace, client in paces:
                    pace.take(client, now)
        return wait

    def check(self, name: str, password: str) -> Account | None:
        """Return the user whose password it is."""
        kept = self.store.password_of(name)
        if not is_password(password, kept):
            return None
        if is_stale(kept):
            self.store.keep_hash(name, hash_password(password))
        return self.store.find(name)

    def is_crowded(self) -> bool:
        """Return whether so many are waiting that one more should come again."""
        return self._waiting >= _MOST_WAITING

    async def check_in_turn(self, name: str, password: str) -> Account | None:
        """Do as `check`, when it is our turn."""
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._hashing, self.check, name, password)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """Let go of the threads."""
        self._hashing.shutdown(wait=False, cancel_futures=True)


def spell_name(text: str) -> str:
    """Return a name as it is looked for; one that nobody can have stays as it was, and takes its time."""
    try:
        return read_name(text)
    except UsageError:
        return text[:100]
