from __future__ import annotations

import hashlib
import resource
import socket
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.speak.loopback import Answer, plain, ranged, serve
from tts_news.errors import SpeakError
from tts_news.speak.catalogue import VoiceSpec, find, load
from tts_news.speak.install import install, remove
from tts_news.speak.settings import SpeakSettings

MODEL = bytes(range(256)) * 500


def voice(folder: Path, url: str, *, stated: bool = True, engine: str = "tone") -> VoiceSpec:
    """A voice whose model lies elsewhere; its size and SHA-256 are stated, or not."""
    card = folder / "catalogue" / "far" / "voice.toml"
    card.parent.mkdir(parents=True, exist_ok=True)
    proof = f'sha256 = "{hashlib.sha256(MODEL).hexdigest()}"\nsize = {len(MODEL)}\n' if stated else ""
    card.write_text(
        f'engine = "{engine}"\nlicence = "x"\n[[downloads]]\nname = "model.bin"\nurl = "{url}/model.bin"\n{proof}'
    )
    return load(card)


def quiet(*_: object) -> None:
    pass


def visible(folder: Path) -> list[str]:
    return sorted(
        spec.name for spec in find(SpeakSettings(voices_dir=str(folder))).values() if spec.folder.parent == folder
    )


def test_an_installed_voice_is_whole_and_visible(tmp_path: Path) -> None:
    with serve(ranged(MODEL)) as (url, _):
        place = install(voice(tmp_path, url), "", quiet, tmp_path / "voices").folder
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
        place = install(spec, "", quiet, tmp_path / "voices").folder
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


def test_a_full_disk_leaves_nothing_visible_and_names_the_voice(tmp_path: Path) -> None:
    part = tmp_path / "voices" / ".far.part" / "model.bin.part"
    part.parent.mkdir(parents=True)
    part.symlink_to("/dev/full")
    with serve(ranged(MODEL)) as (url, _), pytest.raises(SpeakError, match=r"voice far: .*No space left") as caught:
        install(voice(tmp_path, url), "", quiet, tmp_path / "voices")
    assert "free some space" in caught.value.hint
    assert visible(tmp_path / "voices") == []


@pytest.mark.parametrize("from_folder", [False, True])
def test_a_file_that_does_not_fit_is_an_error_and_fits_later(tmp_path: Path, from_folder: bool) -> None:
    """The kernel refuses to let a file grow, in the middle of a download or a copy, as a quota would."""
    origin = tmp_path / "stick" / "far" / "model.bin"
    origin.parent.mkdir(parents=True)
    origin.write_bytes(MODEL)
    with serve(ranged(MODEL)) as (url, _):
        spec, source = voice(tmp_path, url), str(tmp_path / "stick") if from_folder else ""
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
        try:
            with pytest.raises(SpeakError, match="voice far: cannot write"):
                install(spec, source, quiet, tmp_path / "voices")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert visible(tmp_path / "voices") == []
        place = install(spec, source, quiet, tmp_path / "voices").folder
    assert (place / "model.bin").read_bytes() == MODEL


def test_a_server_that_says_nothing_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tts_news.speak.install.TIMEOUT_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as deaf, pytest.raises(SpeakError, match="voice far: cannot fetch"):
        install(voice(tmp_path, f"http://127.0.0.1:{deaf.getsockname()[1]}"), "", quiet, tmp_path / "voices")
    assert visible(tmp_path / "voices") == []


def test_what_no_sha256_is_published_for_is_said_so_and_remembered(tmp_path: Path) -> None:
    voices = tmp_path / "voices"
    with serve(ranged(MODEL)) as (url, _):
        spec = voice(tmp_path, url, stated=False)
        installed = install(spec, "", quiet, voices)
        assert installed.trusted == {"model.bin": hashlib.sha256(MODEL).hexdigest()}
        remove(load(installed.folder / "voice.toml"), voices)
        assert install(spec, "", quiet, voices).trusted == {}


def test_another_file_than_the_first_seen_is_refused_wherever_it_comes_from(tmp_path: Path) -> None:
    voices = tmp_path / "voices"
    answers = [ranged(MODEL), ranged(MODEL[::-1]), ranged(MODEL[::-1])]

    def answer(request: BaseHTTPRequestHandler) -> None:
        answers[0](request)

    with serve(answer) as (url, _):
        spec = voice(tmp_path, url, stated=False)
        remove(load(install(spec, "", quiet, voices).folder / "voice.toml"), voices)
        for source in ("", f"{url}/mirror"):
            answers.pop(0)
            with pytest.raises(SpeakError, match=r"voice far: model\.bin is not the file that was first") as caught:
                install(spec, source, quiet, voices)
            assert ".first-seen.json" in caught.value.hint
    assert visible(voices) == []


def test_a_damaged_memory_of_files_trusts_nothing(tmp_path: Path) -> None:
    voices = tmp_path / "voices"
    voices.mkdir()
    (voices / ".first-seen.json").write_text("[")
    with pytest.raises(SpeakError, match="first-seen"):
        install(voice(tmp_path, "http://127.0.0.1:1", stated=False), "", quiet, voices)


def test_a_login_page_instead_of_an_unproven_model_is_neither_installed_nor_remembered(tmp_path: Path) -> None:
    voices = tmp_path / "voices"
    with serve(plain(200, b"<html>login</html>")) as (url, _), pytest.raises(SpeakError, match="voice far"):
        install(voice(tmp_path, url, stated=False, engine="piper"), "", quiet, voices)
    assert visible(voices) == []
    assert not (voices / ".first-seen.json").exists()


def test_an_installed_voice_that_has_been_damaged_is_fetched_again(tmp_path: Path) -> None:
    with serve(ranged(MODEL)) as (url, seen):
        spec = voice(tmp_path, url)
        place = install(spec, "", quiet, tmp_path / "voices").folder
        assert install(load(place / "voice.toml"), "", quiet, tmp_path / "voices").folder == place
        assert len(seen) == 1
        (place / "model.bin").write_bytes(MODEL[:1000])
        install(load(place / "voice.toml"), "", quiet, tmp_path / "voices")
    assert (place / "model.bin").read_bytes() == MODEL


def test_a_file_that_nobody_can_fetch_is_named(tmp_path: Path) -> None:
    card = tmp_path / "own" / "voice.toml"
    card.parent.mkdir()
    card.write_text('engine = "tone"\nlicence = "x"\nfiles = ["model.onnx"]\n')
    with pytest.raises(SpeakError, match=r"voice own: model\.onnx is missing"):
        install(load(card), "", quiet, tmp_path / "voices")


def test_removing_takes_the_users_voice_away_and_leaves_others(tmp_path: Path) -> None:
    spec = voice(tmp_path, "http://127.0.0.1:1")
    assert not remove(spec, tmp_path / "voices")
    with serve(ranged(MODEL)) as (url, _):
        place = install(voice(tmp_path, url), "", quiet, tmp_path / "voices").folder
    assert remove(load(place / "voice.toml"), tmp_path / "voices")
    assert visible(tmp_path / "voices") == []


def test_a_file_name_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    card = tmp_path / "bad" / "voice.toml"
    card.parent.mkdir()
    card.write_text('engine = "tone"\nlicence = "x"\n[[downloads]]\nname = "../x"\nurl = "http://127.0.0.1"\n')
    with pytest.raises(SpeakError, match="no file of a voice"):
        load(card)
