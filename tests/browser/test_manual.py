"""The page of the interfaces in a browser: readable by all, without script, by keyboard, on a telephone."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tts_news.config import load
from tts_news.server.app import make_app
from tts_news.server.manual import Manual

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_the_interfaces_is_clean_and_fits_a_telephone(
    browser: Browser, tmp_path: Path, scheme: str
) -> None:
    app = make_app(load(None, {"publish.output": str(tmp_path)}, {}))
    manual: Manual = app.state.manual
    file = tmp_path / "docs.html"
    file.write_text(manual.page, encoding="utf-8")
    page = browser.new_page(viewport={"width": 360, "height": 640}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(file.as_uri())
    assert not Axe().run(page).response["violations"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "A"
    page.close()
