"""Break the lines that guard, one at a time, and see a test fail: `python scripts/mutants.py [PART OF A NAME]`.

The lines are chosen in `tests/mutants.toml`: a file, a piece of a line of it, what stands there instead, and the tests
that belong to it. Each is broken in a copy of the tree. Prints those that no test noticed, and the score; ends with 1
when fewer than FLOOR were noticed, when a line is no longer there to be broken, or when tests fail on the whole tree:
those would notice anything.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FLOOR = 0.9
LONGEST_S = 300  # a mutant that hangs its tests is noticed
COPIED = ("tts_news", "tests", "voices", "examples", "docs", "scripts", "pyproject.toml", "README.md", "CHANGELOG.md")


def is_noticed(tree: Path, mutant: dict[str, str]) -> bool:
    """Return whether a test fails once the line is broken; the line is mended again.

    Raises:
        LookupError: The line is not there, or more than once.
    """
    path = tree / mutant["file"]
    text = path.read_text(encoding="utf-8")
    if text.count(mutant["line"]) != 1:
        raise LookupError(f"{mutant['file']}: {mutant['line']!r} is there {text.count(mutant['line'])} times")
    path.write_text(text.replace(mutant["line"], mutant["broken"]), encoding="utf-8")
    try:
        return run_tests(tree, mutant["tests"]) == 1
    except subprocess.TimeoutExpired:
        return True
    finally:
        path.write_text(text, encoding="utf-8")


def run_tests(tree: Path, tests: str) -> int:
    """Return pytest's exit status.

    Raises:
        TimeoutExpired: They take longer than LONGEST_S.
    """
    done = subprocess.run(  # noqa: S603 - our own tests
        [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:randomly", *tests.split()],
        cwd=tree, env=os.environ | {"PYTHONPATH": str(tree)}, capture_output=True, timeout=LONGEST_S, check=False,
    )  # fmt: skip
    return done.returncode


def main() -> int:
    """Break every chosen line; 1 when too few were noticed."""
    mutants = tomllib.loads((ROOT / "tests" / "mutants.toml").read_text(encoding="utf-8"))["mutant"]
    chosen = [mutant for mutant in mutants if all(part in mutant["file"] for part in sys.argv[1:])]
    noticed = 0
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, tree / name)
        for tests in dict.fromkeys(mutant["tests"] for mutant in chosen):
            if run_tests(tree, tests):
                print(f"these do not pass on the whole tree: {tests}")
                return 1
        for mutant in chosen:
            if is_noticed(tree, mutant):
                noticed += 1
            else:
                print(f"not noticed: {mutant['file']}: {mutant['broken']!r} for {mutant['line']!r}", flush=True)
    score = noticed / max(1, len(chosen))
    print(f"{noticed} of {len(chosen)} broken lines noticed ({score:.0%}); the floor is {FLOOR:.0%}")
    return 0 if score >= FLOOR else 1


if __name__ == "__main__":
    raise SystemExit(main())
