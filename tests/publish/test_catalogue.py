"""The catalogue answers as the manifests would, whatever has become of it or of them since it was written."""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from publish.editions import SHOW, Press, make_script

from tts_news.errors import PublishError
from tts_news.publish import catalogue, catalogue_file, find_folder_of, load_episode
from tts_news.publish.build import build_show
from tts_news.publish.catalogue import CATALOGUE, open_catalogue
from tts_news.publish.manifest import dump_episode
from tts_news.publish.settings import PublishSettings
from tts_news.publish.show import load_entry

SETTINGS = PublishSettings()


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory, tone: bytes) -> Path:
    """Three editions that were made a minute ago."""
    press = Press(tmp_path_factory.mktemp("standing") / "output", tone)
    for number in range(3):
        press.make(make_script(f"خبر {number}", url=f"https://city.example/{number}"), f"2026-01-0{number + 1}")
    for manifest in press.output.glob("*/episode.json"):
        age(manifest)
    return press.output


@pytest.fixture
def output(standing: Path, tmp_path: Path) -> Path:
    """A copy of them, with a catalogue of its own."""
    shutil.copytree(standing, tmp_path / "output")
    look(tmp_path / "output")
    return tmp_path / "output"


def age(manifest: Path, seconds: float = 60) -> None:
    moment = time.time_ns() - int(seconds * 1e9)
    os.utime(manifest, ns=(moment, moment))


def look(output: Path) -> list[str]:
    """Return the titles of the editions, as the catalogue has them."""
    with open_catalogue(output) as opened:
        return sorted(entry.title for entry in opened.entries(opened.sweep()))


