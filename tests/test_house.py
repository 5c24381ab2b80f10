"""The house rules that a test can hold: who imports whom, and what start-up may load."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import tts_news

PACKAGE = Path(tts_news.__file__).parent
ROOMS = ("read", "script", "speak", "master", "publish")
SHARED = {
    "records",
    "disclosure",
    "sound",
    "errors",
    "files",
    "arabic",
    "extras",
    "patterns",
    "processes",
    "heard",
    "exports",
    "derived",
    "compiled",
    "frozen",
    "models",
    "__version__",
}
HEAVY = ("numpy", "onnxruntime", "torch", "trafilatura", "lxml", "pydantic", "pydub", "mutagen", "httpx", "piper")


def imported(path: Path) -> set[str]:
    """Return the second part of every `tts_news.X` a module imports, at any depth."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "tts_news":
            found |= {f"tts_news.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return {name.split(".")[1] for name in found if name.startswith("tts_news.")}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_records_errors_and_itself_only(room: str) -> None:
    for path in (PACKAGE / room).rglob("*.py"):
        assert imported(path) <= SHARED | {room}, path


def test_the_rule_above_would_catch_a_stray_import(tmp_path: Path) -> None:
    stray = tmp_path / "stray.py"
    stray.write_text("def f():\n    from tts_news.publish import feed\n    from tts_news import cli\n")
    assert imported(stray) == {"publish", "cli"}


@pytest.mark.parametrize(
    ("name", "below"),
    [
        ("records", {"disclosure", "frozen", "sound"}),
        ("disclosure", set()),
        ("sound", {"frozen"}),
        ("errors", set()),
        ("extras", set()),
    ],
)
def test_the_ground_floor_of_records_and_errors_imports_nothing_else_of_ours(name: str, below: set[str]) -> None:
    assert imported(PACKAGE / f"{name}.py") == below


def test_the_desk_is_a_door_that_nothing_but_the_server_opens() -> None:
    outside = (path for path in PACKAGE.rglob("*.py") if path.parent.name != "desk")
    assert [path.name for path in outside if "desk" in imported(path)] == ["app.py"]


def test_no_modules_import_each_other_in_a_circle() -> None:
    modules = {".".join(("tts_news", *p.relative_to(PACKAGE).with_suffix("").parts)): p for p in PACKAGE.rglob("*.py")}
    graph = {}
    for name, path in modules.items():
        wanted = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                parts = {f"{node.module}.{alias.name}" for alias in node.names} & modules.keys()
                wanted |= parts or {node.module}
        graph[name] = wanted & modules.keys()
    assert len(tuple(TopologicalSorter(graph).static_order())) == len(modules)


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from tts_news.cli import run; run(['--help'])\n"
        f"print('HEAVY', [m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("HEAVY []")
