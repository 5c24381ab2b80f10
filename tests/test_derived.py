"""What was worked out of files is read back while they are as they were, and never when it may be wrong."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tts_news.derived import derived, derived_file


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "source").write_text("one")
    return tmp_path / "source"


def kept(tmp_path: Path) -> Path:
    (found,) = (tmp_path / "cache" / "tts-news" / "derived").iterdir()
    return found


def never() -> bytes:
    raise AssertionError("it was made again")


def test_it_is_made_once(source: Path, tmp_path: Path) -> None:
    assert derived("kind", [source], lambda: b"made") == b"made"
    assert derived("kind", [source], never) == b"made"
    assert kept(tmp_path).name.startswith("kind-")


@pytest.mark.parametrize(
    "change",
    [
        lambda source: source.write_text("two letters more"),
        lambda source: os.utime(source, ns=(1, 1)),
        lambda source: source.unlink(),
        lambda source: source.with_name("other").replace(source),
    ],
)
def test_it_is_made_again_when_a_file_has_changed_and_takes_the_old_ones_place(
    source: Path, tmp_path: Path, change: Callable[[Path], object]
) -> None:
    source.with_name("other").write_text("one")
    os.utime(source.with_name("other"), ns=(source.stat().st_atime_ns, source.stat().st_mtime_ns))
    derived("kind", [source], lambda: b"old")
    change(source)
    assert derived("kind", [source], lambda: b"new") == b"new"
    assert derived("kind", [source], never) == b"new"
    kept(tmp_path)


def test_another_file_beside_the_first_or_another_fact_is_another_thing(source: Path) -> None:
    derived("kind", [source], lambda: b"one", "1.0")
    assert derived("kind", [source, source.parent], lambda: b"two", "1.0") == b"two"
    assert derived("kind", [source], lambda: b"three", "1.1") == b"three"


@pytest.mark.parametrize("place", [0, 34, -1])
def test_what_is_damaged_is_made_again(source: Path, tmp_path: Path, place: int) -> None:
    derived("kind", [source], lambda: b"made" * 10)
    data = bytearray(kept(tmp_path).read_bytes())
    data[place] ^= 1
    kept(tmp_path).write_bytes(data)
    assert derived("kind", [source], lambda: b"again") == b"again"
    kept(tmp_path).write_bytes(kept(tmp_path).read_bytes()[:40])
    assert derived("kind", [source], lambda: b"whole") == b"whole"


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(source: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder would be")
    assert derived("kind", [source], lambda: b"made") == b"made"
    assert derived("kind", [source], lambda: b"made again") == b"made again"


def test_no_more_than_the_newest_are_kept(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "tts-news" / "derived"
    folder.mkdir(parents=True)
    for number in range(120):
        (folder / f"old-{number}").write_bytes(b"")
        os.utime(folder / f"old-{number}", ns=(number, number))
    derived("kind", [source], lambda: b"made")
    assert len(list(folder.iterdir())) == 100
    assert not (folder / "old-20").exists()
    assert (folder / "old-21").exists()
    assert derived("kind", [source], never) == b"made"


def test_what_cannot_be_made_is_not_kept(source: Path) -> None:
    def fail() -> bytes:
        raise ValueError("no model")

    with pytest.raises(ValueError, match="no model"):
        derived("kind", [source], fail)
    assert derived("kind", [source], lambda: b"made") == b"made"


def never_named(_: str) -> bytes:
    raise AssertionError("it was made again")


def test_a_file_is_made_once_and_told_its_name(source: Path, tmp_path: Path) -> None:
    names: list[str] = []
    made = derived_file("kind", [source], lambda name: names.append(name) or b"made")  # type: ignore[func-returns-value]
    assert made == kept(tmp_path)
    assert names == [kept(tmp_path).name]
    assert kept(tmp_path).read_bytes() == b"made"
    assert derived_file("kind", [source], never_named) == made


def test_a_file_of_another_state_has_another_name_and_the_old_one_goes(source: Path, tmp_path: Path) -> None:
    old = derived_file("kind", [source], lambda _: b"old", "1.0")
    assert old
    with old.open("rb") as reading:
        new = derived_file("kind", [source], lambda _: b"new", "1.1")
        assert reading.read() == b"old"
    assert new == kept(tmp_path)
    assert new != old
    assert kept(tmp_path).read_bytes() == b"new"


def test_a_file_that_cannot_be_kept_is_none(source: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder would be")
    assert derived_file("kind", [source], lambda _: b"made") is None
