"""Guessing is slow, and slows nobody but who guesses."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from accounts.conftest import PASSWORD
from argon2 import PasswordHasher

from tts_news.accounts.login import Login, spell_name
from tts_news.accounts.passwords import check_password, hash_password, is_password
from tts_news.accounts.records import Account
from tts_news.accounts.store import AccountStore
from tts_news.errors import UsageError


def tries(login: Login, name: str, address: str, most: int = 100) -> int:
    """Return how many tries are taken before the first that has to wait."""
    return next((number for number in range(most) if login.wait(name, address)), most)


def test_one_address_has_so_many_tries_for_one_name_and_four_times_as_many_in_all(store: AccountStore) -> None:
    login = Login(store, 3)
    assert tries(login, "muna", "192.0.2.1") == 3
    assert login.wait("muna", "192.0.2.1") > 1
    assert sum(tries(login, f"name{number}", "192.0.2.1") for number in range(10)) == 9


def test_a_crowd_that_tries_one_name_is_slowed_and_her_own_address_is_not(store: AccountStore) -> None:
    store.open_session("muna", "198.51.100.1")
    login = Login(store, 3)
    assert [login.wait("muna", f"192.0.2.{number}") for number in range(6)] == [0.0] * 6
    assert login.wait("muna", "192.0.2.99") > 0
    assert login.wait("muna", "198.51.100.1") == 0
    assert login.wait("sami", "192.0.2.99") == 0


def test_a_name_that_nobody_has_is_slowed_alike(store: AccountStore) -> None:
    login = Login(store, 3)
    assert tries(login, "nobody", "192.0.2.1") == tries(login, "muna", "192.0.2.2") == 3


def test_a_wait_takes_no_try(store: AccountStore) -> None:
    login = Login(store, 1)
    assert login.wait("muna", "192.0.2.1") == 0
    waits = [login.wait("muna", "192.0.2.1") for _ in range(20)]
    assert max(waits) <= 60
    assert login.wait("hind", "192.0.2.1") == 0


def test_a_crowd_from_everywhere_waits_and_more_are_told_to_come_again(store: AccountStore) -> None:
    login = Login(store, 5)
    looked: list[str] = []
    going_on = threading.Event()

    def look(name: str, _: str) -> None:
        looked.append(name)
        going_on.wait(10)

    async def crowd() -> None:
        login.check = look  # type: ignore[assignment, method-assign]
        tries = [asyncio.ensure_future(login.check_in_turn(f"{number}", "x")) for number in range(50)]
        await asyncio.sleep(0)
        assert login.is_crowded()
        assert await asyncio.to_thread(lambda: "all else is answered")
        assert len(looked) <= 2
        going_on.set()
        await asyncio.gather(*tries)
        assert not login.is_crowded()

    asyncio.run(crowd())
    login.close()


@pytest.mark.parametrize("name", ["muna", "nobody", "passwordless"])
def test_whoever_is_asked_for_a_password_is_hashed_once(
    store: AccountStore, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    store.add_user(Account("passwordless", store.users()[0][0].role))
    is_password("to make the hash of nobody", "")
    costs: list[str] = []
    verify = PasswordHasher.verify

    def counting(self: PasswordHasher, kept: str, given: Any) -> Any:
        costs.append(kept.rpartition("$")[0].rpartition("$")[0])
        return verify(self, kept, given)

    monkeypatch.setattr(PasswordHasher, "verify", counting)
    assert Login(store, 5).check(name, "wrong") is None
    assert costs == ["$argon2id$v=19$m=19456,t=2,p=1"]


def test_the_password_lets_in_and_nothing_else_does(store: AccountStore) -> None:
    login = Login(store, 5)
    assert login.check("muna", PASSWORD) == store.find("muna")
    for wrong in ("", PASSWORD + " ", PASSWORD[:-1], store.password_of("muna")):
        assert login.check("muna", wrong) is None


def test_a_hash_of_another_cost_is_made_anew_and_sessions_stay(store: AccountStore) -> None:
    store.keep_hash("muna", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD))
    token = store.open_session("muna", "192.0.2.1")
    assert Login(store, 5).check("muna", PASSWORD)
    assert store.password_of("muna").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert store.session(token, 100, 100)


def test_the_same_letters_are_the_same_password() -> None:
    assert is_password("caf\u00e9 كلمة سر طويلة", hash_password("cafe\u0301 كلمة سر طويلة"))


def test_a_name_is_looked_for_as_it_is_kept() -> None:
    assert spell_name(" Muna ") == "muna"
    assert len(spell_name("<" * 9999)) == 100


@pytest.mark.parametrize(
    "password", ["", "elevenchars", "aaaaaaaaaaaaaaaa", "121212121212", "muna.muna.muna", "x" * 1025]
)
def test_a_password_that_can_be_guessed_is_not_taken(password: str) -> None:
    with pytest.raises(UsageError):
        check_password(password, "muna.muna")


@pytest.mark.parametrize("password", ["twelve chars", "كلمات كثيرة هنا", "correct horse battery staple muna.muna"])
def test_several_words_are_taken(password: str) -> None:
    check_password(password, "muna.muna")
