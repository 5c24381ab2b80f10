from __future__ import annotations

import datetime as dt
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import replace
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.read.server import Request, serve
from tts_news import pipeline
from tts_news.config import Config
from tts_news.errors import ConfigError, PublishError, TtsNewsError, UsageError
from tts_news.orders import Edition
from tts_news.publish.manifest import dump_episode, load_episode, make_guid
from tts_news.publish.settings import PublishSettings, ShowSettings
from tts_news.publish.slug import key_hash
from tts_news.publish.withdrawal import withdraw
from tts_news.read import LimitedReader
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Script
from tts_news.speak.settings import SpeakSettings
from tts_news.together import Together
from tts_news.watch import Watch, Watcher, hold_watch, make_watch
from tts_news.watch_state import STATE, Seen, open_state

BODY = "افتتحت البلدية حديقة جديدة في وسط المدينة بعد عامين من العمل المتواصل، وحضر الحفل عدد كبير من الأهالي. {}"
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC).timestamp()


class Report:
    """Keeps what failed."""

    def __init__(self) -> None:
        self.failures: list[str] = []

    def source(self, number: int, total: int) -> None:
        pass

    def stage(self, name: str, subject: str) -> None:
        pass

    def progress(self, done: int, total: int) -> None:
        pass

    def failed(self, subject: str, err: TtsNewsError) -> None:
        self.failures.append(f"{subject}: {err}")


def write_feed(path: Path, articles: dict[str, str], hour: int = 9) -> None:
    items = "".join(
        f"<item><title>{escape(title)}</title><link>https://city.example/{number}</link>"
        f"<guid>https://city.example/{number}</guid><pubDate>Sun, 22 Nov 2026 {hour:02}:00:00 +0000</pubDate>"
        "<description>خبر</description>"
        f"<content:encoded>{escape(f'<p>{text}</p><p>{BODY.format(number)}</p>')}</content:encoded></item>"
        for number, (title, text) in enumerate(articles.items())
    )
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>المدينة</title>'
        f"<link>https://city.example/</link><description>x</description>{items}</channel></rss>",
        encoding="utf-8",
    )


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "feed.xml"
    write_feed(path, {"الخبر الأول": "نص الخبر الأول.", "الخبر الثاني": "نص الخبر الثاني."})
    return path


@pytest.fixture
def config(tmp_path: Path, tone: SpeakSettings) -> Config:
    return Config(
        show=ShowSettings(base_url="https://press.example/", timezone="Asia/Riyadh"),
        read=ReadSettings(cache_dir="off"),
        speak=tone,
        publish=PublishSettings(output=str(tmp_path / "output")),
        folder=tmp_path,
    )


@pytest.fixture(scope="module")
def reader() -> Iterator[LimitedReader]:
    """Reads for all tests: what its process costs to start is not the point here."""
    with LimitedReader(ReadSettings(cache_dir="off")) as warm:
        yield warm


@pytest.fixture
def watcher(feed: Path, config: Config, reader: LimitedReader) -> Callable[..., tuple[Watcher, Report, list[Edition]]]:
    def make(*feeds: Path, bulletin: str = "", at: str = "") -> tuple[Watcher, Report, list[Edition]]:
        report, told = Report(), []
        plan = make_watch([str(one) for one in feeds or (feed,)], 15, bulletin, at)
        return Watcher(plan, config, report, told.append, reader), report, told

    return make


Make = Callable[..., tuple[Watcher, Report, list[Edition]]]


def titles(editions: list[Edition]) -> list[str]:
    return sorted(edition.script.title for edition in editions)


def test_a_watch_makes_every_new_article_once(watcher: Make, feed: Path) -> None:
    watch, report, told = watcher()
    assert titles(watch.round(NOON)) == ["الخبر الأول", "الخبر الثاني"]
    assert titles(told) == ["الخبر الأول", "الخبر الثاني"]
    assert watch.round(NOON + 3600) == []
    write_feed(feed, {"الخبر الأول": "نص الخبر الأول.", "الخبر الثاني": "نص الخبر الثاني.", "ثالث": "نص."})
    assert titles(watch.round(NOON + 7200)) == ["ثالث"]
    assert not report.failures
    assert (watch.output / "feed.xml").read_text(encoding="utf-8").count("<item>") == 3


