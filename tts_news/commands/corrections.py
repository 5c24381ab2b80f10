"""`tts-news corrections`: what editors changed, which of it fits, and taking it back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tts_news.commands.feed import Output, settings
from tts_news.commands.options import AsJson, ConfigFile

if TYPE_CHECKING:
    from tts_news.config import Config
    from tts_news.mending import Fit
    from tts_news.records import Correction

app = typer.Typer(help="List what editors changed of articles, and take it back.", no_args_is_help=True)

Edition = Annotated[
    str | None, typer.Option("--edition", help="Only of the articles of this edition: folder, path, slug or guid.")
]
Unfitting = Annotated[bool, typer.Option("--unfitting", help="Only those whose sentence has changed.")]


@app.command("list")
def list_corrections(
    edition: Edition = None,
    unfitting: Unfitting = False,
    output: Output = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """List what editors changed: a name to drop it by, whether it fits, the sentence, and what is changed of it."""
    chosen = settings(config, output)
    for correction, fit in _chosen(chosen, edition, unfitting=unfitting):
        if as_json:
            typer.echo(json.dumps(_facts(correction, fit), ensure_ascii=False))
        else:
            typer.echo("\n".join(_lines(correction, fit)))


@app.command("drop")
def drop(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME...", help="As `corrections list` shows them.")
    ] = None,
    edition: Edition = None,
    unfitting: Unfitting = False,
    output: Output = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Take corrections back: by name, all of an edition's articles, or those that no longer fit."""
    from tts_news import mending
    from tts_news.errors import UsageError
    from tts_news.script.corrections import short_name
    from tts_news.script.corrections_file import drop_corrections

    chosen = settings(config, output)
    path = mending.corrections_path(chosen)
    if not (names or edition or unfitting):
        raise UsageError("which corrections?", hint="name them as `tts-news corrections list` does, or --unfitting")
    found = [correction for correction, _ in _chosen(chosen, edition, unfitting=unfitting)]
    if names:
        found = [correction for correction in found if short_name(correction) in names]
        if missing := sorted(set(names) - set(map(short_name, found))):
            raise UsageError(f"there is no correction {', '.join(missing)}", hint="see `tts-news corrections list`")
    number = drop_corrections(path, [correction.key for correction in found]) if path and found else 0
    if as_json:
        typer.echo(json.dumps({"file": str(path), "dropped": [short_name(correction) for correction in found]}))
    else:
        typer.echo(f"{path}: {number} dropped; it is heard when the article is made again")


def _chosen(chosen: Config, edition: str | None, *, unfitting: bool) -> list[tuple[Correction, Fit]]:
    from tts_news import mending
    from tts_news.publish import find_folder_of

    place = find_folder_of(Path(chosen.publish.output), edition) if edition else None
    found = mending.fit_of_all(chosen, place)
    return [(correction, fit) for correction, fit in found if not unfitting or fit.state == "changed"]


def _facts(correction: Correction, fit: Fit) -> dict[str, object]:
    """Return a correction as a script calling us wants it; names fixed, others build on them."""
    from tts_news.script.corrections import short_name

    who = correction.article
    facts: dict[str, object] = {
        "name": short_name(correction),
        "fit": fit.state,
        "nearest": fit.nearest,
        "edition": fit.edition,
    }
    facts |= {"article": [who.kind, who.scope, who.key, who.date], "written": correction.written}
    fields = ("nth", "role", "spoken", "pause_s", "voice", "skip", "by", "at")
    return facts | {name: getattr(correction, name) for name in fields}


_STATES = {"fits": "fits", "changed": "no longer fits", "unknown": "no edition here"}


def _lines(correction: Correction, fit: Fit) -> list[str]:
    from tts_news.script.corrections import short_name

    said = [f'"{correction.spoken}"'] if correction.spoken is not None else []
    said += [f"pause {correction.pause_s} s"] if correction.pause_s is not None else []
    said += [f"voice {correction.voice}"] if correction.voice is not None else []
    said += ["left out"] if correction.skip else []
    nth = f" ({correction.nth + 1})" if correction.nth else ""
    who = "  ".join(filter(None, [correction.by, correction.at]))
    lines = [f"{short_name(correction)}  {_STATES[fit.state]}  {fit.edition or correction.article.key}  {who}".rstrip()]
    lines += [f"    written  {correction.written}{nth}", f"    becomes  {'; '.join(said)}"]
    return lines + ([f"    now      {fit.nearest}"] if fit.nearest else [])
