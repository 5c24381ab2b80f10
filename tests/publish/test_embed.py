"""The player for pages elsewhere, and what tells them of it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from publish.editions import SHOW, Press, make_script

from tts_news.publish import PublishSettings, build_show
from tts_news.publish.embed import follow_line, iframe, write_embed


@pytest.fixture
def place(press: Press) -> Path:
    return press.make(make_script("خبر <b> \"'"))[0]


def test_the_player_stores_nothing_asks_no_other_host_and_lets_only_its_script_run(place: Path) -> None:
    page = (place / "embed.html").read_text(encoding="utf-8")
    assert not re.search(r"localStorage|cookie|https?://", page.partition("</head>")[0].replace("http-equiv", ""))
    assert "script-src 'sha256-" in page
    assert "<b>" not in page
    assert page.count("<option") == 7 + 8


def test_the_latest_editions_player_stands_beside_the_feed(press: Press) -> None:
    press.make()
    press.make(make_script("خبر ثان", url="https://city.example/other"), "2026-11-23")
    build_show(press.output, SHOW, PublishSettings())
    page = (press.output / "embed.html").read_text(encoding="utf-8")
    (sound,) = re.findall(r'<source src="([^"]+)"', page)
    assert sound.startswith("2026-11-23-")
    assert (press.output / sound).is_file()
    assert (press.output / "follow.js").is_file()


def test_who_is_given_the_address_learns_the_player(place: Path) -> None:
    told = json.loads((place / "oembed.json").read_text(encoding="utf-8"))
    assert (told["version"], told["type"], told["height"]) == ("1.0", "rich", 120)
    assert f'src="https://press.example/audio/{place.name}/embed.html"' in told["html"]
    assert told["title"] == "خبر <b> \"'"
    page = (place / "index.html").read_text(encoding="utf-8")
    assert "&lt;iframe src=" in page


def test_hostile_titles_stay_text_in_what_is_copied() -> None:
    line = iframe("\"><script>'", "2026-11-22-a", SHOW)
    assert re.fullmatch(r"<iframe( [a-z]+=\"[^\"<>]*\")+></iframe>", line)
    assert re.fullmatch(r"<script( [a-z-]+(=\"[^\"<>]*\")?)+></script>", follow_line("2026-11-22-a", SHOW))


def test_a_show_without_address_or_sound_has_no_lines_to_copy() -> None:
    nowhere = replace(SHOW, base_url="")
    assert iframe("خبر", "2026-11-22-a", nowhere) == follow_line("2026-11-22-a", nowhere) == ""
    assert write_embed("خبر", 1.0, (), (), SHOW) == ""
