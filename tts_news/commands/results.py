"""What a verb prints on stdout: a line for people, or with --json an object for programs; never translated there."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path


def print_result(facts: object, line: str, *, as_json: bool) -> None:
    """Print a result, as a line or as JSON."""
    import typer

    typer.echo(to_json(facts) if as_json else line)


def filter_line(given: str, made: str, end: str, *, as_json: bool) -> bytes:
    """Return what a filter writes for a line of stdin: what came of it and its own end, or both as an object."""
    return (f"{to_json({'text': given, 'result': made})}\n" if as_json else made + end).encode()


def to_json(facts: object) -> str:
    """Return JSON on one line; records and paths among the values become objects and texts."""
    return json.dumps(facts, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, Path):
        return str(value)
    raise TypeError(type(value).__name__)
