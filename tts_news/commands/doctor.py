"""`tts-news doctor`: is everything here that a press needs?"""

from __future__ import annotations

import platform
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tts_news.commands.options import AsJson, ConfigFile
from tts_news.commands.results import to_json
from tts_news.errors import MasterError, PublishError, ScriptError, TtsNewsError
from tts_news.words import isolate, message, several, translated

if TYPE_CHECKING:
    from tts_news.config import Config

_SAMPLE = "افتتحت الوزارة المعرض"
_LEAST_FREE = 100_000_000  # bytes; an hour's edition with its books has about that


def doctor(config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Check configuration, voice, diacritics, encoder, lexicon, cache and output; the exit code says if all is well."""
    from tts_news.config import load

    settings = load(config)
    failed = 0
    for name, check in _checks(settings):
        try:
            found, hint, fine = check(), "", True
        except TtsNewsError as err:
            found, hint, fine = str(err), err.hint, False
            failed += 1
        if as_json:
            typer.echo(to_json({"check": name, "ok": fine, "found": found, "hint": hint}))
        else:
            state = translated("ok") if fine else translated("FAIL")
            told = isolate(found) if fine else message(found) + (f" ({message(hint)})" if hint else "")
            typer.echo(f"{state:4}  {translated(name):10}  {told}")
    if failed:
        wrong = several("{count} thing is not as it should be", "{count} things are not as they should be", failed)
        raise PublishError(wrong, hint=translated("see the lines above"))


def _checks(settings: Config) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "python", lambda: f"{platform.python_version()} on {platform.machine()}"
    yield "config", lambda: _config(settings)
    yield "voice", lambda: _voice(settings)
    yield "diacritics", _diacritics
    yield "encoder", lambda: _encoder(settings)
    yield "lexicon", lambda: _lexicon(settings)
    yield "cache", lambda: _cache(settings)
    yield "output", lambda: _writable(Path(settings.publish.output))


def _config(settings: Config) -> str:
    from tts_news.pipeline import check_settings

    check_settings(settings)
    return f"{len(settings.origins)} values set, folder {settings.folder}"


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
    from tts_news.arabic import MARKS
    from tts_news.script import diacritise

    marked = diacritise(_SAMPLE)
    if marked == _SAMPLE or marked.translate(dict.fromkeys(map(ord, MARKS))) != _SAMPLE:
        raise ScriptError(f"the diacritiser makes {marked} of {_SAMPLE}", hint="reinstall piper-tts and text2tashkeel")
    return marked


def _encoder(settings: Config) -> str:
    import subprocess

    from tts_news.master.ffmpeg import find_ffmpeg

    path = str(find_ffmpeg(settings.master.ffmpeg))
    try:
        done = subprocess.run([path, "-version"], capture_output=True, text=True, timeout=30, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as err:
        raise MasterError(
            f"{path} does not run: {err}", hint="set ffmpeg in [master], or reinstall imageio-ffmpeg"
        ) from err
    return f"{path}  {done.stdout.split(' Copyright')[0]}"


def _lexicon(settings: Config) -> str:
    from tts_news.script.lexicon import read_lexicon

    path = settings.script.lexicon
    return f"{path}  {len(read_lexicon(Path(path)))}" if path and Path(path).is_file() else "-"


def _cache(settings: Config) -> str:
    from tts_news.speak.cache import open_cache

    state = _writable(open_cache(settings.speak).folder)
    return f"{state}  <= {settings.speak.cache_max_gb:g} GB" if settings.speak.cache_max_gb else state


def _writable(folder: Path) -> str:
    from tts_news.files import check_writable, disk_errors

    with disk_errors(folder, PublishError, elsewhere="name another folder"):
        check_writable(folder)
    nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(nearest).free
    if free < _LEAST_FREE:
        raise PublishError(f"{folder} has {free // 1_000_000} MB free", hint="free some space there")
    return str(folder)
