"""One sentence in several voices, as a page to listen to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tts_news.errors import PublishError
from tts_news.files import disk_errors, write_file
from tts_news.publish.templates import render

PAGE = "compare.html"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A voice and what it said.

    Attributes:
        name: By which the voice is chosen.
        title: What it is called.
        gender: "male", "female" or "".
        licence: SPDX identifier or URL.
        commercial: Whether the licence lets the sound be sold.
        file: Name of the WAV file beside the page.
        sound_s: How long it is, in seconds.
        work_s: How long it took to make, in seconds.
    """

    name: str
    title: str
    gender: str
    licence: str
    commercial: bool
    file: str
    sound_s: float
    work_s: float


def write_comparison(text: str, voices: Sequence[Spoken], folder: Path) -> Path:
    """Write the page beside the sounds and return where it lies.

    Raises:
        PublishError: It cannot be written.
    """
    page = folder / PAGE
    with disk_errors(page, PublishError):
        write_file(page, render("compare.html", text=text, voices=voices).encode())
    return page
