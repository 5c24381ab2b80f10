"""`tts-news config`: what is in force, and where each value came from."""

from __future__ import annotations

import typer

from tts_news.commands.options import AsJson, ConfigFile


def config(file: ConfigFile = None, as_json: AsJson = False) -> None:
    """Print the configuration in force and where each value came from."""
    from tts_news.config import in_force, load

    rows = in_force(load(file))
    if as_json:
        import dataclasses
        import json

        out = {name: {"value": value, "origin": origin} for name, value, origin in rows}
        typer.echo(json.dumps(out, ensure_ascii=False, default=dataclasses.asdict))
        return
    for name, value, origin in rows:
        typer.echo(f"{name} = {value!r}  # {origin}")
