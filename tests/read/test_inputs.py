from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tts_news.errors import ConfigError, ReadError
from tts_news.read import inputs, read_source
from tts_news.read.document import Document
from tts_news.read.kinds import guess_kind
from tts_news.read.settings import ReadSettings
from tts_news.records import Article

LEDE = "أعلنت البلدية صباح اليوم عن افتتاح حديقة جديدة في الحي الشرقي بعد عامين من العمل المتواصل."
TEXT = f"عنوان الخبر الطويل هنا\n\n{LEDE}\n"


def one(source: str, **changes: object) -> Article:
    (article,) = read_source(source, ReadSettings(**changes))  # type: ignore[arg-type]
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "noending", "مقال.txt"])
def test_the_kind_is_told_by_content_not_by_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(TEXT, encoding="utf-8")
    article = one(str(path))
    assert article.title == "عنوان الخبر الطويل هنا"
    assert article.source == str(path)


def test_standard_input_is_read() -> None:
    (article,) = read_source("-", ReadSettings(), io.BytesIO(TEXT.encode()))
    assert isinstance(article, Article)
    assert article.source == "-"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
def test_text_is_read_in_the_charset_it_is_in(tmp_path: Path, charset: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(charset))
    assert one(str(path)).title == "عنوان الخبر الطويل هنا"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "feed"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "html"),
        (b"\xef\xbb\xbf\n<html><p>x</p></html>", "html"),
        (b'[{"id":1,"title":{"rendered":"x"},"content":{"rendered":"<p>x</p>"}}]', "wordpress"),
        (b'{"id":1,"content":{"rendered":"<p>x</p>"}}', "wordpress"),
        (b'{"a": 1}', "json"),
        ("خبر < آخر".encode(), "text"),
        ("# عنوان\n\nنص".encode(), "text"),
    ],
)
def test_kinds_are_guessed(data: bytes, kind: str) -> None:
    assert guess_kind(Document(data, "x")) == kind


def test_a_stated_kind_wins(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text(f"<p>{TEXT}</p>", encoding="utf-8")
    with pytest.raises(ReadError, match="feed"):
        one(str(path), kind="feed")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\t\x00\n", "empty"),
        (b"%PDF-1.7\n...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (bytes(range(256)) * 8, "binary"),
        (b"Only English here.", "no Arabic"),
        (b"<html><body><p>Only English here.</p></body></html>", "no Arabic"),
        (b"x" * 11_000_000, "larger"),
    ],
    ids=["empty", "blank", "pdf", "picture", "binary", "english", "english page", "large"],
)
def test_bad_files_are_one_line_with_a_hint(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "bad"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=message) as caught:
        one(str(path))
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_missing_files_and_directories_are_one_line_with_a_hint(tmp_path: Path) -> None:
    for source in (str(tmp_path), str(tmp_path / "none.txt"), "a\0b", "x" * 5000):
        with pytest.raises(ReadError):
            one(source)


def test_a_date_that_is_none_is_one_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="yesterday"):
        one(str(tmp_path / "x"), since="yesterday")


def test_a_pipe_is_read_if_somebody_writes_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(pipe := tmp_path / "pipe")
    with subprocess.Popen([sys.executable, "-c", f"open({str(pipe)!r}, 'w').write({TEXT!r})"]):
        assert one(str(pipe)).source == str(pipe)
    monkeypatch.setattr(inputs, "_PIPE_S", 0.01)
    for name, what in ((str(pipe), "nobody writes"), ("/dev/zero", "a device")):
        with pytest.raises(ReadError, match=what):
            one(name)
