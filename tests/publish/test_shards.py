"""Editions in folders of their months: made, found, shown, corrected, withdrawn and copied as those beside them are."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.publish.editions import DATE, SHOW, Press, make_script
from tts_news.cli import run
from tts_news.errors import PublishError
from tts_news.publish import build_show, check_show, find_folder_of, load_episode, withdraw
from tts_news.publish.catalogue import CATALOGUE, open_catalogue
from tts_news.publish.draft import open_folder
from tts_news.publish.settings import PublishSettings
from tts_news.publish.show import list_folders
from tts_news.publish.standing import Sought, find_standing
from tts_news.publish.sync import sync
from tts_news.records import Identity

Run = Callable[..., tuple[int, str, str]]
BODY = "افتتحت البلدية صباح أمس حديقة جديدة في وسط المدينة، وحضر الافتتاح عدد من سكان الحي وطلاب المدارس."
SHARDED = (
    '[show]\nbase_url = "https://press.example/"\nemail = "p@press.example"\n[publish]\nshard = "month"\nbooks = []\n'
)
OUT = "show"


def article(folder: Path, number: int, body: str = BODY, month: int = 11) -> Path:
    path = folder / f"{number}.html"
    path.write_text(
        f'<html lang="ar"><head><link rel="canonical" href="https://city.example/{number}">'
        f'<meta property="article:published_time" content="2026-{month:02}-0{number}T08:15:00+00:00"></head><body>'
        f"<article><h1>افتتاح الحديقة رقم {number}</h1><p>{body}</p><p>{BODY}</p></article></body></html>",
        encoding="utf-8",
    )
    return path


def made(tts_news: Run, path: Path, *options: str) -> dict[str, object]:
    code, out, err = tts_news("make", path, "--output", OUT, "--json", "--quiet", *options)
    assert code == 0, err
    found: dict[str, object] = json.loads(out)
    return found


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show with an edition that stood before months had folders, and two in folders of theirs."""
    folder = tmp_path_factory.mktemp("model")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("TTS_NEWS_SPEAK_VOICE", "tone")
        patch.setenv("TTS_NEWS_SPEAK_VOICES_DIR", str(Path(__file__).parents[1] / "voices"))
        patch.setenv("TTS_NEWS_SPEAK_CACHE_DIR", str(folder / "takes"))
        patch.setenv("TTS_NEWS_SPEAK_JOBS", "1")
        for number, month, shard in ((1, 11, ""), (2, 11, "month"), (3, 10, "month")):
            (folder / "tts-news.toml").write_text(SHARDED.replace("month", shard), encoding="utf-8")
            assert run(["make", str(article(folder, number, month=month)), "--output", OUT, "--quiet"]) == 0
    return folder


@pytest.fixture
def show(model: Path, tmp_path: Path) -> Path:
    """One of its own, with the takes of the model."""
    shutil.copytree(model, tmp_path, dirs_exist_ok=True)
    return tmp_path / OUT


def ways(show: Path) -> list[str]:
    return [re.sub(r"-[a-z].*", "", path.relative_to(show).as_posix()) for path in list_folders(show)]


def settings() -> PublishSettings:
    return PublishSettings(shard="month", books=())


def test_new_editions_lie_in_folders_of_their_months_and_those_that_stand_stay(show: Path) -> None:
    assert ways(show) == ["2026-10/2026-10-03", "2026-11-01", "2026-11/2026-11-02"]


def test_feed_index_pages_and_players_lead_there_and_back(show: Path) -> None:
    folder = next((show / "2026-11").iterdir())
    way = f"2026-11/{folder.name}"
    assert f"https://press.example/{way}/" in (show / "feed.xml").read_text(encoding="utf-8")
    assert f'href="{way}/index.html"' in (show / "index.html").read_text(encoding="utf-8")
    assert {each["folder"] for each in json.loads((show / "editions.json").read_bytes())} >= {way}
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert f'data-folder="{way}"' in page
    assert 'href="../../index.html"' in page
    assert f"https://press.example/{way}/embed.html" in (folder / "oembed.json").read_text(encoding="utf-8")
    for file in (folder / "index.html", show / "index.html", show / "embed.html"):
        for link in re.findall(r'(?:href|src)="([^"#?:]+)["#?]', file.read_text(encoding="utf-8")):
            assert (file.parent / link).exists(), f"{file}: {link}"


def test_a_second_run_makes_nothing_and_a_correction_keeps_its_place(tts_news: Run, show: Path) -> None:
    before = made(tts_news, article(show.parent, 2))
    assert before["unchanged"] is True
    assert "/2026-11/" in str(before["edition"])
    for number in (1, 2):
        after = made(tts_news, article(show.parent, number, f"{BODY} وبقي العمل."))
        assert after["unchanged"] is False
        assert load_episode(Path(str(after["edition"]))).revision == 1
    assert ways(show) == ["2026-10/2026-10-03", "2026-11-01", "2026-11/2026-11-02"]


def test_a_catalogue_that_is_lost_is_made_again_of_all_folders(show: Path) -> None:
    def known() -> list[tuple[str, str]]:
        with open_catalogue(show) as catalogue:
            return sorted((row.folder, row.guid) for row in catalogue.sweep())

    before = known()
    (show / CATALOGUE).unlink()
    assert known() == before
    assert len(before) == 3


def test_what_comes_and_goes_in_a_months_folder_by_another_hand_is_noticed(show: Path) -> None:
    (place,) = (show / "2026-10").iterdir()
    identity = load_episode(place).identity
    assert identity
    with open_catalogue(show) as catalogue:
        catalogue.sweep()
        assert catalogue.is_current()
    aside = place.rename(show.parent / place.name)
    assert find_standing(show, Sought(identity)) is None
    aside.rename(place)
    with open_catalogue(show) as catalogue:
        assert not catalogue.is_current()
    assert find_standing(show, Sought(identity)) == place


