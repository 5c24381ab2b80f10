"""Keep the Arabic catalogue true to the code: `python scripts/words.py` brings the .po up to date and compiles it.

Messages are found, not marked: what is raised as an error of ours and its hint, what goes through `translated` and
`several`, all help of the command line, what the parser says, what the templates of pages say, and the sentences that
the desk answers with. An f-string becomes a template: its values are {names}. Words of one kind, as the states of a
draft, are taken from where the code lists them, with that kind as their context. New ones stand in the .po without
Arabic, and tests/test_words.py fails until they have it. Needs babel.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, get_args

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "tts_news"
PO = PACKAGE / "locale" / "ar" / "LC_MESSAGES" / "tts_news.po"
# What typer says itself, without gettext: taken from its exceptions.
PARSER = (
    "Missing argument '{name}'.",
    "Missing option '{name}'.",
    "Missing command.",
    "No such option: {name}",
    "No such option: {name} Did you mean {other}?",
    "No such option: {name} (Possible options: {others})",
    "No such command {name}.",
    "No such command {name}. Did you mean {other}?",
    "Option {name} requires an argument.",
    "Option {name} does not take a value.",
    "Got unexpected extra argument ({names})",
    "Got unexpected extra arguments ({names})",
    "Invalid value for {name}: {value} is not a valid {kind}.",
    "Invalid value for {name}: {value} is not in the range {range}.",
    "Invalid value for {name}: {reason}",
)
# What systems and pydantic say inside ours.
FOREIGN = (
    "No such file or directory",
    "Permission denied",
    "No space left on device",
    "Is a directory",
    "Not a directory",
    "Read-only file system",
    "it is to be less than or equal to {value}",
    "it is to be greater than or equal to {value}",
    "it is to be greater than {value}",
    "it is to be a valid number",
    "it is to be a valid integer",
    "it is to be a valid list",
    "it is to be a valid boolean",
    "it is to be a valid string",
    "it is to be a valid dictionary",
    "reading",
    "writing",
    "speaking",
    "mastering",
    "publishing",
    "python",
    "config",
    "voice",
    "diacritics",
    "encoder",
    "lexicon",
    "corrections",
    "cache",
    "output",
    "broken",
    "not installed",
    "not trusted",
    "needs a key",
    "ready",
    "Usage",
    "Options",
    "Arguments",
    "Commands",
    "required",
    "default: {default}",
)


def messages() -> set[str]:
    """Return every text without plural forms that a door may show."""
    found = {*PARSER, *FOREIGN, *helps(), *_code()[0]}
    letters = {text for text in found if sum(letter.isalpha() for letter in _bare(text)) >= 2}
    return letters | {text for path in pages() for text in Page(path).texts()}


@cache
def _code() -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """Return the texts of all modules, and those with a number; a module is read and walked through once."""
    texts, pairs = set[str](), set[tuple[str, str]]()
    for path in sorted(PACKAGE.rglob("*.py")):
        module = Module(path)
        texts |= set(module.texts())
        pairs |= set(module.pairs())
        if path.parent.name == "desk":
            texts |= set(module.sentences())
    return frozenset(texts), frozenset(pairs)


def pages() -> list[Path]:
    """Return the templates of pages that are filled in the language of who asks."""
    return [path for door in ("accounts", "desk") for path in sorted((PACKAGE / door / "templates").glob("*.html"))]


def kinds() -> dict[str, tuple[str, ...]]:
    """Return the words of each kind that pages show: contexts, in which a word may have an Arabic of its own."""
    from tts_news.accounts.records import ROLES, Deed
    from tts_news.desk.differences import Kind
    from tts_news.desk.drafts import State
    from tts_news.desk.front import OF_JOB
    from tts_news.records import Role
    from tts_news.script.doubts import heard_rules
    from tts_news.script.normalisation import name_of
    from tts_news.script.rules.order import RULES

    return {
        "book": get_args(Deed),
        "difference": get_args(Kind),
        "rank": tuple(ROLES),
        "role": get_args(Role),
        "rule": heard_rules([name_of(rule) for rule in RULES]),
        "state": (*get_args(State), *OF_JOB.values(), "withdrawn"),
    }


def plurals() -> set[tuple[str, str]]:
    """Return (one, many) of every text with a number."""
    return set(_code()[1])


def helps(command: Any = None) -> Iterator[str]:
    """Yield all help of a command and those under it."""
    import typer

    from tts_news.parser import make_app

    if command is None:
        command = typer.main.get_command(make_app())
    for part in (command, *command.params):
        if getattr(part, "help", None):
            yield part.help
    for under in getattr(command, "commands", {}).values():
        yield from helps(under)


class Page:
    """The texts of one template: whatever `_(…)` is asked for, which must be seen to be a text or a known kind."""

    def __init__(self, path: Path) -> None:
        """Read it."""
        from jinja2 import Environment, nodes

        self.name, self.nodes = path.name, nodes
        self.tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
        self.loops: dict[str, list[Any]] = {}
        for loop in self.tree.find_all(nodes.For):
            for item in getattr(loop.iter, "items", ()):
                self._bind(loop.target, item)

    def _bind(self, target: Any, item: Any) -> None:
        """Note what a loop over things written out gives its names."""
        if isinstance(target, self.nodes.Name):
            self.loops.setdefault(target.name, []).append(item)
        elif isinstance(target, self.nodes.Tuple) and isinstance(item, self.nodes.Tuple):
            for part, value in zip(target.items, item.items, strict=True):
                self._bind(part, value)

    def texts(self) -> Iterator[str]:
        """Yield what is said without a context.

        Raises:
            ValueError: Nobody can see what is said, or of which kind it is.
        """
        for call in self.tree.find_all(self.nodes.Call):
            if getattr(call.node, "name", "") != "_":
                continue
            if len(call.args) == 1:
                yield from self._said(call.args[0])
            elif call.args[1].value not in kinds():
                raise ValueError(f"{self.name}:{call.lineno}: no kind of words")

    def _said(self, node: Any) -> Iterator[str]:
        if isinstance(node, self.nodes.Const):
            yield node.value
        elif isinstance(node, self.nodes.CondExpr):
            yield from self._said(node.expr1)
            yield from self._said(node.expr2)
        elif isinstance(node, self.nodes.Getitem) and isinstance(node.node, self.nodes.Dict):
            for pair in node.node.items:
                yield from self._said(pair.value)
        elif isinstance(node, self.nodes.Name) and node.name in self.loops:
            for item in self.loops[node.name]:
                yield from self._said(item)
        else:
            raise ValueError(f"{self.name}:{node.lineno}: nobody can see what is said here")


class Module:
    """The texts of one module."""

    def __init__(self, path: Path) -> None:
        """Read it."""
        self.nodes = tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        self.errors = {
            alias.asname or alias.name
            for node in self.nodes
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tts_news.")
            for alias in node.names
            if node.module == "tts_news.errors" or alias.name.endswith("Error")
        }
        self.errors |= {
            node.name
            for node in self.nodes
            if isinstance(node, ast.ClassDef) and self.errors & {_name(base) for base in node.bases}
        }
        if path.name == "errors.py" and path.parent == PACKAGE:
            self.errors = set()
        self.values: dict[str, list[ast.expr]] = {}
        for node in self.nodes:
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in targets:
                    if isinstance(target, ast.Name):
                        self.values.setdefault(target.id, []).append(node.value)

    def texts(self) -> Iterator[str]:
        """Yield what is raised, hinted at, told or marked."""
        for node in self.nodes:
            if not isinstance(node, ast.Call):
                continue
            name = _name(node.func)
            if name in self.errors and name != "did_you_mean":
                yield from (text for part in node.args[:1] for text in self.said(part))
                yield from (text for word in node.keywords if word.arg == "hint" for text in self.said(word.value))
            elif name == "refuse":
                yield from (text for part in node.args[3:4] for text in self.said(part))
            elif name == "translated":
                yield from (text for part in node.args[:1] for text in self.said(part))
            elif name == "disk_errors":
                yield from (text for word in node.keywords if word.arg == "elsewhere" for text in self.said(word.value))
            elif name in {"warning", "error"}:  # of a log
                yield from (_percent(text) for part in node.args[:1] for text in self.said(part))
        yield from self._returned()

    def sentences(self) -> Iterator[str]:
        """Yield what the desk answers with: its sentences end with a stop, as no error of ours does."""
        docs = {id(node.value) for node in self.nodes if isinstance(node, ast.Expr)}
        for node in self.nodes:
            text = node.value if isinstance(node, ast.Constant) and id(node) not in docs else ""
            if isinstance(text, str) and re.fullmatch(r"[A-Z].* .*\.", text):
                yield text

    def _returned(self) -> Iterator[str]:
        """Yield what functions that make hints and faults return."""
        for node in self.nodes:
            if isinstance(node, ast.FunctionDef) and node.name in {"_hint", "did_you_mean", "name_fault", "hint_of"}:
                for inner in ast.walk(node):
                    if isinstance(inner, ast.Return) and inner.value is not None:
                        yield from self.said(inner.value)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield what goes through `several`."""
        for node in self.nodes:
            if isinstance(node, ast.Call) and _name(node.func) == "several":
                one, many = (next(self.said(part), "") for part in node.args[:2])
                if one:
                    yield one, many

    def said(self, node: ast.expr, depth: int = 0) -> Iterator[str]:  # noqa: C901 - one question a kind of expression
        """Yield the texts that an expression may be, its values as {names}."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield " ".join(node.value.split())
        elif isinstance(node, ast.JoinedStr):
            yield _template(node)
        elif isinstance(node, ast.IfExp):
            yield from self.said(node.body, depth)
            yield from self.said(node.orelse, depth)
        elif isinstance(node, ast.BoolOp):
            for part in node.values:
                yield from self.said(part, depth)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            for left in self.said(node.left, depth):
                for right in self.said(node.right, depth) or ("{rest}",):
                    yield left + right
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr.endswith("strip"):
            yield from self.said(node.func.value, depth)
        elif isinstance(node, ast.Name) and depth < 3:
            for value in self.values.get(node.id, ()):
                yield from self.said(value, depth + 1)


def _template(node: ast.JoinedStr) -> str:
    """Return an f-string with a name for each value."""
    out, seen = "", set()
    for part in node.values:
        if isinstance(part, ast.Constant):
            out += str(part.value)
            continue
        name = _name(part.value) if isinstance(part, ast.FormattedValue) else ""
        name = name if name.isidentifier() else "value"
        number = 2
        unique = name
        while unique in seen:
            unique = f"{name}{number}"
            number += 1
        seen.add(unique)
        out += f"{{{unique}}}"
    return " ".join(out.split())


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Call):
        return _name(node.args[0]) if node.args else _name(node.func)
    if isinstance(node, ast.BinOp):
        return _name(node.left)
    return "value"


def _percent(text: str) -> str:
    """Return the text of a log with names for its values."""
    first, *rest = re.split("%[.0-9]*[sdf]", text)
    return first + "".join(f"{{value{number or ''}}}{part}" for number, part in enumerate(rest))


def _bare(text: str) -> str:
    return re.sub(r"\{\w+\}", "", text)


def update() -> int:
    """Bring the .po up to date with the code; returns how many texts have no Arabic."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po, write_po

    wanted = Catalog(locale="ar", charset="utf-8", fuzzy=False)
    for text in sorted(messages()):
        wanted.add(text)
    for pair in sorted(plurals()):
        wanted.add(pair)
    for kind, words in kinds().items():
        for word in words:
            wanted.add(word, context=kind)
    old = read_po(io.BytesIO(PO.read_bytes()), locale="ar") if PO.is_file() else Catalog(locale="ar")
    fresh = Catalog(
        locale="ar", charset="utf-8", fuzzy=False, header_comment="# Arabic words of the doors of tts-news."
    )
    for entry in wanted:
        if not entry.id:
            continue
        key = entry.id[0] if isinstance(entry.id, tuple) else entry.id
        known = old.get(key, entry.context)
        empty = ("",) * 6 if isinstance(entry.id, tuple) else ""
        told = known.string if known and known.string and isinstance(known.string, type(empty)) else empty
        fresh.add(entry.id, told, context=entry.context)
    fresh.project, fresh.copyright_holder, fresh.fuzzy = "tts-news", "tts-news", False
    fresh.creation_date = fresh.revision_date = datetime(2026, 11, 28, tzinfo=UTC)  # the same texts give the same file
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, fresh, width=118, sort_output=True, omit_header=False)
    return sum(not all(one.string if isinstance(one.string, tuple) else (one.string,)) for one in fresh if one.id)


def compile_catalogue() -> Path:
    """Write the .mo that gettext reads, beside the .po."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with PO.open("rb") as file:
        catalogue = read_po(file, locale="ar")
    target = PO.with_suffix(".mo")
    with target.open("wb") as file:
        write_mo(file, catalogue)
    return target


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    if sys.argv[1:] == ["list"]:
        print("\n".join(sorted(messages())))
        raise SystemExit
    untold = update()
    print(f"{compile_catalogue()}  {untold} without Arabic")
