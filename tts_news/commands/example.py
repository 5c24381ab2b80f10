"""Every setting with its default, what it takes and what its docstring says: for `config --example` and the manual."""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from itertools import pairwise
from types import UnionType
from typing import Annotated, Any, Literal, get_args, get_origin

from tts_news.config import SECRETS, TABLES, hints_of

_HEAD = """\
# All settings of tts-news, each with its default: take the "#" away before what you change.
# An option of the command line wins over a variable (TTS_NEWS_SPEAK_VOICE=rawiya), that over this file.
"""
_WIDTH = 118


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of a table: its default as TOML, what it takes, and what it does."""

    table: str
    key: str
    default: str
    takes: str
    about: str

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"TTS_NEWS_{self.table}_{self.key}".upper()


def describe() -> Iterator[Setting]:
    """Yield every setting, in the order of the tables and of their classes."""
    for table, kind in TABLES.items():
        hints, abouts = hints_of(kind, bounds=True), _docstrings(kind)
        for field in fields(kind):
            default = to_toml(_default(field))
            yield Setting(table, field.name, default, _takes(hints[field.name]), abouts.get(field.name, ""))


def example() -> str:
    """Return a configuration file with every setting commented out."""
    lines, table = [_HEAD], ""
    for one in describe():
        if one.table != table:
            table = one.table
            lines.append(f"\n[{table}]  # {_about(TABLES[table])}".rstrip(" #"))
        about = f"{one.about} " if one.about else ""
        place = f" Set it in {one.variable}, not here." if f"{table}.{one.key}" in SECRETS else ""
        lines += textwrap.wrap(f"{about}({one.takes}){place}", _WIDTH, initial_indent="# ", subsequent_indent="# ")
        lines.append(f"#{one.key} = {one.default}")
    lines.append('\n#[voices]  # voice by role, the same as voices in [speak]\n#headline = "rawiya"')
    return "\n".join(lines)


def to_toml(value: object) -> str:
    """Return a value as TOML writes it; a JSON string, number or boolean is one."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(to_toml, value))}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{json.dumps(key)} = {to_toml(one)}' for key, one in value.items())}}}"
    return json.dumps(value, ensure_ascii=False)


def _default(field: Field[Any]) -> object:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _about(kind: type[Any]) -> str:
    """Return what a table's class says of it, after the "[table] in tts-news.toml" that each begins with."""
    first = (inspect.getdoc(kind) or "").partition("\n")[0]
    return first.partition(": ")[2].rstrip(".")


def _docstrings(kind: type[Any]) -> dict[str, str]:
    """Return the docstring under each field of a class: Python keeps them in the source alone."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(kind)))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    found = {}
    for field, after in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(after, ast.Expr):
            text = ast.literal_eval(after.value)
            found[field.target.id] = " ".join(text.split())
    return found


_NAMES = {str: "text", int: "whole number", float: "number", bool: "true or false"}


def _takes(hint: Any) -> str:
    """Return in words what a setting takes."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return f"{_takes(parts[0])} {_bounds(parts[1])}"
    if origin is Literal:
        return " | ".join(map(str, parts))
    if origin is UnionType or str(origin) == "typing.Union":
        return ", or ".join(map(_takes, parts))
    if origin is tuple:
        return f"list of {_takes(parts[0])}"
    if origin in (dict, Mapping) or (origin is not None and issubclass(origin, Mapping)):
        return f"table of {_takes(parts[1])}"
    return _NAMES.get(
        hint, f"table with {', '.join(field.name for field in fields(hint))}" if _is_table(hint) else "text"
    )


def _is_table(hint: Any) -> bool:
    return hasattr(hint, "__dataclass_fields__")


def _bounds(bound: Any) -> str:
    least, above, most = (getattr(bound, name, None) for name in ("ge", "gt", "le"))
    if least is not None and most is not None:
        return f"from {least} to {most}"
    return f"above {above}" if above is not None else f"from {least}"
