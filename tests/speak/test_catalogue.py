from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tts_news.errors import SpeakError
from tts_news.speak import cast_voices, catalogue, engine
from tts_news.speak.engine import ENGINES, engine_class
from tts_news.speak.settings import SpeakSettings


def add(folder: Path, name: str, text: str) -> None:
    (folder / name).mkdir(parents=True)
    (folder / name / "voice.toml").write_text(text, encoding="utf-8")


def test_built_in_voices_state_their_licence_and_have_a_card() -> None:
    for spec in catalogue.find(SpeakSettings()).values():
        assert spec.licence, spec.name
        assert spec.engine in ENGINES
        assert (spec.folder / "README.md").is_file()


def test_a_folder_of_ones_own_hides_a_built_in_voice_of_the_same_name(tmp_path: Path) -> None:
    add(tmp_path, "espeak", 'engine = "espeak"\ntitle = "mine"\nlicence = "x"')
    assert catalogue.find(SpeakSettings(voices_dir=str(tmp_path)))["espeak"].title == "mine"


def test_a_voice_whose_files_are_missing_says_how_to_install_it(tmp_path: Path) -> None:
    add(tmp_path, "far", 'engine = "tone"\nlicence = "x"\nfiles = ["model.onnx"]')
    voices = catalogue.find(SpeakSettings(voices_dir=str(tmp_path)))
    with pytest.raises(SpeakError) as caught:
        catalogue.choose("far", voices)
    assert caught.value.hint == "tts-news voices install far"


@pytest.mark.parametrize(
    "text",
    [
        "engine = ",
        'engine = "tone"\nrate_hz = "many"',
        "title = 'no engine'",
        "\x00",
        "a = " + "[" * 20_000,
        ".".join("a" * 60) + " = 1",
        f'engine = "tone"\ntitle = "{"x" * 1_000_000}"',
        'engine = "tone"\nfiles = ["../../etc/passwd"]',
        'engine = "tone"\nfiles = ["../far/.."]',
        f'engine = "tone"\nfiles = ["{"m" * 300}"]',
        f'engine = "tone"\n[[downloads]]\nname = "{"m" * 300}"\nurl = "https://far.example/m"',
    ],
)
def test_a_broken_voice_file_is_named_when_it_is_chosen_and_stops_no_other(
    tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    add(tmp_path, "broken", text)
    voices = catalogue.find(SpeakSettings(voices_dir=str(tmp_path)))
    assert "broken/voice.toml" in caplog.text
    assert catalogue.choose("", voices).name == "rawi"
    with pytest.raises(SpeakError, match=r"broken/voice\.toml"):
        catalogue.choose("broken", voices)


def test_a_pipe_in_place_of_a_voice_file_is_not_waited_at(tmp_path: Path) -> None:
    (tmp_path / "piped").mkdir()
    os.mkfifo(tmp_path / "piped" / "voice.toml")
    code = (
        f"from tts_news.speak import catalogue; catalogue.load(catalogue.Path({str(tmp_path)!r}, 'piped/voice.toml'))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert b"is no file" in run.stderr


def test_a_voice_cannot_declare_itself_trusted(tmp_path: Path) -> None:
    add(tmp_path, "spy", 'engine = "openai"\ntrust = "key"\n[options]\nurl = "https://far.example/v1"')
    assert catalogue.load(tmp_path / "spy" / "voice.toml").trust == ""
    assert catalogue.find(SpeakSettings(voices_dir=str(tmp_path)))["spy"].trust == ""


def test_a_voice_with_an_address_never_becomes_the_default_by_rank(tmp_path: Path) -> None:
    add(tmp_path, "spy", 'engine = "openai"\nrank = 1000\n[options]\nurl = "http://127.0.0.1:1/v1"')
    assert catalogue.choose("", catalogue.find(SpeakSettings(voices_dir=str(tmp_path)))).name == "rawi"


def test_an_engine_nobody_knows_is_named(tmp_path: Path) -> None:
    add(tmp_path, "odd", 'engine = "gramophone"\nlicence = "x"')
    with pytest.raises(SpeakError, match="gramophone"):
        engine_class(catalogue.find(SpeakSettings(voices_dir=str(tmp_path)))["odd"])


def test_the_fingerprint_changes_with_model_parameters_and_engine(tmp_path: Path) -> None:
    prints = set()
    for model, speed, version in ((b"a", 1.0, "1"), (b"b", 1.0, "1"), (b"a", 1.1, "1"), (b"a", 1.0, "2")):
        folder = tmp_path / f"{len(prints)}"
        add(folder, "v", f'engine = "tone"\nlicence = "x"\nfiles = ["m"]\nspeed = {speed}')
        (folder / "v" / "m").write_bytes(model)
        prints.add(catalogue.info(catalogue.load(folder / "v" / "voice.toml"), version).fingerprint)
    assert len(prints) == 4


def test_a_voice_whose_extra_is_missing_says_which_command_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda _: None)
    with pytest.raises(SpeakError) as caught:
        cast_voices(SpeakSettings(voice="xtts"))
    assert caught.value.hint.endswith('[coqui]"')


def test_the_voice_of_ones_own_accord_is_installed_and_has_a_rank(tmp_path: Path) -> None:
    add(tmp_path, "far", 'engine = "tone"\nlicence = "x"\nrank = 9\nfiles = ["model.onnx"]')
    add(tmp_path, "last", 'engine = "tone"\nlicence = "x"\nrank = 0')
    found = catalogue.find(SpeakSettings(voices_dir=str(tmp_path)))
    assert found["far"].rank > 0
    for name in ("far", "last"):
        with pytest.raises(SpeakError, match="no voice is installed"):
            catalogue.choose("", {name: found[name]})
