"""The manifest of an edition, `episode.json`: written with the ledger, and read back with distrust."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import re
import uuid
from functools import cache
from typing import TYPE_CHECKING

from tts_news.errors import PublishError
from tts_news.files import hash_file
from tts_news.publish.clock import is_moment
from tts_news.publish.sounds import order_of
from tts_news.records import CueSpan, Episode, EpisodeFile, LedgerEntry, LedgerState, Script

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pydantic import TypeAdapter

SCRIPT = "script.json"
MANIFEST = "episode.json"

_SEAL = b',\n "seal": "'
_LEDGER, _LEDGER_END = b'\n "ledger": [', b'\n ],\n "'  # as `dump_episode` writes them; in a string \n would be escaped
_SEALED = re.compile(rb'"seal"\s*:')  # in a string the quotes would be escaped: this is a field's name
_LARGEST = 64 * 1024 * 1024  # bytes; a ten-hour edition has about 3 MB: anything larger is not one of ours
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_GUID = re.compile(r"[0-9A-Za-z:._-]{1,200}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_GUID_SPACE = uuid.UUID("6f0f3c1e-5d0c-5b5e-9f51-6f3c8a1d2b7e")  # ours, fixed for ever: guids are made from it
_NOT_SOURCE = frozenset({"opening", "closing"})  # roles that our own words have
_OWN_BLOCKS = re.compile(r"(opening|contents[0-9]*|closing|disclosure)?")  # with another block they are the article's

_KINDS = {
    ".mp3": "audio", ".m4a": "audio", ".m4b": "audiobook", ".opus": "audio", ".ogg": "audio", ".flac": "audio",
    ".wav": "audio", ".vtt": "transcript", ".srt": "transcript", ".txt": "transcript", ".epub": "book", ".zip": "book",
    ".jpg": "image", ".png": "image", ".css": "page", ".js": "page", ".html": "page",
}  # fmt: skip
_NAMED_KINDS = {
    "chapters.json": "chapters",
    "script.json": "script",
    "transcript.json": "transcript",
    "oembed.json": "page",
    "transcript.html": "transcript",
}


def make_guid(key: str) -> str:
    """Return the guid of the edition that `key` identifies; the same key gives the same guid on every machine."""
    return str(uuid.uuid5(_GUID_SPACE, key.encode("utf-8", "backslashreplace").decode()))


def make_ledger(script: Script, spans: Iterable[CueSpan]) -> tuple[LedgerEntry, ...]:
    """Return where every source sentence went, article by article: spoken, then skipped or failed, with the reason.

    A cue of the script that has no place in the finished sound is failed, whatever else was said about it: the
    ledger is about what a listener hears.
    """
    heard = {span.cue for span in spans if span.end_s > span.start_s}
    starts = {source.first_cue: number for number, source in enumerate(script.sources)}
    by_article: dict[int, list[LedgerEntry]] = {}
    article = 0
    for cue in script.cues:
        article = starts.get(cue.id, article)
        if cue.role in _NOT_SOURCE and _OWN_BLOCKS.fullmatch(cue.block):
            continue
        if cue.id in heard:
            entry = LedgerEntry("spoken", cue.written, cue=cue.id)
        else:
            entry = LedgerEntry("failed", cue.written, cue=cue.id, reason="no sound for it in the finished file")
        by_article.setdefault(article, []).append(entry)
    for omission in script.omissions:
        state: LedgerState = "failed" if omission.failed else "shown" if omission.shown else "skipped"
        by_article.setdefault(omission.article, []).append(LedgerEntry(state, omission.text, reason=omission.reason))
    for number, source in enumerate(script.sources):
        dropped = (LedgerEntry("skipped", line.text, reason=line.reason) for line in source.dropped)
        by_article.setdefault(number, []).extend(dropped)
    return tuple(entry for number in sorted(by_article) for entry in by_article[number])


def list_files(folder: Path) -> tuple[EpisodeFile, ...]:
    """Return the files of an edition folder without the manifest: sounds as players know them, then all by name.

    Raises:
        OSError: A file cannot be read.
    """
    paths = sorted(folder.iterdir(), key=lambda path: order_of(path.name))
    return tuple(_describe(path) for path in paths if path.is_file() and path.name != MANIFEST)


def _describe(path: Path) -> EpisodeFile:
    kind = _NAMED_KINDS.get(path.name) or _KINDS.get(path.suffix.lower(), "other")
    return EpisodeFile(path.name, path.stat().st_size, hash_file(path), kind)


def damaged_files(place: Path, episode: Episode) -> dict[str, str]:
    """Return the files of an edition that are not those of its manifest, by name, each with what is wrong with it.

    The script only has to be there, as JSON: it may be mended by hand.
    """
    faults = ((file.name, _fault(place / file.name, file)) for file in episode.files)
    return {name: fault for name, fault in faults if fault}


def _fault(path: Path, file: EpisodeFile) -> str:
    try:
        if path.stat().st_size == file.size and hash_file(path) == file.sha256:
            return ""
        if file.name == SCRIPT:
            return script_fault(path)
    except OSError as err:
        return f"cannot be read: {err.strerror}"
    return "is not the file of the manifest"


def script_fault(path: Path) -> str:
    """Return what is wrong with a script that may have been mended by hand, "" for nothing.

    Raises:
        OSError: It cannot be read.
    """
    if path.stat().st_size > _LARGEST:
        return "is too large for a script"
    try:
        json.loads(path.read_bytes().decode())
    except (ValueError, RecursionError):
        return "is no JSON"
    return ""


def dump_episode(episode: Episode) -> str:
    """Return the manifest as JSON with Arabic readable in it, sealed; the same episode gives the same text.

    The seal is its last field: the SHA-256 of all bytes before it.
    """
    fields = dataclasses.asdict(episode)
    first = {"identity": fields.pop("identity")}  # the archive is searched for it, and no more is read of a manifest
    text = json.dumps(first | fields, ensure_ascii=False, indent=1, allow_nan=False).removesuffix("\n}")
    seal = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f'{text},\n "seal": "{seal}"\n}}\n'


def check_seal(data: bytes, name: str) -> None:
    """See that a manifest is byte for byte the one that was written; one of release 0.1 has no seal and is believed.

    Args:
        data: The manifest.
        name: What stands in the message.

    Raises:
        PublishError: A byte of it has changed.
    """
    text, _, seal = data.rpartition(_SEAL)
    if seal != f'{hashlib.sha256(text).hexdigest()}"\n}}\n'.encode() and _SEALED.search(data):
        raise PublishError(
            f"{name} is damaged: it is not what was written",
            hint="bring it back from where the show is published, or move its folder away and make the article again",
        )


def without_ledger(data: bytes) -> bytes:
    """Return a manifest without its ledger, most of its bytes, where it has the seal of what `dump_episode` writes.

    Args:
        data: The manifest, which `check_seal` has found whole.
    """
    start = data.find(_LEDGER) if _SEAL in data[-100:] else -1
    end = data.find(_LEDGER_END, start) if start >= 0 else -1
    return data if end < 0 else data[:start] + data[end + len(b"\n ],") :]


def load_episode(path: Path) -> Episode:
    """Return the manifest at `path`, the file itself or the edition folder that holds it.

    It may be a stranger's: shape, types, file names and numbers are checked before anything uses them.

    Raises:
        PublishError: There is none, or it is not a manifest of ours.
    """
    file = path / MANIFEST if path.is_dir() else path
    try:
        if file.stat().st_size > _LARGEST:
            raise PublishError(f"{file} is too large for a manifest", hint="make the edition again")
        data = file.read_bytes()
    except OSError as err:
        raise PublishError(
            f"cannot read {file}: {err.strerror}", hint="name an edition folder, such as output/2026-11-22-..."
        ) from err
    return parse_episode(data, str(file))


def parse_episode(data: bytes, name: str) -> Episode:
    """Return the manifest in `data`; `name` stands in messages.

    Raises:
        PublishError: It is not a manifest of ours, or no longer what was written.
    """
    from pydantic import ValidationError

    check_seal(data, name)
    try:
        episode = _adapter().validate_json(data)
    except ValidationError as err:
        first = err.errors(include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"]) or "the file"
        raise PublishError(f"{name} is not a manifest: {where}: {first['msg']}", hint="make the edition again") from err
    for fault in _faults(episode):
        raise PublishError(f"{name} is not a manifest: {fault}", hint="make the edition again")
    return episode


@cache
def _adapter() -> TypeAdapter[Episode]:
    from pydantic import TypeAdapter

    return TypeAdapter(Episode)


def _faults(episode: Episode) -> Iterator[str]:
    """Yield what the types alone do not catch."""
    yield from check_names(episode.slug, episode.guid, episode.files)
    yield from check_moments(episode.published, episode.modified)
    times = [episode.duration_s, *(time for mark in episode.chapters for time in (mark.start_s, mark.end_s))]
    if not all(math.isfinite(time) and time >= 0 for time in times):
        yield "a time that is not a number of seconds"


def check_moments(published: str, modified: str) -> Iterator[str]:
    """Yield what is wrong with the times of a manifest, which are reckoned with; none need have been corrected."""
    if not is_moment(published):
        yield f"published {published!r} is no time with its zone"
    if modified and not is_moment(modified):
        yield f"modified {modified!r} is no time with its zone"


def check_names(slug: str, guid: str, files: Sequence[EpisodeFile]) -> Iterator[str]:
    """Yield what is wrong with the names of a manifest, which become paths and addresses."""
    if not _SAFE_NAME.fullmatch(slug):
        yield f"slug {slug!r} is no plain name"
    if not _GUID.fullmatch(guid):
        yield f"guid {guid!r}"
    for file in files:
        if not _SAFE_NAME.fullmatch(file.name):
            yield f"file name {file.name!r} is no plain name"
        if file.size < 0 or not _SHA256.fullmatch(file.sha256):
            yield f"size or hash of {file.name}"
