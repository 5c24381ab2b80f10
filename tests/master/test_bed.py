from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from test_show_sound import jingle
from tones import ToneTakes, article_script

from tts_news.master import master_edition
from tts_news.master.bed import DUCKED, OPEN, mix_bed, stretches
from tts_news.master.layout import Spoken, plan
from tts_news.master.settings import MasterSettings
from tts_news.records import Script, Tags

if TYPE_CHECKING:
    from pathlib import Path

    from tts_news.master.layout import Layout

RATE = 44_100


def headlines() -> Script:
    """An opening and three headlines in the first chapter, then the article."""
    script = article_script()
    cues = tuple(
        replace(cue, role="opening" if number == 0 else "headline" if number < 4 else "paragraph", pause_s=1.0)
        for number, cue in enumerate(script.cues)
    )
    return replace(script, cues=cues, chapters=(script.chapters[0], script.chapters[3]))


def laid_out(script: Script) -> Layout:
    return plan(script, [Spoken(cue, 2 * RATE) for cue in script.cues], {}, RATE, 1)


def mixed(script: Script) -> np.ndarray:
    layout = laid_out(script)
    pieces = iter([np.zeros(n, np.float32) for n in (10_000, layout.total - 10_000)])
    bed = np.ones(RATE * 3, np.float32)
    return np.concatenate(list(mix_bed(pieces, bed, stretches(layout, [cue.role for cue in script.cues]))))


def test_the_bed_is_down_under_speech_and_up_between() -> None:
    script = headlines()
    layout, level = laid_out(script), mixed(script)
    for number in range(4):
        start = layout.starts[number]
        assert level[start + RATE : start + 2 * RATE].max() == pytest.approx(DUCKED, abs=1e-6)
    for number in range(3):
        end = layout.starts[number] + 2 * RATE
        assert level[end : end + RATE].max() == pytest.approx(OPEN, abs=1e-6)


def test_the_bed_is_gone_before_what_is_no_headline() -> None:
    script = headlines()
    layout, level = laid_out(script), mixed(script)
    assert np.abs(level[layout.starts[4] - round(0.1 * RATE) :]).max() == 0


def test_every_chapter_starts_without_the_bed() -> None:
    script = headlines()
    script = replace(script, chapters=(script.chapters[0], replace(script.chapters[1], first_cue=script.cues[2].id)))
    layout, level = laid_out(script), mixed(script)
    chapter = layout.chapters[1][1]
    assert np.abs(level[chapter - round(0.09 * RATE) : chapter]).max() == 0
    assert np.abs(level[chapter : chapter + round(0.02 * RATE)]).max() < 0.01
    assert level[layout.starts[2] + RATE] == pytest.approx(DUCKED, abs=1e-6)


def test_the_bed_moves_without_a_jump() -> None:
    assert np.abs(np.diff(mixed(headlines()))).max() < 1e-3


def test_no_headline_means_no_bed() -> None:
    script = headlines()
    script = replace(script, cues=tuple(replace(cue, role="paragraph") for cue in script.cues))
    assert np.abs(mixed(script)).max() == 0


def test_an_edition_with_a_bed_has_it_twenty_decibels_under_its_speech(tmp_path: Path) -> None:
    script = article_script(sections=1)
    settings = MasterSettings(formats=("wav",), bed=jingle(tmp_path / "bed.wav", seconds=0.7))
    made = {}
    for name, use in (("with", settings), ("without", replace(settings, bed=""))):
        folder = tmp_path / name
        folder.mkdir()
        made[name] = master_edition(script, ToneTakes(script), Tags("نشرة"), use, folder, "news")
    sound = [np.frombuffer(made[name].files["wav"].read_bytes()[44:], "<i2").astype(float) for name in made]
    assert made["with"].timeline == made["without"].timeline
    headline = slice(RATE, 3 * RATE)
    speech, music = sound[1][headline], (sound[0] - sound[1])[headline]
    ratio = 10 * np.log10((music**2).mean() / (speech**2).mean())
    assert -24 < ratio < -16
    last = round(made["with"].timeline.cues[-1].start_s * RATE)
    assert np.array_equal(sound[0][last:], sound[1][last:])
