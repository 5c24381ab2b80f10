from __future__ import annotations

import io
import sys
from collections.abc import Callable

import pytest

from tts_news.cli import run
from tts_news.script.diacritics.marks import strip


class Stream:
    def __init__(self, data: bytes = b"") -> None:
        self.buffer = io.BytesIO(data)


def said(monkeypatch: pytest.MonkeyPatch, data: bytes, *verb: str) -> tuple[int, bytes]:
    out = Stream()
    monkeypatch.setattr(sys, "stdin", Stream(data))
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", out)
        code = run([*(verb or ("diacritise",))])
    return code, out.buffer.getvalue()


def test_a_line_comes_out_for_every_line_and_empty_lines_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "قال الوزير نعم.\n\n  \nوعاد إلى البيت.".encode()
    code, out = said(monkeypatch, lines)
    assert code == 0
    assert strip(out.decode()) == lines.decode()
    assert "قَالَ الْوَزِيرُ" in out.decode()


def test_line_ends_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    _, out = said(monkeypatch, "نعم\r\nلا\u2028ثم\n".encode())
    assert strip(out.decode()) == "نعم\r\nلا\u2028ثم\n"


def test_case_endings_are_written_before_a_pause_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "الْبَيْتِ." in said(monkeypatch, "وعاد إلى البيت.".encode())[1].decode()


def test_the_lexicon_adds_its_marks_and_changes_no_letter(
    monkeypatch: pytest.MonkeyPatch, tts_news: Callable[..., tuple[int, str, str]]
) -> None:
    for term, spoken in (("زاغروبا", "زَاغَرُوبَا"), ("بيرتو", "بِيرْطُو"), ("OpenAI", "أُوبِن")):
        assert tts_news("lexicon", "add", term, spoken)[0] == 0
    line = "زار «زاغروبا» وبيرتو وزَاغروبا OpenAI."
    out = said(monkeypatch, line.encode())[1].decode()
    assert strip(out) == strip(line)
    assert "«زَاغَرُوبَا»" in out
    assert "بِيرْطُو" not in out


def test_normalise_says_the_terms_of_the_lexicon(
    monkeypatch: pytest.MonkeyPatch, tts_news: Callable[..., tuple[int, str, str]]
) -> None:
    assert tts_news("lexicon", "add", "OpenAI", "أُوبِن")[0] == 0
    lines = "أعلنت OpenAI أمس 3 نماذج\n\n❤\nوعاد إلى البيت\n".encode()
    got = said(monkeypatch, lines, "normalise", "--diacritise")[1].decode().split("\n")
    assert got[0].startswith("أَعْلَنَتْ أُوبِن أَمْسِ ثَلَاثَةَ نَمَاذِجَ")
    assert (got[1:3], got[3][-2:]) == (["", ""], "تِ")


def test_a_line_that_is_not_utf_8_is_an_error_of_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _ = said(monkeypatch, "نعم\n".encode() + "نعم".encode("cp1256"))
    assert code == 4
    assert "line 2" in capsys.readouterr().err
