"""Slow, greedy and malformed clients, over real sockets: each costs itself its place and nobody else."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import httpx
import pytest
from server.running import Running, Serve
from uvicorn import Config
from uvicorn.server import ServerState

from tts_news.server.connections import Connection, address_of, make_protocol
from tts_news.server.settings import ServeSettings

HEAD = b"POST /editions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def stack() -> Iterator[ExitStack]:
    with ExitStack() as held:
        yield held


def connect(running: Running, sent: bytes = b"", source: str = "127.0.0.1", receive: int = 0) -> socket.socket:
    one = socket.socket()
    if receive:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    one.bind((source, 0))
    one.settimeout(60)
    host, port = running.url.removeprefix("http://").split(":")
    one.connect((host, int(port)))
    one.sendall(sent)
    return one


def answer(one: socket.socket) -> bytes:
    """Return all that comes until the server ends the connection; fails when it never does."""
    got = bytearray()
    with suppress(ConnectionResetError):
        while block := one.recv(65536):
            got += block
    return bytes(got)


@pytest.mark.parametrize(
    ("sent", "word"),
    [
        (b"", b"408"),
        (b"GET / HT", b"408"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n", b"408"),
        (b"\r\n", b"400"),
        (HEAD + b"Content-Length: 100\r\n\r\n", b"408"),
        (HEAD + b'Content-Length: 100\r\n\r\n{"text"', b"408"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab", b"408"),
        (b"GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n", b"200"),
        (b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n", b"200"),
    ],
)
def test_a_request_that_never_ends_is_ended(hasty: Running, sent: bytes, word: bytes) -> None:
    with connect(hasty, sent) as one:
        assert word in answer(one).partition(b"\r\n")[0]
    assert "Traceback" not in hasty.log.read_text()


@pytest.mark.parametrize(
    "drops", [[b"GET / HTTP/1.1\r\n", *[b"x: y\r\n"] * 30], [HEAD, b"Content-Length: 100\r\n\r\n", *[b"x"] * 30]]
)
def test_a_request_that_comes_drop_by_drop_is_ended_too(hasty: Running, drops: list[bytes]) -> None:
    with connect(hasty) as one:
        sent = 0
        try:
            for drop in drops:
                one.sendall(drop)
                sent += 1
                time.sleep(0.2)
        except (BrokenPipeError, ConnectionResetError):
            pass
        assert sent < len(drops)


def test_a_client_that_takes_nothing_of_a_large_file_is_ended(hasty: Running) -> None:
    large = hasty.output / "large.mp3"
    large.touch()
    os.truncate(large, 1_000_000_000)  # more than any system keeps on its way to a client
    with connect(hasty, b"GET /large.mp3 HTTP/1.1\r\nHost: localhost\r\n\r\n", receive=4096) as one:
        until = time.monotonic() + 60
        while b"\0" not in one.recv(4096):  # the head goes out before the file is opened; a byte of it comes after
            assert time.monotonic() < until
        while hasty.process.poll() is None and str(large) in open_files(hasty):
            assert time.monotonic() < until
            time.sleep(0.1)
        assert len(answer(one)) < 1_000_000_000
    assert hasty.get("/health").json()["ok"]


def test_a_client_that_takes_its_speech_slowly_keeps_nobody_from_speaking(serve: Serve) -> None:
    running = serve(TTS_NEWS_SERVE_SPEAKING="1")
    body = json.dumps({"input": "افتتحت البلدية ثلاث حدائق جديدة. " * 60, "response_format": "wav"}).encode()
    head = b"POST /v1/audio/speech HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    with connect(running, head + b"Content-Length: %d\r\n\r\n" % len(body) + body, receive=4096) as slow:
        assert slow.recv(12) == b"HTTP/1.1 200"
        spoken = running.post("/v1/audio/speech", {"input": "خبر جديد."})
        assert spoken.status_code == 200
        assert "Traceback" not in running.log.read_text()


def open_files(running: Running) -> list[str]:
    folder = Path(f"/proc/{running.process.pid}/fd")
    return [str(link.readlink()) for link in folder.iterdir() if link.is_symlink()]


def test_an_address_has_so_many_places_and_the_slowest_makes_room(serve: Serve, stack: ExitStack) -> None:
    running = serve(TTS_NEWS_SERVE_CONNECTIONS_PER_CLIENT="10")
    slow = [stack.enter_context(connect(running, b"GET / HT")) for _ in range(30)]
    assert httpx.get(f"{running.url}/health").status_code == 200
    for one in slow[:20]:
        assert answer(one) == b""
    for one in slow[22:]:
        one.sendall(b"TP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert answer(one).startswith(b"HTTP/1.1")


def test_many_addresses_have_so_many_places_together_and_the_most_crowded_makes_room(
    serve: Serve, stack: ExitStack
) -> None:
    running = serve(TTS_NEWS_SERVE_CONNECTIONS="20")
    quiet = stack.enter_context(connect(running, b"GET / HT", "127.0.0.9"))
    slow = [stack.enter_context(connect(running, b"GET / HT", "127.0.0.8")) for _ in range(30)]
    for one in slow[:10]:
        assert answer(one) == b""
    quiet.sendall(b"TP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert answer(quiet).startswith(b"HTTP/1.1")


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Content-Length: 5, 6\r\n",
        b"Content-Length: +5\r\n",
        b"Content-Length: 0x5\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length : 5\r\n",
        b"Transfer-Encoding: gzip, chunked\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        b"Host: evil.example\r\n",
        b"Authorization: Bearer a\r\nAuthorization: Bearer b\r\n",
        b"Content-Type: text/plain\r\n",
        b"Origin: http://a.example\r\nOrigin: http://localhost\r\n",
        b"X: a\rb\r\n",
        b"X: a\x00b\r\n",
        b"X\x00: ab\r\n",
        b"X: " + b"a" * 70_000 + b"\r\n",
        b"".join(b"X%d: a\r\n" % number for number in range(9000)),
    ],
)
def test_a_request_that_could_be_read_in_two_ways_is_refused_and_its_connection_ended(
    standing: Running, head: bytes
) -> None:
    smuggled = b"0\r\n\r\nGET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with connect(standing) as one:
        try:
            one.sendall(HEAD + head + b"\r\n" + smuggled)
        except (BrokenPipeError, ConnectionResetError):
            pass
        else:
            got = answer(one)
            assert got.count(b"HTTP/1.1 ") <= 1, got
            assert b" 200 " not in got
            assert not got or got.split()[1] in {b"400", b"501", b"431"}, got
    assert "Traceback" not in standing.log.read_text()


@pytest.mark.parametrize(
    "sent",
    [
        b"CONNECT a.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET http://evil.example/v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /" + b"a/" * 2000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /%ff%fe%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /2026-01-01-a%00/index.html HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /%c0%ae%c0%ae/log HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /%252e%252e/log HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /..\\log HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /./../log HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /v1/../../log HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /%2ejobs.sqlite HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /.jobs.sqlite-wal HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
        b"get / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(100),
        b"\x00" * 100,
    ],
)
def test_whatever_is_no_request_for_the_show_gets_nothing(standing: Running, sent: bytes) -> None:
    with connect(standing, sent.replace(b"\r\nHost", b"\r\nConnection: close\r\nHost", 1)) as one:
        got = answer(one)
    assert got.split()[1] in {b"400", b"403", b"404", b"405", b"414", b"415", b"421", b"431"}, got
    assert "Traceback" not in standing.log.read_text()


def test_a_body_that_breaks_off_after_its_answer_began_ends_the_connection(standing: Running) -> None:
    head = b"POST /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    with connect(standing, head) as one:
        one.recv(12)
        try:
            one.sendall(b"zzz\r\n\r\n" * 100)
            answer(one)
        except (BrokenPipeError, ConnectionResetError):
            pass
    assert "Traceback" not in standing.log.read_text()
    assert "Fatal" not in standing.log.read_text()


@pytest.mark.parametrize("path", ["/", "/v1/audio/speech", "/editions", "/nothing"])
def test_there_is_no_websocket(standing: Running, path: str) -> None:
    head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    with connect(standing, (head + key).encode()) as one:
        assert b" 101 " not in one.recv(100)
    assert "Traceback" not in standing.log.read_text()


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8:0:0:ffff::1", "2001:db8::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::1"),
        ("", ""),
        ("a socket", "a socket"),
    ],
)
def test_a_client_is_an_address_or_the_network_of_one_customer(host: str, client: str) -> None:
    assert address_of(host) == client


def test_who_rests_between_two_requests_gives_its_place_up_last(serve: Serve, stack: ExitStack) -> None:
    running = serve(TTS_NEWS_SERVE_CONNECTIONS_PER_CLIENT="6")
    ask = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    running.client.close()  # its connection rests as well
    resting = stack.enter_context(connect(running, ask))
    assert health_of(resting).startswith(b"HTTP/1.1 200")
    slow = [stack.enter_context(connect(running, b"GET / HT")) for _ in range(5)]
    time.sleep(1.5)  # a head that is sent in one piece has come by now
    slow += [stack.enter_context(connect(running, b"GET / HT")) for _ in range(4)]
    for one in slow[:4]:
        assert answer(one) == b""
    resting.sendall(ask)
    assert health_of(resting).startswith(b"HTTP/1.1 200")


def test_who_has_sent_what_we_have_not_read_yet_does_not_keep_us_waiting() -> None:
    async def crowd_it() -> None:
        loop = asyncio.get_running_loop()
        protocol = make_protocol(ServeSettings(connections=2))
        config = Config(app=lambda *_: None, log_config=None)  # type: ignore[arg-type, return-value]
        config.load()

        def come() -> Connection:
            return protocol(config=config, server_state=ServerState(), app_state={})

        server = await loop.create_server(come, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as good, socket.create_connection(("127.0.0.1", port)):
            async with asyncio.timeout(30):
                while len(protocol.crowd._members) < 2:
                    await loop.run_in_executor(None, time.sleep, 0.01)
            elder = next(m for m in protocol.crowd._members if m.client == good.getsockname())
            good.sendall(b"GET / HTTP/1.1\r\n")
            # From here to the end nothing is read: so busy are we.
            elder._head_since = loop.time() - 100
            assert protocol.crowd.admit(come(), "127.0.0.1")
            assert elder in protocol.crowd._members
            server.close()

    asyncio.run(crowd_it())


def health_of(one: socket.socket) -> bytes:
    """Return a whole answer of `/health`, head and body, which may come in pieces."""
    data = b""
    while not data.endswith(b"}"):
        piece = one.recv(65536)
        if not piece:
            break
        data += piece
    return data
