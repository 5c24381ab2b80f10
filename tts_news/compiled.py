"""What each regular expression compiles to, kept between runs as Python keeps what a module compiles to.

A sentence with a number in it uses some 150 patterns, whose compiling took as long as the models take to load. The text
of a pattern is its own key, and the compiler of the very same Python made what is kept of it: nothing in it can be
of another pattern. Python has no name for this but private ones; where they are not as they were, patterns are compiled
as ever.
"""

from __future__ import annotations

import atexit
import marshal
import re
import sys
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from tts_news.derived import recall, remember
from tts_news.patterns import compile_with

_KIND: Final = "patterns"
_MOST: Final = 2000
"""So many are kept; whoever has more, of versions that are gone, begins again."""

_Program = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]


class Programs:
    """The programs of patterns: those kept by earlier runs, and those that had to be made."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], _Program] | None = None
        self._made: dict[tuple[str, int], _Program] = {}

    def compile(self, pattern: str, flags: int) -> re.Pattern[str]:
        """Return what `re.compile` returns."""
        if self._kept is None:
            self._kept = _load()
        flags = int(flags)  # of a `re.RegexFlag`
        program = self._kept.get((pattern, flags))
        with suppress(ImportError, AttributeError, TypeError, ValueError, RuntimeError):
            if program is None:
                program = self._made[pattern, flags] = _program_of(pattern, flags)
            return _pattern_of(pattern, program)
        return re.compile(pattern, flags)

    def keep(self) -> None:
        """Keep what was made for the runs to come."""
        if self._made:
            known = _load() | self._made  # another process may have kept some meanwhile
            kept = known if len(known) <= _MOST else self._made
            remember(_KIND, _sources(), marshal.dumps(kept), sys.version)
            self._made = {}


@contextmanager
def kept_patterns() -> Iterator[None]:
    """Keep what is compiled meanwhile, and have what was kept."""
    programs = Programs()
    before = compile_with(programs.compile)
    try:
        yield
    finally:
        compile_with(before)
        programs.keep()


def keep_patterns() -> None:
    """The same, until this process ends: for one that works for another."""
    programs = Programs()
    compile_with(programs.compile)
    atexit.register(programs.keep)


def _load() -> dict[tuple[str, int], _Program]:
    data = recall(_KIND, _sources(), sys.version)
    found: dict[tuple[str, int], _Program] = marshal.loads(data) if data else {}  # noqa: S302 - we wrote it, see `derived`
    return found


def _sources() -> list[Path]:
    """Return Python's compiler of patterns."""
    return [Path(re.__file__).with_name("_compiler.py")]


def _program_of(pattern: str, flags: int) -> _Program:
    """Return what Python's compiler makes of a pattern; see `re._compiler.compile`.

    Raises:
        AttributeError: Of its private functions one is not there.
    """
    compiler: Any = sys.modules["re._compiler"]
    parsed = compiler._parser.parse(pattern, flags)  # noqa: SLF001 - see the docstring of the module
    code = array("I", compiler._code(parsed, flags))  # noqa: SLF001
    names: list[str | None] = [None] * parsed.state.groups
    for name, number in parsed.state.groupdict.items():
        names[number] = name
    found: dict[str, int] = dict(parsed.state.groupdict)
    return int(flags | parsed.state.flags), code.tobytes(), parsed.state.groups - 1, found, tuple(names)


def _pattern_of(pattern: str, program: _Program) -> re.Pattern[str]:
    """Return a pattern as it was compiled.

    Raises:
        ImportError: Python has no engine of this name.
        RuntimeError: This is no program of it.
    """
    flags, code, groups, index, names = program
    engine: Any = import_module("_sre")
    made: re.Pattern[str] = engine.compile(pattern, flags, array("I", code).tolist(), groups, index, names)
    return made