class _Counting(ThreadPoolExecutor):
    """Does what processes would do, one thing at a time; counts what it was given."""

    def __init__(self) -> None:
        super().__init__(1)
        self.given: list[str] = []

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:  # type: ignore[override]
        self.given.append(args[0].__name__)
        return super().submit(function, *args)


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> _Counting:
    """Two processes' worth of work is shared out, and done by a thread of this one."""
    pool = _Counting()
    monkeypatch.setattr(pipeline, "is_shared", lambda _: True)
    monkeypatch.setattr(pipeline, "open_pool", lambda _: (pool, 2))
    return pool


def test_several_new_articles_are_made_at_once_each_once_and_a_restart_makes_none(
    watcher: Make, feed: Path, pool: _Counting, tmp_path: Path
) -> None:
    write_feed(feed, {name: f"نص الخبر {name}." for name in "أبتثجح"})
    (tmp_path / "same.xml").symlink_to(feed)
    watch, report, told = watcher(feed, feed.with_name("same.xml"))
    assert [edition.script.title for edition in watch.round(NOON)] == list("أبتثجح")
    assert [edition.script.title for edition in told] == list("أبتثجح")
    assert (pool.given.count("_written"), pool.given.count("_finished")) == (6, 6)
    assert not report.failures
    assert (watch.output / "feed.xml").read_text(encoding="utf-8").count("<item>") == 6
    assert watcher()[0].round(NOON + 3600) == []


