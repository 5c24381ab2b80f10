from __future__ import annotations

from pathlib import Path

import pytest

from tts_news.errors import SpeakError
from tts_news.speak import cast_voices, catalogue
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.settings import SpeakSettings
from tts_news.speak.trust import TRUSTED, trust


@pytest.fixture
def voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SpeakSettings:
    monkeypatch.setattr(catalogue, "user_folder", lambda: tmp_path / "user")
    card(tmp_path / "voices", "https://far.example/v1")
    return SpeakSettings(voices_dir=str(tmp_path / "voices"))


def card(folder: Path, url: str) -> None:
    (folder / "studio").mkdir(parents=True, exist_ok=True)
    text = f'engine = "openai"\nlicence = "x"\n[options]\nurl = "{url}"\n'
    (folder / "studio" / "voice.toml").write_text(text, encoding="utf-8")


def studio(settings: SpeakSettings) -> VoiceSpec:
    return catalogue.find(settings)["studio"]


def test_a_voice_from_elsewhere_asks_before_anything_is_read(voices: SpeakSettings) -> None:
    with pytest.raises(SpeakError, match=r"https://far\.example/v1"):
        cast_voices(SpeakSettings(voice="studio", voices_dir=voices.voices_dir))


def test_trust_is_given_to_an_address_and_ends_when_the_voice_names_another(voices: SpeakSettings) -> None:
    trust("studio", studio(voices).address, catalogue.user_folder(), with_key=False)
    assert studio(voices).trust == "text"
    trust("studio", studio(voices).address, catalogue.user_folder(), with_key=True)
    assert studio(voices).trust == "key"
    card(Path(voices.voices_dir), "https://further.example/v1")
    assert studio(voices).trust == ""


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/v1", "http://localhost:8000", "http://[::1]:8000/v1"])
def test_what_stays_on_this_machine_needs_no_trust_but_gets_no_key(voices: SpeakSettings, url: str) -> None:
    card(Path(voices.voices_dir), url)
    catalogue.check_trust(studio(voices))
    assert studio(voices).trust == "text"


@pytest.mark.parametrize("url", ["http://localhost.far.example", "http://127.0.0.1@far.example/", "http://[::", "//x"])
def test_an_address_that_only_looks_local_does(voices: SpeakSettings, url: str) -> None:
    card(Path(voices.voices_dir), url)
    assert studio(voices).trust == ""


def test_a_damaged_list_of_trust_trusts_nobody(voices: SpeakSettings) -> None:
    trust("studio", studio(voices).address, catalogue.user_folder(), with_key=True)
    (catalogue.user_folder() / TRUSTED).write_text("{", encoding="utf-8")
    with pytest.raises(SpeakError, match=TRUSTED):
        studio(voices)


def test_a_voice_that_sends_nothing_needs_no_trust(voices: SpeakSettings) -> None:
    catalogue.check_trust(catalogue.find(voices)["rawi"])
    with pytest.raises(SpeakError, match="sends nothing"):
        trust("rawi", "", catalogue.user_folder(), with_key=False)
