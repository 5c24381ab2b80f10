"""One application with three users, for all tests that leave them as they found them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from accounts.browser import Browser
from databases import databases_closed
from starlette.applications import Starlette

from tts_news.accounts.passwords import hash_password
from tts_news.accounts.records import Account, Role
from tts_news.accounts.store import AccountStore
from tts_news.config import load
from tts_news.server.app import make_app

VOICES = Path(__file__).parents[1] / "voices"
PASSWORD = "four words in a row"  # noqa: S105
Make = Callable[..., Starlette]


@pytest.fixture(scope="session")
def hashed() -> str:
    """What is kept of PASSWORD: hashing takes its time, once."""
    return hash_password(PASSWORD)


@pytest.fixture(scope="module", autouse=True)
def _databases() -> Iterator[None]:
    with databases_closed():
        yield


def app_in(folder: Path, hashed: str, **settings: object) -> Starlette:
    flags = {"speak.voice": "tone", "speak.voices_dir": str(VOICES), "publish.output": str(folder)}
    given = {"logins_per_minute": 1000} | settings
    app = make_app(load(None, flags | {f"serve.{name}": value for name, value in given.items()}, {}))
    for role in Role if hashed else ():
        app.state.accounts.store.add_user(Account(f"a.{role.word}", role), hashed)
    return app


@pytest.fixture
def make(tmp_path: Path, hashed: str) -> Make:
    """Makes an application of the test's own: a.reader, a.editor and a.publisher, settings as given."""
    return lambda **settings: app_in(tmp_path / "out", hashed, **settings)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, hashed: str) -> Starlette:
    return app_in(tmp_path_factory.mktemp("accounts"), hashed)


@pytest.fixture
def store(tmp_path: Path, hashed: str) -> AccountStore:
    opened = AccountStore(tmp_path / "accounts.sqlite")
    opened.add_user(Account("muna", Role.PUBLISHER), hashed)
    opened.add_user(Account("sami", Role.EDITOR), hashed)
    return opened


@pytest.fixture
def browser(app: Starlette) -> Browser:
    return Browser(app)


@pytest.fixture
def signed_in(app: Starlette) -> Callable[[str], Browser]:
    """Gives a browser in which a user of that role has signed in, a new session each time and no password hashed."""

    def sign_in(role: str) -> Browser:
        one = Browser(app)
        one.take_session(app.state.accounts.store.open_session(f"a.{role}", "192.0.2.7"))
        return one

    return sign_in
