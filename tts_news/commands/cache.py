"""`tts-news cache`: takes that are kept so that nothing is spoken twice."""

from __future__ import annotations

import json
import time
from typing import Annotated

import typer

from tts_news.commands.options import AsJson, ConfigFile
from tts_news.commands.results import print_result
from tts_news.words import isolate, several, translated

app = typer.Typer(help="Look into the take cache, or make it smaller.", no_args_is_help=True)
MEGABYTE = 1_000_000


@app.command()
def info(config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Say where the cache is, how many takes it holds and how large they are."""
    from tts_news.config import load
    from tts_news.speak.cache import open_cache
    from tts_news.speak.limit import GIGABYTE

    settings = load(config).speak
    cache = open_cache(settings)
    sizes = [size for _, size, _ in cache.takes()]
    limit = int(settings.cache_max_gb * GIGABYTE)
    facts = {"folder": str(cache.folder), "takes": len(sizes), "bytes": sum(sizes), "limit_bytes": limit}
    takes = several("{count} take", "{count} takes", len(sizes))
    size = f"{sum(sizes) / MEGABYTE:.1f}" + (f" / {limit / MEGABYTE:.1f}" if limit else "")
    print_result(facts, f"{isolate(str(cache.folder))}  {takes}  {size} MB", as_json=as_json)


@app.command()
def prune(
    days: Annotated[float, typer.Option(help="Delete takes that were not used for that many days.")] = 30.0,
    megabytes: Annotated[float | None, typer.Option(help="Keep that much at most, the latest used.")] = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Delete takes that have not been used for a while, but none that an edition in the making needs."""
    from tts_news.config import load
    from tts_news.speak import limit
    from tts_news.speak.cache import open_cache

    keep = int(megabytes * MEGABYTE) if megabytes is not None else 1 << 62
    cache = open_cache(load(config).speak)
    gone, freed, _ = limit.prune(cache, unused_since=time.time() - days * 86_400, keep_bytes=keep)
    line = several("{count} take deleted", "{count} takes deleted", gone)
    freed_words = translated("{size} MB freed", size=f"{freed / MEGABYTE:.1f}")
    print_result({"deleted": gone, "bytes": freed}, f"{line}, {freed_words}", as_json=as_json)


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
        typer.echo(f"{translated('damaged, deleted')}: {isolate(name)}")
    typer.echo(several("{count} take whole", "{count} takes whole", whole))
    typer.echo(several("{count} take damaged", "{count} takes damaged", len(damaged)))