def count_reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which the name of every manifest is added that is read."""
    read: list[str] = []
    monkeypatch.setattr(catalogue, "load_entry", lambda folder, name: read.append(name) or load_entry(folder, name))  # type: ignore[func-returns-value]
    return read


def test_a_manifest_is_read_once(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = count_reads(monkeypatch)
    assert look(output) == ["خبر 0", "خبر 1", "خبر 2"]
    assert read == []


def test_a_manifest_that_may_change_within_a_tick_is_read_again(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = min(output.glob("*/episode.json"))
    age(manifest, 0.1)
    look(output)
    whole = manifest.read_bytes()
    state = manifest.stat()
    manifest.write_bytes(whole.replace("خبر 0".encode(), "خبر 7".encode()).replace(b'"seal"', b'"was_"'))
    os.utime(manifest, ns=(state.st_atime_ns, state.st_mtime_ns))
    read = count_reads(monkeypatch)
    assert look(output) == ["خبر 1", "خبر 2", "خبر 7"]
    assert read == [manifest.parent.name]


@pytest.mark.parametrize("way", ["in place", "exchanged", "older"])
def test_what_a_hand_changes_is_noticed(output: Path, way: str) -> None:
    manifest = min(output.glob("*/episode.json"))
    text = dump_episode(replace(load_episode(manifest), title="خبر ي"))  # as long as it was
    if way == "exchanged":
        manifest.unlink()
    manifest.write_text(text, encoding="utf-8")
    age(manifest, 3600 if way == "older" else 30)
    assert look(output) == ["خبر 1", "خبر 2", "خبر ي"]


def test_an_edition_that_comes_or_goes_is_noticed(output: Path, tone: bytes) -> None:
    shutil.rmtree(min(output.glob("2026*")))
    assert look(output) == ["خبر 1", "خبر 2"]
    Press(output, tone).make(make_script("جديد", url="https://city.example/new"))
    assert look(output) == ["جديد", "خبر 1", "خبر 2"]


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no database" * 1000),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.write_bytes(path.read_bytes()[:4096] + bytes(len(path.read_bytes()) - 4096)),
    ],
)
def test_a_catalogue_that_is_lost_or_damaged_is_made_anew(
    output: Path, harm: Callable[[Path], object], caplog: pytest.LogCaptureFixture
) -> None:
    harm(output / CATALOGUE)
    assert look(output) == ["خبر 0", "خبر 1", "خبر 2"]
    assert all("made anew" in record.message for record in caplog.records)
    assert look(output) == ["خبر 0", "خبر 1", "خبر 2"]
    with closing(sqlite3.connect(output / CATALOGUE)) as database:
        assert database.execute("SELECT count(*) FROM editions").fetchone() == (3,)


def test_a_folder_in_the_catalogues_place_is_said_once_until_it_is_gone(
    output: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for times in (1, 2):
        (output / CATALOGUE).unlink()
        (output / CATALOGUE).mkdir()
        assert [look(output) for _ in range(3)] == [["خبر 0", "خبر 1", "خبر 2"]] * 3
        assert [record.levelno for record in caplog.records] == [logging.WARNING] * times
        (output / CATALOGUE).rmdir()
        look(output)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE editions SET moment = 0",
        "UPDATE editions SET stands = 0",
        "UPDATE editions SET identity = 'x', guid = 'x', slug = 'x'",
        "UPDATE editions SET modified = '1999-01-01T00:00:00+00:00'",
        "UPDATE entries SET data = CAST(replace(data, 'خبر', 'خير') AS BLOB)",
        "UPDATE entries SET data = '{}'",
        "UPDATE pieces SET data = CAST(replace(data, 'خبر', 'خير') AS BLOB)",
        "UPDATE pages SET mark = 'x'",
        "DELETE FROM entries",
        "DROP TABLE pieces",
    ],
)
def test_no_harm_that_comes_to_the_catalogue_changes_what_is_published(output: Path, harm: str) -> None:
    build_show(output, SHOW, SETTINGS)
    wanted = {path.name: path.read_bytes() for path in output.glob("[!.]*.*")}
    place = min(output.glob("2026*"))
    guid = load_episode(place).guid
    with closing(sqlite3.connect(output / CATALOGUE)) as database, database:
        database.execute(harm)
    for name in ("feed.xml", "index.html"):
        (output / name).unlink()
    build_show(output, SHOW, SETTINGS)
    assert {path.name: path.read_bytes() for path in output.glob("[!.]*.*")} == wanted
    assert find_folder_of(output, guid) == place


def test_a_catalogue_of_another_version_is_made_anew(output: Path, caplog: pytest.LogCaptureFixture) -> None:
    with closing(sqlite3.connect(output / CATALOGUE)) as database:
        database.execute("PRAGMA user_version = 7")
        database.execute("DROP TABLE entries")
    with caplog.at_level(logging.INFO, logger="tts_news.publish.catalogue_file"):
        assert look(output) == ["خبر 0", "خبر 1", "خبر 2"]
    assert "another version" in caplog.text


def test_a_folder_that_takes_no_database_has_its_manifests_read(output: Path, caplog: pytest.LogCaptureFixture) -> None:
    (output / CATALOGUE).unlink()
    (output / CATALOGUE).mkdir()
    assert look(output) == ["خبر 0", "خبر 1", "خبر 2"]
    assert "every manifest is read" in caplog.text


def test_a_catalogue_that_another_process_holds_is_not_waited_for_without_end(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue_file, "_WAIT_S", 0.01)
    with closing(sqlite3.connect(output / CATALOGUE, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert look(output) == ["خبر 0", "خبر 1", "خبر 2"]
    assert (output / CATALOGUE).stat().st_size > 0


def test_a_damaged_manifest_is_a_fault_until_it_is_whole_again(output: Path) -> None:
    manifest = min(output.glob("*/episode.json"))
    whole = manifest.read_bytes()
    manifest.write_bytes(whole[:-40])
    with open_catalogue(output) as opened:
        assert len(opened.sweep()) == 2
        assert list(opened.faults) == [manifest.parent.name]
        with pytest.raises(PublishError, match=manifest.parent.name):
            raise opened.faults[manifest.parent.name]
    manifest.write_bytes(whole)
    assert look(output) == ["خبر 0", "خبر 1", "خبر 2"]


@pytest.mark.parametrize("by", ["slug", "guid"])
def test_an_edition_is_found_by_its_names_without_reading_the_others(
    output: Path, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = min(output.glob("2026*"))
    name = getattr(load_episode(place), by)
    read = count_reads(monkeypatch)
    assert find_folder_of(output, name) == place
    assert read == []


def test_what_has_not_changed_is_not_made_again(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_show(output, SHOW, SETTINGS)
    from tts_news.publish import build

    monkeypatch.setattr(build, "write_index", None)
    monkeypatch.setattr(build, "write_feed", None)
    assert build_show(output, SHOW, SETTINGS).written == ()


def test_a_page_that_was_touched_is_made_again(output: Path) -> None:
    build_show(output, SHOW, SETTINGS)
    (output / "index.html").write_text("gone")
    (output / "feed.xml").unlink()
    assert build_show(output, SHOW, SETTINGS).written == ("index.html", "feed.xml")


def test_one_more_edition_writes_one_item(output: Path, tone: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    from tts_news.publish import build

    build_show(output, SHOW, SETTINGS)
    written: list[str] = []
    plain = build.write_item
    monkeypatch.setattr(build, "write_item", lambda entry, *rest: written.append(entry.title) or plain(entry, *rest))  # type: ignore[func-returns-value]
    Press(output, tone).make(make_script("جديد", url="https://city.example/new"))
    build_show(output, SHOW, SETTINGS)
    assert written == ["جديد"]
    built = build_show(output, replace(SHOW, base_url="https://other.example/"), SETTINGS)
    assert (len(written), built.written[-1]) == (5, "feed.xml")


def test_an_edition_that_is_dated_ahead_is_not_kept(output: Path, tone: bytes) -> None:
    script = make_script("غد", url="https://city.example/later")
    script = replace(script, sources=(replace(script.sources[0], published="2999-01-01T00:00:00+00:00"),))
    Press(output, tone).make(script, "2999-01-01")
    build_show(output, SHOW, SETTINGS)
    with closing(sqlite3.connect(output / CATALOGUE)) as database:
        assert database.execute("SELECT count(*) FROM pieces").fetchone() == (3,)


def test_processes_at_once_do_not_mix(output: Path) -> None:
    (output / CATALOGUE).unlink()
    context = multiprocessing.get_context("fork")
    children = [context.Process(target=build_show, args=(output, SHOW, SETTINGS)) for _ in range(3)]
    for child in children:
        child.start()
    titles = [look(output) for _ in range(5)]
    for child in children:
        child.join(30)
    assert [child.exitcode for child in children] == [0, 0, 0]
    assert titles == [["خبر 0", "خبر 1", "خبر 2"]] * 5
    assert json.loads((output / "editions.json").read_bytes())[0]["title"] == "خبر 2"
