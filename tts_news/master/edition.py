"""The whole room: takes in, finished files out."""

from __future__ import annotations

import errno
import logging
import os
import shutil
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Self

import numpy as np

from tts_news.errors import MasterError
from tts_news.master import formats
from tts_news.master.bed import Stretch, mix_bed, stretches
from tts_news.master.cover import SIDE, make_cover, show_cover
from tts_news.master.decoded import decoded_peak_dbtp
from tts_news.master.encoder import Encoders
from tts_news.master.layout import Layout, plan
from tts_news.master.levels import Balance, balance, survey
from tts_news.master.memory import trim_memory
from tts_news.master.provenance import Signature, load_signature, sign_file
from tts_news.master.render import Meter, Renderer, blocks, limited
from tts_news.master.room import SILENCE_DBFS, lay_room, room_tone
from tts_news.master.show_sound import load_show_sound
from tts_news.master.tagging import ffmetadata, id3_tag
from tts_news.records import ChapterSpan, Mastered, Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tts_news.master.clip import Samples
    from tts_news.master.settings import MasterSettings, ProvenanceSettings
    from tts_news.records import Loudness, Script, Tags, Takes

_LOG = logging.getLogger(__name__)

_TRIM_BLOCKS = 64
"""A minute and a half of sound."""
_MOST_TIMES = 4
"""How often an edition is written whose decoded peaks pass what was asked for."""
_SPARE_DB = 0.1
"""Under what was missed: the encoder decides differently on the quieter sound."""


def master_edition(
    script: Script,
    takes: Takes,
    tags: Tags,
    settings: MasterSettings,
    folder: Path,
    stem: str,
    gains_db: Mapping[str, float] | None = None,
    provenance: ProvenanceSettings | None = None,
) -> Mastered:
    """Write the finished sound of an edition and return where it lies and when everything sounds.

    Goes through the takes twice, measuring and then writing, and never holds more than a few of them. Files appear
    under their names when they are complete, all or none; the same input gives the same bytes.

    Args:
        script: The cues and chapter marks.
        takes: The sound of the cues, in the script's order.
        tags: What is written into the files.
        settings: Formats, levels, show sound.
        folder: Where the files go; it exists.
        stem: Name of the files before their suffix.
        gains_db: How much louder than the others a voice is to be; all equally loud where nothing is said.
        provenance: What the files are signed with; what is signed is not the same bytes every time.

    Raises:
        MasterError: A take, a jingle or the cover cannot be used, encoder or signing failed, or the disk is full.
    """
    formats.check_settings(settings)
    from threadpoolctl import threadpool_limits

    # The matrices are small: a second BLAS thread only spins, at five times the processor time (measured), on the
    # core that the encoder needs. One thread also adds up in one order.
    with threadpool_limits(1, user_api="blas"):
        signature = load_signature(provenance) if provenance else None
        return _master(script, takes, tags, settings, folder / stem, gains_db or {}, signature)


def _master(
    script: Script,
    takes: Takes,
    tags: Tags,
    settings: MasterSettings,
    target: Path,
    gains_db: Mapping[str, float],
    signature: Signature | None,
) -> Mastered:
    """Do the work of `master_edition`; `target` is folder and stem."""
    folder, stem = target.parent, target.name
    sound = load_show_sound(settings)
    layout, gains, bed = _measure(script, takes, sound, settings, gains_db)
    ceiling_dbtp = formats.ceiling_dbtp(settings)
    try:
        with _Workplace(folder, stem) as place:
            cover = place.path("cover.jpg")
            badge = show_cover(tags.cover) if tags.cover else b""
            cover.write_bytes(make_cover(tags.title, tags.album, tags.date, SIDE, badge))
            for _ in range(_MOST_TIMES):
                renderer = Renderer(layout, gains, sound)
                stream = _whole(renderer, takes, bed, settings)
                loudness = _write(stream, tags, flat_chapters(layout), settings, place, ceiling_dbtp)
                over_db = _overshoot_db(settings, place)
                if over_db <= 0:
                    break
                ceiling_dbtp = min(ceiling_dbtp, loudness.true_peak_dbtp) - over_db - _SPARE_DB
            else:
                _LOG.warning(
                    "a peak of the decoded sound passes %.1f dBTP by %.1f dB", settings.true_peak_dbtp, over_db
                )
            if signature:
                for name in settings.formats:
                    sign_file(place.path(name), place.path("signed"), name, tags.title, signature)
            files = {name: folder / f"{stem}{formats.SUFFIXES[name]}" for name in settings.formats}
            picture = folder / f"{stem}.jpg"
            place.move({**{place.path(name): path for name, path in files.items()}, cover: picture})
    except OSError as err:
        raise _unwritable(err, folder) from err
    timeline = Timeline(tuple(renderer.spans), nested_chapters(layout), layout.total / layout.rate_hz)
    return Mastered(files, timeline, loudness, picture)


def _whole(renderer: Renderer, takes: Takes, bed: tuple[Stretch, ...], settings: MasterSettings) -> Iterator[Samples]:
    """Return everything that sounds, before the limiter."""
    pieces = renderer.pieces(takes)
    stream = mix_bed(pieces, renderer.sound["bed"], bed) if bed else pieces
    if settings.room_dbfs > SILENCE_DBFS:
        return lay_room(stream, room_tone(settings.rate_hz, settings.room_dbfs))
    return stream


