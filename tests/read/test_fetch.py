from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import brotli
import httpcore
import pytest

from tests.read.server import Handler, Request, answer, serve
from tts_news.errors import ReadError
from tts_news.read.addresses import GuardedBackend, PrivateAddressError, is_public
from tts_news.read.fetch import Fetcher, fetch
from tts_news.read.settings import ReadSettings

PAGE = "<html><body><p>نص</p></body></html>".encode()
Send = Callable[[bytes], None]


def settings(tmp_path: Path, **changes: object) -> ReadSettings:
    values: dict[str, object] = {"allow_private": True, "cache_dir": str(tmp_path), "retries": 0, "timeout_s": 5.0}
    return ReadSettings(**(values | changes))  # type: ignore[arg-type]


def always(data: bytes) -> Handler:
    return lambda _request, send: send(data)


def test_a_page_comes_with_its_address_and_charset(tmp_path: Path) -> None:
    with serve(always(answer(PAGE, Content_Type="text/html; charset=windows-1256"))) as server:
        page = fetch(f"{server.url}/a#part", settings(tmp_path))
    assert page.body == PAGE
    assert page.charset == "windows-1256"
    assert server.requests[0].path == "/a"
    assert "tts-news/" in server.requests[0].headers["user-agent"]


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda b: zlib.compress(b)[2:-4]),
        ("br", brotli.compress),
    ],
)
def test_content_encodings_are_unpacked(tmp_path: Path, name: str, pack: Callable[[bytes], bytes]) -> None:
    with serve(always(answer(pack(PAGE * 1000), Content_Encoding=name))) as server:
        assert fetch(server.url, settings(tmp_path)).body == PAGE * 1000


PACKED = [
    ("gzip", gzip.compress(PAGE * 1000)),
    ("deflate", zlib.compress(PAGE * 1000)),
    ("deflate", zlib.compress(PAGE * 1000)[2:-4]),
    ("br", brotli.compress(PAGE * 1000)),
]


@pytest.mark.parametrize(("name", "data"), PACKED, ids=["gzip", "deflate", "bare deflate", "brotli"])
@pytest.mark.parametrize("cut", [1, 5, 20])
def test_an_answer_that_is_cut_off_is_an_error_and_not_half_a_page(
    tmp_path: Path, name: str, data: bytes, cut: int
) -> None:
    half = answer(data[:-cut], Content_Encoding=name)
    with serve(always(half)) as server, pytest.raises(ReadError, match="does not unpack"):
        fetch(server.url, settings(tmp_path))


def test_all_members_of_gzip_are_read_and_padding_is_not(tmp_path: Path) -> None:
    members = gzip.compress(PAGE) + gzip.compress(PAGE * 2) + b"\0" * 30
    with serve(always(answer(members, Content_Encoding="gzip"))) as server:
        assert fetch(server.url, settings(tmp_path)).body == PAGE * 3


def test_members_of_gzip_are_counted_together(tmp_path: Path) -> None:
    members = gzip.compress(b"\0" * 600_000) * 40
    with serve(always(answer(members, Content_Encoding="gzip"))) as server, pytest.raises(ReadError, match="larger"):
        fetch(server.url, settings(tmp_path))


@pytest.mark.parametrize(("name", "pack"), [("gzip", gzip.compress), ("br", lambda b: brotli.compress(b, quality=1))])
def test_a_small_answer_that_unpacks_to_gigabytes_is_stopped_at_the_limit(
    tmp_path: Path, name: str, pack: Callable[[bytes], bytes]
) -> None:
    bomb = pack(b"\0" * 60_000_000)
    with serve(always(answer(bomb, Content_Encoding=name))) as server, pytest.raises(ReadError, match="larger than"):
        fetch(server.url, settings(tmp_path, max_bytes=1_000_000))


def test_broken_encodings_are_one_error(tmp_path: Path) -> None:
    for name in ("gzip", "br", "deflate", "zstd"):
        data = answer(b"\x00\x01broken" * 9, Content_Encoding=name)
        with serve(always(data)) as server, pytest.raises(ReadError):
            fetch(server.url, settings(tmp_path))


