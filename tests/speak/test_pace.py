from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tts_news.errors import SpeakError
from tts_news.records import ChapterMark, Cue, Script, Take, Utterance
from tts_news.speak import catalogue, record
from tts_news.speak.catalogue import VoiceSpec
from tts_news.speak.check import check
from tts_news.speak.engine import engine_class
from tts_news.speak.pace import SENTENCES, Pace, count_phonemes, learn
from tts_news.speak.settings import SpeakSettings

TESTS = Path(__file__).parents[1]
GOLDEN = TESTS / "golden"
TEXT = "طَلَعَتِ الشَّمْسُ فِي الصَّبَاحِ."
SPEC = VoiceSpec("v", "tone", Path())


def lasting(seconds: float) -> Take:
    """A take of that length that ends quietly."""
    return Take(np.linspace(0.3, 0, round(seconds * 8000), dtype=np.float32), 8000)


def test_phonemes_and_phrases_of_vowelled_arabic_are_counted() -> None:
    assert count_phonemes("كَتَبَ، ثُمَّ نَامَ.") == (14, 2)


@pytest.mark.parametrize("text", ["Reuters said so.", "كتب ثم نام", "", "؟", "كَتَبَ OK."])
def test_what_is_no_vowelled_arabic_has_no_count(text: str) -> None:
    assert count_phonemes(text) is None


def test_a_pace_is_learned_from_the_sample_sentences() -> None:
    durations_s = [0.3 + 0.08 * (count_phonemes(text) or (0, 0))[0] for text in SENTENCES]
    learned = learn(durations_s)
    assert learned == Pace(pytest.approx(0.08), pytest.approx(0.3))  # type: ignore[arg-type]


def test_one_sample_that_ran_on_changes_little() -> None:
    durations_s = [0.3 + 0.08 * (count_phonemes(text) or (0, 0))[0] for text in SENTENCES]
    durations_s[1] *= 4
    learned = learn(durations_s)
    assert learned
    assert learned.phoneme_s == pytest.approx(0.08, rel=0.25)


def test_a_voice_without_a_pace_learns_none() -> None:
    assert learn([1.0] * len(SENTENCES)) is None


def test_a_known_pace_refuses_what_the_wide_bounds_let_through() -> None:
    quick = Pace(0.06, 0.2)
    phonemes, _ = count_phonemes(TEXT) or (0, 0)
    right, long = lasting(0.2 + 0.06 * phonemes), lasting(2.5 * 0.06 * phonemes + 1.5)
    check(right, Utterance("c1", TEXT), SPEC, quick)
    check(long, Utterance("c1", TEXT), SPEC)
    with pytest.raises(SpeakError, match=r"c1.*lasts"):
        check(long, Utterance("c1", TEXT), SPEC, quick)
    with pytest.raises(SpeakError, match=r"c1.*lasts"):
        check(lasting(0.4 * 0.06 * phonemes), Utterance("c1", TEXT), SPEC, quick)


def test_text_that_has_no_phonemes_is_held_to_its_letters() -> None:
    check(lasting(2.0), Utterance("c1", "Reuters said so."), SPEC, Pace(0.01, 0.0))


@pytest.mark.parametrize("voice", ["rawi", "rawiya", "espeak"])
def test_a_voice_in_the_box_says_whole_editions_well_within_its_pace(voice: str) -> None:
    """Every cue of the golden scripts, long and short: the bounds leave room on either side."""
    spec = catalogue.find(SpeakSettings())[voice]
    engine = engine_class(spec)(spec)
    learned = learn([engine.speak(Utterance("s", text)).duration_s for text in SENTENCES])
    assert learned
    texts = {
        cue["spoken"]
        for path in sorted(GOLDEN.glob("*.script.json"))
        for cue in json.loads(path.read_text(encoding="utf-8"))["cues"]
    }
    for text in sorted(texts)[::7]:
        counted = count_phonemes(text)
        assert counted, text
        least_s, most_s = learned.bounds_s(*counted)
        assert 1.5 * least_s < engine.speak(Utterance("c", text)).duration_s < 0.67 * most_s, text


def script_of(*texts: str, voice: str = "tone") -> Script:
    cues = tuple(Cue(f"c{i}", "paragraph", text, text, 0.3, voice, 0) for i, text in enumerate(texts))
    return Script("ع", cues, (ChapterMark("ع", "c0"),))


def takes_in(settings: SpeakSettings) -> int:
    return sum(1 for _ in Path(settings.cache_dir).glob("*/*.take"))


def test_the_samples_are_spoken_once_and_kept_with_the_takes(tone: SpeakSettings) -> None:
    record(script_of(TEXT), tone)
    assert takes_in(tone) == 1 + len(SENTENCES)
    record(script_of(TEXT, "كَتَبَ."), tone)
    assert takes_in(tone) == 2 + len(SENTENCES)


def test_a_voice_that_states_its_bounds_or_speaks_another_language_is_asked_for_no_samples(
    tone: SpeakSettings, tmp_path: Path
) -> None:
    for number, line in enumerate(("pace_s = [0.01, 0.5]", 'language = "en"')):
        folder = tmp_path / "voices" / f"odd{number}"
        folder.mkdir(parents=True)
        (folder / "voice.toml").write_text(f'engine = "tone"\nlicence = "x"\n{line}\n')
        settings = replace(tone, voices_dir=str(tmp_path / "voices"), cache_dir=str(tmp_path / f"takes{number}"))
        record(script_of(TEXT, voice=f"odd{number}"), settings)
        assert takes_in(settings) == 1


def test_a_voice_that_cannot_say_the_samples_is_held_to_its_letters_and_others_learn(
    tone: SpeakSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tts_news.speak.patience.BACKOFF_S", 0.0)
    shutil.copytree(TESTS / "voices" / "tone", tmp_path / "voices" / "tone")
    folder = tmp_path / "voices" / "ill"
    folder.mkdir()
    (folder / "voice.toml").write_text('engine = "openai"\nlicence = "x"\n[options]\nurl = "http://127.0.0.1:1"\n')
    settings = replace(tone, voices_dir=str(tmp_path / "voices"))
    both = script_of(TEXT, "كَتَبَ.")
    both = replace(both, cues=(replace(both.cues[0], voice="ill"), both.cues[1]))
    with pytest.raises(SpeakError, match=r"c0: voice ill: .* cannot be reached"):
        record(both, settings)
    assert takes_in(settings) >= len(SENTENCES)


def test_what_else_was_spoken_before_changes_no_take(tone: SpeakSettings, tmp_path: Path) -> None:
    alone = replace(tone, cache_dir=str(tmp_path / "alone"))
    record(script_of("كَتَبَ.", "نَامَ الْوَلَدُ."), tone)
    (_, after), (_, first) = [*record(script_of(TEXT), tone), *record(script_of(TEXT), alone)]
    assert after.samples.tobytes() == first.samples.tobytes()
