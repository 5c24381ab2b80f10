"""Command lines that are read without the parser: it takes longer to load than a sentence takes to be said.

`commands/` declares the verbs, and the parser reads whatever is not written as plainly as here: other options, help, an
option given twice, a value that does not hold. Where both read a line they read the same, which
`tests/commands/test_plain.py` holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tts_news.saying import PITCHES, SPEEDS

_SAY: Mapping[str, str] = MappingProxyType(
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
_MAKE: Mapping[str, str] = MappingProxyType(
    {"--output": "output", "-o": "output", "--voice": "voice", "--config": "config", "-c": "config"}
)
_FLAGS: Mapping[str, str] = MappingProxyType({"--json": "as_json", "--quiet": "quiet", "-q": "quiet"})
_ADD: Mapping[str, str] = MappingProxyType({"--gender": "gender", "--config": "config", "-c": "config"})
_BOUNDS: Mapping[str, tuple[float, float]] = MappingProxyType({"speed": SPEEDS, "pitch": PITCHES})


def say(args: Sequence[str]) -> dict[str, Any] | None:
    """Return what `saying.say` is asked for, None where the line is the parser's to read or to refuse."""
    return _read(args[1:], _SAY, {}, ["text"]) if args and args[0] == "say" else None


def make(args: Sequence[str]) -> dict[str, Any] | None:
    """Return what `remaking.tell_unchanged` is asked for, None where a line is not the making of one input, plainly."""
    asked = _read(args[1:], _MAKE, _FLAGS, ["source"]) if args and args[0] == "make" else None
    return asked if asked and "source" in asked else None


def lexicon_add(args: Sequence[str]) -> dict[str, Any] | None:
    """Return what `terms.add` is asked for, None where a line is not the adding of one term, plainly."""
    of_add = list(args[:2]) == ["lexicon", "add"]
    asked = _read(args[2:], _ADD, {"--json": "as_json"}, ["term", "spoken"]) if of_add else None
    return asked if asked and "spoken" in asked else None


def _read(
    args: Sequence[str], options: Mapping[str, str], flags: Mapping[str, str], bare: Sequence[str]
) -> dict[str, Any] | None:
    """Return the values of a line by name; `bare` are the names of those that stand without an option."""
    asked: dict[str, Any] = {}
    rest = iter(args)
    for word in rest:
        value: object
        if word == "-" or not word.startswith("-"):
            name, value = next((each for each in bare if each not in asked), bare[-1]), word
        elif word in flags:
            name, value = flags[word], True
        else:
            option, given, stuck = word.partition("=")
            name, text = options.get(option, ""), stuck if given else next(rest, "--")
            # A value that looks like an option, or a short option with "=": the parser has its rules for those.
            if not name or (given and not word.startswith("--")) or (text.startswith("-") and text != "-"):
                return None
            value = _value(name, text)
        if value is None or name in asked:
            return None
        asked[name] = value
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