def test_an_endless_answer_is_stopped_at_the_size_limit(tmp_path: Path) -> None:
    def endless(_request: Request, send: Send) -> None:
        send(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            send(b"x" * 65536)

    with serve(endless) as server, pytest.raises(ReadError, match="larger than"):
        fetch(server.url, settings(tmp_path, max_bytes=500_000))


@pytest.mark.parametrize("drip", [b"HTTP/1.1 200 OK\r\n\r\n", b""], ids=["body", "headers"])
def test_a_server_that_sends_a_byte_now_and_then_runs_into_the_deadline(tmp_path: Path, drip: bytes) -> None:
    def slow(_request: Request, send: Send) -> None:
        send(drip or b"HTTP/1.1 200 OK\r\nX: ")
        while True:
            send(b"x")
            time.sleep(0.1)

    with serve(slow) as server, pytest.raises(ReadError, match="in time"):
        fetch(server.url, settings(tmp_path, timeout_s=0.6))


def test_a_stated_length_over_the_limit_is_refused_before_the_body(tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n"
    with serve(always(head)) as server, pytest.raises(ReadError, match="larger than"):
        fetch(server.url, settings(tmp_path))


@pytest.mark.parametrize("length", ["5000", "-3", "many"])
def test_a_wrong_content_length_is_one_error(tmp_path: Path, length: str) -> None:
    data = f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n".encode() + PAGE
    with serve(always(data)) as server, pytest.raises(ReadError):
        fetch(server.url, settings(tmp_path))


def test_what_is_no_web_server_is_one_error(tmp_path: Path) -> None:
    with serve(always(b"SSH-2.0-OpenSSH_9.2\r\n")) as server, pytest.raises(ReadError, match="web server"):
        fetch(server.url, settings(tmp_path))


def test_redirects_are_followed_and_a_circle_is_one_error(tmp_path: Path) -> None:
    def hops(request: Request, send: Send) -> None:
        send(answer(PAGE) if request.path == "/end" else answer(b"", "302 Found", Location="/end"))

    with serve(hops) as server:
        assert fetch(f"{server.url}/start", settings(tmp_path)).url == f"{server.url}/end"
    with serve(always(answer(b"", "301 Moved", Location="/again"))) as server:
        with pytest.raises(ReadError, match="circle"):
            fetch(server.url, settings(tmp_path))
        assert len(server.requests) <= 12


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_a_busy_server_is_asked_again(tmp_path: Path, status: str) -> None:
    def busy(_request: Request, send: Send) -> None:
        send(answer(PAGE) if len(server.requests) == 3 else answer(b"", status))

    with serve(busy) as server:
        assert fetch(server.url, settings(tmp_path, retries=3)).body == PAGE


def test_a_missing_page_is_asked_for_once(tmp_path: Path) -> None:
    with serve(always(answer(b"", "404 Not Found"))) as server, pytest.raises(ReadError, match="404"):
        fetch(server.url, settings(tmp_path, retries=3))
    assert len(server.requests) == 1


def test_a_wait_longer_than_the_deadline_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("tts_news.read.fetch.sleep", waited.append)
    data = answer(b"", "429 Too Many Requests", Retry_After="3600")
    with serve(always(data)) as server, pytest.raises(ReadError, match="429"):
        fetch(server.url, settings(tmp_path, retries=3))
    assert (waited, len(server.requests)) == ([], 1)


def test_an_unchanged_page_is_read_from_the_store(tmp_path: Path) -> None:
    def tagged(request: Request, send: Send) -> None:
        if request.headers.get("if-none-match") == '"v1"':
            send(answer(b"", "304 Not Modified"))
        else:
            send(answer(PAGE, ETag='"v1"', Content_Type="text/html; charset=utf-8"))

    with serve(tagged) as server:
        first = fetch(server.url, settings(tmp_path))
        again = fetch(server.url, settings(tmp_path))
    assert (again.body, again.charset) == (first.body, first.charset)
    assert server.requests[1].headers["if-none-match"] == '"v1"'


def test_a_damaged_store_is_an_empty_one(tmp_path: Path) -> None:
    with serve(always(answer(PAGE, ETag='"v1"'))) as server:
        fetch(server.url, settings(tmp_path))
        for stored in (tmp_path / "pages").glob("*.body"):
            stored.write_bytes(b"other")
        assert fetch(server.url, settings(tmp_path)).body == PAGE
    assert "if-none-match" not in server.requests[1].headers


def test_nothing_is_stored_of_a_failed_page(tmp_path: Path) -> None:
    with serve(always(answer(b"x" * 2000, ETag='"v1"'))) as server, pytest.raises(ReadError):
        fetch(server.url, settings(tmp_path, max_bytes=1000))
    assert not list(tmp_path.rglob("*.body"))


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.9", "169.254.169.254", "0.0.0.1", "100.64.0.1", "224.0.0.1",
     "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "168.63.129.16",
     "192.0.0.192", "::", "fec0::1", "feff::1", "3fff::1", "2a00:1450::5efe:10.0.0.1", "2a00::200:5efe:127.0.0.1"],
)  # fmt: skip
def test_addresses_of_ones_own_network_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "2a00:1450::5efe:8.8.8.8"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f000001", "127.1"])
def test_private_addresses_are_refused_unless_allowed(tmp_path: Path, host: str) -> None:
    with serve(always(answer(PAGE))) as server:
        port = server.url.rsplit(":", 1)[1]
        with pytest.raises(ReadError) as refused:
            fetch(f"http://{host}:{port}/", settings(tmp_path, allow_private=False))
    assert not server.requests
    assert refused.value.hint


