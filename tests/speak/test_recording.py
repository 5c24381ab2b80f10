from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tts_news.errors import SpeakError
from tts_news.records import ChapterMark, Cue, Script
from tts_news.speak import cast_voices, record, voices_of
from tts_news.speak.settings import SpeakSettings

TESTS = Path(__file__).parents[1]
TEXTS = ("خَبَرٌ أَوَّلُ.", "خَبَرٌ ثَانٍ.", "خَبَرٌ أَوَّلُ.")


def script_of(texts: tuple[str, ...], voice: str = "tone") -> Script:
    cues = tuple(Cue(f"c{i:04}", "paragraph", text, text, 0.3, voice, 0) for i, text in enumerate(texts))
    return Script("عنوان", cues, (ChapterMark("عنوان", "c0000"),))


def sound(settings: SpeakSettings, texts: tuple[str, ...] = TEXTS) -> list[bytes]:
    return [take.samples.tobytes() for _, take in record(script_of(texts), settings)]


def test_takes_come_in_the_order_of_the_cues_and_can_be_iterated_twice(tone: SpeakSettings) -> None:
    recording = record(script_of(TEXTS), tone)
    first = [(cue.id, take.samples.tobytes()) for cue, take in recording]
    assert [name for name, _ in first] == ["c0000", "c0001", "c0002"]
    assert first == [(cue.id, take.samples.tobytes()) for cue, take in recording]
    assert len(recording) == 3


def test_the_same_text_is_spoken_once(tone: SpeakSettings) -> None:
    told: list[tuple[int, int]] = []
    record(script_of(TEXTS), tone, lambda done, total: told.append((done, total)))
    assert told[-1] == (2, 2)


def test_a_second_run_speaks_nothing(tone: SpeakSettings) -> None:
    record(script_of(TEXTS), tone)
    told: list[tuple[int, int]] = []
    record(script_of(TEXTS), tone, lambda done, total: told.append((done, total)))
    assert told[-1] == (0, 0)


def test_only_what_changed_is_spoken_again(tone: SpeakSettings) -> None:
    record(script_of(TEXTS), tone)
    told: list[tuple[int, int]] = []
    record(script_of((*TEXTS[:2], "خَبَرٌ ثَالِثٌ.")), tone, lambda done, total: told.append((done, total)))
    assert told[-1] == (1, 1)