def test_what_a_watch_made_before_it_died_comes_into_the_feed_with_the_next_start(
    watcher: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    watch, _, told = watcher()
    with monkeypatch.context() as patch:
        patch.setattr("tts_news.airing.build_show", die)
        with pytest.raises(KeyboardInterrupt):
            watch.round(NOON)
    assert len(told) == 2
    assert watcher()[0].round(NOON + 60) == []
    assert (watch.output / "feed.xml").read_text(encoding="utf-8").count("<item>") == 2


def test_of_several_articles_the_one_that_fails_is_named_and_tried_again_later(
    watcher: Make, feed: Path, pool: _Counting
) -> None:
    titles_of_all = ["أ", "ب", "ت", "ث"]
    write_feed(feed, {name: f"نص الخبر {name}." for name in titles_of_all})
    watch, report, _ = watcher()
    deadly = {"ب"}
    work = pool.submit

    def submit(function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        if args[0].__name__ == "_written" and args[1][0].title in deadly:
            died = Future[Any]()
            died.set_exception(BrokenProcessPool())
            return died
        return work(function, *args)

    pool.submit = submit  # type: ignore[method-assign,assignment]
    assert titles(watch.round(NOON)) == ["أ", "ت", "ث"]
    assert report.failures == ["ب: the process that made it died"]
    pool.__init__()  # type: ignore[misc]
    deadly.clear()
    assert titles(watch.round(NOON + 17 * 60)) == ["ب"]
    assert watch.failures == 1


def test_processes_wait_for_the_next_articles_and_not_for_ever(
    watcher: Make, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pools: list[_Counting] = []

    def open_pool(_: object) -> tuple[_Counting, int]:
        pools.append(_Counting())
        return pools[-1], 2

    monkeypatch.setattr(pipeline, "is_shared", lambda _: True)
    monkeypatch.setattr(pipeline, "open_pool", open_pool)
    watch, report, _ = watcher()
    for now, count in ((NOON, 4), (NOON + 1000, 5), (NOON + 5000, 5), (NOON + 6000, 6), (NOON + 7000, 9)):
        write_feed(feed, {name: f"نص الخبر {name}." for name in "أبتثجحخدذ"[:count]})
        watch.round(now)
        assert [pool._shutdown for pool in pools] == [now >= NOON + 5000, False][: len(pools)]
    assert [pool.given.count("_written") for pool in pools] == [5, 3]  # one alone was made without them
    watch.close()
    assert [pool._shutdown for pool in pools] == [True, True]
    assert not report.failures


@pytest.mark.usefixtures("pool")
def test_no_more_articles_are_taken_up_than_there_is_room_for(
    watcher: Make, feed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_feed(feed, {str(number): f"نص الخبر رقم {number}." for number in range(30)})
    watch, _, told = watcher()
    begun, ahead = watch._begin, []

    def begin(article: Article, *args: Any) -> Any:
        ahead.append(int(article.title) - len(told))
        return begun(article, *args)

    monkeypatch.setattr(watch, "_begin", begin)
    monkeypatch.setattr(Together, "_drive", lambda _self, work, _told: Edition(Script(work[0].title, (), ())))
    watch.round(NOON)
    assert len(told) == 30
    assert max(ahead) <= 6  # two processes: five under way, and the one that is asked for


def test_settings_that_do_not_hold_fail_each_article_and_not_the_watch(
    watcher: Make, config: Config, tmp_path: Path
) -> None:
    watch, report, _ = watcher()
    watch.config = replace(config, master=replace(config.master, intro=str(tmp_path / "intro.wav")))
    assert watch.round(NOON) == []
    assert [failure.partition(":")[0] for failure in report.failures] == ["الخبر الأول", "الخبر الثاني"]
    watch.config = config
    assert len(watch.round(NOON + 17 * 60)) == 2


def test_a_changed_text_makes_a_correction_and_a_changed_date_does_not(watcher: Make, feed: Path) -> None:
    watch, _, _ = watcher()
    watch.round(NOON)
    write_feed(feed, {"الخبر الأول": "نص الخبر الأول.", "الخبر الثاني": "نص الخبر الثاني."}, hour=10)
    assert watch.round(NOON + 3600) == []
    write_feed(feed, {"الخبر الأول": "نص آخر للخبر.", "الخبر الثاني": "نص الخبر الثاني."})
    (corrected,) = watch.round(NOON + 7200)
    assert corrected.episode is not None
    assert corrected.episode.revision == 1


def test_a_restart_makes_nothing_twice(watcher: Make) -> None:
    watcher()[0].round(NOON)
    again, _, _ = watcher()
    assert again.round(NOON + 60) == []


def test_a_feed_is_not_polled_before_its_time(watcher: Make, feed: Path) -> None:
    watch, _, _ = watcher()
    watch.round(NOON)
    write_feed(feed, {"جديد": "نص."})
    assert watch.round(NOON + 60) == []
    assert titles(watch.round(NOON + 17 * 60)) == ["جديد"]


def test_a_feed_that_fails_does_not_stop_the_others_and_is_asked_less_often(
    watcher: Make, feed: Path, tmp_path: Path
) -> None:
    watch, report, _ = watcher(tmp_path / "nothing.xml", feed)
    assert len(watch.round(NOON)) == 2
    assert "nothing.xml" in report.failures[0]
    watch, report, _ = watcher(tmp_path / "nothing.xml")
    for minute in range(0, 24 * 60, 15):
        watch.round(NOON + minute * 60)
    assert 3 <= len(report.failures) <= 10
    assert watch._due[str(tmp_path / "nothing.xml")] <= NOON + 24 * 3600 + 7 * 3600


def test_an_article_that_fails_does_not_stop_the_others_and_is_tried_again(
    watcher: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch, report, _ = watcher()
    write = pipeline.write

    def refuse(articles: tuple[Article, ...], *rest: Any) -> Any:
        if articles[0].title == "الخبر الأول":
            raise PublishError("no space")
        return write(articles, *rest)

    monkeypatch.setattr(pipeline, "write", refuse)
    assert titles(watch.round(NOON)) == ["الخبر الثاني"]
    assert report.failures == ["الخبر الأول: no space"]
    monkeypatch.undo()
    assert titles(watch.round(NOON + 3600)) == ["الخبر الأول"]


def test_an_article_that_never_ends_or_cannot_be_read_does_not_stop_the_others(config: Config, feed: Path) -> None:
    def never(_request: Request, send: Callable[[bytes], None]) -> None:
        send(b"HTTP/1.1 200 OK\r\n\r\n")
        pause = threading.Event()
        while not pause.wait(0.05):
            send(b"<p>")

    hasty = replace(config.read, allow_private=True, timeout_s=1000.0, article_s=3.0)
    with serve(never) as server:
        text = feed.read_text(encoding="utf-8")
        for link in (f"{server.url}/never", "http://["):
            item = f"<item><title>&#xD83D; &#6; رابط</title><link>{link}</link></item>"
            text = text.replace("<item>", f"{item}<item>", 1)
        feed.write_text(text, encoding="utf-8")
        report = Report()
        watch = Watcher(make_watch([str(feed)], 15, "", ""), replace(config, read=hasty), report, lambda _: None)
        assert titles(watch.round(NOON)) == ["الخبر الأول", "الخبر الثاني"]
    assert len(report.failures) == 2
    assert any("takes longer" in failure for failure in report.failures)


def test_a_withdrawn_edition_does_not_come_back(watcher: Make, config: Config) -> None:
    watch, report, _ = watcher()
    first = watch.round(NOON)[0]
    assert first.folder is not None
    withdraw(watch.output, first.folder.name, config.show, config.publish)
    (watch.output / STATE).unlink()
    again, report, _ = watcher()
    again.round(NOON + 3600)
    assert load_episode(first.folder).withdrawn
    assert len(report.failures) == 1
    assert "withdrawn" in report.failures[0]
    assert again.failures == 0  # somebody wanted it so
    again.round(NOON + 90_000)
    assert len(report.failures) == 1  # and it is not said again until the text changes


def test_the_bulletin_comes_once_a_day_at_its_hour(watcher: Make, feed: Path) -> None:
    watch, report, _ = watcher(bulletin="نشرة المساء", at="18:00")  # 15:00 UTC
    assert "نشرة المساء" not in titles(watch.round(NOON))
    made = watch.round(NOON + 3 * 3600 + 60)
    assert titles(made) == ["نشرة المساء"]
    assert len(made[0].script.sources) == 2
    assert watch.round(NOON + 4 * 3600) == []
    again, _, _ = watcher(bulletin="نشرة المساء", at="18:00")
    assert again.round(NOON + 4 * 3600) == []
    write_feed(feed, {"غد": "نص الغد."}, hour=16)
    assert titles(again.round(NOON + 27 * 3600 + 60)) == ["غد", "نشرة المساء"]
    assert not report.failures


def test_two_watches_of_one_show_are_refused(tmp_path: Path) -> None:
    def twice() -> None:
        with hold_watch(tmp_path), hold_watch(tmp_path):
            pass

    with pytest.raises(UsageError, match=f"process {os.getpid()} watches"):
        twice()
    with hold_watch(tmp_path):
        pass


def test_options_that_do_not_go_together_are_refused(config: Config) -> None:
    with pytest.raises(UsageError, match="bulletin"):
        make_watch(["x"], 15, "نشرة", "")
    with pytest.raises(ConfigError, match="time of day"):
        Watcher(Watch(("x",), bulletin="نشرة", at="25:00"), config, Report(), lambda _: None)
    with pytest.raises(ConfigError, match="no zone"):
        replace(config.show, timezone="Nowhere/City")


def test_a_damaged_state_is_named(watcher: Make, tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    for name in (STATE, ".watch.json"):
        (tmp_path / "output" / name).write_text("[" * 1000)
        with pytest.raises(PublishError, match=f"{name} cannot be read"):
            watcher()
        (tmp_path / "output" / name).unlink()


def test_the_command_polls_once_and_prints_what_it_made(
    tts_news: Callable[..., tuple[int, str, str]], feed: Path
) -> None:
    code, out, err = tts_news("watch", feed, "--once", "--quiet", "--json")
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == 2
    assert '"revision": 0' in out
    assert tts_news("watch", feed, "--once", "--quiet") == (0, "", "")


def test_a_single_poll_tells_cron_that_something_failed(
    tts_news: Callable[..., tuple[int, str, str]], feed: Path, tmp_path: Path
) -> None:
    code, out, err = tts_news("watch", feed, tmp_path / "nothing.xml", "--once", "--quiet")
    assert code == 9
    assert len(out.splitlines()) == 2
    assert "nothing.xml" in err


def test_a_service_manager_can_stop_it(feed: Path, tmp_path: Path) -> None:
    environment = os.environ | {
        "TTS_NEWS_SPEAK_VOICE": "tone",
        "TTS_NEWS_SPEAK_VOICES_DIR": str(Path(__file__).parent / "voices"),
        "TTS_NEWS_SPEAK_CACHE_DIR": str(tmp_path / "takes"),
    }
    command = [sys.executable, "-m", "tts_news", "watch", str(feed), "--output", str(tmp_path / "output")]
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    until = time.monotonic() + 60
    while time.monotonic() < until and len(list((tmp_path / "output").glob("2026-*"))) < 1:
        time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130, err.decode()
    assert not list((tmp_path / "output").glob(".drafts/*"))


def write_entry(
    path: Path, link: str, guid: str = "", text: str = "نص الخبر.", title: str = "خبر", day: int = 22
) -> None:
    """Write a feed of one entry."""
    write_feed(path, {title: text})
    stated = f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
    feed = path.read_text(encoding="utf-8").replace("<guid>https://city.example/0</guid>", stated)
    feed = feed.replace("<link>https://city.example/0</link>", f"<link>{escape(link)}</link>")
    path.write_text(feed.replace("Sun, 22 Nov", f"{day} Nov"), encoding="utf-8")


def guids(output: Path) -> set[str]:
    return {load_episode(path.parent).guid for path in output.glob("*/episode.json")}


HARBOUR = "https://city.example/news/harbour"
MOVED = (
    "http://city.example/news/harbour",
    "https://CITY.example:443/news/harbour/",
    "https://www.city.example/news/harbour?utm_source=rss",
    "https://city.example/news/harbour#top",
    "https://city.example/news/harbour/amp/",
    "https://city.example/2026/11/22/new-harbour",
    "https://city.example/?p=77",
    "https://other.example/story/77",
)


def test_an_entry_whose_link_changes_while_its_guid_stays_is_the_same_episode(watcher: Make, feed: Path) -> None:
    watch, report, _ = watcher()
    write_entry(feed, HARBOUR, "city-77")
    (first,) = watch.round(NOON)
    assert first.episode is not None
    for number, link in enumerate(MOVED, 1):
        write_entry(feed, link, "city-77", f"نص مصحح {number}.", day=22 + number % 2)
        (again,) = watch.round(NOON + number * 3600)
        assert again.episode is not None
        assert (again.folder, again.episode.guid) == (first.folder, first.episode.guid)
        assert again.episode.revision == number
    write_entry(feed, HARBOUR, "city-77", f"نص مصحح {len(MOVED)}.")
    assert watch.round(NOON + 86_400) == []
    assert not report.failures


ANOTHER = "هطلت أمطار غزيرة على الساحل ليلا وأغلقت مدارس كثيرة أبوابها، وحذرت الأرصاد من سيول تنحدر من الجبال المجاورة."


def write_other(path: Path, link: str, guid: str) -> None:
    """Write a feed of one entry that has nothing in common with those of `write_entry` but its guid."""
    write_entry(path, link, guid, ANOTHER, title="أمطار على الساحل", day=23)
    path.write_text(path.read_text(encoding="utf-8").replace(BODY.format(0), ANOTHER), encoding="utf-8")


def test_a_guid_that_is_given_again_to_another_article_makes_no_correction(watcher: Make, feed: Path) -> None:
    watch, report, _ = watcher()
    write_entry(feed, HARBOUR, "7")
    watch.round(NOON)
    rain = "https://city.example/news/rain"
    write_other(feed, rain, "7")
    (second,) = watch.round(NOON + 3600)
    assert second.episode is not None
    assert (second.episode.revision, second.episode.notes) == (0, ())
    assert len(guids(watch.output)) == 2
    write_entry(feed, HARBOUR, "7", "نص مصحح.")
    (first,) = watch.round(NOON + 7200)
    assert first.episode is not None
    assert (first.episode.title, first.episode.revision) == ("خبر", 1)
    write_other(feed, f"{rain}?utm_source=x", "7")
    watch.round(NOON + 3 * 3600)
    assert len(guids(watch.output)) == 2
    assert not report.failures


def test_an_article_that_is_retitled_and_moved_keeps_its_guid_and_its_episode(watcher: Make, feed: Path) -> None:
    watch, _, _ = watcher()
    write_entry(feed, HARBOUR, "7", ANOTHER)
    watch.round(NOON)
    write_entry(feed, MOVED[5], "7", f"{ANOTHER} وأضافت.", title="حديقة وأمطار", day=23)
    (again,) = watch.round(NOON + 3600)
    assert again.episode is not None
    assert (again.episode.revision, len(guids(watch.output))) == (1, 1)


def test_an_entry_without_guid_is_its_address_however_it_is_written(watcher: Make, feed: Path) -> None:
    watch, _, _ = watcher()
    write_entry(feed, HARBOUR)
    watch.round(NOON)
    for number, link in enumerate(MOVED[:5], 1):
        write_entry(feed, link)
        assert watch.round(NOON + number * 3600) == []
    write_entry(feed, MOVED[4], text="نص مصحح.")
    (second,) = watch.round(NOON + 86_400)
    assert second.episode is not None
    assert second.episode.revision == 1


@pytest.mark.parametrize(("guid", "other"), [("1", "1"), ("", "")])
def test_two_feeds_with_one_link_correct_their_own_articles_alone(
    watcher: Make, feed: Path, tmp_path: Path, guid: str, other: str
) -> None:
    second = tmp_path / "second.xml"
    write_entry(feed, HARBOUR, guid, "نص الأول.")
    write_entry(second, HARBOUR, other, "نص الثاني.")
    watch, report, told = watcher(feed, second)
    for poll in range(2):
        watch.round(NOON + poll * 3600)
    assert len(told) == 2
    write_entry(feed, HARBOUR, guid, "نص الأول مصححا.")
    (corrected,) = watch.round(NOON + 5 * 3600)
    assert corrected.episode is not None
    revisions = [load_episode(path.parent).revision for path in watch.output.glob("*/episode.json")]
    assert sorted(revisions) == [0, 1]
    assert len(guids(watch.output)) == 2
    assert not report.failures


def test_an_article_that_fails_is_tried_less_and_less_often_also_after_a_restart(watcher: Make, feed: Path) -> None:
    write_entry(feed, HARBOUR, "1", "نص.")
    watch, _, _ = watcher()
    watch.config = replace(watch.config, speak=replace(watch.config.speak, voice="no-such-voice"))
    tries = []
    for minute in range(0, 12 * 60, 60):
        report: Report = watch.report  # type: ignore[assignment]
        before = len(report.failures)
        watch.round(NOON + minute * 60)
        if len(report.failures) > before:
            tries.append(minute)
        if minute == 6 * 60:
            broken = watch.config
            watch, _, _ = watcher()
            watch.config = broken
    assert 4 <= len(tries) <= 7  # of 12 polls
    gaps = [later - earlier for earlier, later in pairwise(tries)]
    assert gaps == sorted(gaps)


def names(watch: Watcher) -> list[str]:
    """Return the names of the articles that a watch knows."""
    with closing(sqlite3.connect(watch.output / STATE)) as base:
        return [name for (name,) in base.execute("SELECT name FROM articles")]


def leave_old_state(output: Path, text: str) -> None:
    """Leave what release 0.1 left: articles by their addresses, all in one file."""
    (output / STATE).unlink()
    articles = {HARBOUR: {"text": text, "failures": 0, "not_before": 0.0, "last_seen": NOON}}
    (output / ".watch.json").write_text(json.dumps({"articles": articles, "bulletin": "2026-11-21"}))


def test_a_known_article_costs_one_look_whatever_is_known(watcher: Make) -> None:
    watch, report, _ = watcher()
    watch.round(NOON)
    for number in range(500):
        watch.state.put(f"other {number}", Seen("x", last_seen=NOON))
    asked: list[str] = []
    watch.state._base.set_trace_callback(asked.append)
    assert watch.round(NOON + 3600) == []
    assert len(asked) == 3  # two articles, and what is to be forgotten
    assert not any("INSERT" in order for order in asked)
    watch.round(NOON + 100 * 86_400)
    assert len(watch.state) == 2  # the feed still shows these
    assert not report.failures


def test_a_state_of_the_last_release_is_taken_over(watcher: Make, feed: Path) -> None:
    write_entry(feed, HARBOUR, "city-77")
    watch, _, _ = watcher()
    watch.round(NOON)
    # As 0.1 left it: known by the address, another hash of the text, no identity in the manifest.
    leave_old_state(watch.output, "0" * 64)
    (place,) = watch.output.glob("2026*")
    episode = load_episode(place)
    old = place.with_name(f"2026-11-22-khbr-{key_hash(HARBOUR)}")
    place.rename(old)
    (old / "episode.json").write_text(
        dump_episode(replace(episode, identity=None, guid=make_guid(HARBOUR))), encoding="utf-8"
    )
    again, report, _ = watcher()
    assert again.round(NOON + 3600) == []
    assert load_episode(old).identity is not None
    write_entry(feed, "https://city.example/moved", "city-77", "نص مصحح.")
    (corrected,) = again.round(NOON + 7200)
    assert corrected.folder == old
    assert corrected.episode is not None
    assert (corrected.episode.guid, corrected.episode.revision) == (make_guid(HARBOUR), 1)
    assert not report.failures
    assert not (watch.output / ".watch.json").exists()
    assert open_state(watch.output).bulletin == "2026-11-21"


def test_a_text_that_changed_between_the_releases_is_a_correction(watcher: Make, feed: Path) -> None:
    write_entry(feed, HARBOUR, "city-77")
    watch, _, _ = watcher()
    watch.round(NOON)
    (name,) = names(watch)
    leave_old_state(watch.output, (watch.state.get(name) or Seen()).text)
    write_entry(feed, HARBOUR, "city-77", "نص مصحح.")
    (corrected,) = watcher()[0].round(NOON + 3600)
    assert corrected.episode is not None
    assert corrected.episode.revision == 1


def test_an_undated_text_is_made_once_whatever_the_day(watcher: Make, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("# خبر بلا تاريخ\n\nافتتحت البلدية صباح اليوم رصيفا جديدا في الميناء القديم.\n", encoding="utf-8")
    watch, report, _ = watcher(path)
    assert len(watch.round(NOON)) == 1
    (name,) = names(watch)
    assert '""]' in name  # no day in it
    assert watch.round(NOON + 86_400) == []
    assert not report.failures


def test_a_corrected_headline_is_known_by_its_sentences_where_it_is_all_the_name_there_is(
    watcher: Make, feed: Path, config: Config
) -> None:
    write_entry(feed, "", text="افتتح الوزير الميناء الجديد بعد عامين من العمل.", title="افتتاح الميناء")
    (old,) = watcher()[0].round(NOON)
    assert old.folder is not None
    watch = Watcher(make_watch([str(feed)], 15, "", "", [old.folder.name]), config, Report(), lambda _: None)
    write_entry(feed, "", text="افتتح الوزير الميناء الجديد بعد عامين من العمل.", title="افتتاح ميناء جديد")
    (new,) = watch.round(NOON + 3600)
    assert (new.folder, new.script.title) == (old.folder, "افتتاح ميناء جديد")


def test_a_feeds_article_takes_the_place_of_the_edition_that_is_named(
    watcher: Make, feed: Path, tmp_path: Path, config: Config
) -> None:
    write_entry(feed, HARBOUR, "1")
    (old,) = watcher()[0].round(NOON)
    assert old.folder is not None
    moved = tmp_path / "moved.xml"
    write_entry(moved, f"{HARBOUR}?utm_source=rss", "77", "نص مصحح.")
    report = Report()
    plan = make_watch([str(moved)], 15, "", "", [old.folder.name])
    watch = Watcher(plan, config, report, lambda _: None)
    (new,) = watch.round(NOON)
    assert new.folder == old.folder
    write_entry(moved, "https://city.example/else", "78", "نص خبر آخر.", "عنوان آخر")
    (other,) = watch.round(NOON + 3600)
    assert other.folder != old.folder
    assert not report.failures


def test_a_clock_that_was_set_back_is_noticed_and_puts_nothing_off(
    watcher: Make, feed: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watch, _, _ = watcher()
    watch.round(NOON + 30 * 86_400)
    write_feed(feed, {"جديد": "نص."})
    assert titles(watch.round(NOON)) == ["جديد"]
    assert "set back" in caplog.text
    caplog.clear()
    watch.round(NOON + 1)
    watch.round(NOON)
    assert not caplog.text
    write_feed(feed, {"جديد": "نص.", "أجد": "نص."})
    watch.round(NOON + 40 * 86_400)
    again, _, _ = watcher()
    again.round(NOON)
    assert "set back" in caplog.text


REFUSED = {
    "جشن کتاب در شیراز": "مراسم آغاز هفته کتاب روز یکشنبه با حضور صدها نفر برگزار شد و تا پایان هفته ادامه دارد.",
    "404": "عذرا، الصفحة التي تبحث عنها غير موجودة. العودة إلى الصفحة الرئيسية.",
}


def test_what_is_no_article_is_named_once_and_never_made(watcher: Make, feed: Path) -> None:
    write_feed(feed, {"الخبر الأول": "نص الخبر الأول."})
    items = "".join(
        f"<item><title>{title}</title><description>{text}</description></item>" for title, text in REFUSED.items()
    )
    feed.write_text(feed.read_text(encoding="utf-8").replace("<item>", f"{items}<item>", 1), encoding="utf-8")
    watch, report, told = watcher()
    assert titles(watch.round(NOON)) == ["الخبر الأول"]
    assert [fault for fault in report.failures if "in Persian" in fault]
    assert [fault for fault in report.failures if "an error page" in fault]
    assert len(report.failures) == 2
    assert watch.round(NOON + 3600) == []
    assert len(report.failures) == 2
    assert titles(told) == ["الخبر الأول"]


def test_a_part_of_a_text_is_made_only_when_parts_are_asked_for_and_a_page_alone_is_asked_less_often(
    config: Config, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    wall = "<div class=paywall>اشترك الآن لتكمل القراءة</div>"
    page.write_text(f"<article><h1>الحديقة الجديدة في المدينة</h1><p>{BODY}<p>{BODY}{wall}</article>", encoding="utf-8")
    report = Report()
    plan = make_watch([str(page)], 15, "", "")
    watch = Watcher(plan, config, report, lambda _: None)
    assert watch.round(NOON) == []
    assert watch.round(NOON + 3600) == []
    assert {"paywall" in fault for fault in report.failures} == {True}
    assert watch._due[str(page)] > NOON + 3600 + 40 * 60
    willing = replace(config, read=replace(config.read, parts=True))
    assert titles(Watcher(plan, willing, report, lambda _: None).round(NOON)) == ["الحديقة الجديدة في المدينة"]
