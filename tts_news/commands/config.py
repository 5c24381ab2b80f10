"""`tts-news config`: what is in force, and where each value came from."""

from __future__ import annotations

from typing import Annotated

import typer

from tts_news.commands.options import AsJson, ConfigFile
from tts_news.commands.results import to_json


def config(
    file: ConfigFile = None,
    example: Annotated[
        bool, typer.Option("--example", help="Print a file of all settings with their defaults, to begin from.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print the configuration in force and where each value came from."""
    from tts_news.config import in_force, load

    if example:
        from tts_news.commands import example as book

        typer.echo(to_json(list(book.describe())) if as_json else book.example())
        return
    rows = in_force(load(file))
    if as_json:
        typer.echo(to_json({name: {"value": value, "origin": origin} for name, value, origin in rows}))
        return
    for name, value, origin in rows:
        typer.echo(f"{name} = {value!r}  # {origin}")
