"""The house voice: what it says, how long, how high, how clean, and what it refuses."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest

from tests.work import cpu_growth
from tts_news.errors import SpeakError
from tts_news.records import Take, Utterance
from tts_news.speak import house, vocoder
from tts_news.speak.catalogue import CARD, built_in, load
from tts_news.speak.house import HouseEngine, phrases_said
from tts_news.speak.vocoder import HOP_S, RATE_HZ, Timbre, Track, Vocoder, pulse_times

SENTENCE = "أَعْلَنَتِ الْوِزَارَةُ الْيَوْمَ خُطَّةً جَدِيدَةً لِلنَّقْلِ"


@pytest.fixture(scope="module")
def rawi() -> HouseEngine:
    return HouseEngine(load(built_in() / "rawi" / CARD))


@pytest.fixture(scope="module")
def rawiya() -> HouseEngine:
    return HouseEngine(load(built_in() / "rawiya" / CARD))


def say(engine: HouseEngine, text: str, **how: float) -> Take:
    return engine.speak(dataclasses.replace(Utterance("c1", text), **how))  # type: ignore[arg-type]


def pitch_hz(samples: npt.NDArray[np.float32]) -> float:
    """Median F0 by autocorrelation over the louder frames."""
    found = []
    for start in range(0, len(samples) - 1200, 600):
        frame = samples[start : start + 1200] - samples[start : start + 1200].mean()
        if frame.std() < 0.03:
            continue
        spectrum = np.abs(np.fft.rfft(frame, 4096)) ** 2
        like = np.fft.irfft(spectrum)[50:400]  # 60 to 480 Hz
        if like.max() > 0.4 * (frame**2).sum():
            found.append(RATE_HZ / (50 + int(like.argmax())))
    return float(np.median(found))


def test_the_same_text_gives_the_same_samples(rawi: HouseEngine) -> None:
    again = HouseEngine(load(built_in() / "rawi" / CARD))
    assert np.array_equal(say(rawi, SENTENCE).samples, say(again, SENTENCE).samples)


def test_another_seed_gives_other_noise_of_the_same_length(rawi: HouseEngine) -> None:
    one, other = say(rawi, SENTENCE), rawi.speak(Utterance("c1", SENTENCE, seed=1))
    assert len(one.samples) == len(other.samples)
    assert not np.array_equal(one.samples, other.samples)


def test_a_take_is_audible_unclipped_and_float32(rawi: HouseEngine, rawiya: HouseEngine) -> None:
    for engine in (rawi, rawiya):
        take = say(engine, SENTENCE)
        assert take.samples.dtype == np.float32
        assert take.rate_hz == RATE_HZ
        assert 0.02 < take.samples.std() < 0.3
        assert np.abs(take.samples).max() < 1.0


def test_edges_are_silent_so_joins_cannot_click(rawi: HouseEngine) -> None:
    samples = say(rawi, SENTENCE).samples
    assert abs(samples[0]) < 1e-3
    assert abs(samples[-1]) < 1e-3


def test_a_comma_is_a_pause_without_sound(rawi: HouseEngine) -> None:
    take = say(rawi, "وَصَلَ الْوَزِيرُ، ثُمَّ غَادَرَ.")
    before, after = take.words[1].end_s, take.words[2].start_s
    assert 0.2 < after - before < 0.45
    middle = round((before + after) / 2 * RATE_HZ)
    assert not take.samples[middle - 1200 : middle + 1200].any()


def test_every_word_has_a_time_and_they_are_in_order(rawi: HouseEngine) -> None:
    take = say(rawi, f"{SENTENCE}، وَقَالَ: نَعَمْ؟")
    assert [word.text for word in take.words] == f"{SENTENCE}، وَقَالَ: نَعَمْ؟".split()
    times = [t for word in take.words for t in (word.start_s, word.end_s)]
    assert times == sorted(times)
    assert 0 <= times[0] < times[-1] <= take.duration_s


def test_a_dash_alone_and_joined_words_keep_the_times_in_step(rawi: HouseEngine) -> None:
    take = say(rawi, "قَالَ – نَعَمْ-نَعَمْ «لَا» .")
    assert [word.text for word in take.words] == ["قَالَ", "–", "نَعَمْ-نَعَمْ", "«لَا»", "."]
    assert take.words[1].start_s == take.words[1].end_s == take.words[0].end_s
    assert take.words[2].end_s <= take.words[3].start_s < take.words[4].end_s <= take.duration_s


@pytest.mark.parametrize("speed", [0.5, 0.8, 1.5, 2.0, 3.0])
def test_speed_divides_the_length(rawi: HouseEngine, speed: float) -> None:
    plain = say(rawi, SENTENCE).words[-1].end_s
    assert say(rawi, SENTENCE, speed=speed).words[-1].end_s == pytest.approx(plain / speed, rel=0.06)


def test_speed_leaves_the_pitch_alone(rawi: HouseEngine) -> None:
    assert pitch_hz(say(rawi, SENTENCE, speed=2).samples) == pytest.approx(
        pitch_hz(say(rawi, SENTENCE).samples), rel=0.08
    )


def test_pitch_moves_f0_and_not_the_length(rawi: HouseEngine) -> None:
    plain, high = say(rawi, SENTENCE), say(rawi, SENTENCE, pitch=1.3)
    assert len(plain.samples) == len(high.samples)
    assert pitch_hz(high.samples) / pitch_hz(plain.samples) == pytest.approx(1.3, rel=0.06)


def test_the_second_timbre_is_higher_and_says_the_same_words_at_the_same_times(
    rawi: HouseEngine, rawiya: HouseEngine
) -> None:
    low, high = say(rawi, SENTENCE), say(rawiya, SENTENCE)
    assert low.words == high.words
    assert pitch_hz(high.samples) > 1.3 * pitch_hz(low.samples)


@pytest.mark.parametrize(
    ("part", "neutral"),
    [
        ("lengthening", lambda rows: np.ones(len(rows.phones))),
        ("accent", lambda _rows, frames: np.zeros(frames.sum())),
        ("softening", lambda _rows, frames: np.zeros(frames.sum())),
    ],
)
def test_every_part_of_the_clear_speech_is_heard(
    rawi: HouseEngine, monkeypatch: pytest.MonkeyPatch, part: str, neutral: Callable[..., npt.NDArray[np.float64]]
) -> None:
    clear = say(rawi, SENTENCE).samples
    monkeypatch.setattr(house, part, neutral)
    plain = say(rawi, SENTENCE).samples
    assert len(clear) != len(plain) or not np.allclose(clear, plain, atol=1e-3)


def last_pitch(rawi: HouseEngine, text: str, **how: float) -> float:
    take = say(rawi, text, **how)
    end = round(take.words[-1].end_s * RATE_HZ)
    return pitch_hz(take.samples[end - round(4800 / how.get("speed", 1)) : end])


@pytest.mark.parametrize("speed", [1, 2])
@pytest.mark.parametrize("start", ["هَلْ وَصَلَ الرَّئِيسُ إِلَى", "نَعَمْ", "أُعْلِنَتِ النَّتَائِجُ صَبَاحَ الْيَوْمِ فِي"])
def test_every_mark_has_its_tune(rawi: HouseEngine, start: str, speed: float) -> None:
    ends = {mark: last_pitch(rawi, f"{start} أَمَامَنَا{mark}", speed=speed) for mark in ("؟", "،", ":", ".", "!", "")}
    assert ends["؟"] > 1.15 * ends["."]
    assert ends["؟"] > ends["،"] > 1.05 * ends["."]
    assert ends[":"] > 1.02 * ends["."]
    assert ends[""] == ends["."]


def test_an_item_of_a_list_ends_between_a_full_stop_and_a_question(rawi: HouseEngine) -> None:
    def tail(text: str, word: int) -> float:
        take = say(rawi, text)
        end = round(take.words[word].end_s * RATE_HZ)
        return pitch_hz(take.samples[end - 4800 : end])

    item = tail("أَحْضَرَ خُبْزًا أَمَامَنَا، وَتَمْرًا أَمَامَنَا، وَعِنَبًا.", 2)
    assert tail("أَحْضَرَ خُبْزًا أَمَامَنَا.", 2) < item < tail("أَحْضَرَ خُبْزًا أَمَامَنَا؟", 2)


def test_a_further_phrase_of_a_sentence_lies_lower_and_a_long_one_does_not_drift(rawi: HouseEngine) -> None:
    take = say(rawi, "قَالَ الْمُدِيرُ الْجَدِيدُ لَنَا أَمْسِ، " * 12)
    heights = []
    for first in range(0, len(take.words), 5):
        start, end = take.words[first].start_s, take.words[first + 4].end_s
        heights.append(pitch_hz(take.samples[round(start * RATE_HZ) : round(end * RATE_HZ)]))
    assert heights[3] < heights[0]
    assert min(heights[3:]) > 0.97 * max(heights[3:])


def test_a_word_alone_and_a_single_letter_are_said(rawi: HouseEngine) -> None:
    assert say(rawi, "عَاجِلٌ").duration_s > 0.3
    assert say(rawi, "أَ").duration_s > 0.05


def test_empty_text_is_a_short_silence(rawi: HouseEngine) -> None:
    for text in ("", " ", "، ."):
        take = say(rawi, text)
        assert 0 < take.duration_s < 0.3
        assert not take.samples.any()
        assert all(word.start_s == word.end_s == 0 for word in take.words)


def test_two_thousand_words_are_said_whole_and_in_linear_time(rawi: HouseEngine) -> None:
    said: dict[int, Take] = {}

    def work(times: int) -> None:
        said[times] = say(rawi, "كَتَبَ الطَّالِبُ رِسَالَةً طَوِيلَةً " * times, speed=3)

    assert cpu_growth(work, 25, times=20) < 2
    few, many = said[25], said[500]
    assert len(many.words) == 20 * len(few.words) == 2000
    assert many.duration_s == pytest.approx(20 * few.duration_s, rel=0.05)


def test_a_long_phrase_is_breathed_in_parts_of_at_most_twenty_words() -> None:
    groups = phrases_said("كَتَبَ الطَّالِبُ " * 40)
    assert all(len(group.words) <= 20 for group in groups)
    assert [group.tune for group in groups[:-1]] == ["breath"] * (len(groups) - 1)
    assert sum(len(group.words) for group in groups) == 80


@pytest.mark.parametrize(("text", "letter"), [("قَالَ 5", "'5'"), ("hello", "'h'"), ("كتب", "'ك'")])
def test_a_refusal_names_the_utterance_and_the_letter(rawi: HouseEngine, text: str, letter: str) -> None:
    with pytest.raises(SpeakError) as caught:
        say(rawi, text)
    assert "c1" in str(caught.value)
    assert letter in str(caught.value)


@pytest.mark.parametrize("how", [{"speed": 0.4}, {"speed": 3.1}, {"pitch": 0.4}, {"pitch": 2.1}])
def test_speed_and_pitch_out_of_range_are_refused(rawi: HouseEngine, how: dict[str, float]) -> None:
    with pytest.raises(SpeakError, match="is not between"):
        say(rawi, SENTENCE, **how)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("warp", 1.1),
        ("tilt_db", 6),
        ("dispersion_ms", 1),
        ("dispersion_curve", 1),
        ("contrast", 1.2),
        ("pitch", 1.2),
        ("pitch_range", 0.5),
    ],
)
def test_every_option_of_a_voice_changes_its_sound(rawi: HouseEngine, option: str, value: float) -> None:
    spec = load(built_in() / "rawi" / CARD)
    other = HouseEngine(dataclasses.replace(spec, options={**spec.options, option: value}))
    plain, changed = say(rawi, SENTENCE).samples, say(other, SENTENCE).samples
    assert len(plain) == len(changed)
    assert not np.allclose(plain, changed, atol=1e-3)


def test_a_pace_of_its_own_multiplies_the_speed() -> None:
    spec = load(built_in() / "rawi" / CARD)
    other = HouseEngine(dataclasses.replace(spec, options={**spec.options, "pace": 0.5}))
    slow = HouseEngine(dataclasses.replace(spec, options={**spec.options, "pace": 1.0}))
    assert say(other, SENTENCE, speed=2).duration_s == pytest.approx(say(slow, SENTENCE).duration_s, rel=0.01)


def test_an_option_that_is_no_number_is_refused() -> None:
    spec = load(built_in() / "rawi" / CARD)
    with pytest.raises(SpeakError, match="warp"):
        HouseEngine(dataclasses.replace(spec, options={"warp": "wide"}))


def test_a_broken_model_is_our_error(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "model.onnx").write_bytes(b"no model")
    spec = dataclasses.replace(load(built_in() / "rawi" / CARD), folder=tmp_path)
    with pytest.raises(SpeakError, match="cannot load"):
        HouseEngine(spec)


def test_the_voice_fits_its_size_in_the_wheel() -> None:
    assert (built_in() / "rawi" / "model.onnx").stat().st_size <= 8_000_000


def test_pulses_come_at_the_pitch_asked_for() -> None:
    rows = round(1 / HOP_S)
    track = Track(np.zeros((rows, 35), np.float32), np.full(rows, 125, np.float32), np.ones(rows, np.bool_))
    times, periods = pulse_times(track)
    assert len(times) == pytest.approx(125, abs=1)
    assert np.diff(times) == pytest.approx(RATE_HZ / 125, abs=1e-3)
    assert periods == pytest.approx(RATE_HZ / 125)


def test_an_unvoiced_track_has_no_pulses_and_still_sounds() -> None:
    track = Track(np.zeros((100, 35), np.float32), np.full(100, 100, np.float32), np.zeros(100, np.bool_))
    assert len(pulse_times(track)[0]) == 0
    assert Vocoder(35, 0.55, 48_000, Timbre()).sound(track, 1).std() > 0


def voiced_share(engine: HouseEngine, text: str, at: int) -> float:
    """How much of a phone is voiced."""
    (phrase,) = phrases_said(text)
    spoken = engine._parameters(phrase, Utterance("c1", text))
    start, end = spoken.ends_s[at - 1], spoken.ends_s[at]
    return float(spoken.track.voiced[round(start / HOP_S) : round(end / HOP_S)].mean())


@pytest.mark.parametrize(("text", "voiced"), [("أَگَا", True), ("أَكَا", False), ("أَپَا", False), ("أَبَا", True)])
def test_hard_g_is_a_voiced_k_and_p_a_voiceless_b(rawi: HouseEngine, text: str, *, voiced: bool) -> None:
    assert (voiced_share(rawi, text, 3) > 0.6) == voiced


def a_vowel(dispersion: float, timbre: Timbre) -> npt.NDArray[np.float32]:
    track = Track(np.zeros((200, 35), np.float32), np.full(200, 100.0), np.ones(200, np.bool_))
    return Vocoder(35, 0.55, 48_000, timbre).sound(track, 1, dispersion)


def test_dispersed_pulses_are_flatter_and_have_the_same_spectrum() -> None:
    plain, spread, less = (
        a_vowel(share, Timbre(dispersion_ms=ms)) for share, ms in ((1.0, 0.0), (1.0, 3.0), (0.25, 3.0))
    )
    assert np.abs(spread).max() < np.abs(less).max() < np.abs(plain).max()
    powers = [np.abs(np.fft.rfft(sound)) ** 2 for sound in (plain, spread)]
    bands = [np.add.reduceat(power, np.arange(0, len(power) - 1, 1000)) for power in powers]
    assert 10 * np.log10(bands[1] / bands[0]) == pytest.approx(0, abs=0.5)


def test_no_frequency_of_a_pulse_comes_early_or_later_than_asked_for() -> None:
    hertz = np.arange(513) * (RATE_HZ / 1024)
    delay_ms = np.diff(vocoder._lag_of_a_millisecond(hertz, 0)) / (2 * np.pi * hertz[1]) * 1000
    assert delay_ms.min() >= 0
    assert delay_ms.max() <= 1
    assert not delay_ms[hertz[1:] < 500].any()
    assert delay_ms.std() > 0.2


def test_noise_grows_with_frequency() -> None:
    spectrum = np.abs(np.fft.rfft(a_vowel(1.0, Timbre())))
    harmonics = spectrum[:: len(spectrum) // 120]  # 100 Hz apart
    between = spectrum[len(spectrum) // 240 :: len(spectrum) // 120]
    clear = [float(np.median(harmonics[part]) / np.median(between[part])) for part in (slice(3, 9), slice(60, 100))]
    assert clear[0] > 3 * clear[1]
