from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.speak.loopback import Answer, plain, ranged, serve
from tts_news.errors import SpeakError
from tts_news.speak.catalogue import VoiceSpec, find, load
from tts_news.speak.install import install, remove
from tts_news.speak.settings import SpeakSettings

MODEL = bytes(range(256)) * 500


def voice(folder: Path, url: str, sha256: str = "", size: int = 0) -> VoiceSpec:
    """A voice whose model lies elsewhere."""
    card = folder / "catalogue" / "far" / "voice.toml"
    card.parent.mkdir(parents=True, exist_ok=True)
    sha256 = sha256 or hashlib.sha256(MODEL).hexdigest()
    card.write_text(
        f'engine = "tone"\nlicence = "x"\n[[downloads]]\nname = "model.bin"\nurl = "{url}/model.bin"\n'
        f'sha256 = "{sha256}"\nsize = {size or len(MODEL)}\n'
    )
    return load(card)


def quiet(*_: object) -> None:
    pass


def visible(folder: Path) -> list[str]:
    return sorted(spec.name for spec in find(SpeakSettings(voices_dir=str(folder))).values() if spec.name == "far")


def test_an_installed_voice_is_whole_and_visible(tmp_path: Path) -> None:
    with serve(ranged(MODEL)) as (url, _):
        place = install(voice(tmp_path, url), "", quiet, tmp_path / "voices")
    assert (place / "model.bin").read_bytes() == MODEL
    assert not load(place / "voice.toml").missing
    assert visible(tmp_path / "voices") == ["far"]


def test_progress_is_told_up_to_the_whole_size(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with serve(ranged(MODEL)) as (url, _):
        install(voice(tmp_path, url), "", lambda *now: told.append(now), tmp_path / "voices")
    assert told[-1] == ("model.bin", len(MODEL), len(MODEL))


def test_a_broken_download_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with serve(ranged(MODEL, break_after=50_000)) as (url, seen):
        spec = voice(tmp_path, url)
        with pytest.raises(SpeakError, match="cannot fetch"):
            install(spec, "", quiet, tmp_path / "voices")
        assert visible(tmp_path / "voices") == []
        place = install(spec, "", quiet, tmp_path / "voices")
    assert seen == ["GET /model.bin", "GET /model.bin bytes=50000-"]
    assert (place / "model.bin").read_bytes() == MODEL


def test_a_mirror_is_asked_instead(tmp_path: Path) -> None:
    with serve(ranged(MODEL)) as (url, seen):
        install(voice(tmp_path, "http://127.0.0.1:1"), f"{url}/mirror/", quiet, tmp_path / "voices")
    assert seen == ["GET /mirror/far/model.bin"]


def test_a_local_folder_serves_as_a_mirror(tmp_path: Path) -> None:
    (tmp_path / "stick" / "far").mkdir(parents=True)
    (tmp_path / "stick" / "far" / "model.bin").write_bytes(MODEL)
    install(voice(tmp_path, "http://127.0.0.1:1"), str(tmp_path / "stick"), quiet, tmp_path / "voices")
    assert visible(tmp_path / "voices") == ["far"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (ranged(MODEL[:-1] + b"x"), "not the file"),
        (ranged(MODEL[:1000]), "not the file"),
        (ranged(MODEL + b"more"), "more than"),
        (plain(500, b"oops"), "answered 500"),
        (plain(200, b"<html>login</html>"), "not the file"),
        (plain(200, b""), "not the file"),
    ],
)
def test_what_is_not_the_named_file_is_refused_and_nothing_is_visible(
    tmp_path: Path, answer: Answer, said: str
) -> None:
    with serve(answer) as (url, _), pytest.raises(SpeakError, match=said):
        install(voice(tmp_path, url), "", quiet, tmp_path / "voices")
    assert visible(tmp_path / "voices") == []
    assert not [path for path in (tmp_path / "voices").iterdir() if not path.name.startswith(".")]


def test_offline_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SpeakError, match="cannot fetch") as caught:
        install(voice(tmp_path, "http://127.0.0.1:1"), "", quiet, tmp_path / "voices")
    assert "TTS_NEWS_VOICES_URL" in caught.value.hint


def test_a_full_disk_leaves_nothing_visible(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with serve(ranged(MODEL)) as (url, _), pytest.raises(SpeakError, match="No space left"):
        install(voice(tmp_path, url), "", quiet, tmp_path / "voices")
    assert visible(tmp_path / "voices") == []


def test_removing_takes_the_users_voice_away_and_leaves_others(tmp_path: Path) -> None:
    spec = voice(tmp_path, "http://127.0.0.1:1")
    assert not remove(spec, tmp_path / "voices")
    with serve(ranged(MODEL)) as (url, _):
        place = install(voice(tmp_path, url), "", quiet, tmp_path / "voices")
    assert remove(load(place / "voice.toml"), tmp_path / "voices")
    assert visible(tmp_path / "voices") == []


def test_a_file_name_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    card = tmp_path / "bad" / "voice.toml"
    card.parent.mkdir()
    card.write_text('engine = "tone"\nlicence = "x"\n[[downloads]]\nname = "../x"\nurl = "http://127.0.0.1"\n')
    with pytest.raises(SpeakError, match="no file of a voice"):
        load(card)
