"""`tts-news voices` as a user would use it, with a voice that lies on a server of this machine."""

from __future__ import annotations

import hashlib
import json
import re
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.speak.loopback import ranged, serve

Door = Callable[..., tuple[int, str, str]]
MODEL = bytes(range(256)) * 40


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the user's voices."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "tts-news" / "voices"


def offer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str, *, stated: bool = True, use: str = "true") -> Path:
    """Put the voice `far` into the show's voices: not installed, its file on a server. Returns its folder."""
    card = tmp_path / "show" / "far" / "voice.toml"
    card.parent.mkdir(parents=True)
    proof = f'sha256 = "{hashlib.sha256(MODEL).hexdigest()}"\nsize = {len(MODEL)}\n' if stated else ""
    card.write_text(
        f'engine = "tone"\nlicence = "CC-BY-NC-4.0"\ncommercial = {use}\n'
        f'[[downloads]]\nname = "model.bin"\nurl = "{url}/model.bin"\n{proof}'
    )
    monkeypatch.setenv("TTS_NEWS_SPEAK_VOICES_DIR", str(card.parents[1]))
    return card.parent


def state(tts_news: Door, name: str) -> dict[str, object]:
    return {voice["name"]: voice for voice in json.loads(tts_news("voices", "list", "--json")[1])}[name]


def test_the_list_says_what_is_ready_and_what_is_not(tts_news: Door) -> None:
    _, out, _ = tts_news("voices", "list")
    rows = {line.split()[0]: line for line in out.splitlines()}
    assert "ready" in rows["rawi"]
    assert "not installed" in rows["kareem-low"]
    assert "non-commercial" in rows["miro"]
    assert next(iter(rows)) == "rawi"


