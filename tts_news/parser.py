"""The parser of the command line: every verb as `commands/` declares it, its help in the reader's language.

Everything a verb needs is imported inside it, so that `--help` answers at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any, Final

import typer

from tts_news import __version__, words
from tts_news.errors import UsageError

# The base of the parser's own errors, in whichever package this typer carries it: click, or its own copy of it.
ParserError: Any = typer.BadParameter.__mro__[2]

# Verb → the module of `commands/` and what it has there: one verb is loaded for a run that names it, all for the help.
_VERBS: Final = {
    "make": "make:make",
    "read": "read:read",
    "script": "script:script",
    "lexicon": "lexicon:app",
    "corrections": "corrections:app",
    "normalise": "normalise:normalise",
    "diacritise": "diacritise:diacritise",
    "phonemes": "phonemes:phonemes",
    "say": "say:say",
    "voices": "voices:app",
    "cache": "cache:app",
    "feed": "feed:app",
    "withdraw": "feed:withdraw",
    "publish": "publish:publish",
    "watch": "watch:watch",
    "serve": "serve:serve",
    "users": "users:app",
    "webhooks": "webhooks:app",
    "verify": "verify:verify",
    "doctor": "doctor:doctor",
    "config": "config:config",
}


def make_app(verb: str = "") -> typer.Typer:
    """Return the parser: of one verb, or of all of them."""
    app = typer.Typer(
        name="tts-news",
        help="The press for Arabic audio: articles in, chaptered and mastered podcast episodes out.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    for each in (verb,) if verb in _VERBS else _VERBS:
        module, _, name = _VERBS[each].partition(":")
        found = getattr(import_module(f"tts_news.commands.{module}"), name)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=each)
        else:
            app.command(each)(found)
    return app


_Help: Any = typer.Context.formatter_class


class _Formatter(_Help):  # type: ignore[misc]
    """Help as typer writes it, whose "Usage" is the one word that it does not look up."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or f"{words.translated('Usage')}: ")


def make_command(verb: str = "") -> Any:
    """Return the parser of `make_app` with its help in the reader's language."""
    command = typer.main.get_command(make_app(verb))
    typer.Context.__mro__[1].formatter_class = _Formatter  # type: ignore[attr-defined]
    return _told(command)


def _told(command: Any) -> Any:
    """Put the help of a command, its options and the commands under it into the reader's language."""
    if words.is_arabic():
        for part in (command, *command.params):
            if getattr(part, "help", None):
                part.help = words.translated(part.help)
        for under in getattr(command, "commands", {}).values():
            _told(under)
    return command


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"tts-news {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    lang: Annotated[
        str,
        typer.Option("--lang", help="Language of help, messages and progress: en or ar; that of LANG if not given."),
    ] = "",
) -> None:
    del version, lang


def parse(args: Sequence[str], verb: str) -> int:
    """Do what the arguments say and return the exit code; what they lack or have too much is shown.

    Raises:
        TtsNewsError: The verb could not be done.
    """
    try:
        code = make_command(verb)(list(args), standalone_mode=False)
    except typer.Abort:
        return 130
    except ParserError as err:
        if type(err).__name__ == "NoArgsIsHelpError":  # its message is the help
            err.show()
        else:
            path = err.ctx.command_path if err.ctx else "tts-news"
            words.show(UsageError(err.format_message(), hint=f"{path} --help"))
        return int(err.exit_code)
    return code if isinstance(code, int) else 0
