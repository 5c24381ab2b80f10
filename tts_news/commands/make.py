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
    load_for_editions,
)
from tts_news.commands.progress import Summary, clock, cost_lines, count_chapters, count_cues, reporter
from tts_news.extras import short_path
from tts_news.words import isolate, several, translated

if TYPE_CHECKING:
    from tts_news.orders import Edition
    from tts_news.publish.settings import ShowSettings


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
    cluster: Annotated[str | None, typer.Option(help="ray://host:port, or auto: speak on a Ray cluster.")] = None,
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
    summary = Summary()
    with reporter(quiet=quiet, verbose=verbose, steps=steps) as report:
        try:
            for made in pipeline.make(inputs, settings, report, order):
                report.tell(json.dumps(_facts(made, settings.show), ensure_ascii=False) if as_json else _line(made))
                summary.add(made)
        finally:  # what was made stands, and is told of, although others failed
            report.sum_up(summary.lines(settings))


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


def _facts(made: Edition, show: ShowSettings) -> dict[str, object]:
    """Return what a script calling us wants to know of an edition; names fixed, others build on them."""
    from tts_news.publish.embed import iframe

    facts: dict[str, object] = {"edition": str(made.folder) if made.folder else None, "mp3": None, "duration_s": None}
    facts |= {"guid": made.episode.guid if made.episode else None, "unchanged": made.unchanged}
    facts |= corrections_of(made)
    facts |= {
        "chapters": len(made.episode.chapters if made.episode else made.script.chapters),
        "cues": len(made.script.cues),
    }
    episode = made.episode
    if episode is None or made.folder is None:
        return facts | {"spoken": 0, "skipped": len(made.script.omissions), "failed": 0, "loudness_lufs": None}
    mp3 = next((name for name in _sounds(made) if name.endswith(".mp3")), None)
    states = [entry.state for entry in episode.ledger]
    return facts | {
        "mp3": str(made.folder / mp3) if mp3 else None,
        "duration_s": round(episode.duration_s, 3),
        "spoken": states.count("spoken"),
        "skipped": states.count("skipped"),
        "failed": states.count("failed"),
        "loudness_lufs": round(episode.loudness.integrated_lufs, 2),
        "embed": iframe(episode.title, made.folder.name, show),
    }


def corrections_of(made: Edition) -> dict[str, object]:
    """Return what a script calling us wants to know of editors' corrections: how many hold, and which no longer fit."""
    if made.mended is None:
        return {"corrections": 0, "unfitting": []}
    lost = [{"written": one.correction.written, "nearest": one.nearest} for one in made.mended.unfitting]
    return {"corrections": len(made.mended.fitting), "unfitting": lost}


def _line(made: Edition) -> str:
    if made.episode is None or made.folder is None:
        counts = f"{count_cues(len(made.script.cues))}, {count_chapters(len(made.script.chapters))}"
        line = f"{isolate(made.script.title)}: {counts} ({translated('dry run')})"
        return "\n".join((line, *cost_lines(made.costs)))
    count = len(made.mended.fitting) if made.mended else 0
    note = f"  {several('{count} correction', '{count} corrections', count)}" if count else ""
    note += f"  ({translated('unchanged')})" if made.unchanged else ""
    path = short_path(made.folder / _sounds(made)[0])  # not isolated: it is what a shell takes from the line
    return f"{path}  {clock(made.episode.duration_s)}  {count_chapters(len(made.episode.chapters))}{note}"


def _sounds(made: Edition) -> list[str]:
    """Return the names of the edition's sound files, an MP3 first."""
    from tts_news.publish.sounds import sounds_of

    return [file.name for file in sounds_of(made.episode.files if made.episode else ())]
