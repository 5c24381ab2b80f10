"""Signing in, in a real browser: by keyboard, in Arabic and English, for everybody."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tts_news.config import load
from tts_news.server.app import make_app

pytestmark = pytest.mark.browser
PASSWORD = "four words in a row"  # noqa: S105


@pytest.fixture
def first_link(tmp_path: Path) -> Iterator[str]:
    """The link of a first start, of a server on loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        voices = str(Path(__file__).parents[1] / "voices")
        flags = {"publish.output": str(tmp_path), "speak.voice": "tone", "speak.voices_dir": voices}
        app = make_app(load(None, flags | {"serve.port": port, "serve.warm": False}, {}))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield app.state.accounts.first_link()
        server.should_exit = True
        thread.join()


def faults(page: Page) -> list[str]:
    """Return what axe finds."""
    found: Any = Axe().run(page).response
    return [f"{one['id']}: {node['html']}" for one in found["violations"] for node in one["nodes"]]


def type_in(page: Page, *words: str) -> None:
    """Type into one field after the other, and press Enter in the last."""
    for word in words[:-1]:
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    page.keyboard.type(words[-1])
    page.keyboard.press("Enter")


@pytest.mark.parametrize(("language", "scheme"), [("ar", "light"), ("en", "dark")])
def test_a_first_user_signs_in_and_out_by_keyboard(
    browser: Browser, first_link: str, language: str, scheme: Any
) -> None:
    context = browser.new_context(locale=language, color_scheme=scheme, viewport={"width": 360, "height": 700})
    page = context.new_page()
    page.goto(first_link)
    home = first_link.partition("/desk")[0]
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
    assert faults(page) == []
    page.keyboard.press("Tab")
    type_in(page, "Muna", PASSWORD, PASSWORD)
    page.wait_for_url(re.compile("/desk/?$"))
    assert first_link.rpartition("=")[2] not in page.evaluate("document.referrer + location.href")
    page.goto(f"{home}/desk/account")
    assert page.inner_text("dd >> nth=0") == "muna"
    assert faults(page) == []
    assert page.evaluate("document.cookie") == ""  # no script of a page can read the session
    page.locator("form[action='/desk/logout'] button").press("Enter")
    page.wait_for_url("**/desk/login")
    assert faults(page) == []
    type_in(page, "muna", "a wrong password")
    assert page.get_by_role("alert").inner_text()
    assert faults(page) == []
    page.goto(f"{home}/desk/audit")
    page.wait_for_url("**/desk/login?next=*")
    type_in(page, "muna", PASSWORD)
    page.wait_for_url("**/desk/audit")
    assert ("رُفض تسجيل دخول" if language == "ar" else "login refused") in page.inner_text("table")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
