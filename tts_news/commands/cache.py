"""`tts-news cache`: takes that are kept so that nothing is spoken twice."""

from __future__ import annotations

import json
import time
from typing import Annotated

import typer

from tts_news.commands.options import AsJson, ConfigFile

app = typer.Typer(help="Look into the take cache, or make it smaller.", no_args_is_help=True)
MEGABYTE = 1_000_000


@app.command()
def info(config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Say where the cache is, how many takes it holds and how large they are."""
    from tts_news.config import load
    from tts_news.speak.cache import open_cache

    cache = open_cache(load(config).speak)
    sizes = [size for _, size, _ in cache.takes()]
    facts = {"folder": str(cache.folder), "takes": len(sizes), "bytes": sum(sizes)}
    typer.echo(json.dumps(facts) if as_json else f"{cache.folder}  {len(sizes)} takes  {sum(sizes) / MEGABYTE:.1f} MB")


@app.command()
def prune(
    days: Annotated[float, typer.Option(help="Delete takes that were not used for that many days.")] = 30.0,
    megabytes: Annotated[float | None, typer.Option(help="Keep that much at most, the latest used.")] = None,
    config: ConfigFile = None,
) -> None:
    """Delete takes that have not been used for a while."""
    from tts_news.config import load
    from tts_news.speak.cache import open_cache

    keep = int(megabytes * MEGABYTE) if megabytes is not None else 1 << 62
    cache = open_cache(load(config).speak)
    gone, freed = cache.prune(unused_since=time.time() - days * 86_400, keep_bytes=keep)
    typer.echo(f"{gone} takes deleted, {freed / MEGABYTE:.1f} MB freed")


@app.command()
def verify(config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Check every take against its checksum; a damaged one is named and deleted, so that it is spoken again."""
    from tts_news.config import load
    from tts_news.speak.cache import open_cache

    whole, damaged = 0, []
    for path, is_whole in open_cache(load(config).speak).verify():
        whole += is_whole
        if not is_whole:
            damaged.append(str(path))
    if as_json:
        typer.echo(json.dumps({"whole": whole, "damaged": damaged}))
        return
    for name in damaged:
        typer.echo(f"damaged, deleted: {name}")
    typer.echo(f"{whole} takes whole, {len(damaged)} damaged")
