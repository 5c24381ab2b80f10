"""`tts-news watch`: editions of new and changed articles as feeds bring them, and a daily bulletin."""

from __future__ import annotations

import json
import signal
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tts_news.commands.logs import show_logs
from tts_news.commands.options import (
    AcceptLicence,
    AllowPrivate,
    AsJson,
    Cluster,
    ConfigFile,
    Formats,
    Jobs,
    Limit,
    OnUnreadable,
    Parts,
    Quiet,
    Replaces,
    Speed,
    Verbose,
    Voice,
)
from tts_news.commands.outcomes import corrections_of
from tts_news.commands.progress import reporter
from tts_news.extras import short_path
from tts_news.words import isolate

if TYPE_CHECKING:
    from tts_news.orders import Edition


def watch(
    feeds: Annotated[list[str], typer.Argument(metavar="FEED...", help="Addresses of feeds.")],
    every: Annotated[float, typer.Option(min=1, help="Minutes between two polls of a feed.")] = 15,
    edition: Annotated[str, typer.Option(help="Title of a daily bulletin of all articles of the last day.")] = "",
    at: Annotated[str, typer.Option(help="Time of the bulletin, HH:MM in the show's time zone.")] = "",
    replaces: Replaces = None,
    everywhere: Annotated[
        bool, typer.Option("--everywhere", help="Make bulletins again when an article that they hold has changed.")
    ] = False,
    once: Annotated[bool, typer.Option("--once", help="Poll once and end.")] = False,
    voice: Voice = None,
    format_: Formats = None,
    jobs: Jobs = None,
    cluster: Cluster = None,
    speed: Speed = None,
    limit: Limit = None,
    on_unreadable: OnUnreadable = None,
    accept_licence: AcceptLicence = None,
    allow_private: AllowPrivate = None,
    parts: Parts = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Folder the editions go to.")] = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Make editions of new and changed articles until interrupted; print a line for each."""
    import time

    from tts_news.commands.loading import load_for_editions
    from tts_news.errors import PartialFailure
    from tts_news.pipeline import check_settings
    from tts_news.watch import Watcher, hold_watch, make_watch

    flags = {"speak.voice": voice, "speak.jobs": jobs, "speak.cluster": cluster, "speak.speed": speed}
    flags |= {
        "script.on_unreadable": on_unreadable,
        "read.limit": limit,
        "read.parts": parts,
        "read.allow_private": allow_private,
    }
    show_logs(verbose=verbose)
    settings = load_for_editions(config, flags, output, format_, accept_licence)
    check_settings(settings)
    plan = make_watch(feeds, every, edition, at, replaces or (), everywhere=everywhere)
    with (
        hold_watch(Path(settings.publish.output)),
        reporter(quiet=quiet, verbose=verbose) as report,
        closing(Watcher(plan, settings, report, lambda made: report.tell(_line(made, as_json=as_json)))) as watcher,
    ):
        # A service manager stops with SIGTERM: the same way out as Ctrl-C, with nothing half-written.
        signal.signal(signal.SIGTERM, watcher.stop)
        signal.signal(signal.SIGINT, watcher.stop)
        if once:
            watcher.round(time.time())
            if watcher.failures:
                raise PartialFailure(f"{watcher.failures} feeds or articles failed", hint="see the lines above")
        else:
            watcher.run()


def _line(made: Edition, *, as_json: bool) -> str:
    if as_json:
        revision = made.episode.revision if made.episode else 0
        facts = {"edition": str(made.folder), "title": made.script.title, "revision": revision}
        return json.dumps(facts | corrections_of(made))
    return f"{short_path(made.folder) if made.folder else ''}  {isolate(made.script.title)}"
