"""The books of an edition: EPUB, and DAISY for libraries of the blind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tts_news.errors import PublishError, did_you_mean
from tts_news.publish.daisy import VERSIONS, write_daisy
from tts_news.publish.epub import write_epub
from tts_news.publish.manifest import list_files
from tts_news.publish.reading import Reading
from tts_news.publish.settings import BOOKS, ShowSettings
from tts_news.records import Episode


def check_books(books: Sequence[str], formats: Sequence[str]) -> None:
    """Raise, before anything is read or spoken, when a book could not be made.

    Args:
        books: What is asked for.
        formats: Formats of the sound.

    Raises:
        PublishError: There is no such book, or its sound is not made.
    """
    unknown = [book for book in books if book not in BOOKS]
    if unknown:
        raise PublishError(f"no such book: {', '.join(unknown)}", hint=did_you_mean(unknown[0], BOOKS))
    if "epub-audio" in books and not {"mp3", "m4a"} & {*formats}:
        raise PublishError("an EPUB that reads itself aloud needs the MP3, and none is made", hint="add --format mp3")
    if "daisy" in books and "mp3" not in formats:
        raise PublishError("a DAISY book needs the MP3, and none is made", hint="add --format mp3")


def write_books(
    folder: Path, stem: str, books: Sequence[str], reading: Reading, listed: Episode, show: ShowSettings
) -> Episode:
    """Write the books that are asked for into an edition's folder; returns the manifest with them.

    Raises:
        OSError: They cannot be written.
    """
    if {"epub", "epub-audio"} & {*books}:
        write_epub(folder / f"{stem}.epub", reading, listed, show, spoken="epub-audio" in books)
    if "daisy" in books:
        for version, suffix in VERSIONS.items():
            write_daisy(folder / f"{stem}{suffix}", reading, listed, show, version)
    return replace(listed, files=list_files(folder))
