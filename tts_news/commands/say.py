"""`tts-news say`: a text as sound, without making an edition of it; see `saying`, and `plain` for the short way."""

from __future__ import annotations

from typing import Annotated

import typer

from tts_news.commands.logs import show_logs
from tts_news.commands.options import AsJson, ConfigFile, Voice
from tts_news.commands.results import to_json
from tts_news.saying import PITCHES, SPEEDS

_Speed = typer.Option("--speed", min=SPEEDS[0], max=SPEEDS[1], help="1.5 is half as fast again.")
_Pitch = typer.Option("--pitch", min=PITCHES[0], max=PITCHES[1], help="1.1 is a tenth higher.")


def say(
    text: Annotated[str, typer.Argument(help="What to say; - reads stdin.", show_default=False)] = "-",
    output: Annotated[
        str, typer.Option("--output", "-o", help="File, by its suffix WAV, MP3, M4A, Opus or FLAC; - is WAV on stdout.")
    ] = "-",
    voice: Voice = None,
    speed: Annotated[float, _Speed] = 1.0,
    pitch: Annotated[float, _Pitch] = 1.0,
    cue: Annotated[
        tuple[str, str] | None,
        typer.Option("--cue", metavar="EDITION CUE", help="Say a cue of an edition (c0005) as it is to be said now."),
    ] = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Say a text: numbers, dates and signs become words, missing vowels are added, marks that are there are kept."""
    from tts_news import saying
    from tts_news.errors import UsageError

    if output == "-" and as_json:
        raise UsageError("sound and JSON cannot both go to stdout", hint="name a file: -o out.wav")
    show_logs()
    made = saying.say(text, output, voice, speed, pitch, cue, config)
    if as_json:
        typer.echo(to_json(made))
