"""Connections: who may hold one, and for how long a client may keep us waiting.

uvicorn ends a connection that rests between two requests, and nothing else: a head or body that never ends, or a
client that never takes its answer, would hold its connection for ever. Here each of these has its time, and the number
of connections a limit, at which the one that has kept us waiting longest makes room: a crowd of slow clients costs
itself its places and nobody else.
"""

from __future__ import annotations

import asyncio
import ipaddress
import select
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from tts_news.server.settings import ServeSettings

SWEEP_S = 1.0
_JUST_S = 1.0  # in which a head comes that is sent in one piece
LARGEST_HEAD = 32 * 1024  # bytes; h11 keeps no more of a head that has not ended
_SPARE_FILES = 128  # descriptors beside connections and the files they are sent: models, encoders, the job store

# What a client is told that was too slow, or one too many; written as it is, since h11 may be in any state.
_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
_TOO_MANY = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


def address_of(host: str) -> str:
    """Return what counts as one client: an IPv4 address, or the /64 network of an IPv6 one, which is one customer's."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host[:64]  # what a web server in front says of its client; it is remembered
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        if not address.is_loopback:
            return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


class Crowd:
    """All open connections of a server."""

    def __init__(self, settings: ServeSettings) -> None:
        self.settings = settings
        self._members: dict[Connection, str] = {}
        self._sweeping: asyncio.TimerHandle | None = None

    def admit(self, newcomer: Connection, host: str) -> bool:
        """Take a connection in, at the limits in place of another; False when all others are being answered."""
        address = address_of(host)
        held = Counter(self._members.values())
        if held[address] >= self.settings.connections_per_client:
            crowded = address
        elif len(self._members) >= self.settings.connections:
            crowded = max(held, key=lambda one: held[one])
        else:
            crowded = ""
        if crowded and not self._make_room(member for member, place in self._members.items() if place == crowded):
            return False
        self._members[newcomer] = address
        if self._sweeping is None:
            self._sweeping = newcomer.loop.call_later(SWEEP_S, self._sweep)
        return True

    def leave(self, member: Connection) -> None:
        """Forget a connection."""
        self._members.pop(member, None)

    def _make_room(self, members: Iterable[Connection]) -> bool:
        waiting = [(kept, number, member) for number, member in enumerate(members) if (kept := member.kept())]
        if not waiting:
            return False
        inorder = [member for *_, member in sorted(waiting)]
        # On a busy machine it is us who have not read yet what a good client sent at once. Whoever sends without end
        # would be safe by that: if all have, the longest goes.
        longest = next((member for member in inorder if not member.has_unread()), inorder[0])
        self.leave(longest)
        longest.transport.abort()
        return True

    def _sweep(self) -> None:
        for member in tuple(self._members):
            member.end_if_too_slow(self.settings)
        loop = next(iter(self._members)).loop if self._members else None
        self._sweeping = loop.call_later(SWEEP_S, self._sweep) if loop else None


class Connection(H11Protocol):
    """A connection that knows since when its client has kept it waiting, and for what."""

    crowd: Crowd

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._state: object = self.conn.their_state
        self._state_since = self._taken_at = self.loop.time()
        self._head_since: float | None = self._state_since
        self._untaken = 0
        self._refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Be taken in, or say that there are too many."""
        super().connection_made(transport)
        if not self.crowd.admit(self, self.client[0] if self.client else ""):
            self._refused = True
            transport.write(_TOO_MANY)
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave the crowd."""
        self.crowd.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Note when a head begins and ends; pass the bytes on."""
        if self._refused:
            return
        if self.conn.their_state is h11.IDLE and self._head_since is None:
            self._head_since = self.loop.time()
        try:
            super().data_received(data)
        except (
            h11.LocalProtocolError
        ):  # the request broke off when its answer had begun: there is nothing to say any more
            self.transport.abort()
        self._note()

    def on_response_complete(self) -> None:
        """Note that the client may rest now."""
        super().on_response_complete()
        self._note()

    def _note(self) -> None:
        if self.conn.their_state is not self._state:
            self._state, self._state_since = self.conn.their_state, self.loop.time()
            self._head_since = None

    def kept(self) -> tuple[bool, float] | None:
        """Return whether the client may well be a good one, and since when it has kept us waiting; None if we keep it.

        One that rests between two requests, or has only just begun one, gives its place up last.
        """
        now = self.loop.time()
        if self._has_untaken():
            since = self._taken_at
        elif self._state is h11.IDLE and self._head_since is None:
            return True, self._state_since
        elif self._state in {h11.IDLE, h11.SEND_BODY}:
            since = self._state_since if self._head_since is None else self._head_since
        else:
            return None
        return now - since < _JUST_S, since

    def has_unread(self) -> bool:
        """Return whether bytes of the client lie in the system, which we have not come to."""
        found = self.transport.get_extra_info("socket")
        if found is None or not hasattr(select, "poll"):
            return False
        look = select.poll()
        look.register(found.fileno(), select.POLLIN)
        return bool(look.poll(0))

    def _has_untaken(self) -> bool:
        """Return whether sent bytes wait for the client, noting when it last took some."""
        size = self.transport.get_write_buffer_size()
        if size != self._untaken or not size:
            self._untaken, self._taken_at = size, self.loop.time()
        return size > 0

    def end_if_too_slow(self, settings: ServeSettings) -> None:
        """End the connection if its client has kept it waiting too long."""
        now = self.loop.time()
        if self._has_untaken():
            if now - self._taken_at > settings.idle_timeout_s:
                self.transport.abort()
        elif self._state is h11.IDLE and self._head_since is not None:
            self._end(now - self._head_since > settings.header_timeout_s)
        elif self._state is h11.IDLE:
            self._end(now - self._state_since > settings.idle_timeout_s, b"")
        elif self._state is h11.SEND_BODY:
            self._end(now - self._state_since > settings.body_timeout_s)

    def _end(self, overdue: bool, word: bytes = _TOO_SLOW) -> None:
        if overdue and not self.transport.is_closing():
            if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:  # no answer has begun
                self.transport.write(word)
            self.transport.close()


def make_protocol(settings: ServeSettings) -> type[Connection]:
    """Return the protocol of one server, for uvicorn's `http`."""
    return type("Connection", (Connection,), {"crowd": Crowd(settings)})


def allow_files(settings: ServeSettings) -> None:
    """Raise this process's limit of open files, as far as the system lets us: every connection may be sent one."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * settings.connections + _SPARE_FILES
    if soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if hard == -1 else min(hard, wanted), hard))
