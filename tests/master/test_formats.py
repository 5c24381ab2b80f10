"""Every format that can be asked for, decoded and read back by others."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from listening import chapters, decode, ebur128, strongest_hz
from mutagen.flac import FLAC
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus
from tones import ToneTakes, article_script, pitch_hz

from tts_news.errors import MasterError
from tts_news.master import master_edition
from tts_news.master.formats import check_settings, job, rates_kbps
from tts_news.master.settings import MasterSettings
from tts_news.records import DIGITAL_SOURCE_TYPE, Mastered, Tags

if TYPE_CHECKING:
    from pathlib import Path

ALL = ("mp3", "m4b", "opus", "wav", "flac")
TAGS = Tags(
    "عنوان النشرة", "المذيع", "نشرة الأخبار", "2026-11-22", lyrics="النص = كلّه;\nسطر #2", url="https://example.org/"
)
SCRIPT = article_script(articles=2, sections=2)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mastered:
    folder = tmp_path_factory.mktemp("edition")
    return master_edition(SCRIPT, ToneTakes(SCRIPT), TAGS, MasterSettings(formats=ALL), folder, "news")


@pytest.mark.parametrize("name", ALL)
def test_every_cue_sounds_where_the_timeline_says(made: Mastered, name: str) -> None:
    samples = decode(made.files[name])
    assert len(samples) / 44_100 == pytest.approx(made.timeline.duration_s, abs=0.05)
    for cue, span in zip(SCRIPT.cues, made.timeline.cues, strict=True):
        assert span.cue == cue.id
        sound = samples[round(span.start_s * 44_100) : round(span.end_s * 44_100)]
        assert strongest_hz(sound) == pytest.approx(pitch_hz(cue.spoken), abs=6)
        heard = np.flatnonzero(np.abs(sound) > 0.02)
        assert heard[0] / 44_100 < 0.05
        before = samples[max(0, round((span.start_s - 0.05) * 44_100)) : round((span.start_s - 0.005) * 44_100)]
        assert np.abs(before).max(initial=0) < 0.005


@pytest.mark.parametrize("name", ALL)
def test_every_format_is_as_loud_as_the_manifest_says(made: Mastered, name: str) -> None:
    lufs, peak = ebur128(made.files[name])
    assert lufs == pytest.approx(made.loudness.integrated_lufs, abs=0.15)
    assert lufs == pytest.approx(-16, abs=0.5)
    assert peak == pytest.approx(made.loudness.true_peak_dbtp, abs=0.5)


@pytest.mark.parametrize("name", ["mp3", "m4b", "opus"])
def test_players_find_the_chapters(made: Mastered, name: str) -> None:
    found = chapters(made.files[name])
    assert [title for _, _, title in found] == [chapter.title for chapter in made.timeline.chapters]
    # ffmpeg copies an MP3's chapters shifted by the encoder's 25 ms; test_edition reads the frames themselves.
    wanted = [chapter.start_s for chapter in made.timeline.chapters]
    assert [start for start, _, _ in found] == pytest.approx(wanted, abs=0.03)
    for (_, end, _), (start, _, _) in pairwise(found):
        assert end == pytest.approx(start, abs=0.001)
    assert found[-1][1] == pytest.approx(made.timeline.duration_s, abs=0.05)


def test_flac_has_the_chapters_as_comments(made: Mastered) -> None:
    comments = FLAC(made.files["flac"])
    for number, chapter in enumerate(made.timeline.chapters):
        assert comments[f"CHAPTER{number:03d}NAME"] == [chapter.title]
        assert comments[f"CHAPTER{number:03d}"][0].endswith(f"{chapter.start_s % 60:06.3f}")


def test_titles_and_lyrics_survive_in_every_format(made: Mastered) -> None:
    mp3, m4b = MP3(made.files["mp3"]).tags, MP4(made.files["m4b"])
    assert mp3["TIT2"].text == m4b["\xa9nam"] == [TAGS.title]
    assert mp3["USLT::ara"].text == m4b["\xa9lyr"][0] == TAGS.lyrics
    for comments in (OggOpus(made.files["opus"]), FLAC(made.files["flac"])):
        assert comments["title"] == [TAGS.title]
        assert comments["artist"] == [TAGS.artist]
        assert comments["lyrics"] == [TAGS.lyrics]


def test_the_cover_is_in_every_format_that_has_room_for_one(made: Mastered) -> None:
    cover = made.cover.read_bytes()
    assert MP3(made.files["mp3"]).tags.getall("APIC")[0].data == cover
    assert bytes(MP4(made.files["m4b"])["covr"][0]) == cover
    assert FLAC(made.files["flac"]).pictures[0].data == cover
    assert OggOpus(made.files["opus"])["metadata_block_picture"]


def test_that_a_machine_has_spoken_is_said_in_every_format(made: Mastered) -> None:
    comments = [
        MP3(made.files["mp3"]).tags["COMM::ara"].text[0],
        MP4(made.files["m4b"])["\xa9cmt"][0],
        OggOpus(made.files["opus"])["description"][0],
        FLAC(made.files["flac"])["description"][0],
    ]
    assert all("مولَّد آليًّا" in comment for comment in comments)


def test_every_format_has_the_mark_of_synthetic_sound(made: Mastered) -> None:
    assert MP3(made.files["mp3"]).tags["TXXX:digitalSourceType"].text == [DIGITAL_SOURCE_TYPE]
    assert OggOpus(made.files["opus"])["digitalsourcetype"] == [DIGITAL_SOURCE_TYPE]
    assert FLAC(made.files["flac"])["digitalsourcetype"] == [DIGITAL_SOURCE_TYPE]
    assert DIGITAL_SOURCE_TYPE in MP4(made.files["m4b"])["\xa9cmt"][0]
    assert f"digitalSourceType: {DIGITAL_SOURCE_TYPE}".encode() in made.files["wav"].read_bytes()


def test_articles_have_pictures_and_their_span_holds_their_sections(made: Mastered) -> None:
    frames = MP3(made.files["mp3"]).tags.getall("CHAP")
    pictured = {str(f.sub_frames["TIT2"]) for f in frames if f.sub_frames.getall("APIC")}
    assert pictured == {source.title for source in SCRIPT.sources}
    articles = [chapter for chapter in made.timeline.chapters if chapter.level == 0]
    assert articles[0].end_s == articles[1].start_s
    assert articles[1].end_s == made.timeline.duration_s


@pytest.mark.parametrize("kbps", [64, 128, 192])
def test_the_bitrate_is_the_one_asked_for_and_changes_no_level(tmp_path: Path, kbps: int) -> None:
    script = article_script(sections=1, cues=1)
    result = master_edition(script, ToneTakes(script), TAGS, MasterSettings(bitrate_kbps=kbps), tmp_path, "news")
    info = MP3(result.files["mp3"]).info
    assert info.bitrate == kbps * 1000
    assert info.sample_rate == 44_100
    assert info.channels == 1
    assert ebur128(result.files["mp3"])[0] == pytest.approx(result.loudness.integrated_lufs, abs=0.15)


@pytest.mark.parametrize(("given", "rates"), [(128, (128, 128, 24)), ({"opus": 32, "m4b": 64}, (96, 64, 32))])
def test_each_format_may_have_its_own_bit_rate(given: int | dict[str, int], rates: tuple[int, ...]) -> None:
    settings = MasterSettings(bitrate_kbps=given)
    check_settings(settings)
    assert tuple(rates_kbps(settings)[name] for name in ("mp3", "m4b", "opus")) == rates


@pytest.mark.parametrize(("kbps", "use"), [(24, "voip"), (32, "voip"), (48, "audio")])
def test_opus_of_few_bits_is_tuned_to_speech(tmp_path: Path, kbps: int, use: str) -> None:
    settings = MasterSettings(bitrate_kbps={"opus": kbps})
    orders = job("opus", tmp_path / "x.opus", settings, tmp_path / "x", tmp_path / "y").arguments
    assert orders[orders.index("-b:a") + 1] == f"{kbps}k"
    assert orders[orders.index("-application") + 1] == use


def test_the_light_file_is_below_a_third_of_the_usual_one(made: Mastered) -> None:
    assert made.files["opus"].stat().st_size < made.files["mp3"].stat().st_size / 3


def test_mp4_titles_stay_short_enough_for_their_length_byte(tmp_path: Path) -> None:
    script = article_script()
    long = "عنوان طويل للغاية " * 8
    script = replace(
        script, chapters=tuple(replace(mark, title=f"{n} {long}") for n, mark in enumerate(script.chapters))
    )
    result = master_edition(script, ToneTakes(script), TAGS, MasterSettings(formats=("m4b",)), tmp_path, "news")
    titles = [title for _, _, title in chapters(result.files["m4b"])]
    assert len(titles) == len(script.chapters)
    assert all(len(title) <= 63 and len(title.encode()) <= 127 and title.endswith("…") for title in titles)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"formats": ("ogg",)}, "ogg"),
        ({"formats": ()}, "none"),
        ({"rate_hz": 22_050}, "22050"),
        ({"bitrate_kbps": 320}, "320"),
        ({"bitrate_kbps": 97}, "97"),
        ({"bitrate_kbps": {"mp3": 32}}, "32 kbit/s"),
        ({"bitrate_kbps": {"opus": 8}, "formats": ("opus",)}, "8 kbit/s"),
        ({"bitrate_kbps": {"m4b": 500}, "formats": ("m4b",)}, "500 kbit/s"),
        ({"bitrate_kbps": {"flac": 96}}, "flac has no bit rate"),
        ({"target_lufs": 3.0}, "3.0 LUFS"),
        ({"true_peak_dbtp": 1.0}, "1.0 dBTP"),
        ({"room_dbfs": -40.0}, "-40.0 dBFS"),
    ],
)
def test_what_no_player_takes_is_refused_before_any_work(change: dict[str, object], what: str) -> None:
    with pytest.raises(MasterError, match=what):
        check_settings(replace(MasterSettings(), **change))
