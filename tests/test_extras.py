from __future__ import annotations

import importlib.metadata
import json
import sys
from pathlib import Path

import pytest

from tts_news import extras


class Copy:
    """What pip noted of an installed copy."""

    def __init__(self, text: str | None) -> None:
        self.text = text

    def read_text(self, _: str) -> str | None:
        return self.text


def hint(monkeypatch: pytest.MonkeyPatch, text: str | None) -> str:
    monkeypatch.setattr(importlib.metadata, "distribution", lambda _: Copy(text))
    return extras.install_hint("server").partition(" install ")[2]


def test_an_extra_comes_from_where_the_copy_came_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    checkout, wheel = tmp_path / "tts news", tmp_path / "tts_news-0.1.0-py3-none-any.whl"
    checkout.mkdir()
    wheel.touch()
    edited = json.dumps({"url": checkout.as_uri(), "dir_info": {"editable": True}})
    assert hint(monkeypatch, edited) == '--editable "tts news[server]"'
    assert hint(monkeypatch, json.dumps({"url": checkout.as_uri(), "dir_info": {}})) == '"tts news[server]"'
    assert hint(monkeypatch, json.dumps({"url": wheel.as_uri(), "archive_info": {}})) == f'"{wheel.name}[server]"'
    monkeypatch.chdir(checkout)
    assert hint(monkeypatch, edited) == '--editable ".[server]"'
    assert hint(monkeypatch, json.dumps({"url": wheel.as_uri(), "archive_info": {}})) == f'"{wheel}[server]"'
    wheel.unlink()
    assert hint(monkeypatch, json.dumps({"url": wheel.as_uri(), "archive_info": {}})) == f'"{wheel.name}[server]"'


def test_a_copy_from_an_index_or_an_address_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert hint(monkeypatch, None) == '"tts-news[server]"'
    address = "https://news.example/tts_news-0.1.0-py3-none-any.whl"
    assert hint(monkeypatch, json.dumps({"url": address})) == f'"tts-news[server] @ {address}"'


def test_pip_is_that_of_the_environment_we_run_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    assert extras.pip_hint("x>=1").startswith(str(Path(".venv", "bin", "pip")))
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    assert extras.pip_hint("x>=1") == 'pip install --force-reinstall "x>=1"'
