"""Command lines that are read without the parser: it takes longer to load than a sentence takes to be said.

`commands/say.py` declares the verb, and the parser reads whatever is not written as plainly as here: flags, help, an
option given twice, a value that does not hold. Where both read a line they read the same, which
`tests/commands/test_plain.py` holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tts_news.saying import PITCHES, SPEEDS

_OPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "--output": "output",
        "-o": "output",
        "--voice": "voice",
        "--speed": "speed",
        "--pitch": "pitch",
        "--config": "config",
        "-c": "config",
    }
)
_BOUNDS: Mapping[str, tuple[float, float]] = MappingProxyType({"speed": SPEEDS, "pitch": PITCHES})


def say(args: Sequence[str]) -> dict[str, Any] | None:
    """Return what `saying.say` is asked for, None where the line is the parser's to read or to refuse."""
    if not args or args[0] != "say":
        return None
    asked: dict[str, Any] = {}
    rest = iter(args[1:])
    for word in rest:
        if word == "-" or not word.startswith("-"):
            name, value = "text", word
        else:
            option, given, stuck = word.partition("=")
            name, value = _OPTIONS.get(option, ""), stuck if given else next(rest, "--")
            # A value that looks like an option, or a short option with "=": the parser has its rules for those.
            if not name or (given and not word.startswith("--")) or (value.startswith("-") and value != "-"):
                return None
        read = _value(name, value)
        if read is None or name in asked:
            return None
        asked[name] = read
    return asked


def _value(name: str, value: str) -> str | float | Path | None:
    """Return the value of an option, None where it may not hold."""
    if name == "config":
        return Path(value)
    if name not in _BOUNDS:
        return value
    least, most = _BOUNDS[name]
    is_number = value.isascii() and value.replace(".", "", 1).isdecimal()
    return float(value) if is_number and least <= float(value) <= most else None
