"""Break the lines that guard, one at a time, and see a test fail: `python scripts/mutants.py [PART OF A NAME]...`.

The lines are chosen in `tests/mutants.toml`: a file, a piece of a line of it, what stands there instead, and the tests
that belong to it. Each is broken in a copy of the tree. Prints those that no test noticed, and the score; ends with 1
when fewer than FLOOR were noticed, when a line is no longer there to be broken, or when tests fail on the whole tree:
those would notice anything. A part of a file's or a test's name chooses lines; `--verbose` names who noticed.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import resource
import shutil
import signal
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOOR = 0.9  # what must hold; a line that no test can notice is left out, with its reason
LONGEST_CPU_S = 300  # a mutant that hangs its tests is noticed; of the processor, so a busy machine notices nothing
LONGEST_S = 400  # one that sleeps for ever
COPIED = ("tts_news", "tests", "voices", "examples", "docs", "scripts", "pyproject.toml", "README.md", "CHANGELOG.md")
# Most of a run would be the loading of these: they are loaded once, and each run is a fork.
LOADED = ("pytest", "numpy", "lxml.html", "pydantic", "httpx", "trafilatura", "mutagen", "starlette.applications")


class _Noticed:
    """Writes the tests that fail to a descriptor."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            os.write(self._descriptor, f"{report.nodeid}\n".encode())


def run_tests(tree: Path, tests: list[str]) -> tuple[bool, str]:
    """Return whether a test failed, or hung, and which."""
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        os.close(told)
        _run(tree, tests, tell)
    os.close(tell)
    with os.fdopen(told) as names:
        found = names.read().strip()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return bool(found) or code in {1, -signal.SIGXCPU, -signal.SIGALRM}, found or f"status {code}"


def _run(tree: Path, tests: list[str], tell: int) -> None:
    """Run pytest in this forked process, and end it."""
    os.chdir(tree)
    os.environ["PYTHONPATH"] = str(tree)
    sys.path.insert(0, str(tree))
    sys.dont_write_bytecode = True
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_CPU_S, LONGEST_CPU_S + 10))
    signal.alarm(LONGEST_S)
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nothing, descriptor)
    import pytest

    code = 3  # as pytest ends when it fails itself
    with contextlib.suppress(Exception):
        code = int(pytest.main(["-x", "--assert=plain", "-p", "no:randomly", *tests], plugins=[_Noticed(tell)]))
    os._exit(code)


def notice(tree: Path, mutant: dict[str, str]) -> tuple[bool, str]:
    """Return whether a test fails once the line is broken, and which; the line is mended again."""
    path = tree / mutant["file"]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(mutant["line"], mutant["broken"]), encoding="utf-8")
    try:
        return run_tests(tree, mutant["tests"].split())
    finally:
        path.write_text(text, encoding="utf-8")


def copy_tree(tree: Path) -> None:
    """Copy what the tests need."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tree / name)


def main() -> int:
    """Break every chosen line; 1 when too few were noticed."""
    verbose = "--verbose" in sys.argv
    parts = [part for part in sys.argv[1:] if part != "--verbose"]
    mutants = tomllib.loads((ROOT / "tests" / "mutants.toml").read_text(encoding="utf-8"))["mutant"]
    chosen = [mutant for mutant in mutants if all(part in mutant["file"] + " " + mutant["tests"] for part in parts)]
    gone = [mutant for mutant in chosen if (ROOT / mutant["file"]).read_text("utf-8").count(mutant["line"]) != 1]
    for mutant in gone:
        print(f"not there, or more than once: {mutant['file']}: {mutant['line']!r}")
    if not chosen:
        print(f"no line has all of {', '.join(parts)} in the names of its file and tests")
    if gone or not chosen:
        return 1
    for module in LOADED:
        importlib.import_module(module)
    noticed = 0
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        copy_tree(tree)
        every = dict.fromkeys(test for mutant in chosen for test in mutant["tests"].split())
        failed, which = run_tests(tree, list(every))
        if failed:
            print(f"not every test passes on the whole tree: {which}")
            return 1
        for mutant in chosen:
            found, which = notice(tree, mutant)
            noticed += found
            said = f"{mutant['file']}: {mutant['broken']!r} for {mutant['line']!r}"
            if not found:
                print(f"not noticed: {said} ({which})", flush=True)
            elif verbose:
                print(f"noticed: {said} by {which}", flush=True)
    score = noticed / max(1, len(chosen))
    print(f"{noticed} of {len(chosen)} broken lines noticed ({score:.0%}); the floor is {FLOOR:.0%}")
    return 0 if score >= FLOOR else 1


if __name__ == "__main__":
    raise SystemExit(main())
