"""`tts-news read`: what of a source is the article, and what was left out and why."""

from __future__ import annotations

import json
import sys
from itertools import zip_longest
from typing import TYPE_CHECKING, Annotated

import typer

from tts_news.commands.options import AsJson, ConfigFile, From

if TYPE_CHECKING:
    from tts_news.records import Article


def read(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT...", help="Files, URLs, feeds, or - for standard input.")
    ],
    config: ConfigFile = None,
    from_: From = None,
    limit: Annotated[int | None, typer.Option(help="Articles taken from one feed at most.")] = None,
    since: Annotated[str | None, typer.Option(help="Leave out feed entries older than this ISO date.")] = None,
    allow_private: Annotated[
        bool | None, typer.Option("--allow-private", help="Let URLs lead to private addresses.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what would be read of each input, and beside it what is left out and why; with --json an object a line."""
    from tts_news.config import load
    from tts_news.errors import PartialFailure, ReadError
    from tts_news.read import LimitedReader
    from tts_news.read.dump import to_values

    flags = {"read.kind": from_, "read.limit": limit, "read.since": since, "read.allow_private": allow_private}
    settings = load(config, flags).read
    done, failures = 0, []
    with LimitedReader(settings) as reader:
        for name in inputs:
            try:
                data = sys.stdin.buffer.read(settings.max_bytes + 1) if name == "-" else None
                for result in reader.read(name, data):
                    if isinstance(result, ReadError):
                        failures.append(result)
                        continue
                    done += 1
                    if as_json:
                        typer.echo(json.dumps(to_values(result), ensure_ascii=False))
                    else:
                        _show(result)
            except ReadError as err:
                failures.append(err)
    if not failures:
        return
    if len(failures) == 1 and not done:
        raise failures[0]
    for failure in failures:
        typer.echo(f"error: {failure}", err=True)
    if not done:
        raise ReadError(f"none of {len(failures)} articles could be read", hint=failures[0].hint)
    raise PartialFailure(f"{len(failures)} of {len(failures) + done} articles could not be read")


def _show(article: Article) -> None:
    """Print the kept lines and the dropped ones side by side, the facts above them."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from tts_news.read.dump import kept_lines

    console = Console(soft_wrap=False)
    facts = {
        "title": article.title,
        "categories": "، ".join(article.categories),
        "author": article.author,
        "published": article.published,
        "site": article.site,
        "url": article.url,
        "language": article.language,
    }
    for name, value in facts.items():
        if value:
            console.print(Text(f"{name}: {value}"))
    table = Table(show_lines=True, expand=True)
    table.add_column("kept", ratio=3)
    table.add_column("dropped", ratio=2)
    kept = [f"{role}: {text}" for role, text in kept_lines(article)]
    dropped = [f"{line.reason}: {line.text}" for line in article.dropped]
    for left, right in zip_longest(kept, dropped, fillvalue=""):
        table.add_row(Text(left), Text(right))
    console.print(table)
