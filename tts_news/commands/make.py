"""`tts-news make`: the whole way, from articles to editions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from tts_news.commands.logs import show_logs
from tts_news.commands.options import (
    AcceptLicence,
    AllowPrivate,
    AsJson,
    Cluster,
    ConfigFile,
    Day,
    Everywhere,
    Formats,
    From,
    Jobs,
    Limit,
    OnUnreadable,
    Parts,
    Quiet,
    Replaces,
    Speed,
    Steps,
    Verbose,
    Voice,
    Whole,
    ask_everywhere,
)
from tts_news.commands.outcomes import (
    Outcome,
    facts_of,
    facts_of_dry_run,
    line_of,
    line_of_dry_run,
    outcome_of,
    summary_of,
)
from tts_news.commands.progress import reporter

if TYPE_CHECKING:
    from tts_news.config import Config
    from tts_news.orders import Edition


def make(
    inputs: Annotated[list[str], typer.Argument(metavar="ARTICLE...", help="Files, URLs, feeds, script.json, or - .")],
    voice: Voice = None,
    output: Annotated[str | None, typer.Option("--output", "-o", help="Folder the editions go to.")] = None,
    config: ConfigFile = None,
    from_: From = None,
    edition: Annotated[str, typer.Option(help="Put all articles into one edition with this title.")] = "",
    day: Day = "",
    whole: Whole = False,
    format_: Formats = None,
    jobs: Jobs = None,
    cluster: Cluster = None,
    speed: Speed = None,
    limit: Limit = None,
    since: Annotated[str | None, typer.Option(help="Leave out feed entries older than this ISO date.")] = None,
    on_unreadable: OnUnreadable = None,
    accept_licence: AcceptLicence = None,
    allow_private: AllowPrivate = None,
    replaces: Replaces = None,
    everywhere: Everywhere = False,
    parts: Parts = None,
    force: Annotated[bool, typer.Option("--force", help="Make it again although nothing has changed.")] = False,
    steps: Steps = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Stop after the script: speak and write nothing.")] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Turn articles into chaptered, mastered editions; print a line for each."""
    from tts_news import pipeline
    from tts_news.commands.loading import load_for_editions
    from tts_news.orders import Order

    flags = {"speak.voice": voice, "speak.jobs": jobs, "speak.cluster": cluster, "speak.speed": speed}
    flags |= {"read.kind": from_, "read.limit": limit, "read.since": since, "read.parts": parts}
    flags |= {"read.allow_private": allow_private, "script.on_unreadable": on_unreadable}
    show_logs(verbose=verbose)
    settings = load_for_editions(config, flags, output, format_, accept_licence)
    order = Order(
        edition=edition,
        dry_run=dry_run,
        force=force,
        replaces=_one(replaces or []),
        day=_day(day, edition),
        whole=whole,
        everywhere=everywhere,
        ask=ask_everywhere,
    )
    told: list[Outcome] = []
    with reporter(quiet=quiet, verbose=verbose, steps=steps) as report:
        try:
            for made in pipeline.make(inputs, settings, report, order):
                outcome = outcome_of(made)
                told += [outcome] if outcome else []
                report.tell(_told(made, outcome, settings, as_json=as_json))
        finally:  # what was made stands, and is told of, although others failed
            report.sum_up(summary_of(told, settings))


def _told(made: Edition, outcome: Outcome | None, config: Config, *, as_json: bool) -> str:
    """Return what is printed of an edition."""
    if as_json:
        facts = facts_of(outcome, config) if outcome else facts_of_dry_run(made)
        return json.dumps(facts, ensure_ascii=False)
    return line_of(outcome) if outcome else line_of_dry_run(made)


def _one(editions: list[str]) -> str:
    """Return the edition that is replaced, "" for none; one article cannot take several places."""
    from tts_news.errors import UsageError

    if len(editions) > 1:
        raise UsageError("--replaces names one edition here", hint="make each article by itself")
    return "".join(editions)


def _day(text: str, edition: str) -> str:
    """Return the day of an edition of several articles, "" for that of the newest."""
    import datetime as dt

    from tts_news.errors import UsageError

    if text and not edition:
        raise UsageError("--day is that of --edition: an article has its own date", hint="leave --day out")
    try:
        return dt.date.fromisoformat(text).isoformat() if text else ""
    except ValueError as err:
        raise UsageError(f"--day {text} is no date", hint="write it as 2026-11-28") from err
