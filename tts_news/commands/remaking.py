"""An article that is made again although nothing has changed: told of at once, and nothing is loaded to make it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TextIO


def tell_unchanged(
    source: str,
    voice: str | None = None,
    output: str | None = None,
    config: Path | None = None,
    as_json: bool = False,
    quiet: bool = False,
) -> bool:
    """Tell of the edition that stands for a file and would be made again as it is, as `make` does.

    Feed, index and the hub learn of what else has changed in the show, as after every `make`.

    Returns:
        Whether there is one. If not, nothing was said or done.

    Raises:
        TtsNewsError: The configuration does not hold, or feed and index cannot be written.
    """
    from tts_news import foreknown
    from tts_news.commands.loading import load_for_editions
    from tts_news.commands.logs import show_logs
    from tts_news.commands.outcomes import facts_of, line_of, outcome_known, summary_of

    if {_encoding(sys.stdout), _encoding(sys.stderr)} != {"utf-8"}:  # the parser's library knows what to do
        return False
    show_logs()
    settings = load_for_editions(config, {"speak.voice": voice}, output, None, None)
    made = foreknown.unchanged(source, settings)
    if made is None:
        return False
    from tts_news.airing import build_show, tell_hub_or_warn

    told = outcome_known(made)
    _print(json.dumps(facts_of(told, settings), ensure_ascii=False) if as_json else line_of(told), sys.stdout)
    try:
        build_show(settings, sweeping=False)
        tell_hub_or_warn(settings)
    finally:
        for line in () if quiet else summary_of([told], settings):
            _print(line, sys.stderr)
    return True


def _encoding(stream: TextIO) -> str:
    return stream.encoding.lower()


def _print(line: str, stream: TextIO) -> None:
    print(line, file=stream, flush=True)
