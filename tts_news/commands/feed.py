"""`tts-news feed` and `tts-news withdraw`: the show's feed, and taking an edition back."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tts_news.commands.options import AsJson, ConfigFile, Everywhere, ask_everywhere

if TYPE_CHECKING:
    from tts_news.config import Config

app = typer.Typer(help="Build the podcast feed and the show's index, and check them.", no_args_is_help=True)

Output = Annotated[Path | None, typer.Option("--output", "-o", help="The show's folder.")]


def settings(config: Path | None, output: Path | None) -> Config:
    """Return the configuration in force with the show's folder named on the command line."""
    from tts_news.config import load

    return load(config, {"publish.output": str(output.expanduser().absolute()) if output else None})


@app.command("build")
def build(output: Output = None, config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Write feed.xml, its pages and the index anew from the editions."""
    from tts_news import airing
    from tts_news.errors import PublishError

    chosen = settings(config, output)
    feed = Path(chosen.publish.output) / "feed.xml"
    if not chosen.show.base_url:
        raise PublishError(
            "a feed needs the address it is served from",
            hint='set base_url in [show] of tts-news.toml, e.g. base_url = "https://news.example/audio/"',
        )
    built = airing.build_show(chosen)
    if as_json:
        typer.echo(json.dumps(dataclasses.asdict(built), ensure_ascii=False))
    else:
        typer.echo(f"{feed}  {built.episodes} episodes  {len(built.written)} files written")
    airing.tell_hub(chosen)


@app.command("check")
def check(
    output: Output = None,
    config: ConfigFile = None,
    deep: Annotated[bool, typer.Option("--deep", help="Also hold every file to what it was made as.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check the feed, its pages and every file they name. Exits with 7 when something is wrong."""
    from tts_news import airing, publish
    from tts_news.errors import PublishError

    chosen = settings(config, output)
    folder = Path(chosen.publish.output)
    findings = publish.check_show(
        folder, chosen.show, chosen.publish, deep=deep, cover=airing.cover_of(chosen) if deep else None
    )
    for finding in findings:
        if as_json:
            typer.echo(json.dumps(dataclasses.asdict(finding), ensure_ascii=False))
        else:
            typer.echo(f"{finding.where}: {finding.fault}")
    if findings:
        raise PublishError(f"{len(findings)} faults in {folder / 'feed.xml'}", hint="see the lines above")
    if not as_json:
        typer.echo(f"{folder / 'feed.xml'}: no fault")


def withdraw(
    edition: Annotated[str, typer.Argument(help="The edition's folder, its path, slug or guid.")],
    reason: Annotated[str, typer.Option(help="A sentence for listeners, for the page that stays in its place.")] = "",
    everywhere: Everywhere = False,
    output: Output = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Take an edition out of the feed and off the disk, and leave a tombstone."""
    from tts_news import airing, retracting
    from tts_news.commands.logs import show_logs
    from tts_news.commands.progress import reporter
    from tts_news.errors import PartialFailure
    from tts_news.orders import Order

    show_logs()
    chosen = settings(config, output)
    order = Order(everywhere=everywhere, ask=ask_everywhere)
    with reporter(quiet=True) as report:
        done = retracting.withdraw(edition, chosen, report, order, reason)
    episode, remade = done.episode, [made.folder.name for made in done.remade if made.folder]
    if as_json:
        facts = {"guid": episode.guid, "withdrawn": episode.withdrawn, "episodes": done.built.episodes}
        typer.echo(json.dumps(facts | {"bulletins": {"remade": remade, "left": done.left}}))
    else:
        typer.echo(f"{episode.title}  withdrawn  {done.built.episodes} episodes left in the feed")
        for name in remade:
            typer.echo(f"{name}  made again without it")
    airing.tell_hub(chosen)
    if done.left:
        raise PartialFailure(
            f"{episode.title} is withdrawn, and still in {', '.join(done.left)}",
            hint="make them again without it, or withdraw them; --everywhere does so at once",
        )
