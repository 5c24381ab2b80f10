"""Fetches the files of a voice, from their own addresses, a mirror or a folder, and makes it visible when it is whole.

Files gather in a hidden folder beside the voices, so that a broken download goes on where it stopped; only when every
file has the size and SHA-256 of `voice.toml` is the folder renamed to the voice's name. Where no SHA-256 is published,
the first one seen is remembered beside the voices, and another file under the same address is refused from then on.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from tts_news.errors import SpeakError
from tts_news.files import hash_file, write_file
from tts_news.speak.catalogue import CARD, Download, VoiceSpec, built_in, user_folder
from tts_news.speak.engine import engine_class, missing_extra

if TYPE_CHECKING:
    import httpx

TIMEOUT_S = 30.0
# Address of a file → SHA-256 it had when it was first fetched; only of files for which none is published.
FIRST_SEEN = ".first-seen.json"
Report = Callable[[str, int, int], None]
"""Called with file name, bytes there, bytes wanted (0: not known)."""


@dataclass(frozen=True, slots=True)
class Installed:
    """Where a voice lies now; `trusted` holds the files that nothing could be compared with, and their SHA-256."""

    folder: Path
    trusted: Mapping[str, str]


def install(spec: VoiceSpec, source: str, report: Report, target: Path | None = None) -> Installed:
    """Fetch every file of a voice and make it visible.

    Args:
        spec: The voice; one whose files are here and right is left as it is.
        source: A mirror's URL or a folder, laid out as NAME/FILE; "" goes to the files' own addresses.
        report: Told how far each file has come.
        target: The folder of voices; when None the one its card lies in, or the user's for a voice of the catalogue.

    Raises:
        SpeakError: A file cannot be fetched, or is not the one the voice names. Nothing is visible then.
    """
    voices = target or (user_folder() if spec.folder.parent == built_in() else spec.folder.parent)
    seen = _first_seen(voices)
    files = [replace(file, sha256=file.sha256 or seen.get(file.url, "")) for file in spec.downloads]
    _require_shipped(spec)
    if all(_is_right(file, spec.folder / file.name) for file in files):
        return Installed(spec.folder, {})
    gathering, place = voices / f".{spec.name}.part", voices / spec.name
    with _disk_errors(spec, voices):
        gathering.mkdir(parents=True, exist_ok=True)
        for file in files:
            _fetch(spec, file, gathering / file.name, source, report)
        for name in (CARD, "README.md", *spec.files):
            if (spec.folder / name).is_file():
                shutil.copyfile(spec.folder / name, gathering / name)
        trusted = {file: hash_file(gathering / file.name) for file in files if not file.sha256}
        if trusted:
            _try_out(replace(spec, folder=gathering), [gathering / file.name for file in trusted])
        _remember(voices, seen | {file.url: sha256 for file, sha256 in trusted.items()})
        if place == spec.folder:
            # What else lies there stays. The voice is not usable before the last of its files is there.
            for file in files:
                (gathering / file.name).replace(place / file.name)
            shutil.rmtree(gathering)
        else:
            if place.exists():
                shutil.rmtree(place)
            gathering.rename(place)
    return Installed(place, {file.name: sha256 for file, sha256 in trusted.items()})


def _require_shipped(spec: VoiceSpec) -> None:
    """Raise when a file is missing that cannot be fetched."""
    fetched = {file.name for file in spec.downloads}
    for name in spec.missing:
        if name not in fetched:
            raise SpeakError(
                f"voice {spec.name}: {name} is missing, and its {CARD} names no address to fetch it from",
                hint=f"put it into {spec.folder}",
            )


def _try_out(spec: VoiceSpec, unproven: list[Path]) -> None:
    """Load a voice whose files could not be compared with anything: a login page is not to be trusted from now on."""
    if missing_extra(spec):
        return
    try:
        engine_class(spec)(spec)
    except SpeakError:
        for path in unproven:
            path.unlink()
        raise


def _first_seen(voices: Path) -> dict[str, str]:
    path = voices / FIRST_SEEN
    try:
        return {str(url): str(sha256) for url, sha256 in json.loads(path.read_text(encoding="utf-8")).items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError) as err:
        # To go on as if nothing had been seen would trust what is to be refused.
        raise SpeakError(f"cannot read {path}: {err}", hint="mend it, or delete it to trust what comes next") from err


def _remember(voices: Path, seen: Mapping[str, str]) -> None:
    if seen:
        write_file(voices / FIRST_SEEN, (json.dumps(seen, indent=1, sort_keys=True) + "\n").encode())


def remove(spec: VoiceSpec, target: Path | None = None) -> bool:
    """Delete an installed voice of the user's; False if it is not one (a built-in one stays).

    Raises:
        SpeakError: Its folder cannot be deleted.
    """
    voices = target or user_folder()
    with _disk_errors(spec, voices):
        shutil.rmtree(voices / f".{spec.name}.part", ignore_errors=True)
        if spec.folder.parent != voices:
            return False
        shutil.rmtree(spec.folder)
    return True


@contextmanager
def _disk_errors(spec: VoiceSpec, voices: Path) -> Iterator[None]:
    try:
        yield
    except OSError as err:
        raise SpeakError(
            f"voice {spec.name}: cannot write to {voices}: {err.strerror or err}",
            hint="free some space, then run it again: what has come is kept",
        ) from err


def _fetch(spec: VoiceSpec, file: Download, path: Path, source: str, report: Report) -> None:
    """Bring one file to `path`, going on with what is there of it."""
    if not (path.is_file() and _is_right(file, path)):
        part = path.with_name(f"{path.name}.part")
        if source and not urlsplit(source).scheme.startswith("http"):
            _copy(spec, Path(source.removeprefix("file://")).expanduser() / spec.name / file.name, part)
        else:
            url = f"{source.rstrip('/')}/{spec.name}/{quote(file.name)}" if source else file.url
            _download(spec, url, file, part, report)
        if not _is_right(file, part):
            part.unlink()
            raise _is_wrong(spec, file)
        part.rename(path)
    report(file.name, file.size or path.stat().st_size, file.size)


def _is_wrong(spec: VoiceSpec, file: Download) -> SpeakError:
    stated = next(one for one in spec.downloads if one.name == file.name)
    if file.sha256 and not stated.sha256:
        return SpeakError(
            f"voice {spec.name}: {file.name} is not the file that was first installed from its address (other SHA-256)",
            hint=f"if the new one is to be trusted, delete its line in {FIRST_SEEN} beside the voices",
        )
    return SpeakError(
        f"voice {spec.name}: {file.name} is not the file that {CARD} names (wrong size or SHA-256)",
        hint="run it again; if it stays so, the source has changed or is broken",
    )


def _copy(spec: VoiceSpec, origin: Path, part: Path) -> None:
    if not origin.is_file():
        raise SpeakError(
            f"voice {spec.name}: there is no file {origin}", hint="a folder of voices is laid out as NAME/FILE"
        )
    shutil.copyfile(origin, part)


def _download(spec: VoiceSpec, url: str, file: Download, part: Path, report: Report) -> None:
    import httpx

    there = part.stat().st_size if part.exists() else 0
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={there}-"} if there else {})
    try:
        with httpx.stream("GET", url, headers=headers, timeout=TIMEOUT_S, follow_redirects=True) as answer:
            if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
                return  # nothing is missing of it; whether it is right is seen next
            answer.raise_for_status()
            _receive(spec, answer, file, part, report)
    except httpx.HTTPStatusError as err:
        raise SpeakError(
            f"voice {spec.name}: {url} answered {err.response.status_code}",
            hint="try again later, or set TTS_NEWS_VOICES_URL",
        ) from err
    except (httpx.HTTPError, httpx.InvalidURL) as err:
        raise SpeakError(
            f"voice {spec.name}: cannot fetch {url}: {str(err) or type(err).__name__}",
            hint="offline? set TTS_NEWS_VOICES_URL to a mirror or a folder; what has come is kept",
        ) from err


def _receive(spec: VoiceSpec, answer: httpx.Response, file: Download, part: Path, report: Report) -> None:
    """Write an answer to its part file: after what is there if the server goes on from there, else from the start."""
    goes_on = answer.status_code == 206  # Partial Content
    with part.open("ab" if goes_on else "wb") as out:
        there = out.tell()
        for chunk in answer.iter_raw():  # as it comes: a broken download keeps all it got
            there += len(chunk)
            if file.size and there > file.size:
                part.unlink()
                raise SpeakError(
                    f"voice {spec.name}: {answer.url} sends more than the {file.size} bytes it should",
                    hint="the source has changed or is broken; try another with TTS_NEWS_VOICES_URL",
                )
            out.write(chunk)
            report(file.name, there, file.size)


def _is_right(file: Download, path: Path) -> bool:
    if not path.is_file() or (file.size and path.stat().st_size != file.size):
        return False
    if not file.sha256:
        return path.stat().st_size > 0
    return hash_file(path) == file.sha256
