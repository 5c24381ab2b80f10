"""The door: `tts-news VERB ...`. Parses, calls the corridor, shows errors. The verbs are in `commands/`.

Everything a verb needs is imported inside it, so that `--help` answers at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any, Final

import typer

from tts_news import __version__, words
from tts_news.errors import TtsNewsError, UsageError, did_you_mean

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


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and exit with the code of `errors.py`; Ctrl-C exits with 130."""
    sys.exit(run(sys.argv[1:] if args is None else args))


def run(args: Sequence[str]) -> int:
    """Run the command line and return its exit code; errors are shown here and nowhere else."""
    try:
        language, verb = _ahead(args)
        words.speak(language)
        code = make_command(verb)(list(args), standalone_mode=False)
    except TtsNewsError as err:
        show(err)
        return err.exit_code
    except KeyboardInterrupt:
        again = words.translated("interrupted: nothing half-written is left; run the same command again to go on")
        typer.echo(again, err=True)
        return 130
    except BrokenPipeError:
        # The reader of our output went away (`| head`): not an error of ours, and nobody is left to tell.
        sys.stdout = None
        return 0
    except typer.Abort:
        return 130
    except ParserError as err:
        if type(err).__name__ == "NoArgsIsHelpError":  # its message is the help
            err.show()
        else:
            path = err.ctx.command_path if err.ctx else "tts-news"
            show(UsageError(err.format_message(), hint=f"{path} --help"))
        return int(err.exit_code)
    return code if isinstance(code, int) else 0


def show(err: TtsNewsError) -> None:
    """Print an error and its hint on stderr, a line each."""
    typer.echo(words.say_error(err), err=True)


def _ahead(args: Sequence[str]) -> tuple[str, str]:
    """Return the language asked for and the verb, "" for none: both are needed before the parser is made.

    Raises:
        UsageError: There is no such language.
    """
    language, rest = "", list(args)
    while rest and rest[0].startswith("--lang"):
        name, given, value = rest.pop(0).partition("=")
        language = value if given else rest.pop(0) if rest else ""
        if name == "--lang" and language not in words.LANGUAGES:
            raise UsageError(f"--lang: there is no {language!r}", hint=did_you_mean(language, words.LANGUAGES))
    return language, rest[0] if rest else ""
