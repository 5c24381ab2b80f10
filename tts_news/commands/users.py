"""`tts-news users`: who may sign in at the desk, and what was changed there."""

from __future__ import annotations

import dataclasses
import getpass
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tts_news.commands.options import AsJson, ConfigFile
from tts_news.commands.results import print_result
from tts_news.words import isolate, translated

if TYPE_CHECKING:
    from tts_news.accounts.records import Deed
    from tts_news.accounts.store import AccountStore
    from tts_news.config import Config

app = typer.Typer(help="Add, change and remove the users of the desk. Needs the extra `server`.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="The user's name.")]
RoleWord = Annotated[str, typer.Option("--role", help="reader, editor or publisher.")]


@app.command()
def add(name: Name, role: RoleWord = "editor", config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Add a user; the password is asked for, or read from standard input, never taken from the command line."""
    from tts_news.accounts.passwords import check_password, hash_password
    from tts_news.accounts.records import Account, read_name, read_role

    account = Account(read_name(name), read_role(role))
    with _opened(config) as (store, _):
        if store.find(account.name):
            store.add_user(account)  # says that there is one, before a password is asked for
        password = _ask_password()
        check_password(password, account.name)
        store.add_user(account, hash_password(password))
        _note(store, "user added", f"{account.name}: {account.role.word}")
    line = translated("{name} is there as {role}", name=account.name, role=account.role.word)
    print_result({"name": account.name, "role": account.role.word}, line, as_json=as_json)


@app.command()
def invite(
    name: Name,
    role: RoleWord = "editor",
    hours: Annotated[float, typer.Option(min=0.01, max=720, help="How long the link works.")] = 24.0,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Print a link at which a new user, or one who forgot it, chooses a password; it works once."""
    from tts_news.accounts.gate import welcome_address
    from tts_news.accounts.records import read_name, read_role
    from tts_news.accounts.store import Link

    with _opened(config) as (store, settings):
        found = store.find(read_name(name))
        link = Link(read_name(name), found.role if found else read_role(role))
        token = store.add_link(link, hours * 3600)
        _note(store, "user invited", f"{link.name}: {link.role.word}")
        address = welcome_address(settings.serve, token)
    print_result({"name": link.name, "role": link.role.word, "address": address}, address, as_json=as_json)


@app.command("list")
def show(config: ConfigFile = None, as_json: AsJson = False) -> None:
    """List the users and their roles."""
    with _opened(config) as (store, _):
        users = store.users()
    if as_json:
        found = [{"name": one.name, "role": one.role.word, "password": has} for one, has in users]
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    for one, has in users:
        typer.echo(f"{one.name}  {one.role.word}{'' if has else '  (no password)'}")


@app.command()
def role(
    name: Name,
    role: Annotated[str, typer.Argument(help="reader, editor or publisher.")],
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Give a user another role, at once."""
    from tts_news.accounts.records import read_name, read_role

    with _opened(config) as (store, _):
        store.set_role(read_name(name), read_role(role))
        _note(store, "role changed", f"{read_name(name)}: {read_role(role).word}")
    line = translated("{name} is there as {role}", name=read_name(name), role=read_role(role).word)
    print_result({"name": read_name(name), "role": read_role(role).word}, line, as_json=as_json)


@app.command()
def password(name: Name, config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Set another password (asked for, or from standard input); the user's sessions end."""
    from tts_news.accounts.passwords import check_password, hash_password
    from tts_news.accounts.records import read_name

    with _opened(config) as (store, _):
        if store.find(read_name(name)) is None:
            store.set_password(read_name(name), "")  # says that there is nobody
        given = _ask_password()
        check_password(given, read_name(name))
        store.set_password(read_name(name), hash_password(given))
        _note(store, "password set", read_name(name))
    line = translated("{name} has another password", name=read_name(name))
    print_result({"name": read_name(name), "password": True}, line, as_json=as_json)


@app.command()
def remove(name: Name, config: ConfigFile = None, as_json: AsJson = False) -> None:
    """Remove a user; her sessions end at once, her lines in the book stay."""
    from tts_news.accounts.records import read_name

    with _opened(config) as (store, _):
        store.remove_user(read_name(name))
        _note(store, "user removed", read_name(name))
    line = f"{isolate(read_name(name))}  {translated('removed')}"
    print_result({"name": read_name(name), "removed": True}, line, as_json=as_json)


@app.command("log")
def show_book(
    article: Annotated[str, typer.Option(help="Of one article only.")] = "",
    who: Annotated[str, typer.Option(help="Of one user only.")] = "",
    most: Annotated[int, typer.Option("--most", "-n", min=1, help="How many lines, the newest.")] = 100,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Print the book of changes: when, who, from where, what, on which article; the newest line last."""
    with _opened(config) as (store, _):
        lines = store.lines(most, article=article, who=who)
    for line in reversed(lines):
        if as_json:
            typer.echo(json.dumps(dataclasses.asdict(line), ensure_ascii=False))
        else:
            at = datetime.fromtimestamp(line.at, UTC).strftime("%Y-%m-%d %H:%M:%SZ")
            typer.echo("  ".join(filter(None, [at, line.who, line.address, line.what, line.article, line.detail])))


@contextmanager
def _opened(config: Path | None) -> Iterator[tuple[AccountStore, Config]]:
    """Give the store of the show's accounts."""
    from tts_news.config import load
    from tts_news.errors import PublishError, UsageError
    from tts_news.extras import install_hint

    try:
        import tts_news.accounts.passwords  # noqa: F401 - whether it is there
    except ModuleNotFoundError as err:
        raise UsageError("the desk needs an extra", hint=install_hint("server")) from err
    import sqlite3

    from tts_news.accounts.store import AccountStore, store_path

    settings = load(config)
    store = AccountStore(store_path(settings))
    try:
        yield store, settings
    except sqlite3.Error as err:
        raise PublishError(f"cannot write {store.path}: {err}", hint="try again, or free some space there") from err
    finally:
        store.close()


def _note(store: AccountStore, what: Deed, detail: str) -> None:
    """Add a line to the book: whoever has this command has the machine's user, who is named."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a user without a name, in a container
        user = "?"
    store.note(f"command line ({user})", "", what, detail=detail)


def _ask_password() -> str:
    """Return a password: typed twice at a terminal, else the first line of standard input."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")
