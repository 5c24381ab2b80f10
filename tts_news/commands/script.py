"""`tts-news script`: what will be said, for an editor to read and mend."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tts_news.commands.logs import show_logs
from tts_news.commands.options import AsJson, ConfigFile, From, OnUnreadable, Quiet, Verbose, Voice
from tts_news.commands.progress import reporter
from tts_news.commands.uncertain import show_uncertain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tts_news.config import Config
    from tts_news.records import Script


def script(
    inputs: Annotated[list[str], typer.Argument(metavar="ARTICLE...", help="Files, URLs, feeds, script.json, or - .")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Save the script as JSON here, for `tts-news make` to speak.")
    ] = None,
    voice: Voice = None,
    config: ConfigFile = None,
    from_: From = None,
    edition: Annotated[str, typer.Option(help="Put all articles into one edition with this title.")] = "",
    on_unreadable: OnUnreadable = None,
    uncertain: Annotated[
        bool, typer.Option("--uncertain", help="Show what the reader was least sure of first, and why; saves nothing.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Write over a script although what was mended in it stands nowhere else.")
    ] = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Show what will be said: every cue with its role, its pause, what is written and what is spoken."""
    import json

    from tts_news import pipeline
    from tts_news.config import load
    from tts_news.errors import PublishError, UsageError
    from tts_news.files import disk_errors, write_file
    from tts_news.orders import Order
    from tts_news.script import dump_script

    show_logs(verbose=verbose)
    flags = {"speak.voice": voice, "read.kind": from_, "script.on_unreadable": on_unreadable}
    settings = load(config, flags)
    if uncertain and output:
        raise UsageError("--uncertain saves no script", hint="leave out --uncertain or -o")
    if uncertain:
        show_uncertain(inputs, settings, edition, as_json=as_json, quiet=quiet)
        return
    order = Order(edition=edition, dry_run=True)
    with reporter(quiet=quiet, verbose=verbose) as report:
        for number, made in enumerate(pipeline.make(inputs, settings, report, order)):
            text = dump_script(made.script)
            if output and number:
                raise UsageError(
                    f"{output} holds one script, and there are several articles",
                    hint="put them into one edition with --edition, or save them one by one",
                )
            if output:
                if not force:
                    _check_mends(output, settings)
                with disk_errors(output, PublishError):
                    write_file(output, text.encode())
            if as_json:
                # One object a line: a feed gives several scripts.
                typer.echo(json.dumps(json.loads(text), ensure_ascii=False))
            elif output:
                typer.echo(f"{output}  {len(made.script.cues)} cues, {len(made.script.chapters)} chapters")
            else:
                typer.echo("\n".join(_table(made.script)))


def _check_mends(path: Path, settings: Config) -> None:
    """See that nothing is lost when a file is written over: it may hold an editor's work.

    Raises:
        UsageError: It does, or it is no script.
    """
    from tts_news import mending
    from tts_news.errors import ScriptError, UsageError
    from tts_news.script import parse_script

    if not path.is_file() or not path.stat().st_size:
        return
    hint = f"`tts-news make {path}` speaks it and keeps what was mended; or name another file, or --force"
    try:
        lost = mending.unkept(parse_script(path.read_text(encoding="utf-8")), settings)
    except (ScriptError, OSError, UnicodeDecodeError) as err:
        raise UsageError(f"{path} is there, and is no script that could be written over: {err}", hint=hint) from err
    if lost:
        raise UsageError(f"{path} would lose {', '.join(lost)}", hint=hint)


def _table(script: Script) -> Iterator[str]:
    """Yield the lines of the table: a cue is its role and pause, what is written and what is spoken."""
    yield script.title
    titles: dict[str, list[str]] = {}
    for chapter in script.chapters:
        titles.setdefault(chapter.first_cue, []).append("  " * chapter.level + chapter.title)
    for cue in script.cues:
        for title in titles.get(cue.id, ()):
            yield f"\n== {title}"
        voice = cue.voice if cue.language == "ar" else f"{cue.voice}, {cue.language}"
        yield f"{cue.id}  {cue.role}  pause {cue.pause_s:.2f} s  {voice}"
        yield f"    written  {cue.written}"
        yield f"    spoken   {cue.spoken}"
    if script.omissions:
        yield "\n== not spoken"
    for omission in script.omissions:
        yield f"{'failed' if omission.failed else 'left out'}: {omission.reason}: {omission.text}"
