"""What one more edition costs does not grow with the archive, and what is built in front is what all of it would be."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import shutil
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from publish.editions import DATE, SHOW, Press, make_script

from tts_news.files import lock_folder
from tts_news.publish import build, bulletins_with, catalogue, find_edition, find_folder_of, load_episode
from tts_news.publish.build import build_show
from tts_news.publish.catalogue import CATALOGUE, open_catalogue
from tts_news.publish.manifest import dump_episode, make_guid
from tts_news.publish.settings import PublishSettings
from tts_news.publish.slug import key_hash
from tts_news.publish.standing import Sought, find_standing
from tts_news.records import Episode, EpisodeFile, Identity, Loudness, Script, Source

FIRST = datetime(2024, 1, 1, 5, tzinfo=UTC)
OPENED: Counter[str] = Counter()
_WATCHED: list[str] = []


def _hook(event: str, values: tuple[Any, ...]) -> None:
    if _WATCHED and event in ("open", "os.listdir", "os.scandir") and isinstance(values[0], (str, bytes)):
        path = os.fsdecode(values[0])
        if path.startswith(_WATCHED[0]):
            kind = "manifest" if path.endswith("episode.json") else "else"
            OPENED[f"open {kind}" if event == "open" else f"list {Path(path) == Path(_WATCHED[0])}"] += 1


sys.addaudithook(_hook)


@contextmanager
def counting(folder: Path) -> Iterator[Counter[str]]:
    """Count what is opened and listed in a folder."""
    OPENED.clear()
    _WATCHED[:] = [str(folder)]
    try:
        yield OPENED
    finally:
        _WATCHED.clear()


def of(number: int) -> Identity:
    return Identity("feed", "https://city.example/feed", str(number))


NEW = of(1_000_000)


def episode(number: int, moment: datetime, title: str = "") -> Episode:
    identity = of(number)
    digest = hashlib.sha256(f"{number} {title}".encode()).hexdigest()
    slug = f"khbr-{key_hash(identity.text)}"
    source = Source(title or f"خبر {number}", digest, "c0001", identity=identity)
    return Episode(
        guid=make_guid(identity.text),
        slug=slug,
        title=source.title,
        date=moment.date().isoformat(),
        published=moment.isoformat(),
        modified=moment.isoformat(),
        language="ar",
        duration_s=60.0,
        files=(EpisodeFile(f"{slug}.{digest[:8]}.mp3", 1000, digest, "audio"),),
        voices=(),
        loudness=Loudness(-16.0, -2.0),
        chapters=(),
        ledger=(),
        sources=(source,),
        identity=identity,
    )


def place(output: Path, one: Episode) -> Path:
    return output / f"{one.date}-{one.slug}"


def put(output: Path, one: Episode) -> None:
    """Put an edition into a show as this program does."""
    folder = place(output, one)
    with lock_folder(output), open_catalogue(output) as catalogue, catalogue.changing(folder.name):
        folder.mkdir(exist_ok=True)
        (folder / "episode.json").write_text(dump_episode(one), encoding="utf-8")
        age(folder / "episode.json")


def age(manifest: Path, seconds: float = 60) -> None:
    moment = time.time_ns() - int(seconds * 1e9) - random.randrange(10**9)
    os.utime(manifest, ns=(moment, moment))


def fill(output: Path, count: int) -> Path:
    output.mkdir()
    for number in range(count):
        one = episode(number, FIRST + timedelta(hours=number))
        place(output, one).mkdir()
        (place(output, one) / "episode.json").write_text(dump_episode(one), encoding="utf-8")
        age(place(output, one) / "episode.json")
    build_show(output, SHOW, PublishSettings())
    return output


def own(script: Script, identity: Identity) -> Script:
    return replace(script, identity=identity, sources=(replace(script.sources[0], identity=identity),))


def test_one_more_edition_opens_as_many_files_whatever_stands(tmp_path: Path, tone: bytes) -> None:
    def opened(count: int) -> Counter[str]:
        output = fill(tmp_path / str(count), count)
        press = Press(output, tone)
        script = own(make_script(), NEW)
        with counting(output) as files:
            assert find_edition(output, script, DATE) is None
            press.make(script)
            assert not list(bulletins_with(output, script.sources[0]))
            build_show(output, SHOW, PublishSettings(), sweeping=False)
            assert find_folder_of(output, make_guid(NEW.text)).name.endswith(key_hash(NEW.text))
        return Counter(files)

    few, many = opened(10), opened(60)
    assert few == many
    assert few["open manifest"] < 12
    assert few["list True"] == 0


def test_what_stands_and_is_the_same_reads_its_own_manifest_and_no_folder(tmp_path: Path, tone: bytes) -> None:
    output = fill(tmp_path / "output", 20)
    place_, _ = Press(output, tone).make(own(make_script(), NEW))
    age(place_ / "episode.json")
    build_show(output, SHOW, PublishSettings(), sweeping=False)
    with counting(output) as files:
        assert find_edition(output, own(make_script(), NEW), DATE)
        assert build_show(output, SHOW, PublishSettings(), sweeping=False).written == ()
    assert files["open manifest"] <= 3
    assert files["list True"] == 0


@pytest.mark.parametrize("keep", [PublishSettings(page_size=3), PublishSettings(page_size=3, keep=4)])
def test_what_is_built_in_front_is_what_all_of_it_would_be(
    tmp_path: Path, keep: PublishSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "PER_PAGE", 4)
    monkeypatch.setattr(build, "LISTED", 5)
    fronts: list[build.Built | None] = []
    plain = build._build_front
    monkeypatch.setattr(build, "_build_front", lambda builder: fronts.append(built := plain(builder)) or built)  # type: ignore[func-returns-value]
    chance, output = random.Random(7), tmp_path / "output"
    output.mkdir()
    shown: dict[int, Episode] = {}
    for step in range(24):
        for _ in range(chance.choice((1, 1, 1, 2, 7))):
            change(chance, output, shown, step)
        built = build_show(output, SHOW, keep, sweeping=False)
        with open_catalogue(output) as opened:
            rows = build._standing(opened, "")
            files, pages, _ = build._plan(build._Builder(output, SHOW, keep, opened), rows, None)
            known = {name: mark for name, (mark, _) in opened.pages().items() if (output / name).exists()}
        assert known == {file.name: file.mark for file in files}
        assert {path.name for path in output.glob("[!.]*.*")} == known.keys()
        assert (built.episodes, built.pages) == (min(len(rows), keep.keep or len(rows)), pages)
    assert sum(front is not None for front in fronts) > 10


def change(chance: random.Random, output: Path, shown: dict[int, Episode], step: int) -> None:
    """Make, correct, withdraw or date back an edition, as this program does."""
    kind = chance.choice(("new", "new", "new", "new", "corrected", "withdrawn", "old"))
    recent = sorted(shown, key=lambda number: shown[number].published)[-4:]
    if kind in ("corrected", "withdrawn") and recent:
        number = chance.choice(recent if chance.random() < 0.8 else list(shown))
        one = shown[number]
        one = replace(one, title=f"صُحح {step}") if kind == "corrected" else replace(one, withdrawn=one.published)
    else:
        number = len(shown)
        hours = chance.randrange(1000) if kind == "old" else 1000 + number
        one = episode(number, FIRST + timedelta(hours=hours))
    shown[number] = one
    put(output, one)


# ── what others do to the folder ─────────────────────────────────────────────────────────────────────────────────


def found(output: Path, number: int) -> str:
    """Return which edition an article has, by its title."""
    edition = find_standing(output, Sought(of(number)))
    return load_episode(edition).title if edition else ""


def by_hand(output: Path, one: Episode) -> None:
    """Put an edition into a show as no program of ours does."""
    place(output, one).mkdir(exist_ok=True)
    (place(output, one) / "episode.json").write_text(dump_episode(one), encoding="utf-8")
    age(place(output, one) / "episode.json", 30)


MOMENT = FIRST + timedelta(hours=99)


def older(output: Path) -> None:
    """Bring back the catalogue of a time before an edition was made."""
    before = (output / CATALOGUE).read_bytes()
    put(output, episode(99, MOMENT))
    assert found(output, 99) == "خبر 99"
    (output / CATALOGUE).write_bytes(before)


@pytest.mark.parametrize(
    ("harm", "title"),
    [
        (lambda output: by_hand(output, episode(99, MOMENT)), "خبر 99"),
        (lambda output: shutil.rmtree(place(output, episode(3, FIRST + timedelta(hours=3)))), ""),
        (lambda output: by_hand(output, episode(3, FIRST + timedelta(hours=3), "بيد")), "بيد"),
        (lambda output: next(output.glob(f"*{key_hash(of(3).text)}")).rename(output / "2024-01-01-other"), "خبر 3"),
        (lambda output: (output / CATALOGUE).unlink(), "خبر 3"),
        (older, "خبر 99"),
    ],
)
def test_what_a_hand_does_to_an_edition_is_noticed_when_it_is_looked_up(
    tmp_path: Path, harm: Callable[[Path], object], title: str
) -> None:
    output = fill(tmp_path / "output", 6)
    assert found(output, 3) == "خبر 3"
    harm(output)
    assert found(output, 99 if "99" in title else 3) == title
    assert [found(output, number) for number in (0, 5)] == ["خبر 0", "خبر 5"]


def test_an_edition_put_there_within_the_tick_of_ours_is_noticed(tmp_path: Path) -> None:
    output = fill(tmp_path / "output", 3)
    for number in range(10, 20):
        put(output, episode(number, FIRST + timedelta(hours=number)))
        assert found(output, number)
        by_hand(output, episode(number + 100, FIRST + timedelta(hours=number + 100)))
        assert found(output, number + 100)


def test_a_day_later_every_manifest_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = fill(tmp_path / "output", 3)
    monkeypatch.setattr(catalogue, "_LONGEST_TRUST_S", 0.0)
    by_hand(output, episode(1, FIRST + timedelta(hours=1), "بيد"))
    assert found(output, 0) == "خبر 0"
    with open_catalogue(output) as opened:
        assert {entry.title for entry in opened.entries(opened.newest(9))} == {"خبر 0", "بيد", "خبر 2"}


def test_what_a_hand_changes_on_the_first_page_is_shown_by_the_next_build(tmp_path: Path) -> None:
    output = fill(tmp_path / "output", 6)
    by_hand(output, episode(5, FIRST + timedelta(hours=5), "بيد"))
    assert "feed.xml" in build_show(output, SHOW, PublishSettings(), sweeping=False).written
    assert "بيد" in (output / "feed.xml").read_text(encoding="utf-8")


def test_a_maker_that_dies_at_the_exchange_leaves_a_doubt(tmp_path: Path) -> None:
    """Also where the folder's time does not tell of it, as on a file system that keeps none."""
    output = fill(tmp_path / "output", 3)
    one = episode(1, FIRST + timedelta(hours=1), "صُحح")

    def die() -> None:
        with open_catalogue(output) as opened, opened.changing(place(output, one).name):
            (place(output, one) / "episode.json").write_text(dump_episode(one), encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        die()
    with open_catalogue(output) as opened:
        assert opened.is_current()
        assert "صُحح" in {entry.title for entry in opened.entries(opened.newest(9))}


def test_an_edition_that_was_looked_up_while_it_was_put_in_is_found(tmp_path: Path) -> None:
    output = fill(tmp_path / "output", 3)
    one = episode(7, FIRST + timedelta(hours=7))
    folder = place(output, one)
    with lock_folder(output), open_catalogue(output) as opened, opened.changing(folder.name):
        assert found(output, 7) == ""
        folder.mkdir()
        (folder / "episode.json").write_text(dump_episode(one), encoding="utf-8")
        age(folder / "episode.json")
    assert found(output, 7) == "خبر 7"


def test_makers_at_once_find_each_others_editions(tmp_path: Path) -> None:
    output = fill(tmp_path / "output", 3)
    context = multiprocessing.get_context("fork")
    children = [context.Process(target=make_some, args=(output, 10 * number)) for number in (1, 2, 3)]
    for child in children:
        child.start()
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0, 0, 0]
    assert [found(output, 10 * one + number) for one in (1, 2, 3) for number in range(5)] == [
        f"خبر {10 * one + number}" for one in (1, 2, 3) for number in range(5)
    ]
    assert build_show(output, SHOW, PublishSettings(), sweeping=False).episodes == 18


def make_some(output: Path, start: int) -> None:
    for number in range(start, start + 5):
        put(output, episode(number, FIRST + timedelta(hours=number)))
        assert found(output, number) == f"خبر {number}"
        build_show(output, SHOW, PublishSettings(), sweeping=False)
