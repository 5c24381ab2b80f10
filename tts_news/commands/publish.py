"""`tts-news publish`: the show copied to where it is served."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tts_news.commands.options import AsJson, ConfigFile

if TYPE_CHECKING:
    from tts_news.publish.sync import Synced


def publish(
    to: Annotated[
        str | None, typer.Option("--to", help="A folder, sftp://user@host/folder or s3://bucket/folder.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The show's folder.")] = None,
    grace_days: Annotated[
        float | None, typer.Option(min=0, help="Days that files the show no longer has stay there.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Copy nothing; say what would be copied.")] = False,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Copy the show to where it is served: files first, the feed last, only what changed."""
    from tts_news import airing
    from tts_news.config import load
    from tts_news.errors import UsageError
    from tts_news.publish.sync import sync
    from tts_news.publish.websub import tell_hub

    flags = {
        "publish.output": str(output.expanduser().absolute()) if output else None,
        "publish.to": to,
        "publish.grace_days": grace_days,
    }
    settings = load(config, flags)
    if not settings.publish.to:
        raise UsageError("publish needs a destination", hint="give --to, or set to in [publish]")
    if not dry_run:  # what is copied is what the editions make
        for name in airing.build_show(settings, trusting=False).written:
            typer.echo(f"mended: {name} was not what the editions and the settings make of it", err=True)
    done = sync(Path(settings.publish.output), settings.publish.to, settings.publish.grace_days, dry_run=dry_run)
    _show(done, dry_run=dry_run, as_json=as_json)
    if not dry_run:
        tell_hub(Path(settings.publish.output), settings.show)


def _show(done: Synced, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(dataclasses.asdict(done)))
        return
    for name in done.copied:
        typer.echo(f"copy    {name}")
    for name in done.removed:
        typer.echo(f"remove  {name}")
    state = "would be " if dry_run else ""
    typer.echo(f"{len(done.copied)} {state}copied, {len(done.removed)} {state}removed, {done.kept} unchanged")
