"""Users, sessions, one-time links and the book, without a server."""

from __future__ import annotations

import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from tts_news.accounts.records import Account, Role, read_name, read_role
from tts_news.accounts.store import AccountStore, Link
from tts_news.errors import PublishError, UsageError

DAY = 86_400.0


def seen(store: AccountStore, token: str) -> Account | None:
    session = store.session(token, DAY, DAY)
    return session.account if session else None


def shift(store: AccountStore, column: str, seconds: float) -> None:
    """Let every session have begun, or been used, so many seconds earlier."""
    store._base.execute(f"UPDATE sessions SET {column} = {column} - ?", (seconds,))  # noqa: S608 - a test's own word


def test_a_session_is_whose_it_is_with_the_role_of_now(store: AccountStore) -> None:
    token = store.open_session("sami", "192.0.2.1")
    assert seen(store, token) == Account("sami", Role.EDITOR)
    assert seen(store, token + "x") is None
    store.set_role("sami", Role.READER)
    assert seen(store, token) == Account("sami", Role.READER)


def test_a_session_ends_when_its_user_is_removed(store: AccountStore) -> None:
    token = store.open_session("sami", "192.0.2.1")
    store.remove_user("sami")
    assert seen(store, token) is None
    store.add_user(Account("sami", Role.PUBLISHER))  # another person of that name later
    assert seen(store, token) is None


def test_a_new_password_ends_every_session_and_link_of_its_user_and_no_other(store: AccountStore) -> None:
    mine, other = store.open_session("sami", "192.0.2.1"), store.open_session("muna", "192.0.2.2")
    link = store.add_link(Link("sami", Role.EDITOR), 60)
    store.set_password("sami", "$argon2id$another")
    assert seen(store, mine) is None
    assert store.link(link) is None
    assert not store.is_known("sami", "192.0.2.1")
    assert seen(store, other) == Account("muna", Role.PUBLISHER)


@pytest.mark.parametrize(("column", "lasts", "idle"), [("created", 100, 1000), ("seen", 1000, 100)])
def test_a_session_ends_with_its_time_and_does_not_come_back(
    store: AccountStore, column: str, lasts: float, idle: float
) -> None:
    token = store.open_session("sami", "192.0.2.1")
    shift(store, column, 99)
    if column == "created":
        assert store.session(token, lasts, idle)
        shift(store, column, 2)
    else:
        shift(store, column, 2)
    assert store.session(token, lasts, idle) is None
    assert store.session(token, 1e9, 1e9) is None
    assert store.count_sessions("sami") == 0


def test_use_keeps_a_session_from_idling_out(store: AccountStore) -> None:
    token = store.open_session("sami", "192.0.2.1")
    for _ in range(5):
        shift(store, "seen", 80)
        assert store.session(token, DAY, 100)


def test_a_session_from_the_future_is_none(store: AccountStore) -> None:
    token = store.open_session("sami", "192.0.2.1")
    shift(store, "created", -3600)  # the clock was put back
    assert seen(store, token) is None


def test_what_is_over_is_forgotten(store: AccountStore) -> None:
    store.open_session("sami", "192.0.2.1")
    shift(store, "seen", 200)
    kept = store.open_session("sami", "192.0.2.1")
    store.forget(DAY, 100)
    assert store.count_sessions("sami") == 1
    assert seen(store, kept)


