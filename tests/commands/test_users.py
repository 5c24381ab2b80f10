"""`tts-news users`: as typed."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tts_news.accounts.login import Login
from tts_news.accounts.store import AccountStore
from tts_news.cli import run

PASSWORD = "four words in a row"  # noqa: S105


@pytest.fixture
def config(tmp_path: Path) -> list[str]:
    file = tmp_path / "tts-news.toml"
    file.write_text('[serve]\naccounts = "users.sqlite"\n')
    return ["--config", str(file)]


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_users_are_added_listed_changed_and_removed(
    config: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, f"{PASSWORD}\n")
    assert run(["users", "add", "Muna", "--role", "publisher", *config]) == 0
    typed(monkeypatch, "short\n")
    assert run(["users", "add", "sami", *config]) == 2
    assert run(["users", "invite", "rana", "--role", "reader", *config]) == 0
    assert "/desk/welcome?token=" in capsys.readouterr().out
    typed(monkeypatch, "another four words")
    assert run(["users", "password", "muna", *config]) == 0
    capsys.readouterr()
    assert run(["users", "list", "--json", *config]) == 0
    assert json.loads(capsys.readouterr().out) == [{"name": "muna", "role": "publisher", "password": True}]
    store = AccountStore(tmp_path / "users.sqlite")
    assert Login(store, 5).check("muna", "another four words")
    assert run(["users", "role", "muna", "editor", *config]) == 2  # nobody would be left to publish
    assert run(["users", "remove", "eve", *config]) == 2
    assert run(["users", "remove", "muna", *config]) == 0
    assert store.users() == []
    store.close()
    capsys.readouterr()
    assert run(["users", "log", "--json", *config]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["what"] for line in lines] == ["user added", "user invited", "password set", "user removed"]
    assert lines[0]["who"].startswith("command line (")
    assert PASSWORD not in str(lines)


def test_no_password_is_taken_from_the_command_line(config: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["users", "add", "muna", PASSWORD, *config]) == 2
    assert run(["users", "add", "muna", "--password", PASSWORD, *config]) == 2
    capsys.readouterr()
    assert run(["users", "list", *config]) == 0
    assert capsys.readouterr().out == ""


def test_the_first_user_closes_the_first_link(
    config: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    typed(monkeypatch, PASSWORD)
    assert run(["users", "add", "muna", "--role", "owner", *config]) == 2
    assert run(["users", "add", "key:x", *config]) == 2
    store = AccountStore(tmp_path / "users.sqlite")
    assert store.users() == []
    store.close()
