"""Every word of the pages is there in Arabic."""

from __future__ import annotations

import re
import unicodedata
from importlib.resources import files

import pytest
from accounts.browser import Browser
from starlette.applications import Starlette

from tts_news.accounts.gate import _PROGRAMS_DO
from tts_news.accounts.words import ARABIC

TEMPLATES = files("tts_news.accounts").joinpath("templates")
SAID = [
    text for path in TEMPLATES.iterdir() for text in re.findall(r'_\("([^"]+)"\)', path.read_text(encoding="utf-8"))
]


def test_nothing_of_the_pages_is_left_in_english() -> None:
    heads = ["When (UTC)", "Who", "From", "What", "Article", "Details", "reader", "editor", "publisher"]
    assert len(SAID) > 40
    assert [text for text in (*SAID, *heads) if text not in ARABIC] == []


def test_what_this_package_writes_into_the_book_is_said_in_arabic() -> None:
    package = files("tts_news.accounts")
    texts = [package.joinpath(name).read_text(encoding="utf-8") for name in ("pages.py", "gate.py")]
    texts.append(files("tts_news.commands").joinpath("users.py").read_text(encoding="utf-8"))
    written = {what for text in texts for what in re.findall(r'note\((?:request|store), "([^"]+)"', text)}
    written |= set(_PROGRAMS_DO.values())
    assert len(written) >= 11
    assert written - ARABIC.keys() == set()


def test_arabic_is_arabic_in_nfc() -> None:
    for text in ARABIC.values():
        assert text == unicodedata.normalize("NFC", text)
        assert re.search("[\u0621-\u064a]", text)


@pytest.mark.parametrize(
    ("query", "accept", "language"),
    [
        ("", "", "ar"),
        ("", "en-GB,en;q=0.9,ar;q=0.8", "en"),
        ("", "fr,ar;q=0.5", "ar"),
        ("?lang=en", "ar", "en"),
        ("?lang=<x>", "de", "ar"),
    ],
)
def test_a_page_is_in_the_language_of_who_asks(app: Starlette, query: str, accept: str, language: str) -> None:
    page = Browser(app).get(f"/desk/login{query}", accept_language=accept).text
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert ("تسجيل الدخول" in page) == (language == "ar")


def test_a_language_that_was_asked_for_stays(app: Starlette) -> None:
    one = Browser(app)
    one.get("/desk/login?lang=en")
    assert 'lang="en"' in one.get("/desk/login").text
