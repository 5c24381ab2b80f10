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
Formats = Annotated[
    list[str] | None,
    typer.Option("--format", help="mp3, m4b, opus, wav, flac; epub, epub-audio, daisy; several times."),
]
Jobs = Annotated[
    int | None, typer.Option("--jobs", help="Processes that write, speak and master; one a core when not given.")
]
Cluster = Annotated[str | None, typer.Option(help="ray://host:port, or auto: make editions on a Ray cluster.")]
Speed = Annotated[float | None, typer.Option("--speed", help="Pace of the voice; 1 is its own.")]
Limit = Annotated[int | None, typer.Option("--limit", help="Articles taken from one feed at most.")]
OnUnreadable = Annotated[
    str | None,
    typer.Option("--on-unreadable", help="What to do with text that cannot be read aloud: stop, skip or spell."),
]
AcceptLicence = Annotated[
    list[str] | None,
    typer.Option("--accept-licence", help="Use this voice although its licence is non-commercial."),
]
AllowPrivate = Annotated[bool | None, typer.Option("--allow-private", help="Let URLs lead to private addresses.")]
Parts = Annotated[
    bool | None,
    typer.Option("--parts", help="Make a text although its rest is behind a paywall or on further pages."),
]
Day = Annotated[
    str,
    typer.Option("--day", help="Date of the edition named by --edition; that of its newest article when not given."),
]
Whole = Annotated[bool, typer.Option("--whole", help="With --edition: make nothing unless every article can be read.")]
Steps = Annotated[
    Path | None, typer.Option("--steps", metavar="FILE", help="Keep in this file how far it is, as JSON.")
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
