"""Editions in folders of their months: made, found, shown, corrected, withdrawn and copied as those beside them are."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.publish.editions import DATE, SHOW, Press, make_script
from tts_news.errors import PublishError
from tts_news.publish import build_show, check_show, find_folder_of, load_episode, withdraw
from tts_news.publish.catalogue import CATALOGUE, open_catalogue
from tts_news.publish.draft import open_folder
from tts_news.publish.settings import PublishSettings
from tts_news.publish.show import list_folders
from tts_news.publish.standing import Sought, find_standing
from tts_news.publish.sync import sync
from tts_news.records import Identity, Script

Run = Callable[..., tuple[int, str, str]]
BODY = "افتتحت البلدية صباح أمس حديقة جديدة في وسط المدينة، وحضر الافتتاح عدد من سكان الحي وطلاب المدارس."
SHARDED = '[publish]\nshard = "month"\nbooks = []\n'
DATES = ("2026-11-01", "2026-11-02", "2026-10-03")


def script_of(date: str, said: str = "نَعَمْ.") -> Script:
    lines = (("headline", f"خبر {date}", f"خَبَر {said}", 0, "a0b0"),)
    return make_script(f"خبر {date}", lines, f"https://city.example/{date}")


@pytest.fixture
def press(press: Press) -> Press:
    return replace(press, books=(), shard="month")


@pytest.fixture
def show(press: Press) -> Path:
    """A show with an edition that stood before months had folders, and two in folders of theirs."""
    replace(press, shard="").make(script_of(DATES[0]), DATES[0])
    for date in DATES[1:]:
        press.make(script_of(date), date)
    build_show(press.output, SHOW, settings())
    return press.output


def ways(show: Path) -> list[str]:
    return [re.sub(r"-[a-z].*", "", path.relative_to(show).as_posix()) for path in list_folders(show)]


def settings() -> PublishSettings:
    return PublishSettings(shard="month", books=())


def test_new_editions_lie_in_folders_of_their_months_and_those_that_stand_stay(show: Path) -> None:
    assert ways(show) == ["2026-10/2026-10-03", "2026-11-01", "2026-11/2026-11-02"]


def test_feed_index_pages_and_players_lead_there_and_back(show: Path) -> None:
    folder = next((show / "2026-11").iterdir())
    way = f"2026-11/{folder.name}"
    assert f"https://press.example/audio/{way}/" in (show / "feed.xml").read_text(encoding="utf-8")
    assert f'href="{way}/index.html"' in (show / "index.html").read_text(encoding="utf-8")
    assert {each["folder"] for each in json.loads((show / "editions.json").read_bytes())} >= {way}
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert f'data-folder="{way}"' in page
    assert 'href="../../index.html"' in page
    assert f"https://press.example/audio/{way}/embed.html" in (folder / "oembed.json").read_text(encoding="utf-8")
    for file in (folder / "index.html", show / "index.html", show / "embed.html"):
        for link in re.findall(r'(?:href|src)="([^"#?:]+)["#?]', file.read_text(encoding="utf-8")):
            assert (file.parent / link).exists(), f"{file}: {link}"


def test_a_correction_keeps_its_place(press: Press, show: Path) -> None:
    for date, folder in zip(DATES, (show, show / "2026-11", show / "2026-10"), strict=True):
        place, episode = press.make(script_of(date, "لَا."), date)
        assert place.parent == folder
        assert episode.revision == 1
    assert ways(show) == ["2026-10/2026-10-03", "2026-11-01", "2026-11/2026-11-02"]


def test_the_setting_puts_an_edition_into_its_months_folder_and_a_second_run_finds_it(
    tts_news: Run, tmp_path: Path
) -> None:
    (tmp_path / "tts-news.toml").write_text(SHARDED, encoding="utf-8")
    (tmp_path / "a.html").write_text(
        '<html lang="ar"><head><meta property="article:published_time" content="2026-11-02T08:15:00+00:00"></head>'
        f"<body><article><h1>افتتاح الحديقة</h1><p>{BODY}</p><p>{BODY}</p></article></body></html>",
        encoding="utf-8",
    )
    found = []
    for _ in range(2):
        code, out, err = tts_news("make", "a.html", "--output", "show", "--json", "--quiet")
        assert code == 0, err
        found.append(json.loads(out))
    assert [each["unchanged"] for each in found] == [False, True]
    assert {Path(each["edition"]).parent.name for each in found} == {"2026-11"}


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
    press.make()
    with open_catalogue(press.output) as catalogue:
        catalogue.sweep()
    for date in (DATE, "2026-12-01"):
        press.make(make_script(title=f"خبر {date}", url=f"https://city.example/{date}"), date)
        with open_catalogue(press.output) as catalogue:
            assert catalogue.is_current()
    with open_catalogue(press.output) as catalogue:
        assert len(catalogue.newest(9)) == 3
        next((press.output / "2026-12").iterdir()).rename(press.output.with_name("elsewhere"))
        assert not catalogue.is_current()


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


def test_a_sound_that_was_corrected_is_exchanged_in_the_copy_at_once(press: Press, show: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    sync(show, str(copy), 7)
    (old,) = (show / "2026-11").glob("*/*.mp3")
    press.make(script_of(DATES[1], "لَا."), DATES[1])
    sync(show, str(copy), 7)
    (new,) = [path for path in (show / "2026-11").glob("*/*.mp3") if path.name != old.name]
    assert (copy / old.relative_to(show)).read_bytes() == new.read_bytes()


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
    press: Press, show: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for number, date in enumerate(DATES[:2]):
        script = script_of(date)
        other = replace(script.sources[0], url=f"https://city.example/other/{number}")
        press.make(replace(script, sources=(other,)), date)
    assert [record.getMessage().partition(": ")[2][:18] for record in caplog.records if "stands" in record.message] == [
        "2026-11-01-khbr-20",
        "2026-11/2026-11-02",
    ]
    assert len(list_folders(show)) == 5


def test_a_show_that_is_called_like_a_month_has_its_editions_beside_its_feed(show: Path, tmp_path: Path) -> None:
    (alone,) = show.glob("2026-11-01*")
    shutil.copytree(alone, tmp_path / "2026-11" / alone.name)
    build_show(tmp_path / "2026-11", SHOW, settings())
    feed = (tmp_path / "2026-11" / "feed.xml").read_text(encoding="utf-8")
    assert f"{SHOW.base_url}{alone.name}/" in feed
