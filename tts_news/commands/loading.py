"""The configuration of verbs that make editions, with what their command line says. Loads no parser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tts_news.config import Config, load
from tts_news.publish.settings import BOOKS


def load_for_editions(
    config: Path | None,
    flags: Mapping[str, object],
    output: Path | str | None,
    formats: Sequence[str] | None,
    licences: Sequence[str] | None,
) -> Config:
    """Return the configuration in force for a verb that makes editions.

    Args:
        config: The configuration file.
        flags: Options that are settings, by the setting.
        output: Folder named on the command line: relative to where the user stands, not to the configuration file.
        formats: Of the sound, and books that are made beside those of the configuration.
        licences: Voices whose licences are accepted.
    """
    settings = load(
        config,
        {
            **flags,
            "publish.output": str(Path(output).expanduser().absolute()) if output else None,
            "master.formats": tuple(name for name in formats or () if name not in BOOKS) or None,
            "speak.accept_licences": tuple(licences) if licences else None,
        },
    )
    books = dict.fromkeys([*settings.publish.books, *(name for name in formats or () if name in BOOKS)])
    return replace(settings, publish=replace(settings.publish, books=tuple(books)))
