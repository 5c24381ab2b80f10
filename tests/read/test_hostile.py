"""Input made to hurt: a clear error or an article, in bounded time and memory, and nothing written."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tts_news.errors import ReadError
from tts_news.read import read_source
from tts_news.read.settings import ReadSettings

SENTENCE = "قال الوزير إن الحكومة ستعمل على ذلك في الأيام المقبلة وفق الخطة رقم {} المعلنة سابقا. "
# On one free core each takes 5 s at most (most a tenth of one); CPU time, because test machines are shared.
MOST_CPU_S = 10.0


def prose(count: int) -> str:
    return "".join(f"<p>{SENTENCE.format(n)}</p>" for n in range(count))


BOMBS = {
    "a large page": lambda: "<html><body>" + prose(60_000),
    "a page just within bounds": lambda: "<html><body><article><h1>ع</h1>" + prose(3_000),
    "100,000 nested elements": lambda: "<html><body>" + "<div>" * 100_000 + SENTENCE,
    "100,000 nested inline elements": lambda: "<html><body><p>" + "<b>" * 100_000 + SENTENCE,
    "lists in lists": lambda: f"<html><body><article><p>{SENTENCE * 3}</p>" + "<ul><li>بند" * 100,
    "a list of 12,000 items": lambda: (
        f"<html><body><article><p>{SENTENCE * 3}</p><ul>" + "<li>بند من البنود</li>" * 12_000
    ),
    "nothing but links": lambda: "<html><body>" + "<a href='/x'>رابط إلى خبر</a> " * 12_000,
    "class names without end": lambda: (
        f"<html><body><article><p>{SENTENCE * 3}</p><div class='{'a-b ' * 400_000}'>x</div>"
    ),
    "numeric entities": lambda: "<html><body><p>" + "&#1605;" * 500_000,
    "a paste of 14,000 short lines": lambda: "خبر\n" * 14_000,
    "a paste of markers": lambda: SENTENCE + "\n" + "اقرأ أيضا\nخبر\n" * 7_000,
    "a paste of related articles": lambda: SENTENCE + "\n" + f"مقالات ذات صلة\n{SENTENCE}\n" * 3_000,
    "a paste of bullets": lambda: "• بند طويل من القائمة\n" * 14_000,
    "a paste that indents ever deeper": lambda: "".join(" " * n + "• بند\n" for n in range(1_000)),
    "one line of 500,000 letters": lambda: "م" * 500_000,
    "one line of dashes": lambda: "- " * 250_000 + "م",
    "digits without end": lambda: "20222022" * 60_000 + " يناير",
    "colons without end": lambda: "أ: " * 200_000,
    "stars without end": lambda: "# ع\n" + "**" * 200_000,
    "brackets without end": lambda: "[" * 500_000 + "م",
    "a feed of 20,000 entries": lambda: "<rss><channel>" + "<item><title>ع</title></item>" * 20_000,
    "a feed of nested items": lambda: "<rss><channel>" + "<item>" * 100_000 + "م",
}


@pytest.mark.parametrize("name", BOMBS)
def test_bounded_in_time(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = BOMBS[name]().encode()
    started = time.process_time()
    with contextlib.suppress(ReadError):
        list(read_source("-", ReadSettings(limit=5, cache_dir="off"), io.BytesIO(data)))
    assert time.process_time() - started < MOST_CPU_S
    assert not list(tmp_path.iterdir())


def test_bounded_in_memory(tmp_path: Path) -> None:
    """A process of its own reads the worst of them and states the most memory it ever held."""
    path = tmp_path / "page.html"
    path.write_text("<html><body>" + prose(50_000), encoding="utf-8")
    large = tmp_path / "large.html"
    large.write_bytes(b"<html><body>" + b"<p>x</p>" * 6_600_000)
    code = (
        "import sys, resource\nfrom pathlib import Path\n"
        "from tts_news.errors import ReadError\nfrom tts_news.read import read_source\n"
        "from tts_news.read.settings import ReadSettings\n"
        "for name in sys.argv[1:]:\n    try:\n        list(read_source(name, ReadSettings()))\n"
        "    except ReadError:\n        pass\n"
        # Linux hands the most memory of whoever started a process down to it; its own is in /proc.
        "status = Path('/proc/self/status')\n"
        "own = [line for line in status.read_text().splitlines() if 'VmHWM' in line] if status.is_file() else []\n"
        "print(own[0].split()[1] if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), str(large)], capture_output=True, text=True, check=True
    )
    unit = 1024 if sys.platform != "darwin" else 1
    assert int(done.stdout) * unit < 500_000_000


def test_nuls_and_broken_utf8_inside_a_page_are_read_around() -> None:
    html = (
        f"<html><body><article><h1>عنوان الخبر هنا</h1><p>{SENTENCE * 2}</p><p>{SENTENCE}</p></article></body></html>"
    )
    data = html.encode().replace("رقم".encode(), "رقم".encode() + b"\x00\xff", 1)
    (article,) = read_source("-", ReadSettings(), io.BytesIO(data))
    assert not isinstance(article, ReadError)
    assert "الحكومة ستعمل" in str(article.blocks)
    assert "\x00" not in str(article)