def test_nothing_in_the_file_lets_anybody_in(store: AccountStore, tmp_path: Path) -> None:
    tokens = [store.open_session("sami", "192.0.2.1"), store.add_link(Link("sami", Role.EDITOR), 60)]
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"sami" in kept
    for token in tokens:
        assert token.encode() not in kept
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_a_link_works_once_and_for_one_of_two_who_use_it_at_once(store: AccountStore) -> None:
    token = store.add_link(Link("rana", Role.EDITOR), 60)
    assert store.link(token) == Link("rana", Role.EDITOR)
    gained: list[Account | None] = []
    both = [threading.Thread(target=lambda: gained.append(store.use_link(token, "", "kept"))) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(gained, key=bool) == [None, Account("rana", Role.EDITOR)]
    assert store.link(token) is None


def test_a_link_ends_with_its_time_and_with_the_next_one(store: AccountStore) -> None:
    assert store.link(store.add_link(Link("rana", Role.EDITOR), -1)) is None
    first = store.add_link(Link("rana", Role.EDITOR), 60)
    store.add_link(Link("rana", Role.EDITOR), 60)
    assert store.link(first) is None
    assert store.use_link(first, "", "kept") is None


def test_a_link_for_a_user_who_is_there_gives_no_other_role_and_ends_her_sessions(store: AccountStore) -> None:
    session = store.open_session("sami", "192.0.2.1")
    token = store.add_link(Link("sami", Role.PUBLISHER), 60)
    assert store.use_link(token, "ignored", "kept") == Account("sami", Role.EDITOR)
    assert store.password_of("sami") == "kept"
    assert seen(store, session) is None


def test_the_link_of_a_first_start_is_over_when_there_is_a_user(tmp_path: Path) -> None:
    empty = AccountStore(tmp_path / "accounts.sqlite")
    token = empty.add_link(Link("", Role.PUBLISHER), 60)
    assert empty.link(token)
    empty.add_user(Account("muna", Role.PUBLISHER))
    assert empty.link(token) is None
    assert empty.use_link(token, "eve", "kept") is None
    assert empty.find("eve") is None


def test_somebody_may_always_publish(store: AccountStore) -> None:
    for refused in (lambda: store.set_role("muna", Role.EDITOR), lambda: store.remove_user("muna")):
        with pytest.raises(UsageError, match="nobody would be left"):
            refused()
    assert store.find("muna") == Account("muna", Role.PUBLISHER)
    store.remove_user("sami")
    store.remove_user("muna")  # the last one may go: the next start prints a link again
    assert store.users() == []


@pytest.mark.parametrize("change", ["set_role", "set_password", "remove_user"])
def test_who_is_not_there_is_named(store: AccountStore, change: str) -> None:
    more = {"set_role": (Role.READER,), "set_password": ("kept",)}.get(change, ())
    with pytest.raises(UsageError, match="no user eve"):
        getattr(store, change)("eve", *more)
    with pytest.raises(UsageError, match="muna already"):
        store.add_user(Account("muna", Role.READER))


def test_the_book_is_only_added_to(store: AccountStore) -> None:
    store.note("muna", "192.0.2.1", "withdrawn", "2026-11-28-x", "a reason")
    for change in ("DELETE FROM book", "UPDATE book SET who = 'eve'"):
        with pytest.raises(sqlite3.IntegrityError, match="only added to"):
            store._base.execute(change)
    (line,) = store.lines()
    assert (line.who, line.address, line.what, line.article, line.detail) == (
        "muna", "192.0.2.1", "withdrawn", "2026-11-28-x", "a reason"
    )  # fmt: skip


def test_nobody_writes_a_second_line_into_one(store: AccountStore) -> None:
    store.note("muna\nsami", "x", "a\r\nb\x1b[2J", "\u2028c", "\u202ed" + "e" * 5000)
    (line,) = store.lines()
    assert (line.who, line.what, line.article) == ("muna sami", "a b [2J", "c")
    assert line.detail == "d" + "e" * 999


def test_the_book_is_read_by_page_article_and_user(store: AccountStore) -> None:
    for number in range(6):
        store.note("muna" if number % 2 else "sami", "", f"{number}", "x" if number < 3 else "y")
    assert [line.what for line in store.lines(2)] == ["5", "4"]
    assert [line.what for line in store.lines(2, before=store.lines(2)[-1].number)] == ["3", "2"]
    assert [line.what for line in store.lines(article="x")] == ["2", "1", "0"]
    assert [line.what for line in store.lines(article="x", who="sami")] == ["2", "0"]


def test_a_damaged_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "accounts.sqlite"
    path.write_bytes(b"not a database, " * 100)
    with pytest.raises(PublishError, match="cannot use the accounts"):
        AccountStore(path)
    assert path.read_bytes() == b"not a database, " * 100


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Muna", "muna"),
        (" منى ", "منى"),
        ("ﻣﻨﻰ", "منى"),
        ("a.b-c+d@press.example", "a.b-c+d@press.example"),
        ("٣", "٣"),
    ],
)
def test_a_name_is_kept_in_one_spelling(given: str, kept: str) -> None:
    assert read_name(given) == kept


@pytest.mark.parametrize("given", ["", " ", "key:one", "a b", "<b>", "a\u202eb", "a" * 65, ".a", "a/b", "a\nb"])
def test_what_could_be_mistaken_is_no_name(given: str) -> None:
    with pytest.raises(UsageError):
        read_name(given)


def test_a_role_is_one_of_three() -> None:
    assert [read_role(word) for word in ("reader", " Editor", "PUBLISHER")] == list(Role)
    with pytest.raises(UsageError, match="admin"):
        read_role("admin")
