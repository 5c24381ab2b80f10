"""`tts-news doctor`: is everything here that a press needs?"""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tts_news.commands.options import ConfigFile
from tts_news.errors import PublishError, TtsNewsError

if TYPE_CHECKING:
    from tts_news.config import Config


def doctor(config: ConfigFile = None) -> None:
    """Check configuration, voices, diacritics, encoder, cache and output; the exit code tells whether all is well."""
    from tts_news.config import load

    settings = load(config)
    failed = 0
    typer.echo(f"ok    python     {platform.python_version()} on {platform.machine()}")
    for name, check in _checks(settings):
        try:
            typer.echo(f"ok    {name:9}  {check()}")
        except TtsNewsError as err:
            failed += 1
            typer.echo(f"FAIL  {name:9}  {err}" + (f" ({err.hint})" if err.hint else ""))
    if failed:
        raise PublishError(f"{failed} things are not as they should be", hint="see the lines above")


def _checks(settings: Config) -> Iterator[tuple[str, Callable[[], str]]]:

    yield "config", lambda: f"{len(settings.origins)} values set, folder {settings.folder}"
    yield "voice", lambda: _voice(settings)
    yield "diacritics", _diacritics
    yield "encoder", lambda: _encoder(settings)
    yield "cache", lambda: _cache(settings)
    yield "output", lambda: _writable(Path(settings.publish.output))


def _voice(settings: Config) -> str:
    from tts_news.records import Utterance
    from tts_news.speak import cast_voices, catalogue
    from tts_news.speak.engine import engine_class
    from tts_news.speak.sample import SAMPLE
    from tts_news.speak.worker import speak_well

    casting = cast_voices(settings.speak, commercial=settings.show.commercial)
    spec = catalogue.choose(casting.default, catalogue.find(settings.speak))
    take = speak_well(engine_class(spec)(spec), Utterance("sample", spec.sample or SAMPLE), spec)
    return f"{spec.name} spoke for {take.duration_s:.1f} s"


def _diacritics() -> str:
    from tts_news.script import diacritise

    return diacritise("افتتحت الوزارة المعرض")


def _encoder(settings: Config) -> str:
    from tts_news.master.ffmpeg import find_ffmpeg

    return str(find_ffmpeg(settings.master.ffmpeg))


def _cache(settings: Config) -> str:
    from tts_news.speak.cache import open_cache

    return _writable(open_cache(settings.speak).folder)


def _writable(folder: Path) -> str:
    import os

    nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not nearest.is_dir() or not os.access(nearest, os.W_OK):
        raise PublishError(f"cannot write to {folder}", hint="name another folder")
    return str(folder)
