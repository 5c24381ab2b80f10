"""A process of its own reads: what takes too long or dies there is one error, and what stands behind it is read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from tests.read.server import Request, answer, serve
from tests.read.test_guard import SENTENCE, item, page, rss
from tts_news.errors import ReadError
from tts_news.read import LimitedReader, read_source
from tts_news.read.settings import ReadSettings
from tts_news.records import Article

# The fetcher's own deadline is out of the way: what ends here is ended by the limit.
SETTINGS = ReadSettings(cache_dir="off", retries=0, allow_private=True, timeout_s=1000.0, article_s=30.0)
HASTY = ReadSettings(cache_dir="off", retries=0, allow_private=True, timeout_s=1000.0, article_s=3.0)


def drip(request: Request, send: Callable[[bytes], None]) -> None:
    """Answer /never with a byte now and then, for ever, and anything else with a text."""
    if "never" not in request.path:
        send(answer(SENTENCE.encode()))
        return
    send(b"HTTP/1.1 200 OK\r\n\r\n")
    pause = threading.Event()
    while not pause.wait(0.05):
        send(b"<p>")


def titles(found: list[Article | ReadError]) -> list[str]:
    return [one.title if isinstance(one, Article) else "error" for one in found]


@pytest.mark.parametrize("data", [page(), rss(item("أول"), item("ثان", "http://["), item("ثالث", body="")), SENTENCE])
def test_what_is_read_in_the_process_is_what_is_read_here(tmp_path: Path, data: str) -> None:
    path = tmp_path / "it"
    path.write_text(data, encoding="utf-8")
    with LimitedReader(SETTINGS) as reader:
        there, piped = list(reader.read(str(path))), list(reader.read("-", data.encode()))
        ours, theirs = os.pipe()  # /dev/fd/N is a pipe of this process alone, as `<(command)` is
        os.write(theirs, data.encode())
        os.close(theirs)
        substituted = list(reader.read(f"/dev/fd/{ours}"))
        os.close(ours)
    assert titles(substituted) == titles(piped)
    here = list(read_source(str(path), SETTINGS))
    assert [repr(one) for one in there] == [repr(one) for one in here]
    assert titles(piped) == titles(here)


def test_a_file_that_unpacks_to_more_memory_than_there_may_be_is_an_error(tmp_path: Path) -> None:
    bomb = tmp_path / "a.pdf"
    bomb.write_bytes(pdf_of(b"q " * 2_500_000))  # each keeps a state; 5 kB as it lies there
    with LimitedReader(replace(SETTINGS, article_mb=200)) as reader:
        (error,) = reader.read(str(bomb))
        assert "more memory" in str(error)
        assert titles(list(reader.read("-", page().encode()))) == ["عنوان الخبر هنا"]


def pdf_of(content: bytes) -> bytes:
    """Return a PDF of one page."""
    packed = zlib.compress(content, 1)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    )
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Size 5/Root 1 0 R>>\n%%EOF"


def test_an_error_of_the_source_comes_with_its_hint_and_the_process_goes_on() -> None:
    with LimitedReader(SETTINGS) as reader:
        with pytest.raises(ReadError, match="no file") as refused:
            list(reader.read("/nowhere/at/all"))
        assert refused.value.hint
        first = reader._process
        assert titles(list(reader.read("-", page().encode()))) == ["عنوان الخبر هنا"]
        assert reader._process is first  # warm, not started anew


def test_an_entry_that_takes_too_long_is_its_error_and_those_behind_it_are_read() -> None:
    with serve(drip) as server, LimitedReader(HASTY) as reader:
        feed = rss(item("أول"), item("ثان", f"{server.url}/never", "مقتطف"), item("ثالث"))
        found = list(reader.read("-", feed.encode()))
    assert titles(found) == ["أول", "error", "ثالث"]
    assert "takes longer than 3 s" in str(found[1])


def test_an_address_that_never_answers_is_given_up_and_the_next_one_is_read() -> None:
    with serve(drip) as server, LimitedReader(HASTY) as reader:
        with pytest.raises(ReadError, match="/never: an article takes longer"):
            list(reader.read(f"{server.url}/never"))
        (found,) = reader.read(f"{server.url}/text")
        assert SENTENCE[:30] in repr(found)


def test_a_feed_of_articles_that_all_take_too_long_is_given_up_after_the_third() -> None:
    with serve(drip) as server, LimitedReader(HASTY) as reader:
        feed = rss(*(item(f"خبر {n}", f"{server.url}/never/{n}", "مقتطف") for n in range(6)))
        found = reader.read("-", feed.encode())
        assert isinstance(next(found), ReadError)
        assert isinstance(next(found), ReadError)
        with pytest.raises(ReadError, match="takes longer"):
            next(found)
    assert len(server.requests) <= 3


def test_an_entry_that_the_process_dies_of_is_its_error_and_those_behind_it_are_read() -> None:
    with LimitedReader(SETTINGS) as reader:

        def kill(_request: Request, _send: Callable[[bytes], None]) -> None:
            assert reader._process is not None
            os.kill(reader._process._child.pid, signal.SIGKILL)

        with serve(kill) as server:
            feed = rss(item("أول"), item("ثان", f"{server.url}/2", "مقتطف"), item("ثالث"))
            found = list(reader.read("-", feed.encode()))
    assert titles(found) == ["أول", "error", "ثالث"]
    assert "died" in str(found[1])


def test_who_wants_no_more_of_a_feed_gets_none_of_it_with_the_next_source() -> None:
    with LimitedReader(SETTINGS) as reader:
        feed = reader.read("-", rss(item("أول"), item("ثان"), item("ثالث")).encode())
        assert titles([next(feed)]) == ["أول"]
        feed.close()  # type: ignore[attr-defined]
        assert titles(list(reader.read("-", page().encode()))) == ["عنوان الخبر هنا"]


def test_the_process_ends_with_the_reader_and_by_itself_when_the_reader_is_killed() -> None:
    code = (
        "import sys\nfrom tts_news.read import LimitedReader\nfrom tts_news.read.settings import ReadSettings\n"
        "settings = ReadSettings(cache_dir='off', retries=0, allow_private=True, timeout_s=1000.0, article_s=3.0)\n"
        "list(LimitedReader(settings).read(sys.argv[1]))"
    )
    asked = threading.Event()

    def never(request: Request, send: Callable[[bytes], None]) -> None:
        asked.set()
        drip(request, send)

    with serve(never) as server:
        parent = subprocess.Popen([sys.executable, "-c", code, f"{server.url}/never"])
        assert asked.wait(60)
        children = psutil.Process(parent.pid).children()
        parent.kill()
        parent.wait()
        assert len(children) == 1
        _, alive = psutil.wait_procs(children, timeout=60)
        assert not alive
    with LimitedReader(SETTINGS) as reader:
        list(reader.read("-", page().encode()))
        assert reader._process is not None
        child = reader._process._child
    assert child.returncode is not None
