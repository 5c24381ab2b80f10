"""The door: `tts-news VERB ...`. Parses, calls the corridor, shows errors. The verbs are in `commands/`.

Everything a verb needs is imported inside it, so that `--help` answers at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any, Final

import typer

from tts_news import __version__
from tts_news.errors import TtsNewsError

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


def _app(args: Sequence[str]) -> typer.Typer:
    """Return the parser: of the verb that the arguments begin with, or of all of them."""
    app = typer.Typer(
        name="tts-news",
        help="The press for Arabic audio: articles in, chaptered and mastered podcast episodes out.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    for verb in (args[0],) if args and args[0] in _VERBS else _VERBS:
        module, _, name = _VERBS[verb].partition(":")
        found = getattr(import_module(f"tts_news.commands.{module}"), name)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=verb)
        else:
            app.command(verb)(found)
    return app


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"tts-news {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    del version


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and exit with the code of `errors.py`; Ctrl-C exits with 130."""
    sys.exit(run(sys.argv[1:] if args is None else args))


def run(args: Sequence[str]) -> int:
    """Run the command line and return its exit code; errors are shown here and nowhere else."""
    try:
        code = _app(args)(list(args), standalone_mode=False)
    except TtsNewsError as err:
        show(err)
        return err.exit_code
    except KeyboardInterrupt:
        typer.echo("interrupted: nothing half-written is left; run the same command again to go on", err=True)
        return 130
    except BrokenPipeError:
        # The reader of our output went away (`| head`): not an error of ours, and nobody is left to tell.
        sys.stdout = None
        return 0
    except typer.Abort:
        return 130
    except ParserError as err:
        err.show()
        return int(err.exit_code)
    return code if isinstance(code, int) else 0


def show(err: TtsNewsError) -> None:
    """Print an error and its hint on stderr, a line each."""
    typer.echo(f"error: {err}", err=True)
    if err.hint:
        typer.echo(f"hint: {err.hint}", err=True)
