"""Who may call the interfaces: the application itself, asked without a socket between."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tts_news.cli import run
from tts_news.config import load
from tts_news.server import guard, queue_file
from tts_news.server.app import make_app

VOICES = Path(__file__).parents[1] / "voices"
ORDER = {"title": "افتتاح حديقة", "text": "افتتحت البلدية حديقة جديدة."}
ORDER_BYTES = json.dumps(ORDER).encode()
Ask = Callable[..., httpx.Response]


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., Ask]:
    """Makes an application with settings of the test's own, and asks it."""

    def make(**settings: object) -> Ask:
        flags = {"speak.voice": "tone", "speak.voices_dir": str(VOICES), "publish.output": str(tmp_path / "out")}
        app = make_app(load(None, flags | {f"serve.{name}": value for name, value in settings.items()}))

        def ask_one(method: str, path: str, client: str = "192.0.2.7", **more: object) -> httpx.Response:
            async def asking() -> httpx.Response:
                transport = httpx.ASGITransport(app, client=(client, 1))
                async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as session:
                    return await session.request(method, path, **more)  # type: ignore[arg-type]

            return asyncio.run(asking())

        return ask_one

    return make


def order(one: Ask, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return one("POST", "/editions", json=ORDER, headers=named).status_code


@pytest.mark.parametrize(
    ("settings", "host", "status"),
    [
        ({}, "127.0.0.1:8080", 202),
        ({}, "localhost", 202),
        ({}, "LOCALHOST.:99", 202),
        ({}, "[::1]:8080", 202),
        ({}, "rebound.example", 421),
        ({}, "127.0.0.1.rebound.example", 421),
        ({}, "localhost.example:8080", 421),
        ({}, "192.0.2.1", 421),
        ({}, "", 421),
        ({}, "127.0.0.1:8080@rebound.example", 421),
        ({}, "127.0.0.1, rebound.example", 421),
        ({"allowed_hosts": ("Press.example",)}, "press.example", 202),
        ({"allowed_hosts": ("press.example",)}, "other.press.example", 421),
        ({"host": "192.0.2.1"}, "192.0.2.1:8080", 202),
        ({"host": "0.0.0.0"}, "0.0.0.0", 421),  # noqa: S104 - bound to all, it has no name of its own
    ],
)
def test_the_interfaces_answer_to_our_own_names_only(
    ask: Callable[..., Ask], settings: dict[str, object], host: str, status: int
) -> None:
    one = ask(**settings)
    assert order(one, host=host) == status
    assert one("GET", "/v1/models", headers={"host": host}).status_code == (200 if status == 202 else 421)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 202),
        ({"origin": "http://127.0.0.1:8080"}, 202),
        ({"origin": "https://press.example"}, 202),
        ({"sec_fetch_site": "same-origin"}, 202),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"origin": "http://127.0.0.1:3000"}, 403),
        ({"origin": "http://127.0.0.1"}, 403),
        ({"origin": "http://localhost:8080"}, 403),
        ({"origin": "http://127.0.0.1:8080.evil.example"}, 403),
        ({"origin": "http://evil.example@127.0.0.1:8080"}, 403),
        ({"origin": "file://127.0.0.1:8080"}, 403),
        ({"origin": "http://press.example.evil.example"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
    ],
)
@pytest.mark.parametrize("keys", [(), ("secret",)])
def test_a_page_of_another_origin_changes_nothing_with_a_key_or_without(
    ask: Callable[..., Ask], keys: tuple[str, ...], headers: dict[str, str], status: int
) -> None:
    one = ask(keys=keys, allowed_hosts=("press.example",))
    key = {"authorization": "Bearer secret"} if keys else {}
    assert order(one, **headers, **key) == status


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/json", 202),
        ("Application/JSON; charset=utf-8", 202),
        ("text/plain", 415),
        ("text/plain; application/json", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("application/jsonp", 415),
        ("", 415),
    ],
)
def test_only_json_is_taken_which_no_page_can_send_unasked(ask: Callable[..., Ask], kind: str, status: int) -> None:
    one = ask()
    assert order(one, content_type=kind) == status
    body = b'{"input": "\xd9\x86\xd8\xb5"}'
    spoken = one(
        "POST", "/v1/audio/speech", content=body, headers={"content-type": kind, "origin": "http://127.0.0.1:8080"}
    )
    assert spoken.status_code == (200 if status == 202 else 415)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "PROPFIND", "X"])
