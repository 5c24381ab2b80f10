"""`tts-news webhooks`: the messages that their receivers have not taken, sent again or dropped."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tts_news.commands.feed import Output, settings
from tts_news.commands.options import AsJson, ConfigFile

if TYPE_CHECKING:
    import sqlite3

app = typer.Typer(help="Messages that receivers of webhooks have not taken yet.", no_args_is_help=True)

To = Annotated[str, typer.Option("--to", metavar="URL", help="Those to this receiver; all when not given.")]


@contextmanager
def _outbox(config: Path | None, output: Path | None) -> Iterator[sqlite3.Connection]:
    """Give the database of the show's server, which may be running.

    Raises:
        PublishError: There is none, or it cannot be read or written now.
    """
    import sqlite3

    from tts_news.errors import PublishError
    from tts_news.files import open_database, transaction
    from tts_news.server.outbox import SCHEMA
    from tts_news.server.queue_file import BUSY_S, STORE

    path = Path(settings(config, output).publish.output) / STORE
    if not path.is_file():
        raise PublishError(f"no server has kept jobs in {path.parent}", hint="name the show's folder with --output")
    try:
        with closing(open_database(path, busy_s=BUSY_S)) as base:
            base.executescript(SCHEMA)
            with transaction(base):
                yield base
    except sqlite3.Error as err:
        raise PublishError(f"{path} cannot be used: {err}", hint="try again in a moment") from err


@app.command("list")
def list_(output: Output = None, config: ConfigFile = None, as_json: AsJson = False) -> None:
    """List what waits and what is dead, oldest first."""
    from tts_news.server.outbox import list_messages

    with _outbox(config, output) as base:
        found = list_messages(base)
    for one in found:
        created = dt.datetime.fromtimestamp(one["created"], dt.UTC).isoformat(timespec="seconds")
        if as_json:
            typer.echo(json.dumps(one | {"created": created}, ensure_ascii=False))
        else:
            note = f"  {one['error']}" if one["error"] else ""
            typer.echo(f"{one['state']}  {created}  {one['event']}  {one['title']}  {one['hook']}{note}")


@app.command("retry")
def retry(to: To = "", output: Output = None, config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Send dead messages again, also to a receiver that had said it was gone."""
    from tts_news.server.outbox import revive

    with _outbox(config, output) as base:
        count = revive(base, to)
    typer.echo(json.dumps({"retried": count}) if as_json else f"{count} messages are sent again")


@app.command("drop")
def drop(to: To = "", output: Output = None, config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Forget dead messages."""
    from tts_news.server.outbox import drop_dead

    with _outbox(config, output) as base:
        count = drop_dead(base, to)
    typer.echo(json.dumps({"dropped": count}) if as_json else f"{count} messages are dropped")