def test_what_is_put_into_a_months_folder_here_is_no_other_hands_doing(press: Press) -> None:
    press = replace(press, shard="month")
    press.make()
    with open_catalogue(press.output) as catalogue:
        catalogue.sweep()
    for date in (DATE, "2026-12-01"):
        press.make(make_script(title=f"خبر {date}", url=f"https://city.example/{date}"), date)
        with open_catalogue(press.output) as catalogue:
            assert catalogue.is_current()
    with open_catalogue(press.output) as catalogue:
        assert len(catalogue.newest(9)) == 3


def test_one_more_edition_leaves_what_is_known_of_all_months_current(tts_news: Run, show: Path) -> None:
    with open_catalogue(show) as catalogue:
        catalogue.sweep()
    made(tts_news, article(show.parent, 4))
    made(tts_news, article(show.parent, 5, month=12))
    with open_catalogue(show) as catalogue:
        assert catalogue.is_current()
        assert catalogue.count_standing() == 5


@pytest.mark.parametrize("form", ["{name}", "2026-11/{name}", "{show}/2026-11/{name}", "{show}/2026-11/{name}/x"])
def test_it_is_named_by_folder_and_by_path(show: Path, form: str) -> None:
    (place,) = (show / "2026-11").iterdir()
    assert find_folder_of(show, form.format(name=place.name, show=show)) == place
    episode = load_episode(place)
    assert find_folder_of(show, episode.guid) == find_folder_of(show, episode.slug) == place


def test_the_month_of_another_show_is_none_of_this(show: Path) -> None:
    other = show.parent / "other" / "2026-11"
    shutil.copytree(show / "2026-11", other)
    (place,) = other.iterdir()
    with pytest.raises(PublishError, match="no edition of the show"):
        find_folder_of(show, str(place))


def test_a_withdrawn_one_leaves_a_page_that_leads_back_and_is_gone_from_feed_and_copy(
    show: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    assert any(name.startswith("2026-11/2026-11-02") for name in sync(show, str(copy), 7).copied)
    (place,) = (show / "2026-11").iterdir()
    withdraw(show, place.name, SHOW, settings())
    assert 'href="../../index.html"' in (place / "index.html").read_text(encoding="utf-8")
    assert place.name not in (show / "feed.xml").read_text(encoding="utf-8")
    removed = sync(show, str(copy), 7).removed
    assert [name for name in removed if name.startswith(f"2026-11/{place.name}/") and name.endswith(".mp3")]
    assert not [*copy.glob(f"2026-11/{place.name}/*.mp3")]
    assert [*copy.glob("2026-10/*/*.mp3")]


def test_a_sound_that_was_corrected_is_removed_from_the_copy_at_once(tts_news: Run, show: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    sync(show, str(copy), 7)
    (old,) = (show / "2026-11").glob("*/*.mp3")
    made(tts_news, article(show.parent, 2, f"{BODY} وبقي العمل."))
    sync(show, str(copy), 7)
    there = copy / old.relative_to(show)
    (new,) = [path for path in (show / "2026-11").glob("*/*.mp3") if path.name != old.name]
    assert there.read_bytes() == new.read_bytes()


def test_the_checks_of_a_show_see_into_the_months(show: Path) -> None:
    build_show(show, SHOW, settings())
    (place,) = (show / "2026-11").iterdir()
    assert not [each for each in check_show(show, SHOW, settings(), deep=True) if "cover" not in each.fault]
    (place / "chapters.json").write_text("{}", encoding="utf-8")
    found = check_show(show, SHOW, settings(), deep=True)
    assert f"2026-11/{place.name}/chapters.json" in {each.where for each in found}


def test_what_a_dead_process_left_in_a_months_folder_is_put_back(show: Path) -> None:
    (place,) = (show / "2026-11").iterdir()
    place.rename(place.with_name(f".aside-{place.name}"))
    os.utime(show / "2026-11", (time.time() - 9, time.time() - 9))
    build_show(show, SHOW, settings())
    assert place.is_dir()
    assert place.name in (show / "feed.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["file", "link"])
def test_what_lies_in_the_place_of_a_months_folder_is_named_and_never_followed(
    show: Path, tmp_path: Path, kind: str
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    if kind == "file":
        (show / "2026-12").write_text("", encoding="utf-8")
    else:
        shutil.copytree(show / "2026-10", elsewhere, dirs_exist_ok=True)
        (show / "2026-12").symlink_to(elsewhere)
    before = [*elsewhere.rglob("*")]
    with pytest.raises(PublishError, match="is no folder"):
        open_folder(show, "خبر", "2026-12-05", Sought(Identity("url", "", "https://city.example/9")), shard="month")
    assert [*elsewhere.rglob("*")] == before
    assert len(list_folders(show)) == 3


def test_another_edition_of_a_title_and_day_is_warned_of_in_either_place(
    tts_news: Run, show: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = article(show.parent, 2)
    path.write_text(path.read_text(encoding="utf-8").replace("city.example/2", "city.example/other"), encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        made(tts_news, path)
    assert "another edition of this title and day stands: 2026-11/2026-11-02-" in caplog.text


def test_a_show_that_is_called_like_a_month_has_its_editions_beside_its_feed(show: Path, tmp_path: Path) -> None:
    (alone,) = show.glob("2026-11-01*")
    shutil.copytree(alone, tmp_path / "2026-11" / alone.name)
    build_show(tmp_path / "2026-11", SHOW, settings())
    feed = (tmp_path / "2026-11" / "feed.xml").read_text(encoding="utf-8")
    assert f"{SHOW.base_url}{alone.name}/" in feed
