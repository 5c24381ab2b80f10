"""Makes a voice of the user's own files: copies them beside a new `voice.toml` and shows it only when it loads."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tts_news.errors import SpeakError
from tts_news.patterns import lazy
from tts_news.speak.catalogue import CARD, VoiceSpec, load, user_folder
from tts_news.speak.engine import engine_class, engine_names, missing_extra, speaks_elsewhere

# Names become folder names and, in coqui-tts, file names, which lose every other letter.
_NAME = lazy(r"[a-z0-9][a-z0-9_-]{0,63}")


def add(
    name: str,
    values: Mapping[str, str | bool],
    options: Mapping[str, str],
    files: Sequence[Path],
    target: Path | None = None,
) -> VoiceSpec:
    """Write a voice of the user's.

    Args:
        name: Lower-case ASCII letters, digits, "-" and "_".
        values: Keys of `voice.toml`; `engine` and `licence` are needed.
        options: The `[options]` table, for the engine.
        files: Model files or a reference recording, copied into the voice's folder.
        target: The folder of voices; the user's when None.

    Raises:
        SpeakError: The name or a value does not hold, the voice exists or does not load, or a file cannot be copied.
    """
    if not _NAME.fullmatch(name):
        raise SpeakError(f"{name!r} cannot name a voice", hint="use lower-case ASCII letters, digits, - and _")
    if values.get("engine") not in engine_names():
        raise SpeakError(f"no engine is called {values.get('engine')!r}", hint=f"engines: {', '.join(engine_names())}")
    voices = target or user_folder()
    place, beside = voices / name, voices / f".{name}.new"
    if place.exists():
        raise SpeakError(f"there is a voice called {name} already", hint=f"tts-news voices remove {name}")
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        for file in files:
            shutil.copyfile(file, beside / file.name)
        table = {**values, "files": [file.name for file in files]}
        (beside / CARD).write_text(_toml(table, options), encoding="utf-8")
        _try_out(replace(load(beside / CARD), name=name))
        beside.rename(place)
    except OSError as err:
        raise SpeakError(f"cannot add the voice {name}: {err.strerror}: {err.filename}") from err
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return load(place / CARD)


def _try_out(spec: VoiceSpec) -> None:
    """Load the voice if that can be done here and now: not without its extra, nor what lies on another machine."""
    fetched = spec.engine == "coqui" and "model" in spec.options  # one of coqui-tts's list, when it is first loaded
    if not missing_extra(spec) and not speaks_elsewhere(spec) and not fetched:
        engine_class(spec)(spec)


def _toml(values: Mapping[str, object], options: Mapping[str, str]) -> str:
    # A JSON string, boolean or list of strings is TOML as well.
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    if options:
        lines += [
            "",
            "[options]",
            *(f"{json.dumps(key)} = {json.dumps(value, ensure_ascii=False)}" for key, value in options.items()),
        ]
    return "\n".join(lines) + "\n"