def test_a_redirect_into_ones_own_network_is_refused(tmp_path: Path) -> None:
    """The first host counts as public here; the address it redirects to is looked up and refused."""
    with serve(always(answer(b"", "302 Found", Location="http://inside.test/secret"))) as server:
        port = int(server.url.rsplit(":", 1)[1])

        class OneWay(GuardedBackend):
            def connect_tcp(self, host: str, port_: int, *_: object, **__: object) -> httpcore.NetworkStream:
                if host == "outside.test":
                    return httpcore.SyncBackend().connect_tcp("127.0.0.1", port)
                return super().connect_tcp(host, port_)

        backend = OneWay(allow_private=False, lookup=lambda _host, _port: ["10.0.0.5"])
        with Fetcher(settings(tmp_path), backend) as fetcher, pytest.raises(ReadError, match=r"10\.0\.0\.5"):
            fetcher.fetch("http://outside.test/")


def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers first with a public and then with a private address (DNS rebinding) is looked up once."""
    answers = iter([["93.184.216.34", "1.1.1.1"], ["127.0.0.1"]])
    asked: list[str] = []
    connected: list[str] = []

    def lookup(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return next(answers)

    def connect(_self: object, host: str, *_: object) -> httpcore.NetworkStream:
        connected.append(host)
        raise httpcore.ConnectError("nobody listens")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    with pytest.raises(httpcore.ConnectError):
        GuardedBackend(allow_private=False, lookup=lookup).connect_tcp("rebind.test", 80, timeout=0.1)
    assert asked == ["rebind.test"]
    assert connected == ["93.184.216.34", "1.1.1.1"]


@pytest.mark.parametrize(
    "address",
    ["169.254.169.254", "169.254.170.2", "fd00:ec2::254", "fd20:ce::254", "168.63.129.16", "100.100.100.200",
     "192.0.0.192", "::ffff:169.254.169.254", "::169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1"],
)  # fmt: skip
def test_a_clouds_metadata_stays_closed_when_private_addresses_are_allowed(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connect(*_: object) -> httpcore.NetworkStream:
        raise AssertionError("it was connected to")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    backend = GuardedBackend(allow_private=True, lookup=lambda _host, _port: ["10.0.0.5", address])
    with Fetcher(settings(tmp_path), backend) as fetcher, pytest.raises(ReadError, match="metadata") as refused:
        fetcher.fetch("http://inside.test/")
    assert "--allow-private" not in refused.value.hint


def test_one_private_address_among_public_ones_refuses_the_name() -> None:
    backend = GuardedBackend(allow_private=False, lookup=lambda _h, _p: ["93.184.216.34", "127.0.0.1"])
    with pytest.raises(PrivateAddressError):
        backend.connect_tcp("mixed.test", 80, timeout=0.1)


@pytest.mark.parametrize(
    "url", ["ftp://example.org/a", "http://", "http://exa mple.org/", "http://example.org:99999/", "https://[::1"]
)
def test_what_is_no_address_is_one_error(tmp_path: Path, url: str) -> None:
    with pytest.raises(ReadError, match="address"):
        fetch(url, settings(tmp_path))


def test_nobody_listening_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot reach"):
        fetch("http://127.0.0.1:9/", settings(tmp_path))
