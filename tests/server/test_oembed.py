"""What a page elsewhere is told of an edition's player."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import httpx
import pytest

from tts_news.config import load
from tts_news.server.app import make_app

FOLDER = "2026-11-22-hdayq-1a2b3c4d"
PAGE = f"https://press.example/audio/{FOLDER}"
PLAYER = f'<iframe src="{PAGE}/embed.html" title="استمع: «أ» &amp; ب" width="100%" height="120"></iframe>'
FACTS = {"version": "1.0", "type": "rich", "title": "«أ» & ب", "html": PLAYER, "width": 640, "height": 120}
Ask = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    output = tmp_path_factory.mktemp("show")
    (output / FOLDER).mkdir()
    (output / FOLDER / "oembed.json").write_text(json.dumps(FACTS))
    (output / "2026-11-23-gone-1a2b3c4d").mkdir()
    (output / "oembed.json").write_text(json.dumps(FACTS))
    app = make_app(load(None, {"publish.output": str(output), "show.base_url": "https://press.example/audio/"}))

    def get(method: str = "GET", **query: str) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8080") as session:
                origin = {"origin": "https://news.example"} if method == "GET" else {}
                return await session.request(method, "/oembed", params=query, headers=origin)

        return asyncio.run(send())

    return get


@pytest.mark.parametrize(
    "url",
    [
        PAGE,
        f"{PAGE}/",
        f"{PAGE}/index.html",
        f"{PAGE}/embed.html?theme=dark",
        f"{PAGE}/index.html#t=30",
        f"http://localhost:8080/{FOLDER}/",
        f"http://localhost:8080/{FOLDER}/index.html?x=1",
    ],
)
def test_every_address_of_an_edition_gives_its_player(ask: Ask, url: str) -> None:
    answer = ask(url=url)
    assert answer.json() == FACTS
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "url",
    [
        "https://press.example/audio/",
        "https://press.example/audio",
        "https://press.example/audio/2026-11-23-gone-1a2b3c4d/",
        "https://press.example/audio/2026-11-24-none-1a2b3c4d/",
        f"https://press.example/audiobook/{FOLDER}/",
        f"https://elsewhere.example/{FOLDER}/",
        f"ftp://localhost:8080/{FOLDER}/",
        f"https://press.example/audio/{FOLDER}/../{FOLDER}/",
        f"https://press.example/audio/{FOLDER}/oembed.json",
        "https://press.example/audio/../oembed.json",
        "http://[::1",
        "",
    ],
)
def test_any_other_address_is_unknown(ask: Ask, url: str) -> None:
    assert ask(url=url).status_code == 404


@pytest.mark.parametrize(
    ("limits", "width", "height"),
    [
        ({"maxwidth": "300"}, 300, 120),
        ({"maxheight": "80"}, 640, 80),
        ({"maxwidth": "320", "maxheight": "100"}, 320, 100),
        ({"maxwidth": "5000", "maxheight": "5000"}, 640, 120),
    ],
)
def test_the_player_is_no_larger_than_it_may_be(ask: Ask, limits: dict[str, str], width: int, height: int) -> None:
    answer = ask(url=PAGE, **limits).json()
    assert (answer["width"], answer["height"]) == (width, height)
    assert f' height="{height}"' in answer["html"]
    assert (f' width="{width}"' in answer["html"]) == (width != 640)
    assert answer["html"].endswith("></iframe>")
    assert 'title="استمع: «أ» &amp; ب"' in answer["html"]


@pytest.mark.parametrize("limits", [{"maxwidth": "0"}, {"maxwidth": "-3"}, {"maxheight": "x"}, {"maxheight": "9" * 30}])
def test_a_size_that_is_none_is_refused(ask: Ask, limits: dict[str, str]) -> None:
    assert ask(url=PAGE, **limits).status_code == 400


def test_what_is_not_given_is_said(ask: Ask) -> None:
    assert ask(url=PAGE, format="xml").status_code == 501
    assert ask().status_code == 400
    assert ask("POST", url=PAGE).status_code in {403, 405, 415}
