"""Input made to hurt: a clear error or an article, work that grows with its length, bounded memory, nothing written."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.work import cpu_growth
from tts_news.errors import ReadError
from tts_news.read import read_source
from tts_news.read.settings import ReadSettings

SENTENCE = "قال الوزير إن الحكومة ستعمل على ذلك في الأيام المقبلة وفق الخطة رقم {} المعلنة سابقا. "


def prose(count: int) -> str:
    return "".join(f"<p>{SENTENCE.format(n)}</p>" for n in range(count))


PART = 4  # how often the short one goes into the whole
# Each by how much of it there is: PART is the whole, which may be past a limit of the room.
BOMBS: dict[str, Callable[[float], str]] = {
    "a large page": lambda n: "<html><body>" + prose(round(60_000 * n)),
    "a page just within bounds": lambda n: "<html><body><article><h1>ع</h1>" + prose(round(750 * n)),
    "100,000 nested elements": lambda n: "<html><body>" + "<div>" * round(25_000 * n) + SENTENCE,
    "100,000 nested inline elements": lambda n: "<html><body><p>" + "<b>" * round(25_000 * n) + SENTENCE,
    "lists in lists": lambda n: f"<html><body><article><p>{SENTENCE * 3}</p>" + "<ul><li>بند" * round(25 * n),
    "a list of 12,000 items": lambda n: (
        f"<html><body><article><p>{SENTENCE * 3}</p><ul>" + "<li>بند من البنود</li>" * round(3_000 * n)
    ),
    "nothing but links": lambda n: "<html><body>" + "<a href='/x'>رابط إلى خبر</a> " * round(3_000 * n),
    "class names without end": lambda n: (
        f"<html><body><article><p>{SENTENCE * 3}</p><div class='{'a-b ' * round(100_000 * n)}'>x</div>"
    ),
    "cells over a hundred columns and rows": lambda n: (
        f"<html><body><article><p>{SENTENCE * 3}</p><table>"
        + "<tr><td colspan=100 rowspan=100>خلية</td><td>أخرى</td></tr>" * round(250 * n)
    ),
    "numeric entities": lambda n: "<html><body><p>" + "&#1605;" * round(125_000 * n),
    "a paste of 14,000 short lines": lambda n: "خبر\n" * round(3_500 * n),
    "a paste of markers": lambda n: SENTENCE + "\n" + "اقرأ أيضا\nخبر\n" * round(1_750 * n),
    "a paste of related articles": lambda n: SENTENCE + "\n" + f"مقالات ذات صلة\n{SENTENCE}\n" * round(750 * n),
    "a paste of bullets": lambda n: "• بند طويل من القائمة\n" * round(3_500 * n),
    "one line of 500,000 letters": lambda n: "م" * round(125_000 * n),
    "one line of dashes": lambda n: "- " * round(62_500 * n) + "م",
    "digits without end": lambda n: "20222022" * round(15_000 * n) + " يناير",
    "colons without end": lambda n: "أ: " * round(50_000 * n),
    "stars without end": lambda n: "# ع\n" + "**" * round(50_000 * n),
    "brackets without end": lambda n: "[" * round(125_000 * n) + "م",
    "a feed of 20,000 entries": lambda n: "<rss><channel>" + "<item><title>ع</title></item>" * round(5_000 * n),
    "a feed of nested items": lambda n: "<rss><channel>" + "<item>" * round(25_000 * n) + "م",
    # As long as the square of its lines, so twice as many lines are four times the text.
    "a paste that indents ever deeper": lambda n: "".join(" " * i + "• بند\n" for i in range(round(500 * n**0.5))),
}


def growth_of(name: str, whole: float) -> float:
    """Return how much more a part of a bomb costs in the whole of it than alone."""
    inputs = {size: BOMBS[name](size * whole).encode() for size in (1, PART)}

    def work(size: int) -> None:
        with contextlib.suppress(ReadError):
            list(read_source("-", ReadSettings(limit=5, cache_dir="off"), io.BytesIO(inputs[size])))

    return cpu_growth(work, 1, times=PART)


@pytest.mark.parametrize("name", BOMBS)
def test_the_work_grows_with_the_input_and_not_faster(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert growth_of(name, 0.15) < 3
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_nor_does_it_at_the_limits_of_size(name: str) -> None:
    assert growth_of(name, 1) < 3


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


def zipped(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return file.getvalue()


def word(body: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return zipped(word__document_xml=f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>')


# What a parser would take minutes or gigabytes for: told before it is asked.
CROWDS: dict[str, Callable[[], bytes]] = {
    "a page of empty tags": lambda: b"<html><body>" + b"<p>" * 700_000 + SENTENCE.encode(),
    "a tag of attributes": lambda: b"<html><body><p " + b"a " * 5_000 + b">" + SENTENCE.encode(),
    "a feed of empty items": lambda: b'<?xml version="1.0"?><rss version="2.0"><channel>' + b"<item/>" * 700_000,
    "a message of parts": lambda: (
        b"From: a\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        + b"--b\nContent-Type: text/plain\n\n\n" * 6_000
    ),
    "a header of parameters": lambda: (
        b"From: a\nMIME-Version: 1.0\nSubject: x\nContent-Type: text/plain; " + b"a=b; " * 9_000 + b"\n\nx"
    ),
    "groups in groups": lambda: b"{\\rtf1" + b"{" * 2_000 + b"a" + b"}" * 2_001,
    "a Word file of empty paragraphs": lambda: word("<w:p/>" * 700_000),
    "a Word file of spaces": lambda: word(f"<w:p><w:r><w:t>{' ' * 2_000_000}</w:t></w:r></w:p>"),
    "a Word file that unpacks": lambda: word("<w:p/>" * 3_000_000),
}


@pytest.mark.parametrize("crowd", CROWDS)
def test_what_no_article_holds_is_refused_before_it_is_parsed(tmp_path: Path, crowd: str) -> None:
    (tmp_path / "it").write_bytes(CROWDS[crowd]())
    with pytest.raises(ReadError, match=r"than any|too crowded|too deeply"):
        list(read_source(str(tmp_path / "it"), ReadSettings(kind="mail") if "a message" in crowd else ReadSettings()))


def test_long_attributes_are_no_crowd(tmp_path: Path) -> None:
    drawing = f'<svg><path d="{"M 1 2 L 3 4 " * 5_000}"/></svg>'
    (tmp_path / "it").write_text(f"<html><body><article>{drawing}{prose(5)}</article>", encoding="utf-8")
    (article,) = read_source(str(tmp_path / "it"), ReadSettings())
    assert not isinstance(article, ReadError)
