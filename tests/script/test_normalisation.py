from __future__ import annotations

import io
import sys
from types import SimpleNamespace

import pytest

from tts_news.cli import run
from tts_news.script import normalise
from tts_news.script.normalisation import normalise_keeping_marks


def test_marks_go_but_not_where_they_are_wanted() -> None:
    assert normalise("زار 3 دُوَلٍ") == "زار ثلاث دول"
    assert normalise_keeping_marks("زار 3 دُوَلٍ") == "زار ثلاث دُوَلٍ"


def test_a_line_stays_one_line() -> None:
    assert normalise("  5\n\n دول\t") == "خمس دول"


def piped(monkeypatch: pytest.MonkeyPatch, data: bytes, *options: str) -> tuple[int, bytes]:
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", SimpleNamespace(buffer=out, flush=lambda: None, write=lambda _: None))
        code = run(["normalise", *options])
    return code, out.getvalue()


def test_the_verb_writes_a_line_for_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    code, out = piped(monkeypatch, "3 دول\n\n5 كتب".encode())
    assert code == 0
    assert out.decode() == "ثلاث دول\n\nخمسة كتب"


def test_the_verb_adds_marks_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    code, out = piped(monkeypatch, "زار 3 دول\n".encode(), "--diacritise")
    assert code == 0
    assert "\u064e" in out.decode()


def test_other_encodings_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    code, _ = piped(monkeypatch, "دول".encode("windows-1256"))
    assert code == 4
