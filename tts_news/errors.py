"""What can go wrong, by room; every error has an exit code and, where there is one, a hint.

    TtsNewsError
    ├── UsageError          2   the command line does not make sense
    ├── ReadError           3   the source cannot be read, or holds no Arabic article
    ├── ScriptError         4   a sentence cannot be turned into speakable Arabic
    │   └── SilenceError        there is nothing in it that could be said
    ├── SpeakError          5   a voice is unknown, not installed, or refuses a sentence
    ├── MasterError         6   sound, tags or the encoder failed
    ├── PublishError        7   the edition, feed, page or upload cannot be written
    │   └── WithdrawnError      it was withdrawn, and does not come back by itself
    ├── ConfigError         8   tts-news.toml or a TTS_NEWS_* variable does not hold
    └── PartialFailure      9   some articles were made and some failed

Rooms raise these and nothing else; foreign exceptions become one of them at the adapter, always `from err`.
They are shown in one place, at the door, as an `error:` and a `hint:` line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Final

if TYPE_CHECKING:
    from logging import LogRecord

# A user name and password in an address: they are used, and stand in no message, log or file.
_USERINFO: Final = re.compile(r"(?<=://)[^\s/?#]*@")
# Messages quote strangers: a server's words, a file's name. A terminal obeys what is no letter, and a line turned
# around hides what it says; isolates stay, which our own Arabic puts around what it quotes.
_OBEYED: Final = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e]")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint for a name nobody knows: the one that was probably meant, else all there are."""
    import difflib

    names = list(known)
    close = difflib.get_close_matches(word, names, 1)
    return f"did you mean {close[0]}?" if close else f"known are: {', '.join(names)}"


def as_line(text: str) -> str:
    """Return a text on one line, without passwords in it, and with what a terminal would obey written out."""
    line = _USERINFO.sub("", " ".join(text.split()))
    return _OBEYED.sub(lambda match: match[0].encode("unicode_escape").decode(), line)


class TtsNewsError(Exception):
    """Root of all errors of this package.

    Args:
        message: One line: what happened, and to which input.
        hint: One line: what the user can do about it; "" when there is nothing useful to say.
    """

    exit_code: ClassVar[int] = 1
    logged: tuple[LogRecord, ...] = ()
    """What was logged before it in another process, by whose answer it came."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(as_line(message))
        self.hint = as_line(hint)


class UsageError(TtsNewsError):
    """The command line does not make sense."""

    exit_code = 2


class ReadError(TtsNewsError):
    """A source cannot be read, or holds no Arabic article."""

    exit_code = 3


class ScriptError(TtsNewsError):
    """A sentence cannot be turned into speakable Arabic."""

    exit_code = 4


class SilenceError(ScriptError):
    """There is nothing in it that could be said."""


class SpeakError(TtsNewsError):
    """A voice is unknown, not installed, or refuses a sentence."""

    exit_code = 5


class MasterError(TtsNewsError):
    """Sound, tags or the encoder failed."""

    exit_code = 6


class PublishError(TtsNewsError):
    """The edition, feed, page or upload cannot be written."""

    exit_code = 7


class WithdrawnError(PublishError):
    """The edition was withdrawn, and does not come back by itself."""


class ConfigError(TtsNewsError):
    """The configuration file or environment does not hold."""

    exit_code = 8


class PartialFailure(TtsNewsError):
    """Some articles of a run were made and some failed."""

    exit_code = 9
