"""Options that several verbs share, declared once so that they read the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

ConfigFile = Annotated[
    Path | None, typer.Option("--config", "-c", help="Configuration file; tts-news.toml here when not given.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")]
Voice = Annotated[str | None, typer.Option("--voice", help="Voice that speaks; see `tts-news voices list`.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing on stderr but errors.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say on stderr what is being done.")]
Replaces = Annotated[
    list[str] | None,
    typer.Option(
        "--replaces",
        metavar="EDITION",
        help="Take the place of this edition, although it is another article's; with watch, those of its address, "
        "or title and day, do.",
    ),
]
Everywhere = Annotated[
    bool,
    typer.Option(
        "--everywhere", help="Make the bulletins again that hold the article; asked on a terminal when not given."
    ),
]
From = Annotated[
    str | None,
    typer.Option("--from", help="What the inputs are, when auto does not tell: html, text, urls, feed …"),
]


def ask_everywhere(title: str, bulletins: Sequence[str]) -> bool:
    """Ask whoever sits at the terminal whether bulletins are made again; nobody there wants none."""
    import sys

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    return typer.confirm(f"{', '.join(bulletins)}: holds another state of «{title}». Make it again?", err=True)
