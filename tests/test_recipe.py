"""Whatever decides an edition's files is in its recipe: a change of any of them makes the edition again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from publish.editions import SHOW, VOICE, make_script

from tts_news.config import Config
from tts_news.master.settings import MasterSettings
from tts_news.pipeline import _recipe
from tts_news.records import Tags
from tts_news.speak.settings import SpeakSettings

TAGS = Tags("نشرة")


@pytest.fixture
def config(tmp_path: Path) -> Config:
    for name in ("intro.wav", "bed.wav", "cover.png"):
        (tmp_path / name).write_bytes(name.encode())
    return Config(
        show=replace(SHOW, cover=str(tmp_path / "cover.png")),
        speak=SpeakSettings(voice="tone"),
        master=MasterSettings(intro=str(tmp_path / "intro.wav"), bed=str(tmp_path / "bed.wav")),
    )


def recipe(config: Config) -> str:
    return _recipe(make_script(), TAGS, [VOICE], config)


@pytest.mark.parametrize("change", [{"speed": 1.25}, {"pitch": 0.9}])
def test_speed_and_pitch_are_in_the_recipe(config: Config, change: dict[str, float]) -> None:
    assert recipe(replace(config, speak=replace(config.speak, **change))) != recipe(config)


@pytest.mark.parametrize("name", ["intro.wav", "bed.wav", "cover.png"])
def test_what_the_sounds_and_the_cover_hold_is_in_the_recipe(config: Config, tmp_path: Path, name: str) -> None:
    before = recipe(config)
    (tmp_path / name).write_bytes(b"another")
    assert recipe(config) != before


def test_text_voice_tags_and_settings_are_in_the_recipe(config: Config) -> None:
    script, before = make_script(), recipe(config)
    other = replace(script, cues=(replace(script.cues[0], spoken="نَصٌّ آخَر"), *script.cues[1:]))
    assert _recipe(other, TAGS, [VOICE], config) != before
    assert _recipe(script, TAGS, [replace(VOICE, fingerprint="other")], config) != before
    assert _recipe(script, replace(TAGS, title="أخرى"), [VOICE], config) != before
    assert recipe(replace(config, master=replace(config.master, bed=""))) != before
    assert recipe(replace(config, show=replace(config.show, title="أخرى"))) != before
    assert recipe(replace(config, show=replace(config.show, disclosure=""))) != before


def test_a_page_that_only_says_it_was_modified_is_the_same(config: Config) -> None:
    script = make_script()
    touched = replace(script, sources=tuple(replace(source, modified="2030-01-01") for source in script.sources))
    assert _recipe(touched, TAGS, [VOICE], config) == recipe(config)
