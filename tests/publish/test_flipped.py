"""A flipped byte in any file of a show is named before it is published, by the deep check, and at the next make."""

from __future__ import annotations

import io
import logging
import os
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from publish.editions import DATE, SHOW, VOICE, Press, dump, make_script

from tts_news.errors import PublishError
from tts_news.publish import check_show, find_edition, open_edition
from tts_news.publish.build import build_show
from tts_news.publish.settings import BOOKS, PublishSettings
from tts_news.publish.sync import sync
from tts_news.records import Mastered

SETTINGS = PublishSettings()
SCRIPT = make_script()
EXPECTED = {
    *("mp3", "m4b", "opus", "epub", "zip"),
    *("transcript.vtt", "transcript.words.vtt", "transcript.srt", "transcript.json", "transcript.txt"),
    *("chapters.json", "script.json", "oembed.json", "index.html", "episode.json"),
}


def drawing(picture: Path | None) -> bytes:
    if picture:
        return picture.read_bytes()
    drawn = io.BytesIO()
    Image.new("L", (1400, 1400)).save(drawn, "JPEG")
    return drawn.getvalue()


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory, tone: bytes) -> Press:
    """A show of one edition in every format."""
    press = Press(tmp_path_factory.mktemp("flipped") / "output", tone)
    with open_edition(press.output, SCRIPT, DATE) as draft:
        made = press.master(draft, SCRIPT)
        files = dict(made.files)
        for kind in ("m4b", "opus"):
            files[kind] = draft.folder / f"{draft.stem}.{kind}"
            files[kind].write_bytes(tone + kind.encode())
        mastered = Mastered(files, made.timeline, made.loudness)
        draft.commit(dump(SCRIPT), mastered, (VOICE,), SHOW, recipe="r", books=BOOKS)
    build_show(press.output, SHOW, SETTINGS, drawing)
    return press


def kind_of(path: Path) -> str:
    return path.name if path.name in EXPECTED else path.suffix[1:]


def flip(path: Path, data: bytes, at: int) -> None:
    path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])


def test_a_flipped_byte_of_every_kind_of_file_is_named_three_times(
    show: Press, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (place,) = show.output.glob("2*")
    assert {kind_of(path) for path in place.iterdir()} >= EXPECTED
    for path in sorted(place.iterdir()):
        data = path.read_bytes()
        # A script with another letter in it is one that an editor has mended; without its first brace it is none.
        flip(path, data, 0 if path.name == "script.json" else len(data) // 2)
        caplog.clear()
        named = {finding.where for finding in check_show(show.output, SHOW, SETTINGS, deep=True, cover=drawing)}
        assert f"{place.name}/{path.name}" in named
        with caplog.at_level(logging.WARNING):
            try:
                assert find_edition(show.output, SCRIPT, DATE) is None
            except PublishError as err:  # a manifest says whose edition it is: none is put in its place
                assert path.name == "episode.json"
                caplog.records.append(logging.makeLogRecord({"msg": str(err)}))
        assert any(path.name in record.getMessage() for record in caplog.records)
        there = tmp_path / path.name
        with pytest.raises(PublishError, match=path.name):
            sync(show.output, str(there), 7)
        assert not (there / place.name / path.name).exists()
        path.write_bytes(data)
    assert find_edition(show.output, SCRIPT, DATE)


def test_a_flipped_byte_in_the_shows_own_files_is_named_and_mended(show: Press) -> None:
    whole = {path.name: path.read_bytes() for path in show.output.iterdir() if path.is_file() and path.name[0] != "."}
    assert {"feed.xml", "index.html", "editions.json", "embed.html", "sw.js"} <= set(whole)
    assert not check_show(show.output, SHOW, SETTINGS, deep=True, cover=drawing)
    for name, data in whole.items():
        times = (show.output / name).stat()
        flip(show.output / name, data, len(data) // 3)
        os.utime(show.output / name, ns=(times.st_atime_ns, times.st_mtime_ns))  # bits that rot leave no trace
        named = {finding.where for finding in check_show(show.output, SHOW, SETTINGS, deep=True, cover=drawing)}
        assert name in named
        assert build_show(show.output, SHOW, SETTINGS, drawing, trusting=False).written
        assert {path.name: path.read_bytes() for path in show.output.iterdir() if path.name in whole} == whole
    lost = replace(SHOW, title="غيره")  # other settings are another show: said, not hidden
    assert check_show(show.output, lost, SETTINGS, deep=True, cover=drawing)
