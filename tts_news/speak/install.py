"""Fetches the files of a voice, from their own addresses, a mirror or a folder, and makes it visible when it is whole.

Files gather in a hidden folder beside the voices, so that a broken download goes on where it stopped; only when every
file has the size and SHA-256 of `voice.toml` is the folder renamed to the voice's name.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from tts_news.errors import SpeakError
from tts_news.speak.catalogue import CARD, Download, VoiceSpec, user_folder

if TYPE_CHECKING:
    import httpx

TIMEOUT_S = 30.0
Report = Callable[[str, int, int], None]
"""Called with file name, bytes there, bytes wanted (0: not known)."""


def install(spec: VoiceSpec, source: str, report: Report, target: Path | None = None) -> Path:
    """Fetch every file of a voice and make it visible.

    Args:
        spec: The voice; one with nothing to fetch is left as it is.
        source: A mirror's URL or a folder, laid out as NAME/FILE; "" goes to the files' own addresses.
        report: Told how far each file has come.
        target: The folder of voices; the user's when None.

    Returns:
        The voice's folder.

    Raises:
        SpeakError: A file cannot be fetched, or is not the one the voice names. Nothing is visible then.
    """
    if not spec.missing:
        return spec.folder
    voices = target or user_folder()
    gathering, place = voices / f".{spec.name}.part", voices / spec.name
    with _disk_errors(voices):
        gathering.mkdir(parents=True, exist_ok=True)
        for file in spec.downloads:
            _fetch(spec, file, gathering / file.name, source, report)
        for name in (CARD, "README.md", *spec.files):
            if (spec.folder / name).is_file():
                shutil.copyfile(spec.folder / name, gathering / name)
        if place.exists():
            shutil.rmtree(place)
        gathering.rename(place)
    return place


def remove(spec: VoiceSpec, target: Path | None = None) -> bool:
    """Delete an installed voice of the user's; False if it is not one (a built-in one stays).

    Raises:
        SpeakError: Its folder cannot be deleted.
    """
    voices = target or user_folder()
    with _disk_errors(voices):
        shutil.rmtree(voices / f".{spec.name}.part", ignore_errors=True)
        if spec.folder.parent != voices:
            return False
        shutil.rmtree(spec.folder)
    return True


@contextmanager
def _disk_errors(voices: Path) -> Iterator[None]:
    try:
        yield
    except OSError as err:
        raise SpeakError(
            f"cannot write to {voices}: {err.strerror or err}", hint="free some space, then run it again"
        ) from err


def _fetch(spec: VoiceSpec, file: Download, path: Path, source: str, report: Report) -> None:
    """Bring one file to `path`, going on with what is there of it."""
    if not (path.is_file() and _is_right(file, path)):
        part = path.with_name(f"{path.name}.part")
        if source and not urlsplit(source).scheme.startswith("http"):
            _copy(Path(source.removeprefix("file://")).expanduser() / spec.name / file.name, part)
        else:
            _download(
                f"{source.rstrip('/')}/{spec.name}/{quote(file.name)}" if source else file.url, file, part, report
            )
        if not _is_right(file, part):
            part.unlink()
            raise SpeakError(
                f"{spec.name}: {file.name} is not the file that {CARD} names (wrong size or SHA-256)",
                hint="run it again; if it stays so, the source has changed or is broken",
            )
        part.rename(path)
    report(file.name, file.size or path.stat().st_size, file.size)


def _copy(origin: Path, part: Path) -> None:
    if not origin.is_file():
        raise SpeakError(f"there is no file {origin}", hint="a folder of voices is laid out as NAME/FILE")
    shutil.copyfile(origin, part)


def _download(url: str, file: Download, part: Path, report: Report) -> None:
    import httpx

    there = part.stat().st_size if part.exists() else 0
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={there}-"} if there else {})
    try:
        with httpx.stream("GET", url, headers=headers, timeout=TIMEOUT_S, follow_redirects=True) as answer:
            if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
                return  # nothing is missing of it; whether it is right is seen next
            answer.raise_for_status()
            _receive(answer, file, part, report)
    except httpx.HTTPStatusError as err:
        raise SpeakError(
            f"{url} answered {err.response.status_code}", hint="try again later, or set TTS_NEWS_VOICES_URL"
        ) from err
    except (httpx.HTTPError, httpx.InvalidURL) as err:
        raise SpeakError(
            f"cannot fetch {url}: {err or type(err).__name__}",
            hint="offline? set TTS_NEWS_VOICES_URL to a mirror or a folder; what has come is kept",
        ) from err


def _receive(answer: httpx.Response, file: Download, part: Path, report: Report) -> None:
    """Write an answer to its part file: after what is there if the server goes on from there, else from the start."""
    goes_on = answer.status_code == 206  # Partial Content
    with part.open("ab" if goes_on else "wb") as out:
        there = out.tell()
        for chunk in answer.iter_raw():  # as it comes: a broken download keeps all it got
            there += len(chunk)
            if file.size and there > file.size:
                raise SpeakError(f"{answer.url} sends more than the {file.size} bytes it should")
            out.write(chunk)
            report(file.name, there, file.size)


def _is_right(file: Download, path: Path) -> bool:
    if not path.is_file() or (file.size and path.stat().st_size != file.size):
        return False
    if not file.sha256:
        return path.stat().st_size > 0
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == file.sha256
