"""Several editions at once: in order, each by itself, and made again where a process dies."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tts_news.config import Config
from tts_news.errors import ReadError, ScriptError
from tts_news.gathering import Joined
from tts_news.mending import Mended
from tts_news.orders import Edition, Order, Silent
from tts_news.records import Article, Casting, ChapterMark, Cue, Identity, Script
from tts_news.speak.executors import make_pool
from tts_news.speak.settings import SpeakSettings
from tts_news.together import Numbered, Steps, Together, Told, Warm

HARM = "قاتل"  # the article whose writing kills its process
BAD = "معيب"


def script_of(title: str) -> Script:
    cue = Cue("c0000", "paragraph", title, "نَعَمْ.", 0.3, "tone", 0)
    return Script(title, (cue,), (ChapterMark(title, "c0000"),))


def article(title: str, key: str = "") -> Numbered:
    return Numbered((Article(title, (), identity=Identity("feed", "x", key or title)),), (1, 1))


def write(
    work: Script | tuple[Article, ...] | Joined, _config: Config, _order: Order, _casting: Casting
) -> tuple[Mended, Edition | None]:
    assert isinstance(work, tuple)
    title = work[0].title
    if title == HARM:
        raise BrokenProcessPool
    if title == BAD:
        raise ScriptError("it cannot be said")
    return Mended(script_of(title)), None


def finish(mended: Mended, _config: Config, _order: Order, _saved: bool) -> Edition:
    return Edition(mended.script)


@pytest.fixture
def together(tone: SpeakSettings) -> Iterator[Callable[..., Together]]:
    opened: list[ThreadPoolExecutor] = []

    def open_pool() -> tuple[Any, int]:
        opened.append(ThreadPoolExecutor(2))
        return opened[-1], 2

    yield partial(Together, Steps(write, finish), Config(speak=tone), Order(), Casting(default="tone"), open_pool)
    for pool in opened:
        pool.shutdown()


def made(together: Callable[..., Together], *works: Numbered) -> list[str]:
    with together() as at_work:
        outcomes = list(at_work.make(works, Told(Silent())))
    return [outcome.script.title if isinstance(outcome, Edition) else type(outcome).__name__ for _, outcome in outcomes]


def test_editions_come_in_the_order_of_their_inputs_and_faults_where_they_stood(
    together: Callable[..., Together],
) -> None:
    unread = Numbered(ReadError("no article"), (2, 9))
    works = [article("أ"), unread, article("ب"), article(BAD), *(article(str(number)) for number in range(9))]
    assert made(together, *works) == ["أ", "ReadError", "ب", "ScriptError", *map(str, range(9))]


def test_an_article_whose_process_dies_fails_alone(together: Callable[..., Together]) -> None:
    assert made(together, article("أ"), article(HARM), article("ب"), article("ت")) == ["أ", "SpeakError", "ب", "ت"]


def test_a_process_that_died_is_replaced_and_what_it_made_is_made_again(tone: SpeakSettings) -> None:
    pools: list[_Dying] = []

    def open_pool() -> tuple[_Dying, int]:
        pools.append(_Dying(dies=not pools))
        return pools[-1], 2

    together = partial(Together, Steps(write, finish), Config(speak=tone), Order(), Casting(default="tone"), open_pool)
    assert made(together, article("أ"), article("ب"), article("ت")) == ["أ", "ب", "ت"]
    assert len(pools) == 2


def test_warm_processes_go_on_until_their_owner_ends_them(tone: SpeakSettings) -> None:
    pools: list[_Dying] = []

    def open_pool() -> tuple[_Dying, int]:
        pools.append(_Dying(dies=len(pools) == 1))
        return pools[-1], 2

    warm = Warm(open_pool)
    together = partial(Together, Steps(write, finish), Config(speak=tone), Order(), Casting(default="tone"), warm.lend)
    assert not warm.is_open
    assert made(together, article("أ"), article("ب")) == ["أ", "ب"]
    assert made(together, article("ت")) == ["ت"]
    assert (len(pools), warm.is_open) == (1, True)
    warm.close()
    assert pools[0]._shutdown
    assert made(together, article("أ"), article("ب")) == ["أ", "ب"]  # a process died, and the next pool took its place
    assert (len(pools), warm.is_open) == (3, True)
    warm.close()
    assert not warm.is_open


def test_what_was_given_to_warm_processes_ends_with_who_gave_it() -> None:
    begun, going = threading.Event(), threading.Event()
    warm = Warm(lambda: (ThreadPoolExecutor(1), 1))
    pool, _ = warm.lend()
    first = pool.submit(lambda: begun.set() or going.wait(10))
    second = pool.submit(begun.wait)
    begun.wait(10)
    threading.Timer(0.05, going.set).start()
    pool.shutdown(wait=True, cancel_futures=True)
    assert first.result(0) is True
    assert second.cancelled()
    assert warm.lend()[0].submit(int).result(10) == 0
    warm.close()


class _Dying(ThreadPoolExecutor):
    """A pool like one whose process was killed: all that is under way is lost, and it takes nothing more."""

    def __init__(self, *, dies: bool) -> None:
        super().__init__(2)
        self.dies, self.taken = dies, 0

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:  # type: ignore[override]
        self.taken += 1
        if self.dies and self.taken > 1:
            raise BrokenProcessPool
        if self.dies:
            future = Future[Any]()
            future.set_exception(BrokenProcessPool())
            return future
        return super().submit(function, *args)


def test_two_states_of_one_article_are_made_one_after_the_other(
    together: Callable[..., Together], monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[str] = []
    begun: list[tuple[str, bool]] = []
    monkeypatch.setattr(
        Together, "_drive", lambda _self, work, _told: begun.append((work[0].title, "أ" in ended)) or drive(work)
    )  # type: ignore[func-returns-value]

    def drive(work: tuple[Article, ...]) -> Edition:
        time.sleep(0.02)
        ended.append(work[0].title)
        return Edition(script_of(work[0].title))

    assert made(together, article("أ", "1"), article("ب", "2"), article("ج", "1")) == ["أ", "ب", "ج"]
    assert dict(begun)["ج"] is True


def test_what_interrupts_ends_what_is_under_way(together: Callable[..., Together]) -> None:
    before = threading.active_count()

    def interrupted() -> None:
        with together() as at_work:
            for _ in at_work.make([article(str(number)) for number in range(50)], Told(Silent())):
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert threading.active_count() == before


def test_what_is_logged_in_another_process_is_logged_here(
    tone: SpeakSettings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = logging.getLogger("tts_news.publish").warning
    monkeypatch.setitem(logging._levelToName, logging.WARNING, "تحذير")  # as a run in Arabic has it
    steps, config = Steps(write, finish), Config(speak=tone)
    with Together(steps, config, Order(), Casting(default="tone"), lambda: (make_pool(1), 1)) as at_work:
        for _ in range(2):
            at_work._do(said, "%s is made again", "an edition")
    assert caplog.record_tuples == [("tts_news.publish", logging.WARNING, "an edition is made again")]
    assert [record.levelname for record in caplog.records] == ["تحذير"]


def test_where_no_process_can_begin_editions_are_made_one_after_the_other(
    tts_news: Callable[..., tuple[int, str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"خبر رقم {number}\n\nافتتحت البلدية الرصيف.\n", encoding="utf-8")
    monkeypatch.setattr("multiprocessing.synchronize.Lock.__init__", refuse)
    monkeypatch.setattr("tts_news.speak.executors.usable_cores", lambda: 2)
    code, out, err = tts_news("make", *sorted(tmp_path.glob("*.txt")), "--jobs", "2")
    assert code == 0, err
    assert out.count(".mp3") == 3
    assert sum("one after the other" in record.getMessage() for record in caplog.records) == 1


@pytest.mark.slow
def test_several_processes_make_the_bytes_that_one_makes(
    tts_news: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    texts = []
    for number in range(4):
        texts.append(tmp_path / f"{number}.txt")
        body = "" if number == 2 else f"افتتحت البلدية صباح اليوم الرصيف رقم {number} في الميناء القديم بعد عامين."
        texts[-1].write_text(f"# خبر رقم {number}\n\n2026-11-22\n\n{body}\n", encoding="utf-8")
    results = []
    for jobs in ("1", "2"):
        output = tmp_path / f"output{jobs}"
        code, out, err = tts_news("make", *texts, "--jobs", jobs, "--output", output, "--json", "--quiet")
        assert code == 9
        assert err.count("error") >= 1
        sounds = {path.name: path.read_bytes() for path in output.rglob("*.mp3")}
        results.append((out.replace(f"output{jobs}", "output"), sounds))
    assert len(results[0][1]) == 3
    assert results[0] == results[1]