def test_the_list_says_whose_voice_it_is_what_it_may_be_used_for_and_what_it_costs(
    tts_news: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    _, out, _ = tts_news("voices", "list")
    rows = {line.split()[0]: line for line in out.splitlines()}
    for cell in ("female", "any use", "GPL-3.0-or-later", "7 MB", "83x"):
        assert cell in rows["rawiya"]
    assert "63 MB" in rows["kareem-low"]
    assert "needs a key" in rows["openai"]
    monkeypatch.setenv("OPENAI_API_KEY", "sk-none")
    assert state(tts_news, "openai")["state"] == "ready"


def test_voices_are_compared_on_a_page(tts_news: Door, tmp_path: Path) -> None:
    code, out, err = tts_news("voices", "compare", "وصل 3 وزراء <b>", "rawi", "espeak", "-o", tmp_path / "heard")
    assert (code, out) == (0, f"{tmp_path / 'heard' / 'compare.html'}\n"), err
    page = (tmp_path / "heard" / "compare.html").read_text(encoding="utf-8")
    assert page.count("<audio") == 2
    assert "وصل 3 وزراء &lt;b&gt;" in page
    for name in ("rawi", "espeak"):
        assert f'src="{name}.wav"' in page
        with wave.open(str(tmp_path / "heard" / f"{name}.wav")) as sound:
            assert sound.getnframes() > sound.getframerate()


def test_a_comparison_with_no_voice_at_all_is_refused(tts_news: Door, tmp_path: Path) -> None:
    code, _, err = tts_news("voices", "compare", "نعم", "none", "-o", tmp_path / "heard")
    assert code == 5
    assert "there is no voice called 'none'" in err
    assert not (tmp_path / "heard").exists()


def test_show_prints_licence_files_and_card(tts_news: Door) -> None:
    code, out, _ = tts_news("voices", "show", "kareem-low")
    assert code == 0
    assert "2887e9d68b125965" in out
    assert "# kareem-low" in out


def test_a_download_that_breaks_goes_on_and_the_voice_speaks(
    tts_news: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(ranged(MODEL, break_after=4000)) as (url, seen):
        place = offer(tmp_path, monkeypatch, url)
        code, out, err = tts_news("voices", "install", "far")
        assert (code, out) == (5, "")
        assert "voice far: cannot fetch" in err
        assert not state(tts_news, "far")["installed"]
        code, out, err = tts_news("voices", "install", "far")
    assert (code, out) == (0, f"far  ready  {place}\n")
    assert "model.bin: " in err
    assert seen[-1] == "GET /model.bin bytes=4000-"
    code, out, _ = tts_news("voices", "try", "far", "--text", "نَعَمْ.", "-o", tmp_path / "samples")
    assert code == 0
    with wave.open(str(tmp_path / "samples" / "far.wav")) as sound:
        assert sound.getnframes() > 1000


@pytest.mark.parametrize("kind", ["folder", "server"])
def test_a_mirror_takes_the_place_of_the_files_own_address(
    tts_news: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    place = offer(tmp_path, monkeypatch, "http://127.0.0.1:1")
    stick = tmp_path / "stick" / "far"
    stick.mkdir(parents=True)
    (stick / "model.bin").write_bytes(MODEL)
    with serve(ranged(MODEL)) as (url, seen):
        monkeypatch.setenv("TTS_NEWS_VOICES_URL", str(stick.parent) if kind == "folder" else f"{url}/voices")
        assert tts_news("voices", "install", "far")[0] == 0
    assert seen == ([] if kind == "folder" else ["GET /voices/far/model.bin"])
    assert (place / "model.bin").read_bytes() == MODEL


def test_a_licence_that_is_not_free_is_agreed_to_first(
    tts_news: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(ranged(MODEL)) as (url, seen):
        place = offer(tmp_path, monkeypatch, url, use="false")
        code, _, err = tts_news("voices", "install", "far")
        assert (code, seen) == (5, [])
        assert "CC-BY-NC-4.0" in err
        assert "hint: if you agree to it: tts-news voices install far --accept-licence" in err
        assert tts_news("voices", "install", "far", "--accept-licence")[0] == 0
    assert (place / "model.bin").is_file()


def test_what_could_not_be_compared_is_said_plainly(
    tts_news: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(ranged(MODEL)) as (url, _):
        place = offer(tmp_path, monkeypatch, url, stated=False)
        _, _, err = tts_news("voices", "install", "far")
    assert "model.bin: no SHA-256 is published; taken as it came, and no other from now on: " in err
    assert hashlib.sha256(MODEL).hexdigest() in err
    assert url in (place.parent / ".first-seen.json").read_text()


def test_remove_deletes_an_installed_voice_and_no_other(
    tts_news: Door, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(tmp_path, monkeypatch, "http://127.0.0.1:1")
    assert tts_news("voices", "remove", "far")[0] == 5
    (tmp_path / "m.onnx").write_bytes(b"x")
    tts_news("voices", "add", "mine", tmp_path / "m.onnx", "--engine", "tone", "--licence", "CC0-1.0")
    assert tts_news("voices", "remove", "mine") == (0, "mine  removed\n", "")
    assert not (home / "mine").exists()
    code, _, err = tts_news("voices", "remove", "rawi")
    assert code == 5
    assert "stays" in err


def test_a_voice_of_the_catalogue_goes_to_the_users_folder_and_is_verified(
    tts_news: Door, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "stick" / "kareem-low"
    wrong.mkdir(parents=True)
    for name in ("ar_JO-kareem-low.onnx", "ar_JO-kareem-low.onnx.json"):
        (wrong / name).write_bytes(b"x" * 5022)
    monkeypatch.setenv("TTS_NEWS_VOICES_URL", str(tmp_path / "stick"))
    code, out, err = tts_news("voices", "install", "kareem-low", "--accept-licence")
    assert (code, out) == (5, "")
    assert "error: voice kareem-low: ar_JO-kareem-low.onnx is not the file that voice.toml names" in err
    assert [path.name for path in home.iterdir() if not path.name.startswith(".")] == []


def test_add_makes_a_voice_of_ones_own(tts_news: Door, home: Path, tmp_path: Path) -> None:
    (tmp_path / "m.onnx").write_bytes(b"x")
    code, out, _ = tts_news(
        "voices", "add", "mine", tmp_path / "m.onnx", "--engine", "tone", "--licence", "CC0-1.0", "--commercial"
    )
    assert (code, out) == (0, f"mine  ready  {home / 'mine'}\n")
    assert state(tts_news, "mine")["commercial"] is True
    code, _, err = tts_news("voices", "add", "mine", "--engine", "tone", "--licence", "x")
    assert code == 5
    assert "hint: tts-news voices remove mine" in err
    assert tts_news("voices", "add", "other", "--engine", "tone")[0] == 2


def test_what_does_not_load_is_not_added(tts_news: Door, home: Path, tmp_path: Path) -> None:
    for name in ("m.onnx", "m.onnx.json"):
        (tmp_path / name).write_bytes(b"{}")
    files = (tmp_path / "m.onnx", tmp_path / "m.onnx.json")
    code, out, err = tts_news("voices", "add", "mine", *files, "--engine", "piper", "--licence", "CC0-1.0")
    assert (code, out) == (5, "")
    assert "error: voice mine: m.onnx cannot be loaded" in err
    assert list(home.iterdir()) == []


def test_a_voice_with_an_extra_says_which_when_it_is_installed_or_used(
    tts_news: Door, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tts_news.speak.engine.find_spec", lambda _: None)
    code, _, err = tts_news("voices", "install", "xtts")
    assert code == 5
    assert re.search(r'^hint: .*pip install .*\[coqui\]"$', err, re.MULTILINE)
    (tmp_path / "a.txt").write_text("عنوان\n\nنص الخبر هنا.\n", encoding="utf-8")
    code, _, err = tts_news("make", tmp_path / "a.txt", "--voice", "xtts", "--output", tmp_path / "out")
    assert code == 5
    assert re.search(r'^hint: .*pip install .*\[coqui\]"$', err, re.MULTILINE)
    assert not home.exists()
