"""The door: `tts-news VERB ...`. Calls the corridor, shows errors. The verbs are in `commands/`, see `parser`.

Nothing heavy stands before a sentence that is to be said, or an article that has not changed: see `plain`.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from tts_news import words
from tts_news.compiled import kept_patterns
from tts_news.errors import TtsNewsError, UsageError, did_you_mean

_ALLOCATIONS = 200_000
"""What is loaded for a sentence is made of half as many objects, and none of them is garbage to be looked for."""


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line and exit with the code of `errors.py`; Ctrl-C exits with 130."""
    code = run(sys.argv[1:] if args is None else args)
    # Looking for garbage among all that was loaded, at the end, takes a fifth of what saying a sentence takes.
    gc.freeze()
    sys.exit(code)


def run(args: Sequence[str]) -> int:
    """Run the command line and return its exit code; errors are shown here and nowhere else."""
    try:
        language, verb = _ahead(args)
        words.speak(language)
        with kept_patterns():
            return _do(args, verb)
    except TtsNewsError as err:
        words.show(err)
        return err.exit_code
    except KeyboardInterrupt:
        again = words.translated("interrupted: nothing half-written is left; run the same command again to go on")
        print(again, file=sys.stderr, flush=True)  # noqa: T201 - the door prints
        return 130
    except BrokenPipeError:
        # The reader of our output went away (`| head`): not an error of ours, and nobody is left to tell.
        sys.stdout = None
        return 0


def _do(args: Sequence[str], verb: str) -> int:
    from tts_news import plain

    again = plain.make(args)
    if again and _is_unchanged(again):
        return 0
    term = plain.lexicon_add(args)
    if term and _is_added(term):
        return 0
    asked = plain.say(args)
    if asked is None:
        from tts_news.parser import parse

        return parse(args, verb)
    from tts_news.commands.logs import show_logs
    from tts_news.saying import say

    gc.set_threshold(_ALLOCATIONS)
    show_logs()
    say(**asked)
    return 0


def _is_unchanged(asked: Mapping[str, Any]) -> bool:
    """Return whether an article that is to be made stands as it would be; that is told then."""
    from tts_news.commands.remaking import tell_unchanged

    return tell_unchanged(**asked)


def _is_added(asked: dict[str, Any]) -> bool:
    """Return whether a term was added without the parser; that is told then."""
    if sys.stdout.encoding.lower() != "utf-8":  # the parser's library knows what to do
        return False
    from tts_news.commands import terms
    from tts_news.commands.results import to_json

    as_json = asked.pop("as_json", False)
    facts, line = terms.add(**asked)
    print(to_json(facts) if as_json else line)  # noqa: T201 - the door prints
    return True


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
