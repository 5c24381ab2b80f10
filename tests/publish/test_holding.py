"""Which bulletins hold an article: told without opening a manifest that cannot be asked for, and never by guesswork."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from publish.editions import SHOW, Press, make_script

from tts_news.errors import PublishError
from tts_news.publish import bulletins_with, holding, load_episode, withdraw
from tts_news.publish.settings import PublishSettings
from tts_news.records import Identity, Script, Source

RELEASE = Path(__file__).parent / "release-0.1"
PARKS = Identity("feed", "https://city.example/feed", "city-7")
QUAY = Identity("feed", "https://city.example/feed", "city-8")
NOTE = Identity("file", "file:" + "0" * 64, "رصيف الميناء", "2026-11-21")


def article(identity: Identity | None, url: str = "", published: str = "") -> Source:
    return replace(make_script(url=url).sources[0], identity=identity, published=published)


def edition(identity: Identity, *sources: Source) -> Script:
    return replace(make_script(identity.key), identity=identity, sources=sources)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory, tone: bytes) -> Path:
    """A morning's bulletin of two articles, an evening's of one, and an article's own edition."""
    press = Press(tmp_path_factory.mktemp("holding") / "output", tone)
    press.make(edition(Identity("bulletin", "", "morning", "2026-11-22"), article(PARKS), article(NOTE)))
    press.make(edition(Identity("bulletin", "", "evening", "2026-11-22"), article(PARKS)))
    press.make(edition(QUAY, article(QUAY)))
    return press.output


@pytest.fixture
def output(standing: Path, tmp_path: Path) -> Path:
    shutil.copytree(standing, tmp_path / "output")
    return tmp_path / "output"


def held(output: Path, source: Source) -> list[tuple[str, tuple[int, ...]]]:
    return [(bulletin.episode.title, bulletin.numbers) for bulletin in bulletins_with(output, source)]


def place_of(output: Path, title: str) -> Path:
    return next(path for path in output.iterdir() if path.is_dir() and load_episode(path).title == title)


def test_a_bulletin_is_found_by_what_it_holds(output: Path) -> None:
    assert sorted(held(output, article(PARKS))) == [("evening", (0,)), ("morning", (0,))]
    assert held(output, article(QUAY)) == []  # an edition of its own is no bulletin
    assert held(output / "none", article(PARKS)) == []


@pytest.mark.parametrize(("published", "found"), [("", [("morning", (1,))]), ("2026-11-23", [("morning", (1,))])])
def test_a_file_without_a_date_is_the_same_file_tomorrow(
    output: Path, published: str, found: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert held(output, article(replace(NOTE, date="2026-11-23"), published=published)) == found


def test_only_the_manifests_of_bulletins_that_hold_it_are_opened(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(holding, "load_episode", lambda path: opened.append(path) or load_episode(path))  # type: ignore[func-returns-value]
    held(output, article(NOTE))
    held(output, article(QUAY))
    assert opened == [place_of(output, "morning")]


def harm(manifest: Path) -> None:
    """Change a letter where the identity is whole."""
    whole = manifest.read_bytes()
    manifest.write_bytes(whole.replace(b'"summary": "', b'"summary": "x', 1))


def test_a_damaged_bulletin_may_hold_it_and_is_named(output: Path) -> None:
    harm((place := place_of(output, "evening")) / "episode.json")
    for source in (article(PARKS), article(QUAY)):
        with pytest.raises(PublishError, match=place.name):
            held(output, source)


def test_a_damaged_edition_of_one_article_is_no_bulletin(output: Path) -> None:
    harm(place_of(output, QUAY.key) / "episode.json")
    assert len(held(output, article(PARKS))) == 2


def test_what_was_withdrawn_holds_nothing(output: Path) -> None:
    withdraw(output, place_of(output, "evening").name, SHOW, PublishSettings())
    assert held(output, article(PARKS)) == [("morning", (0,))]


def test_a_bulletin_of_the_last_release_knows_its_articles_by_their_addresses(output: Path) -> None:
    place = output / "2026-11-22-nshra-almsa-b21627bf"
    shutil.copytree(RELEASE / place.name, place)
    old = load_episode(place)
    assert old.identity is None
    (parks, by_hand) = old.sources
    assert (old.title, (0,)) in held(output, article(PARKS, url=parks.url))
    assert not by_hand.url
    assert old.title not in dict(held(output, article(NOTE)))  # two without an address have none in common