def test_several_processes_give_the_same_bytes_as_one(
    tone: SpeakSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tts_news.speak.executors.usable_cores", lambda: 2)
    texts = tuple(f"جُمْلَةٌ {'لَا' * n}." for n in range(1, 40))
    apart = replace(tone, jobs=2, cache_dir=str(tmp_path / "other"))
    assert sound(apart, texts) == sound(tone, texts)


@pytest.mark.parametrize(("setting", "value"), [("speed", 2.0), ("pitch", 1.3)])
def test_speed_and_pitch_change_the_sound(tone: SpeakSettings, setting: str, value: float) -> None:
    assert sound(replace(tone, **{setting: value}))[0] != sound(tone)[0]  # type: ignore[arg-type]


def test_an_unknown_voice_is_named_with_those_there_are(tone: SpeakSettings) -> None:
    with pytest.raises(SpeakError, match="no voice called 'nobody'") as caught:
        cast_voices(replace(tone, voice="nobody"))
    assert "tone" in caught.value.hint


def test_a_role_can_have_a_voice_of_its_own(tone: SpeakSettings) -> None:
    casting = cast_voices(replace(tone, voices={"headline": "espeak"}))
    assert (casting.default, casting.by_role) == ("tone", {"headline": "espeak"})


def test_a_language_has_a_voice_of_its_own(tone: SpeakSettings) -> None:
    casting = cast_voices(replace(tone, voices={"en": "espeak", "quote": "tone"}))
    assert (casting.by_language, casting.by_role) == ({"en": "espeak"}, {"quote": "tone"})


def test_a_role_that_does_not_exist_has_no_voice(tone: SpeakSettings) -> None:
    with pytest.raises(SpeakError, match="neither a role nor a language"):
        cast_voices(replace(tone, voices={"headlines": "espeak"}))


def test_a_non_commercial_voice_is_refused_in_a_commercial_show_until_accepted(tmp_path: Path) -> None:
    card = tmp_path / "voices" / "studio" / "voice.toml"
    card.parent.mkdir(parents=True)
    card.write_text('engine = "tone"\nlicence = "CC-BY-NC-4.0"\n')
    settings = SpeakSettings(voice="studio", voices_dir=str(tmp_path / "voices"))
    assert cast_voices(settings).default == "studio"
    with pytest.raises(SpeakError, match="CC-BY-NC"):
        voices_of(script_of(TEXTS, "studio"), settings, commercial=True)
    with pytest.raises(SpeakError, match="CC-BY-NC") as caught:
        cast_voices(settings, commercial=True)
    assert "--accept-licence studio" in caught.value.hint
    assert cast_voices(replace(settings, accept_licences=("studio",)), commercial=True).default == "studio"


def test_a_take_lost_from_the_cache_is_named(tone: SpeakSettings) -> None:
    recording = record(script_of(TEXTS), tone)
    recording.cache.path(recording.keys[1]).unlink()
    with pytest.raises(SpeakError, match="c0001"):
        list(recording)


def test_a_voice_that_has_changed_under_its_name_is_loaded_anew(tone: SpeakSettings, tmp_path: Path) -> None:
    card = tmp_path / "voices" / "mine" / "voice.toml"
    card.parent.mkdir(parents=True)
    rates = []
    for rate_hz in (16_000, 24_000):
        card.write_text(f'engine = "tone"\nlicence = "x"\nrate_hz = {rate_hz}\n')
        (_, take), *_ = record(script_of(TEXTS, "mine"), replace(tone, voices_dir=str(tmp_path / "voices")))
        rates.append(take.rate_hz)
    assert rates == [16_000, 24_000]


def test_quiet_samples_survive_the_cache(tone: SpeakSettings) -> None:
    (_, take), *_ = record(script_of(TEXTS), tone)
    assert 0.24 < np.abs(take.samples).max() < 0.26


@pytest.mark.parametrize("cache", ["a file", "/proc/no-such-place"])
def test_a_cache_that_cannot_be_written_slows_and_does_not_stop(
    tone: SpeakSettings, tmp_path: Path, cache: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a file").write_text("in the way")
    spoken = sound(replace(tone, cache_dir=str(tmp_path / cache)))
    assert "cannot be written" in caplog.text
    assert spoken == sound(tone)


def test_takes_that_are_there_are_read_from_a_cache_that_cannot_be_written(
    tone: SpeakSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sound(tone)
    monkeypatch.setattr("tts_news.speak.cache.TakeCache.is_writable", lambda _: False)
    recording = record(script_of((*TEXTS, "خَبَرٌ ثَالِثٌ.")), tone)
    assert [take.samples.tobytes() for _, take in recording][:3] == whole
    assert len(list(recording.cache.folder.rglob("*.take"))) == 1


def test_a_damaged_take_is_spoken_again(tone: SpeakSettings) -> None:
    whole = sound(tone)
    recording = record(script_of(TEXTS), tone)
    path = recording.cache.path(recording.keys[0])
    damaged = bytearray(path.read_bytes())
    damaged[30] ^= 1  # in the header, where the word times are
    path.write_bytes(damaged)
    assert sound(tone) == whole
    assert path.read_bytes() != damaged


def test_what_a_server_is_to_be_sent_is_stated_with_its_cost(tone: SpeakSettings, tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "voice.toml").write_text('engine = "openai"\nlicence = "x"\nprice = 15\n')
    settings = replace(tone, voices_dir=str(tmp_path))
    (info,) = voices_of(script_of(TEXTS, "far"), settings)
    assert info.characters == sum(map(len, TEXTS))
    assert info.cost == round(info.characters * 15e-6, 4) > 0
    (here,) = voices_of(script_of(TEXTS, "espeak"), settings)
    assert (here.characters, here.cost) == (0, 0.0)
