"""The real coqui-tts on tiny models: load, speak, cache, fail by name. Run by `scripts/test-extras.sh`."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from tests.extras.coqui.tiny import build_vits, build_xtts, small_xtts_vocoder
from tts_news.errors import SpeakError
from tts_news.records import ChapterMark, Cue, Script, Utterance
from tts_news.speak import catalogue, record
from tts_news.speak.coqui import CoquiEngine
from tts_news.speak.settings import SpeakSettings

TEXT = "طَلَعَتِ الشَّمْسُ فِي الصَّبَاحِ."


def voice(folder: Path, language: str = "ar", **options: object) -> catalogue.VoiceSpec:
    lines = [f'{key} = "{value}"' for key, value in options.items()]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "voice.toml").write_text(
        f'engine = "coqui"\nlanguage = "{language}"\n'
        'licence = "x"\ncommercial = true\npace_s = [0.0, 9.0]\nconsent = "the test\'s own noise"\n'
        'files = ["model.pth", "config.json"]\n[options]\n' + "\n".join(lines) + "\n"
    )
    return catalogue.load(folder / "voice.toml")


@pytest.fixture(scope="module")
def vits(tmp_path_factory: pytest.TempPathFactory) -> catalogue.VoiceSpec:
    folder = tmp_path_factory.mktemp("voices") / "vits"
    spec = voice(folder)
    build_vits(folder)
    return spec


@pytest.fixture(scope="module")
def xtts_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("voices") / "xtts"
    voice(folder, speaker="Salim Omar")
    with small_xtts_vocoder():
        build_xtts(folder, 1.5)
    return folder


def test_vits_speaks_and_knows_where_its_words_are(vits: catalogue.VoiceSpec) -> None:
    take = CoquiEngine(vits).speak(Utterance("c1", TEXT))
    assert take.rate_hz == 16_000
    assert take.samples.dtype == np.float32
    assert [word.text for word in take.words] == TEXT.split()
    times = [time for word in take.words for time in (word.start_s, word.end_s)]
    assert times == sorted(times)
    assert times[-1] <= take.duration_s + 1e-6


def test_vits_gives_the_same_samples_in_any_order(vits: catalogue.VoiceSpec) -> None:
    engine = CoquiEngine(vits)
    first = engine.speak(Utterance("c1", TEXT)).samples
    engine.speak(Utterance("c2", "نَعَمْ."))
    np.testing.assert_array_equal(first, engine.speak(Utterance("c3", TEXT)).samples)


def test_another_seed_gives_another_take(vits: catalogue.VoiceSpec) -> None:
    engine = CoquiEngine(vits)
    one, two = (engine.speak(Utterance("c1", TEXT, seed=seed)).samples for seed in (0, 1))
    assert not np.array_equal(one, two)


def test_twice_the_speed_is_half_as_long(vits: catalogue.VoiceSpec) -> None:
    engine = CoquiEngine(vits)
    slow, fast = (engine.speak(Utterance("c1", TEXT, speed=speed)).duration_s for speed in (1.0, 2.0))
    assert fast == pytest.approx(slow / 2, rel=0.1)


def test_a_letter_the_model_does_not_have_is_named(vits: catalogue.VoiceSpec) -> None:
    with pytest.raises(SpeakError, match=r"c7.*ڤ"):
        CoquiEngine(vits).speak(Utterance("c7", "ڤِيتُو"))


def test_a_text_without_letters_is_refused(vits: catalogue.VoiceSpec) -> None:
    with pytest.raises(SpeakError, match="no letter"):
        CoquiEngine(vits).speak(Utterance("c1", "؟!"))


def test_marks_are_left_out_for_a_model_that_has_none(vits: catalogue.VoiceSpec) -> None:
    with_marks = CoquiEngine(vits).speak(Utterance("c1", TEXT)).duration_s
    spec = catalogue.VoiceSpec(
        "bare", "coqui", vits.folder, files=vits.files, commercial=True, options={"marks": False}
    )
    assert CoquiEngine(spec).speak(Utterance("c1", TEXT)).duration_s < with_marks


def test_the_named_speaker_of_several_speaks(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    voice(folder, speaker="salim")
    build_vits(folder, ("huda", "salim"))
    sounds = [
        CoquiEngine(voice(folder, speaker=name)).speak(Utterance("c1", TEXT)).samples for name in ("salim", "huda")
    ]
    assert not np.array_equal(*sounds)
    with pytest.raises(SpeakError, match="nobody"):
        CoquiEngine(voice(folder, speaker="nobody")).speak(Utterance("c1", TEXT))


def test_takes_go_through_the_cache(vits: catalogue.VoiceSpec, tmp_path: Path) -> None:
    settings = SpeakSettings(voices_dir=str(vits.folder.parent), cache_dir=str(tmp_path), jobs=1)
    script = Script("ع", (Cue("c1", "paragraph", TEXT, TEXT, 0.3, "vits", 0),), (ChapterMark("ع", "c1"),))
    told: list[tuple[int, int]] = []
    for _ in range(2):
        recording = record(script, settings, lambda done, total: told.append((done, total)))
    assert told == [(0, 1), (1, 1), (0, 0)]
    assert len(list(recording)) == 1


def test_xtts_speaks_with_a_studio_speaker(xtts_folder: Path) -> None:
    with small_xtts_vocoder():
        engine = CoquiEngine(catalogue.load(xtts_folder / "voice.toml"))
    take = engine.speak(Utterance("c1", TEXT, seed=1))
    assert take.rate_hz == 24_000
    assert take.duration_s > 0.01
    np.testing.assert_array_equal(take.samples, engine.speak(Utterance("c9", TEXT, seed=1)).samples)


def test_an_unknown_studio_speaker_names_those_there_are(xtts_folder: Path) -> None:
    with small_xtts_vocoder(), pytest.raises(SpeakError, match="nobody") as caught:
        CoquiEngine(voice(xtts_folder, speaker="nobody"))
    voice(xtts_folder, speaker="Salim Omar")
    assert "Huda Saleh" in caught.value.hint


def test_xtts_clones_a_recording_only_with_consent(xtts_folder: Path) -> None:
    with wave.open(str(xtts_folder / "reference.wav"), "wb") as file:
        file.setparams((1, 2, 24_000, 0, "NONE", ""))
        noise = np.random.default_rng(0).normal(0, 3000, 3 * 24_000)
        file.writeframes(noise.astype("<i2").tobytes())
    spec = voice(xtts_folder, reference="reference.wav")
    with small_xtts_vocoder():
        assert CoquiEngine(spec).speak(Utterance("c1", TEXT, seed=1)).duration_s > 0.01
    silent = catalogue.VoiceSpec("clone", "coqui", xtts_folder, files=spec.files, options=spec.options)
    with pytest.raises(SpeakError, match="consent"):
        CoquiEngine(silent)


def test_xtts_that_runs_on_is_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "endless"
    spec = voice(folder, speaker="Salim Omar")
    with small_xtts_vocoder():
        build_xtts(folder, -1e4)
        engine = CoquiEngine(spec)
    with pytest.raises(SpeakError, match="ran on"):
        engine.speak(Utterance("c1", TEXT))


@pytest.mark.parametrize("fault", ["truncated", "garbage model", "empty model", "garbage config", "no config"])
def test_a_broken_checkpoint_is_an_error_that_names_the_voice(tmp_path: Path, fault: str) -> None:
    folder = tmp_path / "broken"
    spec = voice(folder)
    build_vits(folder)
    if fault == "truncated":
        whole = (folder / "model.pth").read_bytes()
        (folder / "model.pth").write_bytes(whole[: len(whole) // 2])
    elif fault == "garbage model":
        (folder / "model.pth").write_bytes(b"<html>login</html>")
    elif fault == "empty model":
        (folder / "model.pth").write_bytes(b"")
    elif fault == "garbage config":
        (folder / "config.json").write_text("{")
    else:
        (folder / "config.json").unlink()
    with pytest.raises(SpeakError, match="voice broken"):
        CoquiEngine(spec)


def test_a_vits_model_of_another_language_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "foreign"
    spec = voice(folder)
    build_vits(folder, letters="abcdefghijklmnopqrstuvwxyz")
    with pytest.raises(SpeakError, match="voice foreign: its model has no Arabic letters"):
        CoquiEngine(spec)


def test_an_xtts_model_of_other_languages_is_refused(xtts_folder: Path) -> None:
    spec = voice(xtts_folder, language="fa", speaker="Salim Omar")
    with small_xtts_vocoder(), pytest.raises(SpeakError, match="does not speak fa") as caught:
        CoquiEngine(spec)
    voice(xtts_folder, speaker="Salim Omar")
    assert caught.value.hint == "it has ar, en"


@pytest.mark.parametrize("file", ["vocab.json", "speakers_xtts.pth", "model.pth"])
def test_a_broken_xtts_folder_is_an_error_that_names_the_voice(tmp_path: Path, file: str) -> None:
    folder = tmp_path / "broken"
    spec = voice(folder, speaker="Salim Omar")
    with small_xtts_vocoder():
        build_xtts(folder, 1.5)
        (folder / file).write_bytes((folder / file).read_bytes()[:50])
        with pytest.raises(SpeakError, match="voice broken"):
            CoquiEngine(spec)


def test_a_model_of_coquis_list_wants_agreement_and_never_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COQUI_TOS_AGREED", raising=False)
    spec = catalogue.find(SpeakSettings())["xtts"]
    with pytest.raises(SpeakError, match="agreement") as caught:
        CoquiEngine(spec)
    assert "COQUI_TOS_AGREED=1" in caught.value.hint
    monkeypatch.setenv("COQUI_TOS_AGREED", "1")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("TTS_HOME", str(tmp_path))
    with pytest.raises(SpeakError, match="voice xtts cannot be loaded"):
        CoquiEngine(spec)
