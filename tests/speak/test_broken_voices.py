"""A voice that is broken in any way: one line that names it, and no sound; through the door, with the real engines.

Those whose engines are extras are broken in `tests/extras`.
"""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.speak.loopback import Answer, plain, serve
from tests.speak.tiny_piper import config, tiny_model, write_voice
from tts_news.speak import catalogue, patience, speech_server
from tts_news.speak.catalogue import built_in
from tts_news.speak.trust import trust

Door = Callable[..., tuple[int, str, str]]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the voice `broken` lies."""
    monkeypatch.setenv("TTS_NEWS_SPEAK_VOICES_DIR", str(tmp_path / "voices"))
    return tmp_path / "voices" / "broken"


def refused(tts_news: Door, tmp_path: Path) -> str:
    """Let the voice speak, which it must not; returns what is said of it."""
    code, out, err = tts_news("voices", "try", "broken", "-o", tmp_path / "samples")
    assert (code, out) == (5, "")
    error, *hints = err.splitlines()
    assert error.startswith("error: ")
    assert "broken" in error
    assert len(hints) <= 1
    assert not (tmp_path / "samples").exists()
    return error


def house(place: Path) -> Path:
    shutil.copytree(built_in() / "rawi", place)
    return place / "model.onnx"


@pytest.mark.parametrize("length", [0, 100, 1_000_000])
def test_a_truncated_house_voice(tts_news: Door, place: Path, tmp_path: Path, length: int) -> None:
    model = house(place)
    model.write_bytes(model.read_bytes()[:length])
    assert "cannot load" in refused(tts_news, tmp_path)


def test_a_house_voice_with_the_model_of_another_engine(tts_news: Door, place: Path, tmp_path: Path) -> None:
    house(place).write_bytes(tiny_model())
    assert "other phones" in refused(tts_news, tmp_path)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("tiny.onnx", tiny_model()[:100], "cannot be loaded"),
        ("tiny.onnx", b"", "cannot be loaded"),
        ("tiny.onnx", b"<html>login</html>", "cannot be loaded"),
        ("tiny.onnx.json", b"{", "cannot be loaded"),
        ("tiny.onnx.json", b"[]", "cannot be loaded"),
        ("tiny.onnx.json", b"\xff\xfe", "cannot be loaded"),
        ("tiny.onnx.json", json.dumps(config("de")).encode(), "speaks de, not ar"),
    ],
)
def test_a_broken_piper_voice(
    tts_news: Door, place: Path, tmp_path: Path, file: str, content: bytes, said: str
) -> None:
    write_voice(place)
    (place / file).write_bytes(content)
    assert said in refused(tts_news, tmp_path)


@pytest.mark.parametrize("file", ["tiny.onnx", "tiny.onnx.json"])
def test_a_file_that_is_missing(tts_news: Door, place: Path, tmp_path: Path, file: str) -> None:
    write_voice(place)
    (place / file).unlink()
    assert "not installed" in refused(tts_news, tmp_path)


def write_card(place: Path, text: str) -> None:
    place.mkdir(parents=True)
    (place / "voice.toml").write_text(f'licence = "x"\n{text}', encoding="utf-8")


def test_a_language_that_espeak_does_not_have(tts_news: Door, place: Path, tmp_path: Path) -> None:
    write_card(place, 'engine = "espeak"\n[options]\nvoice = "klingon-of-the-north"\n')
    assert "klingon" in refused(tts_news, tmp_path)


MP3 = b"ID3\x04" + bytes(4000)
NOISE = bytes(range(1, 255)) * 400


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (plain(500, b"oops"), "answered 500: oops"),
        (plain(404, b"no such model"), "answered 404: no such model"),
        (plain(200, b""), "no 16-bit sound"),
        (plain(200, b"<html></html>", "text/html"), "no 16-bit sound"),
        (plain(200, MP3, "audio/mpeg"), "no 16-bit sound"),
        (plain(200, b"RIFF" + bytes(4000), "audio/wav"), "no 16-bit sound"),
        (plain(200, NOISE[:200]), "the take is empty"),
        (plain(200, bytes(96_000)), "the take is silent"),
        (plain(200, NOISE * 10), "the take lasts"),
    ],
)
def test_a_server_that_gives_no_speech(
    tts_news: Door, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: Answer, said: str
) -> None:
    monkeypatch.setattr(patience, "BACKOFF_S", 0.0)
    with serve(answer) as (url, _):
        write_card(place, f'engine = "openai"\n[options]\nurl = "{url}"\n')
        assert said in refused(tts_news, tmp_path)


def test_a_server_that_says_nothing(
    tts_news: Door, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "BACKOFF_S", 0.0)
    monkeypatch.setattr(speech_server, "TIMEOUT_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        write_card(place, f'engine = "openai"\n[options]\nurl = "http://127.0.0.1:{deaf.getsockname()[1]}"\n')
        assert "cannot be reached" in refused(tts_news, tmp_path)


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "nonsense", "http://[", "ftp://127.0.0.1"])
def test_an_address_where_no_server_is(
    tts_news: Door, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setattr(patience, "BACKOFF_S", 0.0)
    monkeypatch.setattr(catalogue, "user_folder", lambda: tmp_path / "user")
    write_card(place, f'engine = "openai"\n[options]\nurl = "{url}"\n')
    trust("broken", url, tmp_path / "user", with_key=False)
    assert "cannot be reached" in refused(tts_news, tmp_path)


def test_an_edition_with_a_broken_voice_is_not_made(tts_news: Door, place: Path, tmp_path: Path) -> None:
    write_voice(place)
    (place / "tiny.onnx").write_bytes(tiny_model()[:100])
    (tmp_path / "a.txt").write_text("عنوان الخبر\n\nقال الوزير إن الأمر حسم أمس.\n", encoding="utf-8")
    code, _, err = tts_news("make", tmp_path / "a.txt", "--voice", "broken", "--output", tmp_path / "out")
    assert code == 5
    assert "error: voice broken: tiny.onnx cannot be loaded" in err
    assert not list((tmp_path / "out").glob("**/*.mp3"))


def test_a_voice_whose_card_is_broken_is_named_and_the_others_are_listed(tts_news: Door, place: Path) -> None:
    place.mkdir(parents=True)
    (place / "voice.toml").write_text("engine = [")
    code, out, _ = tts_news("voices", "list")
    assert code == 0
    assert [line.split()[1] for line in out.splitlines() if line.startswith("broken ")] == ["broken"]
    assert "rawi " in out
    code, _, err = tts_news("say", "نص", "--voice", "broken", "-o", place / "x.wav")
    assert code == 5
    assert "broken/voice.toml" in err
