"""A pattern that was kept is the one that would be compiled, in a process that compiles nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tts_news import compiled, derived
from tts_news.compiled import kept_patterns
from tts_news.patterns import lazy

TEXT = "25 كتابا، و٣ أقلام: Ab-c"
PATTERNS = {
    "named and nested": (r"(?P<n>[0-9٠-٩]+)(?: (?P<word>[ء-ي]+(a)?))?", 0),
    "flags": ("^ab.$ | (?# a note) c", re.IGNORECASE | re.VERBOSE | re.MULTILINE),
    "look and repeat": (r"(?<![0-9])(?>[ء-ي]{2,30}+)(?=[،:]|$)", 0),
    "branches": ("كتابا|أقلام|قلم|x", 0),
}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "tts-news" / "derived"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The patterns of which a program was made."""
    seen: list[str] = []
    program_of = compiled._program_of

    def noting(pattern: str, flags: int) -> compiled._Program:
        seen.append(pattern)
        return program_of(pattern, flags)

    monkeypatch.setattr(compiled, "_program_of", noting)
    return seen


@pytest.mark.parametrize("name", PATTERNS)
def test_it_finds_what_it_found(name: str, made: list[str]) -> None:
    pattern, flags = PATTERNS[name]
    wanted = re.compile(pattern, flags)
    for _ in range(2):
        with kept_patterns():
            kept = lazy(pattern, flags)
            found = [(m.span(), m.groups(), m.groupdict(), m.lastgroup) for m in kept.finditer(TEXT)]
        assert found == [(m.span(), m.groups(), m.groupdict(), m.lastgroup) for m in wanted.finditer(TEXT)]
        assert (kept.pattern, kept.flags, kept.groups) == (wanted.pattern, wanted.flags, wanted.groups)
        assert kept.sub("_", TEXT) == wanted.sub("_", TEXT)
    assert made == [pattern]


def test_what_several_runs_compiled_is_kept_together(made: list[str]) -> None:
    for pattern in ("a", "b", "a", "b"):
        with kept_patterns():
            lazy(pattern).search(TEXT)
    assert made == ["a", "b"]


def test_afterwards_patterns_are_compiled_as_before(made: list[str]) -> None:
    with kept_patterns():
        lazy("a").search(TEXT)
    lazy("b").search(TEXT)
    assert made == ["a"]


def test_flags_tell_patterns_apart(made: list[str]) -> None:
    for _ in range(2):
        with kept_patterns():
            assert lazy("ab", re.IGNORECASE).search(TEXT)
            assert not lazy("ab").search(TEXT)
    assert made == ["ab", "ab"]


def test_what_is_damaged_is_compiled_again(cache: Path, made: list[str]) -> None:
    for _ in range(2):
        with kept_patterns():
            assert lazy("[0-9]+").findall(TEXT) == ["25"]
        (kept,) = cache.iterdir()
        kept.write_bytes(kept.read_bytes()[:-3] + b"...")
    assert made == ["[0-9]+"] * 2


def test_a_python_that_compiles_otherwise_compiles_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_program_of", lambda *_: (0, b"", "no program"))
    with kept_patterns():
        assert lazy("[0-9]+").findall(TEXT) == ["25"]


def test_no_more_are_kept_than_a_program_of_ours_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_MOST", 2)
    for pattern in ("a", "b", "c"):
        with kept_patterns():
            lazy(pattern).search(TEXT)
    assert [pattern for pattern, _ in compiled._load()] == ["c"]


def test_a_wrong_pattern_is_the_error_it_is(cache: Path) -> None:
    with kept_patterns(), pytest.raises(re.error):
        lazy("(").search(TEXT)
    assert not cache.exists()


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derived, "_folder", lambda: tmp_path / "file" / "below")
    (tmp_path / "file").write_text("")
    with kept_patterns():
        assert lazy("[0-9]+").findall(TEXT) == ["25"]


def test_a_process_that_works_for_another_keeps_what_it_compiles(cache: Path, made: list[str]) -> None:
    code = (
        "from tts_news.compiled import keep_patterns; keep_patterns()\n"
        "from tts_news.patterns import lazy; lazy('[0-9]{1,3}').search('25')"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    with kept_patterns():
        assert lazy("[0-9]{1,3}").findall(TEXT) == ["25"]
    assert made == []
    assert [path.name.partition("-")[0] for path in cache.iterdir()] == ["patterns"]
