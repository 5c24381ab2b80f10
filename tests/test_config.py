from __future__ import annotations

from pathlib import Path

import pytest

from tts_news.config import PATHS, Config, in_force, load
from tts_news.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    path = folder / "tts-news.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_anything_the_defaults_are_in_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config = load(environ={})
    assert config.master.target_lufs == -16.0
    assert all(origin == "default" for _, _, origin in in_force(config))


def test_a_flag_wins_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    file = write(tmp_path, '[speak]\nvoice = "file"\nspeed = 1.5\npitch = 1.1\n')
    environ = {"TTS_NEWS_SPEAK_VOICE": "variable", "TTS_NEWS_SPEAK_SPEED": "2"}
    config = load(file, {"speak.voice": "flag", "speak.speed": None}, environ)
    assert (config.speak.voice, config.speak.speed, config.speak.pitch) == ("flag", 2.0, 1.1)
    origins = {name: origin for name, _, origin in in_force(config)}
    assert origins["speak.voice"] == "flag"
    assert origins["speak.speed"] == "TTS_NEWS_SPEAK_SPEED"
    assert origins["speak.pitch"] == str(file)


def test_a_key_is_never_shown_only_that_it_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    secret = load(environ={"TTS_NEWS_SERVE_KEYS": "open-sesame"})
    assert secret.serve.keys == ("open-sesame",)
    assert "open-sesame" not in str(in_force(secret))
    shown = {name: value for name, value, _ in in_force(secret)}
    assert shown["serve.keys"] == "(set)"
    assert not {name: value for name, value, _ in in_force(load(environ={}))}["serve.keys"]


def test_the_file_in_the_working_directory_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, '[show]\ntitle = "نشرة"\n')
    monkeypatch.chdir(tmp_path)
    assert load(environ={}).show.title == "نشرة"


def test_voices_by_role_have_a_table_of_their_own(tmp_path: Path) -> None:
    assert load(write(tmp_path, '[voices]\nheadline = "a"\n'), environ={}).speak.voices == {"headline": "a"}


def test_lists_in_the_environment_are_separated_by_commas() -> None:
    assert load(environ={"TTS_NEWS_MASTER_FORMATS": "mp3, m4b"}).master.formats == ("mp3", "m4b")


def test_site_rules_become_records(tmp_path: Path) -> None:
    config = load(write(tmp_path, '[read.sites."example.com"]\nkeep = [".story"]\n'), environ={})
    assert config.read.sites["example.com"].keep == (".story",)


def test_relative_paths_are_relative_to_the_configuration_file(tmp_path: Path) -> None:
    config = load(write(tmp_path, '[show]\ncover = "cover.jpg"\n[read]\ncache_dir = "off"\n'), environ={})
    assert config.show.cover == str(tmp_path / "cover.jpg")
    assert config.publish.output == str(tmp_path / "output")
    assert config.script.lexicon == str(tmp_path / "lexicon.toml")
    assert config.master.intro == ""
    assert config.read.cache_dir == "off"


@pytest.mark.parametrize("value", ["خ" * 200, "a\\u0000b", "~nobody-of-that-name/x"])
def test_a_path_that_no_disk_has_is_refused_by_name(tmp_path: Path, value: str) -> None:
    with pytest.raises(ConfigError, match=r"\[publish\] output"):
        load(write(tmp_path, f'[publish]\noutput = "{value}"\n'), environ={})


def test_every_path_that_is_resolved_is_a_setting() -> None:
    assert {place for place, _, _ in in_force(Config())} >= PATHS


@pytest.mark.parametrize(
    ("text", "said", "hinted"),
    [
        ('[speek]\nvoice = "x"', "unknown table [speek]", "speak"),
        ('[speak]\nvoise = "x"', "[speak] voise: no such setting", "voice"),
        ('[speak]\nspeed = "fast"', "[speak] speed = 'fast'", "a valid number"),
        ("[speak]\nspeed = 9", "[speak] speed = 9", "less than or equal to 3"),
        ('[script]\nmonths = "levnat"', "[script] months: there is no 'levnat'", "did you mean levant"),
        ("[script.pauses_s]\nheadlin = 1", "[script.pauses_s] headlin: no such role", "did you mean headline"),
        ('[show]\ntimezone = "Asia/Riad"', "no zone 'Asia/Riad'", "did you mean Asia/Riyadh"),
        ('[show]\nlink = "news.example"', "[show] link = 'news.example'", "https://"),
        ('[show]\nemail = "press"', "[show] email = 'press'", "@"),
        ('[read]\nsince = "lately"', "[read] since = 'lately'", "2026-11-22"),
        ("[master]\nformats = 3", "[master] formats = 3", ""),
        ("[speak\n", "cannot read the configuration file", ""),
    ],
)
def test_what_does_not_hold_is_named(tmp_path: Path, text: str, said: str, hinted: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(write(tmp_path, text), environ={})
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert hinted in caught.value.hint


def test_a_named_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no configuration file"):
        load(tmp_path / "absent.toml", environ={})


def test_a_slip_in_a_variable_is_no_setting_that_nobody_sees() -> None:
    with pytest.raises(ConfigError, match="TTS_NEWS_SPEEK_VOICE") as caught:
        load(environ={"TTS_NEWS_SPEEK_VOICE": "rawi"})
    assert caught.value.hint == "did you mean TTS_NEWS_SPEAK_VOICE?"
    with pytest.raises(ConfigError, match="TTS_NEWS_SHOW_COLOR"):
        load(environ={"TTS_NEWS_SHOW_COLOR": "#000000"})
    load(environ={"TTS_NEWS_SERVICE_PORT": "80", "TTS_NEWS_PORT_8080_TCP_ADDR": "10.0.0.1"})  # Kubernetes


def test_a_flag_is_named_as_it_was_typed() -> None:
    with pytest.raises(ConfigError, match=r"^--speed = 9 ") as caught:
        load(flags={"speak.speed": 9}, environ={})
    assert caught.value.hint == "it is to be less than or equal to 3"
    with pytest.raises(ConfigError, match=r"^--from: there is no 'htm'"):
        load(flags={"read.kind": "htm"}, environ={})


def test_a_list_of_texts_is_a_tuple_and_anything_else_in_it_is_refused(tmp_path: Path) -> None:
    assert load(write(tmp_path, '[publish]\nbooks = ["epub"]\n')).publish.books == ("epub",)
    assert load(write(tmp_path, "[publish]\nbooks = []\n")).publish.books == ()
    with pytest.raises(ConfigError, match="books"):
        load(write(tmp_path, '[publish]\nbooks = ["epub", 1]\n'))
    with pytest.raises(ConfigError, match="books"):
        load(write(tmp_path, "[publish]\nbooks = 1\n"))
