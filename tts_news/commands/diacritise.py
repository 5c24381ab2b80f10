"""`tts-news diacritise`: lines on stdin, the same letters with all marks on stdout."""

from __future__ import annotations

import sys

from tts_news.commands.options import AsJson, ConfigFile
from tts_news.commands.results import filter_line


def diacritise(config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Put all marks and case endings on Arabic lines: stdin to stdout, a line for a line, no pausal forms.

    Names are said as the show's lexicon says; the letters stay as they are.
    """
    from tts_news.config import load
    from tts_news.errors import ScriptError
    from tts_news.script.line import Lines

    lines = Lines(load(config).script)
    out = sys.stdout.buffer
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as err:
            raise ScriptError(f"line {number} of stdin is not UTF-8", hint="iconv -f windows-1256 -t utf-8") from err
        body = line.rstrip("\r\n")
        out.write(filter_line(body, lines.diacritised(body), line[len(body) :], as_json=as_json))
        out.flush()
