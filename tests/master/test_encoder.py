"""What happens when encoders, disks and processes fail: one clear error, and the old files stay."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest
from killed_at import moments
from tones import ToneTakes, article_script

from tts_news.errors import MasterError
from tts_news.master import edition, master_edition
from tts_news.master.encoder import Encoders, Job
from tts_news.master.settings import MasterSettings
from tts_news.records import Tags

SCRIPT = article_script(sections=1, cues=1)
TAGS = Tags("نشرة")
MP3 = ("-c:a", "libmp3lame", "-f", "mp3")


def encode(job: Job) -> None:
    feed(Encoders([job], 44_100, ""))


def feed(encoders: Encoders) -> None:
    with encoders:
        for _ in range(40):
            encoders.write(os.urandom(131_072))
        encoders.finish()


def test_a_full_disk_is_a_clear_error() -> None:
    with pytest.raises(MasterError, match="disk is full"):
        encode(Job("wav", ("-f", "s16le"), Path("/dev/full")))


def test_an_encoder_that_dies_is_an_error_that_says_why(tmp_path: Path) -> None:
    with pytest.raises(MasterError, match=r"could not write the mp3: .*nosuchcodec"):
        encode(Job("mp3", ("-c:a", "nosuchcodec", "-f", "mp3"), tmp_path / "x.mp3"))


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MasterError, match="could not write the mp3"):
        encode(Job("mp3", MP3, tmp_path / "none" / "x.mp3"))


def test_when_one_encoder_fails_the_others_are_ended(tmp_path: Path) -> None:
    good, bad = Job("mp3", MP3, tmp_path / "x.mp3"), Job("wav", ("-f", "s16le"), Path("/dev/full"))
    encoders = Encoders([good, bad], 44_100, "")
    with pytest.raises(MasterError, match="disk is full"):
        feed(encoders)
    assert all(encoder._process.poll() is not None for encoder in encoders._running)


def test_an_ffmpeg_that_is_not_there_is_named(tmp_path: Path) -> None:
    settings = MasterSettings(ffmpeg=str(tmp_path / "my-ffmpeg"))
    with pytest.raises(MasterError, match="my-ffmpeg"):
        master_edition(SCRIPT, ToneTakes(SCRIPT), TAGS, settings, tmp_path, "news")
    assert not list(tmp_path.iterdir())


def test_a_named_ffmpeg_is_the_one_that_runs(tmp_path: Path) -> None:
    import imageio_ffmpeg

    wrapper = tmp_path / "my-ffmpeg"
    wrapper.write_text(f'#!/bin/sh\necho ran >> {tmp_path}/log\nexec {imageio_ffmpeg.get_ffmpeg_exe()} "$@"\n')
    wrapper.chmod(0o755)
    master_edition(SCRIPT, ToneTakes(SCRIPT), TAGS, MasterSettings(ffmpeg=str(wrapper)), tmp_path, "news")
    assert set((tmp_path / "log").read_text().split()) == {"ran"}  # as encoder and as decoder


@pytest.mark.parametrize("place", ["_tag_mp3", "make_cover", "ffmetadata"])
def test_an_error_of_the_disk_anywhere_leaves_the_old_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    master_edition(SCRIPT, ToneTakes(SCRIPT), TAGS, MasterSettings(), tmp_path, "news")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(edition, place, fail)
    with pytest.raises(MasterError, match="is full"):
        master_edition(SCRIPT, ToneTakes(SCRIPT), replace(TAGS, title="أخرى"), MasterSettings(), tmp_path, "news")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_that_may_not_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MasterError, match="cannot be written"):
        master_edition(SCRIPT, ToneTakes(SCRIPT), TAGS, MasterSettings(), tmp_path / "none", "news")


def test_takes_that_change_between_the_passes_are_noticed(tmp_path: Path) -> None:
    class Shifting(ToneTakes):
        seen = []  # noqa: RUF012 - shared on purpose: counts the passes

        def __iter__(self):
            self.seen.append(1)
            yield from ToneTakes(self.script, seconds=1.0 + len(self.seen))

    with pytest.raises(MasterError, match="changed between"):
        master_edition(SCRIPT, Shifting(SCRIPT), TAGS, MasterSettings(), tmp_path, "news")
    assert not list(tmp_path.iterdir())


def test_an_interruption_leaves_nothing_behind(tmp_path: Path) -> None:
    class Interrupted(ToneTakes):
        seen = []  # noqa: RUF012 - shared on purpose: counts the passes

        def __iter__(self):
            self.seen.append(1)
            for number, pair in enumerate(ToneTakes(self.script)):
                if len(self.seen) == 2 and number == 2:
                    raise KeyboardInterrupt
                yield pair

    with pytest.raises(KeyboardInterrupt):
        master_edition(SCRIPT, Interrupted(SCRIPT), TAGS, MasterSettings(), tmp_path, "news")
    assert not list(tmp_path.iterdir())


def test_a_kill_at_any_moment_leaves_whole_files(tmp_path: Path) -> None:
    script, settings = article_script(sections=1, cues=1), MasterSettings(formats=("mp3", "flac"))

    def make(title: str, folder: Path) -> dict[str, bytes]:
        folder.mkdir(exist_ok=True)
        master_edition(script, ToneTakes(script), Tags(title), settings, folder, "news")
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    one, other = (make(title, tmp_path / title) for title in ("نشرة 0", "نشرة 1"))
    left = moments(tmp_path / "نشرة 0", tmp_path / "moments", lambda: make("نشرة 1", tmp_path / "نشرة 0"))
    assert len(left) > 20
    for folder in left:
        assert all((folder / name).read_bytes() in (one[name], other[name]) for name in one)
    assert make("نشرة 1", left[-2]) == other  # nothing of the dead is left
