"""Lazy patterns: compiled when they are used, and what they say they need is in every text they match."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import tts_news.script
from tts_news.patterns import DIGITS, _Lazy, lazy


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The patterns that are compiled in this test."""
    seen: list[str] = []
    compile_ = re.compile

    def noting(pattern: str, flags: int = 0) -> re.Pattern[str]:
        seen.append(pattern)
        return compile_(pattern, flags)

    monkeypatch.setattr(re, "compile", noting)
    return seen


def test_a_pattern_is_compiled_when_it_is_first_used_and_once(compiled: list[str]) -> None:
    number = lazy("(?P<n>[0-9]+)")
    assert compiled == []
    assert number.sub("x", "12 ab 3") == "x ab x"
    assert [match["n"] for match in number.finditer("12 ab 3")] == ["12", "3"]
    assert compiled == ["(?P<n>[0-9]+)"]
    assert number.groupindex == {"n": 1}
    assert number.pattern == "(?P<n>[0-9]+)"


def test_a_text_without_what_a_pattern_needs_compiles_nothing(compiled: list[str]) -> None:
    number = lazy("([0-9])", needs=DIGITS)
    assert number.search("ab", 1) is None
    assert number.match("ab") is None
    assert number.fullmatch("ab") is None
    assert list(number.finditer("ab")) == []
    assert number.findall("ab") == []
    assert number.sub("x", "ab") == "ab"
    assert number.split("ab") == ["ab"]
    assert compiled == []
    assert number.split("a1b") == ["a", "1", "b"]
    assert number.sub("x", "ab") == "ab"
    assert number.search("1a", 1) is None


def requires(nodes: Any, needs: frozenset[str]) -> bool:
    """Return whether every match of a parsed pattern holds one of the needs."""
    run = ""
    for op, value in nodes:
        run = run + chr(value) if op is sre.LITERAL else ""
        if any(need in run for need in needs) or _requires(op, value, needs):
            return True
    return False


def _requires(op: Any, value: Any, needs: frozenset[str]) -> bool:
    if op is sre.IN:
        return value[0][0] is not sre.NEGATE and all(_within(kind, one, needs) for kind, one in value)
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return value[0] > 0 and requires(value[2], needs)
    if op is sre.BRANCH:
        return all(requires(way, needs) for way in value[1])
    if op is sre.SUBPATTERN:
        return requires(value[3], needs)
    if op is sre.ATOMIC_GROUP:
        return requires(value, needs)
    return op is sre.ASSERT and requires(value[1], needs)


def _within(kind: Any, one: Any, needs: frozenset[str]) -> bool:
    if kind is sre.LITERAL:
        return chr(one) in needs
    return kind is sre.RANGE and all(chr(place) in needs for place in range(one[0], one[1] + 1))


@pytest.mark.parametrize(
    ("pattern", "needs", "proved"),
    [
        ("a?[0-9]{1,3}", DIGITS, True),
        ("a?[0-9]*", DIGITS, False),
        ("(?:[0-4]|x)", DIGITS, False),
        (r"\d", DIGITS, False),  # a figure of another script
        ("(?=1)|2", DIGITS, True),
        ("(?!1)b", DIGITS, False),
        ("قبل الميلاد?", ["الميلا"], True),
        ("قبل ا?لميلاد", ["الميلا"], False),
    ],
)
def test_the_proof_itself(pattern: str, needs: str | list[str], *, proved: bool) -> None:
    assert requires(parser.parse(pattern), frozenset(needs)) is proved


def test_what_each_pattern_needs_is_in_every_text_that_it_matches() -> None:
    for module in pkgutil.walk_packages(tts_news.script.__path__, "tts_news.script."):
        importlib.import_module(module.name)
    needing = [one for one in gc.get_objects() if type(one) is _Lazy and one._needs]
    assert len(needing) > 2
    unproved = [
        (one.pattern, one._needs)
        for one in needing
        if one._flags & re.IGNORECASE or not requires(parser.parse(one.pattern, one._flags), frozenset(one._needs))
    ]
    assert not unproved