@pytest.mark.parametrize("path", ["/", "/feed.xml", "/health", "/metrics", "/editions/x", "/v1/models", "/nothing"])
def test_a_foreign_page_is_refused_whatever_it_would_change(ask: Callable[..., Ask], method: str, path: str) -> None:
    one = ask()
    json = {"content-type": "application/json"}
    for foreign in (
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ):
        assert one(method, path, headers=json | foreign).status_code == 403, foreign
    assert one(method, path, headers=json | {"host": "evil.example"}).status_code == 421
    assert one(method, path, headers=json).status_code in {404, 405}


@pytest.mark.parametrize("path", ["/v1/models", "/v1/audio/voices", "/editions/x", "/metrics", "/health"])
def test_no_page_of_another_origin_may_read_the_interfaces(ask: Callable[..., Ask], path: str) -> None:
    one = ask()
    for method in ("GET", "OPTIONS"):
        headers = {"origin": "https://evil.example", "access-control-request-method": "POST"}
        answer = one(method, path, headers=headers)
        assert not [name for name in answer.headers if name.startswith("access-control-")], answer.headers
    preflight = one(
        "OPTIONS",
        "/editions",
        headers={
            "origin": "https://evil.example",
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        },
    )
    assert preflight.status_code == 405


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ("Bearer secret", 202),
        ("bearer secret", 202),
        ("BEARER  secret ", 202),
        ("Basic secret", 401),
        ("secret", 401),
        ("Bearersecret", 401),
        ("Bearer", 401),
        ("Bearer Bearer secret", 401),
        ("Bearer secre", 401),
        ("Bearer secret2", 401),
        ("Bearer sécret", 401),
    ],
)
def test_a_key_is_taken_by_its_scheme(ask: Callable[..., Ask], given: str, status: int) -> None:
    one = ask(keys=("secret", "مفتاح"))
    answer = one("POST", "/editions", json=ORDER, headers={"authorization": given.encode("latin-1")})
    assert answer.status_code == status


def test_a_key_in_another_script_is_a_key(ask: Callable[..., Ask]) -> None:
    one = ask(keys=("مفتاح",))
    assert one("GET", "/v1/models", headers={"authorization": "Bearer مفتاح".encode()}).status_code == 200


def test_wrong_keys_of_an_address_are_slowed_before_they_are_looked_at(ask: Callable[..., Ask]) -> None:
    one = ask(keys=("secret",), wrong_keys_per_minute=3)

    def tries(key: str, client: str = "2001:db8::1") -> httpx.Response:
        return one("GET", "/v1/models", client, headers={"authorization": f"Bearer {key}"})

    assert [tries(f"guess{n}").status_code for n in range(5)] == [401, 401, 401, 429, 429]
    assert int(tries("guess").headers["retry-after"]) >= 1
    # The right one says nothing either: an answer would tell it from the wrong ones.
    assert tries("secret").status_code == 429
    assert tries("secret", "2001:db8:0:0:ffff::2").status_code == 429  # of the same network: the same customer
    assert tries("secret", "2001:db8:0:1::1").status_code == 200
    assert [one("GET", "/v1/models", "192.0.2.1").status_code for _ in range(5)] == [401] * 5  # no key is no guess
    assert tries("secret", "192.0.2.1").status_code == 200


