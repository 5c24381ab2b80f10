"""The show's folder over HTTP: what is in it, in pieces if asked for, and nothing beside it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from publish.editions import SHOW, Press, make_script

from tts_news.config import load
from tts_news.publish.settings import PublishSettings
from tts_news.publish.withdrawal import withdraw
from tts_news.server.app import make_app

DATA = bytes(range(100))
Get = Callable[..., httpx.Response]


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    (folder / "2026-01-01-a").mkdir(parents=True)
    (folder / "2026-01-01-a" / "index.html").write_text("page")
    (folder / "a.mp3").write_bytes(DATA)
    (folder / "empty.mp3").touch()
    (folder / ".secret").write_text("secret")
    (tmp_path / "outside").write_text("secret")
    return folder


@pytest.fixture
def get(output: Path) -> Get:
    """Asks for a path of the show."""
    return asking(output)


@pytest.fixture
def press(tmp_path: Path) -> Press:
    return Press(tmp_path / "press", b"ID3" + bytes(20_000))


def asking(output: Path) -> Get:
    app = make_app(load(None, {"publish.output": str(output)}))

    def get_one(path: str, method: str = "GET", **headers: str) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as session:
                named = {name.replace("_", "-"): value for name, value in headers.items()}
                return await session.request(method, path, headers=named)

        return asyncio.run(ask())

    return get_one


@pytest.mark.parametrize(
    ("asked", "status", "sent"),
    [
        ("bytes=10-19", 206, DATA[10:20]),
        ("bytes=-5", 206, DATA[-5:]),
        ("bytes=95-200", 206, DATA[95:]),
        ("bytes=10-19,500-600", 206, DATA[10:20]),
        ("bytes=100-", 416, b""),
        ("bytes=-0", 416, b""),
        ("bytes=a-b", 200, DATA),
        ("bytes=19-10", 200, DATA),
        ("bytes", 200, DATA),
        ("bytes=", 200, DATA),
        ("lines=1-2", 200, DATA),
        ("bytes=" + "1" * 5000 + "-", 200, DATA),
    ],
)
def test_a_range_that_is_malformed_is_passed_over(get: Get, asked: str, status: int, sent: bytes) -> None:
    answer = get("/a.mp3", range=asked)
    assert (answer.status_code, answer.content) == (status, sent)
    if status == 416:
        assert answer.headers["content-range"] == "bytes */100"


def test_several_ranges_come_in_parts(get: Get) -> None:
    answer = get("/a.mp3", range="bytes=0-1,98-99")
    assert answer.status_code == 206
    assert answer.headers["content-type"].startswith("multipart/byteranges; boundary=")
    assert b"bytes 98-99/100\r\n\r\n" + DATA[98:] in answer.content


def test_a_range_is_for_get_and_for_the_file_that_is_meant(get: Get) -> None:
    head = get("/a.mp3", "HEAD", range="bytes=0-9")
    assert (head.status_code, head.headers["content-length"]) == (200, "100")
    etag = head.headers["etag"]
    assert get("/a.mp3", range="bytes=0-9", if_range=etag).status_code == 206
    assert get("/a.mp3", range="bytes=0-9", if_range='"another"').content == DATA
    assert get("/a.mp3", range="bytes=500-", if_range='"another"').content == DATA
    assert get("/empty.mp3", range="bytes=0-").status_code == 416


def test_links_lead_nowhere_but_within_the_show(get: Get, output: Path) -> None:
    for name, target in (
        ("out", output.parent / "outside"),
        ("hidden", output / ".secret"),
        ("queue", output / ".jobs.sqlite"),
        ("up", output.parent),
        ("loop", output / "loop"),
        ("good", output / "a.mp3"),
        (".named", output / "a.mp3"),
    ):
        (output / name).symlink_to(target)
    os.mkfifo(output / "pipe")
    for path in ("/out", "/hidden", "/queue", "/up/outside", "/up", "/loop", "/pipe", "/.named"):
        assert get(path).status_code == 404, path
    assert get("/good").content == DATA


@pytest.mark.parametrize("host", ["localhost", "evil.example", "evil.example:80@x"])
def test_a_redirect_names_no_host(get: Get, host: str) -> None:
    for path in ("/2026-01-01-a", "//2026-01-01-a", "/./2026-01-01-a"):
        answer = get(f"http://localhost{path}", host=host)
        if answer.is_redirect:
            assert answer.headers["location"] == "/2026-01-01-a/", path
    assert get("/2026-01-01-a", host=host).is_redirect
    assert get("/editions/", host=host).status_code in {404, 405, 421}


@pytest.mark.parametrize(
    "path", ["/" + "a" * 5000, "/" + "a/" * 3000, "/%ff", "/%ed%a0%80", "/2026-01-01-%00", "/a.mp3/b"]
)
def test_names_that_no_file_can_have_are_not_there(get: Get, path: str) -> None:
    assert get(path).status_code == 404


def test_players_on_other_pages_may_read_the_show(get: Get) -> None:
    assert get("/a.mp3", origin="https://player.example").headers["access-control-allow-origin"] == "*"
    preflight = get(
        "/a.mp3",
        "OPTIONS",
        origin="https://player.example",
        access_control_request_method="GET",
        access_control_request_headers="range",
    )
    assert preflight.status_code == 200
    assert "access-control-allow-credentials" not in preflight.headers


def test_the_address_of_a_corrected_sound_leads_to_the_newest(press: Press) -> None:
    names = []
    for words in ("أ", "ب", "ج"):
        place, episode = press.make(make_script(lines=(("headline", words, words, 0, "a0b0"),)))
        names.append(next(file.name for file in episode.files if file.kind == "audio"))
    (place / names[0]).unlink()  # it may be gone: what was served there is known by its name
    ask = asking(press.output)
    for old in names[:2]:
        for method in ("GET", "HEAD"):
            answer = ask(f"/{place.name}/{old}", method, range="bytes=0-9", origin="https://player.example")
            assert (answer.status_code, answer.headers["location"]) == (307, names[2])
            assert answer.headers["cache-control"] == "no-cache"
            assert answer.headers["access-control-allow-origin"] == "*"
    assert ask(f"/{place.name}/{names[2]}").status_code == 200


@pytest.mark.parametrize("name", ["other.0123abcd.mp3", "{slug}.0123abcd.opus", "{slug}.mp3", "{slug}.0123abcd.jpg"])
def test_what_was_never_a_sound_of_the_edition_leads_nowhere(press: Press, name: str) -> None:
    place, episode = press.make()
    assert asking(press.output)(f"/{place.name}/{name.format(slug=episode.slug)}").status_code == 404


def test_a_corrected_sound_of_a_withdrawn_edition_is_gone(press: Press) -> None:
    place, episode = press.make()
    withdraw(press.output, place.name, SHOW, PublishSettings())
    assert asking(press.output)(f"/{place.name}/{episode.slug}.0123abcd.mp3").status_code == 410


def test_the_latest_player_has_an_address_without_suffix(output: Path, get: Get) -> None:
    (output / "embed.html").write_text("player")
    (output / "manifest.webmanifest").write_text("{}")
    answer = get("/embed")
    assert (answer.status_code, answer.text, answer.headers["content-type"]) == (
        200,
        "player",
        "text/html; charset=utf-8",
    )
    assert get("/manifest.webmanifest").headers["content-type"] == "application/manifest+json"


def test_an_edition_in_the_folder_of_its_month_is_served_as_others_are(press: Press) -> None:
    press = replace(press, shard="month")
    _, first = press.make()
    place, episode = press.make(make_script(lines=(("headline", "ب", "ب", 0, "a0b0"),)))
    old, new = (next(file.name for file in each.files if file.kind == "audio") for each in (first, episode))
    way = f"/2026-11/{place.name}"
    ask = asking(press.output)
    assert ask(f"{way}/{new}").status_code == 200
    assert (ask(f"{way}/{old}").status_code, ask(f"{way}/{old}").headers["location"]) == (307, new)
    player = ask(f"/oembed?url=http://localhost{way}/index.html").json()["html"]
    assert f"{SHOW.base_url}{way[1:]}/embed.html" in player
    withdraw(press.output, place.name, SHOW, PublishSettings())
    assert {ask(f"{way}/{name}").status_code for name in (old, new)} == {410}
    assert ask(f"{way}/").status_code == 200
