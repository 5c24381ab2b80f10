"""Pages are in the language of who asks."""

from __future__ import annotations

import pytest
from accounts.browser import Browser
from starlette.applications import Starlette


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


def test_a_refusal_is_in_the_language_of_who_asks_a_script_as_well(app: Starlette) -> None:
    asked = {"accept": "application/json", "accept_language": "ar"}
    assert Browser(app).get("/desk/account", **asked).json()["error"]["message"] == "سجّل الدخول أولًا"
