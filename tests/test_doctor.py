from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Door = Callable[..., tuple[int, str, str]]


def test_all_is_well_here(tts_news: Door) -> None:
    code, out, err = tts_news("doctor")
    assert code == 0, err
    assert "FAIL" not in out
    assert "tone spoke" in out


def test_what_is_amiss_is_named_and_the_exit_code_tells(tts_news: Door, tmp_path: Path) -> None:
    (tmp_path / "tts-news.toml").write_text('[master]\nffmpeg = "/no/such/ffmpeg"\n')
    code, out, _ = tts_news("doctor")
    assert code == 7
    assert "FAIL  encoder" in out
    assert "/no/such/ffmpeg" in out
