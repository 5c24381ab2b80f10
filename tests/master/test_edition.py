"""The room as a whole: what comes out is what the timeline, the tags and the settings say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from listening import decode, ebur128
from mutagen.id3 import ID3
from tones import ToneTakes, article_script

from tts_news.errors import MasterError
from tts_news.master import edition, formats, master_edition
from tts_news.master.settings import MasterSettings
from tts_news.records import Tags

if TYPE_CHECKING:
    from pathlib import Path

TAGS = Tags("عنوان النشرة", "المذيع", "نشرة الأخبار", "2026-11-22", lyrics="النص", url="https://example.org/")


def test_an_article_becomes_an_mp3_with_its_chapters(tmp_path: Path) -> None:
    script = article_script()
    made = master_edition(script, ToneTakes(script), TAGS, MasterSettings(), tmp_path, "news")
    tag = ID3(made.files["mp3"])
    chapters = tag.getall("CHAP")
    assert sorted((c.start_time / 1000, c.sub_frames["TIT2"].text[0]) for c in chapters) == [
        (c.start_s, c.title) for c in made.timeline.chapters
    ]
    assert made.loudness.integrated_lufs == pytest.approx(-16, abs=0.5)
    assert [span.cue for span in made.timeline.cues] == [cue.id for cue in script.cues]
    assert {p.name for p in tmp_path.iterdir()} == {"news.mp3", "news.jpg"}


@pytest.mark.parametrize("silence_s", [0.0, 0.1, 0.6])
def test_what_is_heard_between_cues_is_the_pause_the_script_asks_for(tmp_path: Path, silence_s: float) -> None:
    script = replace(article_script(), chapters=())
    takes = ToneTakes(script, seconds=1.0, silence_s=silence_s)
    made = master_edition(script, takes, TAGS, MasterSettings(formats=("wav",)), tmp_path, "news")
    samples = np.abs(decode(made.files["wav"]))
    loud = np.flatnonzero(samples > samples.max() * 0.01)
    gaps = np.diff(loud)[np.diff(loud) > 2000] / 44_100
    assert gaps == pytest.approx([cue.pause_s for cue in script.cues[:-1]], abs=0.02)


@pytest.mark.parametrize("room_dbfs", [-60.0, -96.0])
def test_a_pause_holds_the_room_and_nothing_else(tmp_path: Path, room_dbfs: float) -> None:
    script = article_script(sections=1, cues=2)
    settings = MasterSettings(formats=("wav",), room_dbfs=room_dbfs)
    made = master_edition(script, ToneTakes(script, seconds=0.5), TAGS, settings, tmp_path, "news")
    end, start = made.timeline.cues[0].end_s, made.timeline.cues[1].start_s
    pause = decode(made.files["wav"])[round((end + 0.02) * 44_100) : round((start - 0.02) * 44_100)]
    level = 20 * np.log10(np.sqrt(np.mean(np.square(pause, dtype=np.float64))) + 1e-9)
    assert level == pytest.approx(room_dbfs, abs=0.5) if room_dbfs > -96 else not pause.any()


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    script = article_script(sections=2, cues=1)
    first, second = tmp_path / "1", tmp_path / "2"
    for folder in (first, second):
        folder.mkdir()
        master_edition(script, ToneTakes(script), TAGS, MasterSettings(), folder, "news")
    assert (first / "news.mp3").read_bytes() == (second / "news.mp3").read_bytes()


@pytest.mark.parametrize("name", ["mp3", "m4b", "opus"])
def test_no_peak_of_a_decoded_file_passes_what_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(formats, "LOSSY_MARGIN_DB", -1.5)  # what is seldom passed with the margin is passed without it
    script = article_script(sections=1, cues=2)
    settings = MasterSettings(formats=(name,), target_lufs=-9.0)
    made = master_edition(script, ToneTakes(script, seconds=1.0), TAGS, settings, tmp_path, "news")
    _, peak_dbtp = ebur128(made.files[name])
    assert -3 < peak_dbtp <= -1
    assert len(made.timeline.cues) == len(script.cues)  # of the last writing alone


def test_a_peak_that_passes_after_the_last_time_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(formats, "LOSSY_MARGIN_DB", -1.5)
    monkeypatch.setattr(edition, "_MOST_TIMES", 1)
    script = article_script(sections=1, cues=2)
    settings = MasterSettings(formats=("m4b",), target_lufs=-9.0)
    master_edition(script, ToneTakes(script, seconds=1.0), TAGS, settings, tmp_path, "news")
    assert "a peak of the decoded sound passes -1.0 dBTP by" in caplog.text


def test_no_takes_at_all_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    script = article_script(sections=1, cues=1)
    silent = ToneTakes(script, missing=frozenset(cue.id for cue in script.cues))
    with pytest.raises(MasterError, match="no sound at all"):
        master_edition(script, silent, TAGS, MasterSettings(), tmp_path, "news")
    assert not list(tmp_path.iterdir())
