"""What a model of sherpa-onnx is given, and what its card must say; the library itself is met in tests/extras."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tts_news.errors import SpeakError
from tts_news.speak import catalogue
from tts_news.speak.sherpa import _recipe
from tts_news.speak.sherpa_text import Spelling, letters_of, phonemes_of, read_tokens

KOKORO = frozenset("$;:,.!?—… abdefhijklmnopqrstuvwxyzʔʕħɣθðʃʒχɡʤɛɪʊəɑɔːˈˌ")
ARABIC = frozenset(" ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي")
CARDS = sorted(catalogue.built_in().glob("*/voice.toml"))
BUILT_IN = [card for card in CARDS if catalogue.load(card).engine == "sherpa"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # Dots between syllables and the bridge below dentals are no tokens of it; the full stop is.
        ("طَلَعَتِ الشَّمْسُ.", ["talˈaʕatˌi ʔaʃʃˈamsu."]),
        ("قَالَ، نَعَمْ!", ["qˈaːla, nˈaʕam!"]),
        ("هَلْ ذَهَبَ؟ لَا.", ["hˈal ðˈahabˌa?", "laː."]),
    ],
)
def test_text_becomes_espeaks_phonemes_sentence_by_sentence(text: str, said: list[str]) -> None:
    assert phonemes_of(text, Spelling("ar", KOKORO)) == said


def test_a_sound_is_spelled_as_the_card_says() -> None:
    assert phonemes_of("جَبَلٌ.", Spelling("ar", KOKORO, {"dʒ": "ʤ"}))[0].startswith("ʤ")
    (said,) = phonemes_of("صَبَاحٌ.", Spelling("ar", KOKORO - {"ħ"} | {"ç"}, {"ħ": "ç"}))
    assert "ç" in said


def test_piper_was_taught_the_dots_between_syllables() -> None:
    assert "." in phonemes_of("طَلَعَتْ", Spelling("ar", KOKORO, dots=True))[0]


@pytest.mark.parametrize(("text", "lost"), [("صَبَاحٌ.", "ħ"), ("عِيدٌ سَعِيدٌ.", "ʕ")])
def test_a_sound_without_a_sign_is_refused_by_name(text: str, lost: str) -> None:
    with pytest.raises(SpeakError, match=f"has no {lost},"):
        phonemes_of(text, Spelling("ar", KOKORO - set(lost)))


@pytest.mark.parametrize("text", ["", "…", "«»", "— ،"])
def test_a_text_without_a_sound_is_refused(text: str) -> None:
    with pytest.raises(SpeakError, match="nothing to say"):
        phonemes_of(text, Spelling("ar", KOKORO))
    with pytest.raises(SpeakError, match="no letter"):
        letters_of(text, Spelling(tokens=ARABIC))


def test_letters_lose_their_marks_where_the_alphabet_has_none() -> None:
    assert letters_of("قَالَ الْوَزِيرُ: «نَعَمْ».", Spelling(tokens=ARABIC, marks=False)) == "قال الوزير نعم"
    with pytest.raises(SpeakError, match="has no B C"):
        letters_of("هيئة BBC", Spelling(tokens=ARABIC))


def test_tokens_are_a_symbol_and_a_number_a_line(tmp_path: Path) -> None:
    (tmp_path / "tokens.txt").write_text("_ 0\n  1\n 2\nب 3\n", encoding="utf-8")
    assert read_tokens(tmp_path / "tokens.txt") == {"_", " ", "ب"}
    for broken in ("", "<html>log in</html>", "ب\n"):
        (tmp_path / "tokens.txt").write_text(broken, encoding="utf-8")
        with pytest.raises(SpeakError, match="no list of tokens"):
            read_tokens(tmp_path / "tokens.txt")
    (tmp_path / "tokens.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(SpeakError, match="cannot be read"):
        read_tokens(tmp_path / "tokens.txt")


@pytest.mark.parametrize("card", BUILT_IN, ids=lambda card: card.parent.name)
def test_the_voices_in_the_box_name_all_their_model_has(card: Path, tmp_path: Path) -> None:
    spec = catalogue.load(card)
    for name in spec.model_files:
        (tmp_path / name).touch()
    recipe = _recipe(replace(spec, folder=tmp_path))
    assert {path.name for path in recipe.files.values()} == set(spec.model_files)
    assert (spec.gender, spec.language) in {("female", "ar"), ("male", "ar")}
    assert spec.licence
    assert spec.sample


@pytest.mark.parametrize(
    ("family", "files", "lacking"),
    [
        ("", ("model.onnx",), "no family"),
        ("kokoro", ("model.onnx", "tokens.txt"), "no voices"),
        ("vits", ("model.onnx",), "no tokens"),
        ("matcha", ("acoustic_model.onnx", "tokens.txt"), "no vocoder"),
        ("supertonic", ("vocoder.onnx", "tts.json"), "no duration_predictor"),
    ],
)
def test_a_card_that_lacks_a_file_says_which(tmp_path: Path, family: str, files: tuple[str, ...], lacking: str) -> None:
    for name in files:
        (tmp_path / name).touch()
    spec = catalogue.VoiceSpec("mine", "sherpa", tmp_path, files=files, options={"family": family})
    with pytest.raises(SpeakError, match=f"voice mine.*{lacking}"):
        _recipe(spec)


def test_supertonics_files_are_told_by_the_names_they_have(tmp_path: Path) -> None:
    nets = ("duration_predictor", "text_encoder", "vector_estimator", "vocoder")
    files = (*(f"{net}.int8.onnx" for net in nets), "tts.json", "unicode_indexer.bin", "voice.bin")
    for name in files:
        (tmp_path / name).touch()
    spec = catalogue.VoiceSpec("mine", "sherpa", tmp_path, files=files, options={"family": "supertonic"})
    named = {role: path.name for role, path in _recipe(spec).files.items()}
    assert named["tts_json"] == "tts.json"
    assert named["voice_style"] == "voice.bin"
    assert len(named) == 7
