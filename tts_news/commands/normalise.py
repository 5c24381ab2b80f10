"""`tts-news normalise`: lines on stdin → spoken lines on stdout."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from tts_news.commands.options import AsJson, ConfigFile
from tts_news.commands.results import filter_line


def normalise(
    diacritise: Annotated[bool, typer.Option("--diacritise", help="Add all vowel marks.")] = False,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Write lines as they are spoken: numbers, dates, money and signs in words; stdin to stdout, a line for a line.

    Empty lines are kept. Marks are left out unless --diacritise is given; then the show's lexicon says its names.
    """
    from tts_news.errors import ScriptError
    from tts_news.script.normalisation import normalise as say

    spoken = _vowelled(config) if diacritise else say
    out = sys.stdout.buffer
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as err:
            raise ScriptError(f"line {number} of stdin is not UTF-8", hint="iconv -f windows-1256 -t utf-8") from err
        body = line.rstrip("\r\n")
        out.write(filter_line(body, spoken(body), line[len(body) :], as_json=as_json))
        out.flush()


def _vowelled(config: Path | None) -> Callable[[str], str]:
    from tts_news.config import load
    from tts_news.script.line import Lines

    return Lines(load(config).script).vowelled
