"""Sound on its way: a voice is not held up by whoever takes it slowly, and what breaks off does not look whole."""

from __future__ import annotations

import asyncio

import pytest

from tts_news.errors import SpeakError
from tts_news.server import parcel
from tts_news.server.parcel import Parcel, Shelf


async def all_of(one: Parcel) -> bytes:
    return b"".join([block async for block in one.rest(await one.take())])


def test_all_that_is_put_in_is_taken_out_in_order() -> None:
    async def run() -> bytes:
        one = Parcel(Shelf())
        taking = asyncio.create_task(all_of(one))
        for block in (b"a", b"b", b"c"):
            assert await one.room()
            one.put(block)
            await asyncio.sleep(0)
        one.end()
        one.end(SpeakError("too late to matter"))
        return await taking

    assert asyncio.run(run()) == b"abc"


def test_what_breaks_off_is_an_error_after_what_came() -> None:
    async def run() -> None:
        one = Parcel(Shelf())
        one.put(b"a")
        one.end(SpeakError("no further"))
        assert await one.take() == b"a"
        with pytest.raises(SpeakError, match="no further"):
            await one.take()

    asyncio.run(run())


def test_voices_wait_when_too_much_sound_waits_and_go_on_when_it_is_taken_or_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parcel, "SHELF_BYTES", 10)

    async def run() -> None:
        shelf = Shelf()
        slow, other = Parcel(shelf), Parcel(shelf)
        slow.put(bytes(10))
        assert await other.room(), "whose client has taken all is never held up"
        other.put(b"x")
        waiting = asyncio.create_task(other.room())
        await asyncio.sleep(0.01)
        assert not waiting.done()
        slow.leave()
        assert await asyncio.wait_for(waiting, 5)
        assert shelf.held == 1
        slow.put(bytes(10))
        assert (shelf.held, await slow.room()) == (1, False)
        await other.take()
        assert shelf.held == 0

    asyncio.run(run())
