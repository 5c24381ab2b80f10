"""`tts-news normalise`: lines on stdin → spoken lines on stdout."""

from __future__ import annotations

import sys
from typing import Annotated

import typer


def normalise(
    diacritise: Annotated[bool, typer.Option("--diacritise", help="Add all vowel marks.")] = False,
) -> None:
    """Read lines on stdin, write them as they are spoken: numbers, dates, money and signs in words.

    One line out for each line in; empty lines are kept. Marks are left out unless --diacritise is given.
    """
    from tts_news.script.normalisation import normalise as say
    from tts_news.script.normalisation import normalise_keeping_marks

    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    if diacritise:
        from tts_news.script import diacritise as vowel

        for line in sys.stdin:
            sys.stdout.write(vowel(normalise_keeping_marks(line)) + "\n")
            sys.stdout.flush()
        return
    for line in sys.stdin:
        sys.stdout.write(say(line) + "\n")
        sys.stdout.flush()
