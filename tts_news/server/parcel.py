"""Sound on its way from a voice to a client that may take it slowly, or not at all."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator

from tts_news.errors import TtsNewsError

SHELF_BYTES = 32 * 1024 * 1024
"""Sound that may wait for clients, all together; then voices wait as well. The longest text as MP3 is under 4 MB."""


class Shelf:
    """Where parcels lie: how much sound waits in all of them."""

    def __init__(self) -> None:
        self.held = 0
        self.freed = asyncio.Event()

    def change(self, size: int) -> None:
        """Count bytes in, or out when `size` is negative."""
        self.held += size
        if size < 0:
            self.freed.set()


class Parcel:
    """The sound of one request: filled by a voice, emptied by the client, at the pace of each."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._blocks: deque[bytes] = deque()
        self._changed = asyncio.Event()
        self._fault: TtsNewsError | None = None
        self._ended = self._left = False

    async def room(self) -> bool:
        """Wait until there is room for more; returns False when nobody wants it any more."""
        while self._blocks and self._shelf.held >= SHELF_BYTES and not self._left:
            self._shelf.freed.clear()
            await self._shelf.freed.wait()
        return not self._left

    def put(self, block: bytes) -> None:
        """Add sound."""
        if not self._left:
            self._blocks.append(block)
            self._shelf.change(len(block))
            self._changed.set()

    def end(self, fault: TtsNewsError | None = None) -> None:
        """There is no more, because of `fault` if one is given; what was ended stays as it was."""
        if not self._ended:
            self._ended, self._fault = True, fault
            self._changed.set()

    async def take(self) -> bytes:
        """Return the next block, b"" at the end.

        Raises:
            TtsNewsError: The voice refused a sentence; what was taken before is not the whole.
        """
        while not self._blocks and not self._ended:
            self._changed.clear()
            await self._changed.wait()
        if self._blocks:
            block = self._blocks.popleft()
            self._shelf.change(-len(block))
            return block
        if self._fault:
            raise self._fault
        return b""

    async def rest(self, first: bytes) -> AsyncIterator[bytes]:
        """Yield all of it; when the client goes away, nothing more is made."""
        try:
            block = first
            while block:
                yield block
                block = await self.take()
        finally:
            self.leave()

    def leave(self) -> None:
        """Nobody wants it any more."""
        self._left = True
        self._shelf.change(-sum(map(len, self._blocks)))
        self._blocks.clear()
        self._shelf.freed.set()
