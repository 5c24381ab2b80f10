"""A hub on loopback, told of a changed feed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from lxml import etree
from publish.editions import SHOW, Press, make_script

from tts_news.cli import run
from tts_news.errors import PublishError
from tts_news.publish.build import build_show
from tts_news.publish.feed import NAMESPACES
from tts_news.publish.settings import PublishSettings
from tts_news.publish.websub import tell_hub

SETTINGS = PublishSettings()


@dataclass
class Hub:
    address: str = ""
    status: int = 204
    heard: list[dict[str, list[str]]] = field(default_factory=list)


@pytest.fixture
def hub() -> Iterator[Hub]:
    told = Hub()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            told.heard.append(parse_qs(body))
            self.send_response(told.status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        told.address = f"http://127.0.0.1:{server.server_port}/hub"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield told
        server.shutdown()
        thread.join()


def test_a_hub_is_told_once_of_every_feed(press: Press, hub: Hub) -> None:
    show = replace(SHOW, websub_hub=hub.address)
    press.make()
    build_show(press.output, show, SETTINGS)
    channel = etree.parse(press.output / "feed.xml").getroot().find("channel")
    assert channel.find("atom:link[@rel='hub']", NAMESPACES).get("href") == hub.address
    assert [tell_hub(press.output, show) for _ in range(2)] == [True, False]
    press.make(make_script("آخر", url="https://city.example/2"))
    build_show(press.output, show, SETTINGS)
    assert tell_hub(press.output, show)
    assert hub.heard == 2 * [{"hub.mode": ["publish"], "hub.url": ["https://press.example/audio/feed.xml"]}]


def test_a_hub_that_refuses_is_named_and_told_by_the_next_run(press: Press, hub: Hub) -> None:
    show = replace(SHOW, websub_hub=hub.address)
    press.make()
    build_show(press.output, show, SETTINGS)
    before = (press.output / "feed.xml").read_bytes()
    hub.status = 503
    with pytest.raises(PublishError, match=r"is published, but its hub .* answers 503"):
        tell_hub(press.output, show)
    assert (press.output / "feed.xml").read_bytes() == before
    hub.status = 202
    assert tell_hub(press.output, show)


def test_a_hub_that_is_not_there_is_named(press: Press) -> None:
    press.make()
    show = replace(SHOW, websub_hub="http://127.0.0.1:9/")
    build_show(press.output, show, SETTINGS)
    with pytest.raises(PublishError, match="was not told"):
        tell_hub(press.output, show)


@pytest.mark.parametrize(
    "address", ["hub.example", "ftp://hub.example/", "https://user:key@hub.example/", "https://م/"]
)
def test_a_hub_that_is_no_address_is_refused_before_anything_is_written(press: Press, address: str) -> None:
    press.make()
    with pytest.raises(PublishError, match="websub_hub"):
        build_show(press.output, replace(SHOW, websub_hub=address), SETTINGS)
    assert not (press.output / "feed.xml").exists()


def test_without_a_hub_nobody_is_told(press: Press) -> None:
    press.make()
    build_show(press.output, SHOW, SETTINGS)
    assert not tell_hub(press.output, SHOW)
    assert etree.parse(press.output / "feed.xml").find(".//atom:link[@rel='hub']", NAMESPACES) is None


@pytest.mark.parametrize("to", ["", "www"])
def test_the_hub_is_told_by_whoever_makes_the_feed_public(press: Press, hub: Hub, tmp_path: Path, to: str) -> None:
    press.make()
    settings = (
        f'[show]\nbase_url = "{SHOW.base_url}"\nwebsub_hub = "{hub.address}"\n[publish]\noutput = "{press.output}"\n'
    )
    (tmp_path / "t.toml").write_text(settings + (f'to = "{tmp_path / to}"\n' if to else ""))
    assert run(["feed", "build", "--config", str(tmp_path / "t.toml")]) == 0
    assert len(hub.heard) == (0 if to else 1)
    if to:
        assert run(["publish", "--config", str(tmp_path / "t.toml")]) == 0
        assert len(hub.heard) == 1
