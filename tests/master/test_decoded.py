"""Peaks of finished files, as a decoder gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from listening import ebur128
from tones import ToneTakes, article_script

from tts_news.errors import MasterError
from tts_news.master import master_edition
from tts_news.master.decoded import decoded_peak_dbtp
from tts_news.master.settings import MasterSettings
from tts_news.records import Tags

if TYPE_CHECKING:
    from pathlib import Path


def test_the_peak_is_the_one_another_meter_finds(tmp_path: Path) -> None:
    script = article_script(sections=1, cues=2)
    tags = Tags("ع", "م", "ن", "2026-11-22")
    settings = MasterSettings(formats=("mp3", "opus", "wav"))
    made = master_edition(script, ToneTakes(script, seconds=1.0), tags, settings, tmp_path, "news")
    for path in made.files.values():
        assert decoded_peak_dbtp(path, "", -30.0) == pytest.approx(ebur128(path)[1], abs=0.11)


def test_a_file_that_cannot_be_decoded_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "news.mp3").write_bytes(b"no sound")
    with pytest.raises(MasterError, match=r"cannot decode the finished news\.mp3"):
        decoded_peak_dbtp(tmp_path / "news.mp3", "", -1.0)