def test_behind_a_known_proxy_wrong_keys_of_one_client_slow_that_client_alone(ask: Callable[..., Ask]) -> None:
    one = ask(keys=("secret",), wrong_keys_per_minute=3, proxies=("10.0.0.0/8",))

    def tries(key: str, forwarded: str, peer: str = "10.1.2.3") -> int:
        headers = {"authorization": f"Bearer {key}", "x-forwarded-for": forwarded}
        return one("GET", "/v1/models", peer, headers=headers).status_code

    assert [tries(f"guess{n}", "198.51.100.1") for n in range(4)] == [401, 401, 401, 429]
    assert tries("secret", "198.51.100.2") == 200
    assert (
        tries("secret", "198.51.100.2, 198.51.100.1, 10.9.9.9") == 429
    )  # what stands before the last foreign one is a claim
    # Whoever is no proxy is himself, whatever he says.
    assert [tries(f"guess{n}", f"198.51.100.{n}", "192.0.2.9") for n in range(4)] == [401, 401, 401, 429]


def test_a_proxy_that_is_not_known_is_named_once(ask: Callable[..., Ask], caplog: pytest.LogCaptureFixture) -> None:
    one = ask(keys=("secret",))
    for _ in range(3):
        one("GET", "/v1/models", headers={"x-forwarded-for": "198.51.100.1"})
    assert caplog.text.count("192.0.2.7") == caplog.text.count("[serve] proxies") == 1


def test_an_edition_to_be_replaced_must_be_there(ask: Callable[..., Ask]) -> None:
    one = ask()
    for name in ("2026-11-22-no-such", "../x", "-x"):
        answer = one("POST", "/editions", json=ORDER | {"replaces": name})
        assert answer.status_code == 400
        assert "replaces" in answer.json()["error"]["message"]


@pytest.mark.parametrize("proxy", ["*", "press.example", "10.0.0.1/8"])
def test_a_proxy_that_is_no_address_does_not_start(tmp_path: Path, proxy: str) -> None:
    file = tmp_path / "tts-news.toml"
    file.write_text(f'[serve]\nproxies = ["{proxy}"]\n')
    assert run(["serve", "--port", "0", "--config", str(file)]) == 2


def test_an_order_that_cannot_be_written_down_is_given_back(
    ask: Callable[..., Ask], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_file, "BUSY_S", 0.05)
    one = ask()
    other = sqlite3.connect(tmp_path / "out" / queue_file.STORE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer = one("POST", "/editions", json=ORDER)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    assert "job store" in answer.json()["error"]["message"]
    assert one("GET", "/editions/x").status_code == 404
    other.close()
    assert order(one) == 202


@pytest.mark.parametrize("keys", [("",), ("good", " ")])
def test_an_empty_key_does_not_start(tmp_path: Path, keys: tuple[str, ...]) -> None:
    file = tmp_path / "tts-news.toml"
    file.write_text(f"[serve]\nkeys = {list(keys)!r}\n".replace("'", '"'))
    assert run(["serve", "--port", "0", "--config", str(file)]) == 2


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ([(f"x-{number}", "1") for number in range(110)], 431),
        ([("content-type", "application/json"), ("content-type", "text/plain")], 400),
        ([("content-length", "2"), ("transfer-encoding", "chunked")], 400),
        ([("content-length", "99999999")], 413),
    ],
)
def test_a_head_that_means_two_things_or_too_much_is_refused(
    ask: Callable[..., Ask], headers: list[tuple[str, str]], status: int
) -> None:
    plain = [("content-type", "application/json")] if headers[0][0] != "content-type" else []
    assert ask()("POST", "/editions", content=ORDER_BYTES, headers=[*headers, *plain]).status_code == status


def test_an_old_http_has_no_transfer_encoding() -> None:
    headers = [(b"transfer-encoding", b"chunked")]
    assert guard._doubled({"headers": headers, "http_version": "1.0"})
    assert not guard._doubled({"headers": headers, "http_version": "1.1"})


def test_only_so_many_clients_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_CLIENTS", 5)
    rate = guard.Rate(1)
    assert [rate.take(str(number), 0.0) for number in range(20)] == [0.0] * 20
    assert len(rate._buckets) == 5
    assert rate.wait("19", 0.0) > 0
    assert rate.wait("0", 0.0) == 0  # forgotten
