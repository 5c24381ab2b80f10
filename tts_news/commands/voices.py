"""`tts-news voices`: which voices there are."""

from __future__ import annotations

import dataclasses
import json

import typer

from tts_news.commands.options import AsJson, ConfigFile

app = typer.Typer(help="List voices and what they may be used for.", no_args_is_help=True)


@app.command("list")
def list_voices(config: ConfigFile = None, as_json: AsJson = False) -> None:
    """List the voices, best first: engine, licence, whether they are installed."""
    from tts_news.config import load
    from tts_news.speak import catalogue

    voices = catalogue.find(load(config).speak)
    if as_json:
        typer.echo(json.dumps([dataclasses.asdict(spec) for spec in voices.values()], ensure_ascii=False, default=str))
        return
    width = max(map(len, voices), default=0)
    for name, spec in voices.items():
        use = "any use" if spec.commercial else "non-commercial"
        state = "not installed" if spec.missing else "ready"
        typer.echo(
            f"{name:{width}}  {state:13}  {spec.engine:8}  {spec.language:5}  {spec.licence} ({use})  {spec.title}"
        )
