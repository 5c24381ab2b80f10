"""`tts-news feed` and `tts-news withdraw`: the show's feed, and taking an edition back."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tts_news.commands.options import AsJson, ConfigFile

if TYPE_CHECKING:
    from tts_news.config import Config
    from tts_news.publish.settings import ShowSettings

app = typer.Typer(help="Build the podcast feed and the show's index, and check them.", no_args_is_help=True)

Output = Annotated[Path | None, typer.Option("--output", "-o", help="The show's folder.")]


def place(config: Config, output: Path | None) -> tuple[Path, ShowSettings, Callable[[], bytes]]:
    """Return the show's folder, the show with its cover's path resolved, and what makes a cover if there is none."""

    def make_cover() -> bytes:
        from tts_news.master.cover import make_cover as draw

        return draw(config.show.title, config.show.author, "")

    show = dataclasses.replace(config.show, cover=str(config.path(config.show.cover) or ""))
    return output or config.folder / Path(config.publish.output).expanduser(), show, make_cover


@app.command("build")
def build(output: Output = None, config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Write feed.xml, its pages and the index anew from the editions."""
    from tts_news.config import load
    from tts_news.errors import PublishError
    from tts_news.publish.build import build_show

    settings = load(config)
    folder, show, cover = place(settings, output)
    if not show.base_url:
        raise PublishError(
            "a feed needs the address it is served from",
            hint='set base_url in [show] of tts-news.toml, e.g. base_url = "https://news.example/audio/"',
        )
    built = build_show(folder, show, settings.publish, cover)
    if as_json:
        typer.echo(json.dumps(dataclasses.asdict(built), ensure_ascii=False))
    else:
        typer.echo(f"{folder / 'feed.xml'}  {built.episodes} episodes  {len(built.written)} files written")


@app.command("check")
def check(output: Output = None, config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Check the feed, its pages and every file they name. Exits with 7 when something is wrong."""
    from tts_news.config import load
    from tts_news.errors import PublishError
    from tts_news.publish.feedcheck import check_show

    settings = load(config)
    folder, show, _ = place(settings, output)
    findings = check_show(folder, show, settings.publish)
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
    edition: Annotated[str, typer.Argument(help="The edition's folder, slug or guid.")],
    output: Output = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Take an edition out of the feed and off the disk, and leave a tombstone."""
    from tts_news.config import load
    from tts_news.publish.withdraw import withdraw as take_back

    settings = load(config)
    folder, show, cover = place(settings, output)
    episode, built = take_back(folder, edition, show, settings.publish, cover)
    if as_json:
        typer.echo(json.dumps({"guid": episode.guid, "withdrawn": episode.withdrawn, "episodes": built.episodes}))
    else:
        typer.echo(f"{episode.title}  withdrawn  {built.episodes} episodes left in the feed")
