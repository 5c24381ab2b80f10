"""Regular expressions that are compiled when they are first used, and not at all where a text cannot hold a match.

A pattern costs about a millisecond to compile, the lists of words in it many, and there are hundreds: a command that
says one sentence uses few of them. So a pattern that stands in a module is `lazy(...)`; from its first use on it is
the compiled one, method by method, with nothing in between.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ClassVar, Final, cast

DIGITS: Final = "0123456789"
"""What a pattern `needs` in whose every match stands a figure."""
CAPITALS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


_Compile = Callable[[str, int], re.Pattern[str]]


def _compiled(pattern: str, flags: int) -> re.Pattern[str]:
    return re.compile(pattern, flags)


class _Lazy:
    """Stands for a compiled pattern until it is used; has its methods."""

    make: ClassVar[_Compile] = staticmethod(_compiled)

    def __init__(self, pattern: str, flags: int, needs: tuple[str, ...]) -> None:
        self.pattern, self._flags, self._needs = pattern, flags, needs

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what copying and inspecting ask for
            raise AttributeError(name)
        return getattr(self.compiled(), name)

    def compiled(self) -> re.Pattern[str]:
        """Return the compiled pattern; from here on its methods are this one's own."""
        compiled = _Lazy.make(self.pattern, self._flags)
        self.__dict__ |= {name: getattr(compiled, name) for name in _METHODS}
        return compiled

    def _is_in(self, text: str) -> bool:
        return not self._needs or any(need in text for need in self._needs)

    # Until it is compiled: what these return where there is no match.

    def search(self, string: str, *span: int) -> re.Match[str] | None:
        return self.compiled().search(string, *span) if self._is_in(string) else None

    def match(self, string: str, *span: int) -> re.Match[str] | None:
        return self.compiled().match(string, *span) if self._is_in(string) else None

    def fullmatch(self, string: str, *span: int) -> re.Match[str] | None:
        return self.compiled().fullmatch(string, *span) if self._is_in(string) else None

    def finditer(self, string: str, *span: int) -> Iterator[re.Match[str]]:
        return self.compiled().finditer(string, *span) if self._is_in(string) else iter(())

    def findall(self, string: str, *span: int) -> list[Any]:
        return self.compiled().findall(string, *span) if self._is_in(string) else []

    def sub(self, repl: str | Callable[[re.Match[str]], str], string: str, count: int = 0) -> str:
        return self.compiled().sub(repl, string, count) if self._is_in(string) else string

    def split(self, string: str, maxsplit: int = 0) -> list[Any]:
        return self.compiled().split(string, maxsplit) if self._is_in(string) else [string]


_METHODS: Final = (
    *("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"),
    *("flags", "groups", "groupindex"),
)


def lazy(pattern: str, flags: int = 0, *, needs: Iterable[str] = ()) -> re.Pattern[str]:
    """Return a pattern that is compiled when it is first used.

    Args:
        pattern: As `re.compile` takes it.
        flags: As `re.compile` takes them.
        needs: Characters or words of which every match holds at least one: a text without any is passed over, and
            nothing is compiled for it. `tests/test_patterns.py` proves it of each from its parse tree.
    """
    return cast("re.Pattern[str]", _Lazy(pattern, flags, tuple(needs)))


def compile_with(make: _Compile) -> _Compile:
    """Compile patterns from here on with another function than `re.compile`, see `compiled`; returns the one before."""
    before, _Lazy.make = _Lazy.make, staticmethod(make)
    return before
