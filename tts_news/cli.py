"""The door: `tts-news VERB ...`. Parses, calls the corridor, shows errors. The verbs are in `commands/`.

Everything a verb needs is imported inside it, so that `--help` answers at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from tts_news import __version__
from tts_news.commands import cache, feed, lexicon, make, voices
from tts_news.commands import config as config_verb
from tts_news.commands import diacritise as diacritise_verb
from tts_news.commands import doctor as doctor_verb
from tts_news.commands import normalise as normalise_verb
from tts_news.commands import phonemes as phonemes_verb
from tts_news.commands import publish as publish_verb
from tts_news.commands import read as read_verb
from tts_news.commands import say as say_verb
from tts_news.commands import script as script_verb
from tts_news.commands import serve as serve_verb
from tts_news.commands import verify as verify_verb
from tts_news.commands import watch as watch_verb
from tts_news.errors import TtsNewsError

# The base of the parser's own errors, in whichever package this typer carries it: click, or its own copy of it.
ParserError: Any = typer.BadParameter.__mro__[2]

app = typer.Typer(
    name="tts-news",
    help="The press for Arabic audio: articles in, chaptered and mastered podcast episodes out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("make")(make.make)
app.command("read")(read_verb.read)
app.command("script")(script_verb.script)
app.add_typer(lexicon.app, name="lexicon")
app.command("normalise")(normalise_verb.normalise)
app.command("diacritise")(diacritise_verb.diacritise)
app.command("phonemes")(phonemes_verb.phonemes)
app.command("say")(say_verb.say)
app.add_typer(voices.app, name="voices")
app.add_typer(cache.app, name="cache")
app.add_typer(feed.app, name="feed")
app.command("withdraw")(feed.withdraw)
app.command("publish")(publish_verb.publish)
app.command("watch")(watch_verb.watch)
app.command("serve")(serve_verb.serve)
app.command("verify")(verify_verb.verify)
app.command("doctor")(doctor_verb.doctor)
app.command("config")(config_verb.config)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"tts-news {__version__}")
        raise typer.Exit


@app.callback()
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
        code = app(list(args), standalone_mode=False)
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
