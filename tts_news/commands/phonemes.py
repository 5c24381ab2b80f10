"""`tts-news phonemes`: lines of vowelled Arabic on stdin, their phonemes on stdout."""

from __future__ import annotations

import sys

from tts_news.commands.options import AsJson
from tts_news.commands.results import filter_line


def phonemes(as_json: AsJson = False) -> None:
    """Turn vowelled Arabic into phonemes: stdin to stdout, a line for a line, words by " + "."""
    from tts_news.errors import SpeakError
    from tts_news.speak.phonemes import phonemise

    out = sys.stdout.buffer
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
            spelt = phonemise(line).spell()
        except UnicodeDecodeError as err:
            raise SpeakError(f"line {number} of stdin is not UTF-8", hint="iconv -f windows-1256 -t utf-8") from err
        except SpeakError as err:
            raise SpeakError(f"line {number}: {err}", hint=err.hint) from err
        out.write(filter_line(line.rstrip("\r\n"), spelt, "\n", as_json=as_json))
        out.flush()
