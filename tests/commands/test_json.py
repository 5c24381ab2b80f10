"""`--json` on every verb: it is accepted, and what stdout then holds is JSON, in Arabic as in English."""

from __future__ import annotations

import io
import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tts_news.parser import make_command
from tts_news.publish.listening import Heard
from tts_news.publish.sync import Synced
from tts_news.server.outbox import Message, put
from tts_news.server.queue_file import STORE
from tts_news.server.store import JobStore

Door = Callable[..., tuple[int, str, str]]
SCHEMAS = Path(__file__).parents[2] / "docs" / "json.schema.json"
TEXT = """# افتتاح حديقة

افتتحت البلدية حديقة جديدة في وسط المدينة.

## ما فيها

- **ملعب:** للأطفال.

> مكان جميل

| البلد | العدد |
|---|---|
| مصر | 3 |
"""
STDIN = {"users": "a long password\n", "normalise": "3 دول\n", "diacritise": "قال\n", "phonemes": "قَالْ\n"}
NEEDS = {"serve", "verify", "publish", "voices trust", "watch"}  # what they print needs a server, a model or a feed


def verbs(command: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Yield every verb of the command line with its parser."""
    command = command or make_command()
    under = getattr(command, "commands", {})
    for name, one in under.items():
        yield from verbs(one, (*path, name))
    if not under:
        yield " ".join(path), command


def test_every_verb_takes_it() -> None:
    without = [name for name, command in verbs() if "--json" not in [opt for one in command.params for opt in one.opts]]
    assert without == []


def leave_a_message(output: Path) -> None:
    """Have a server leave something undelivered."""
    JobStore(output).close()
    with closing(sqlite3.connect(output / STORE)) as base, base:
        put(base, [Message("https://cms.example/hook", "done", "guid", "{}")])


@pytest.fixture
def runs(tts_news: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[object]]:
    """Every verb as a user would call it, in an order in which each finds what it needs; what it printed."""
    (tmp_path / "tts-news.toml").write_text('[show]\nbase_url = "https://news.example/"\n', encoding="utf-8")
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    leave_a_message(tmp_path / "output")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    lines: list[tuple[str, ...]] = [
        ("make", "a.md"),
        ("make", "a.md", "--dry-run"),
        ("read", "a.md"),
        ("script", "a.md"),
        ("script", "a.md", "--uncertain"),
        ("say", "أهلا", "-o", "a.wav"),
        ("lexicon", "add", "طوكيو", "طُوكْيُو"),
        ("lexicon", "list"),
        ("lexicon", "check"),
        ("lexicon", "test", "طوكيو", "-o", "b.wav"),
        ("lexicon", "remove", "طوكيو"),
        ("voices", "list"),
        ("voices", "show", "rawi"),
        ("voices", "try", "tone"),
        ("voices", "compare", "أهلا", "tone"),
        ("voices", "add", "mine", "--engine", "tone", "--licence", "CC0-1.0"),
        ("voices", "install", "mine"),
        ("voices", "remove", "mine"),
        ("users", "add", "huda", "--role", "publisher"),
        ("users", "add", "salim"),
        ("users", "role", "salim", "reader"),
        ("users", "list"),
        ("users", "password", "salim"),
        ("users", "invite", "nada"),
        ("users", "log"),
        ("users", "remove", "salim"),
        ("normalise",),
        ("diacritise",),
        ("phonemes",),
        ("cache", "info"),
        ("cache", "verify"),
        ("cache", "prune", "--days", "0"),
        ("feed", "build"),
        ("feed", "check"),
        ("webhooks", "list"),
        ("webhooks", "retry"),
        ("webhooks", "drop"),
        ("corrections", "list"),
        ("corrections", "drop", "--unfitting"),
        ("withdraw", "EDITION"),
        ("config",),
        ("config", "--example"),
        ("doctor",),
    ]
    found: dict[str, list[object]] = {}
    for line in lines:
        edition = next((one["edition"] for one in found.get("make a.md", ()) if isinstance(one, dict)), "")
        name = " ".join(line)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STDIN.get(line[0], "").encode())))
        found[name] = printed(tts_news(*(word.replace("EDITION", edition) for word in line), "--json"), name)
    return found


def shape(name: str) -> str:
    """Return the name under which a call's schema stands: what changes all that is printed belongs to it."""
    words = name.split()
    return f"{words[0]} {words[-1]}" if words[-1] in {"--uncertain", "--example"} else name


def printed(run: tuple[int, str, str], name: str) -> list[object]:
    code, out, err = run
    assert code == {"feed check": 7}.get(name, 0), (name, err)
    return [json.loads(line) for line in out.splitlines()]


def test_what_is_printed_is_what_the_schemas_say(runs: dict[str, list[object]]) -> None:
    schemas = json.loads(SCHEMAS.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schemas)
    seen = set()
    for name, values in runs.items():
        verb = max((verb for verb in schemas["$defs"] if f"{shape(name)} ".startswith(f"{verb} ")), key=len)
        seen.add(verb)
        validator = Draft202012Validator({**schemas, "$ref": f"#/$defs/{verb.replace(' ', '%20')}"})
        for value in values:
            assert [error.message for error in validator.iter_errors(value)] == [], name
    assert set(schemas["$defs"]) - seen == NEEDS
    assert set(schemas["$defs"]) == {name for name, _ in verbs()} | {"script --uncertain", "config --example"}


def test_what_is_not_run_here_prints_the_records_of_its_room() -> None:
    defs = json.loads(SCHEMAS.read_text(encoding="utf-8"))["$defs"]
    assert set(defs["publish"]["properties"]) == {field.name for field in fields(Synced)}
    assert set(defs["verify"]["properties"]) == {field.name for field in fields(Heard)} | {"error_rate"}
