"""Bulletins are made again by one process at a time: two articles corrected at once must both be in them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tts_news import pipeline
from tts_news.bulletins import one_at_a_time
from tts_news.config import Config
from tts_news.files import take_lock
from tts_news.orders import Edition, Order, Silent
from tts_news.publish.settings import PublishSettings
from tts_news.records import Script, Source


def is_free(output: Path) -> bool:
    descriptor = os.open(output / ".bulletins.lock", os.O_RDWR | os.O_CREAT)
    try:
        return take_lock(descriptor, wait=False)
    finally:
        os.close(descriptor)


@pytest.mark.parametrize("unchanged", [False, True])
def test_who_makes_bulletins_again_is_alone_at_it_and_who_has_none_to_make_waits_for_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unchanged: bool
) -> None:
    looked: list[bool] = []
    outdated = pipeline.outdated

    def looking(*args: Any) -> Any:
        looked.append(is_free(tmp_path))
        return outdated(*args)

    monkeypatch.setattr(pipeline, "outdated", looking)
    script = Script("خبر", (), (), sources=(Source("خبر", "", ""),))
    edition = Edition(script, tmp_path / "2026-11-22-khbr", unchanged=unchanged)
    config = Config(publish=PublishSettings(output=str(tmp_path)))
    pipeline.remake_bulletins(edition, config, Silent(), Order())
    assert looked == [False] * (not unchanged)
    assert is_free(tmp_path)


def test_the_lock_is_one_and_leaves_the_shows_folder_as_it_is(tmp_path: Path) -> None:
    before = tmp_path.stat().st_mtime_ns
    with one_at_a_time(tmp_path):
        assert tmp_path.stat().st_mtime_ns == before
        assert not is_free(tmp_path)
    assert is_free(tmp_path)