def _overshoot_db(settings: MasterSettings, place: _Workplace) -> float:
    """Return by how much the highest peak of the lossy files, decoded, passes what was asked for."""
    lossy = [name for name in settings.formats if name in formats.LOSSY]
    limit = settings.true_peak_dbtp
    return max((decoded_peak_dbtp(place.path(name), settings.ffmpeg, limit) - limit for name in lossy), default=-1.0)


def _measure(
    script: Script,
    takes: Takes,
    sound: Mapping[str, Samples],
    settings: MasterSettings,
    gains_db: Mapping[str, float],
) -> tuple[Layout, Balance, tuple[Stretch, ...]]:
    """Go through the takes for the first time and return where everything goes, how loud, and where the bed plays."""
    measured = survey(takes, settings.rate_hz)
    if not measured.spoken:
        raise MasterError(
            f"{script.title!r} has no sound at all", hint="look at what failed before: no sentence could be spoken"
        )
    lengths = {name: len(samples) for name, samples in sound.items()}
    layout = plan(script, measured.spoken, lengths, settings.rate_hz, settings.min_chapter_s, settings.chapters)
    gains = balance(measured, layout, sound, settings.target_lufs, formats.ceiling_dbtp(settings), gains_db)
    bed = stretches(layout, [piece.cue.role for piece in measured.spoken]) if "bed" in sound else ()
    return layout, gains, bed


def _write(
    stream: Iterator[Samples],
    tags: Tags,
    chapters: Sequence[ChapterSpan],
    settings: MasterSettings,
    place: _Workplace,
    ceiling_dbtp: float,
) -> Loudness:
    """Write every format, tags and all, under its unfinished name."""
    cover = place.path("cover.jpg")
    picture = cover.read_bytes()
    jobs = []
    for name in settings.formats:
        metadata = place.path(f"{name}.txt")
        metadata.write_text(ffmetadata(name, tags, chapters, picture), encoding="utf-8", newline="\n")
        jobs.append(formats.job(name, place.path(name), settings, metadata, cover))
    loudness = _encode(stream, Encoders(jobs, settings.rate_hz, settings.ffmpeg), settings.rate_hz, ceiling_dbtp)
    if "mp3" in settings.formats:
        _tag_mp3(place.path("mp3"), place.path("tagged"), id3_tag(tags, chapters, picture))
    return loudness


def _encode(stream: Iterator[Samples], encoders: Encoders, rate_hz: int, ceiling_dbtp: float) -> Loudness:
    """Send the whole sound through limiter and meter into the encoders."""
    meter = Meter(rate_hz)
    with encoders:
        for number, block in enumerate(blocks(limited(blocks(stream), ceiling_dbtp, rate_hz))):
            meter.measure(block)
            if number % _TRIM_BLOCKS == 0:
                trim_memory()
            # Whole numbers here and not in the encoder: rounding differences of a faster processor end here.
            encoders.write(np.rint(block * np.float32(32767)).astype("<i2").tobytes())
        encoders.finish()
    return meter.result()


def flat_chapters(layout: Layout) -> tuple[ChapterSpan, ...]:
    """Return every chapter up to the next one, whatever its level: the list a player shows."""
    ends = [start for _, start in layout.chapters[1:]] + [layout.total]
    return tuple(
        ChapterSpan(mark.title, start / layout.rate_hz, end / layout.rate_hz, mark.level, mark.url)
        for (mark, start), end in zip(layout.chapters, ends, strict=True)
    )


def nested_chapters(layout: Layout) -> tuple[ChapterSpan, ...]:
    """Return every chapter up to the next one of its level or above: an article spans its sections."""
    flat = flat_chapters(layout)
    spans = []
    for number, chapter in enumerate(flat):
        end = next((later.start_s for later in flat[number + 1 :] if later.level <= chapter.level), flat[-1].end_s)
        spans.append(replace(chapter, end_s=end))
    return tuple(spans)


def _tag_mp3(audio: Path, tagged: Path, tag: bytes) -> None:
    """Put the tag before the encoder's sound."""
    with tagged.open("wb") as out, audio.open("rb") as sound:
        out.write(tag)
        shutil.copyfileobj(sound, out, 1 << 20)
    tagged.replace(audio)


def _unwritable(err: OSError, folder: Path) -> MasterError:
    if err.errno == errno.ENOSPC:
        return MasterError(f"the disk of {folder} is full", hint="free some space and run the same command again")
    return MasterError(f"{err.filename or folder} cannot be written: {err.strerror}", hint="may this user write there?")


class _Workplace:
    """Unfinished files beside the finished ones, under names that say so; gone when the work fails."""

    def __init__(self, folder: Path, stem: str) -> None:
        self._folder = folder
        self._stem = stem
        self._paths: set[Path] = set()
        self._stack = ExitStack()

    def path(self, name: str) -> Path:
        """Return where the unfinished file of that name lies. Always the same one:
        what a killed run left is written over.
        """
        path = self._folder / f".{self._stem}.{name}.part"
        self._paths.add(path)
        return path

    def move(self, places: Mapping[Path, Path]) -> None:
        """Give finished files their names."""
        for path in places:
            with path.open("rb") as file:
                os.fsync(file.fileno())
        for path, final in places.items():
            path.replace(final)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for path in self._paths:
            path.unlink(missing_ok=True)
