"""The templates of these pages and of the desk's, filled in the language of who asks.

Both stand in one frame, `outline.html`. A template says a text of ours as `_("text")`, of a word that has several
meanings as `_("word", "which")`, and an error as `told(error)`: see `tts_news.words`.
"""

from __future__ import annotations

from functools import cache, lru_cache, partial
from typing import Final

from jinja2 import Environment
from markupsafe import Markup, escape
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.types import Scope

from tts_news.publish.reading import show_text
from tts_news.publish.templates import make_environment
from tts_news.words import LANGUAGES, message, translated

LANGUAGE_COOKIE: Final = "tts-news-lang"


def language_asked(scope: Scope) -> str:
    """Return the language that `?lang=` asks for, "" for none."""
    asked = QueryParams(scope.get("query_string", b"")).get("lang", "")
    return asked if asked in LANGUAGES else ""


def language_of(request: Request) -> str:
    """Return the language of a page: as asked by `?lang=`, as asked before, or as the browser prefers; else Arabic."""
    wanted = [language_asked(request.scope), request.cookies.get(LANGUAGE_COOKIE, "")]
    wanted += [
        part.partition(";")[0].strip()[:2].lower() for part in request.headers.get("accept-language", "").split(",")
    ]
    return next((language for language in wanted if language in LANGUAGES), "ar")


def tell(text: object, language: str) -> str:
    """Return a message of ours, an error or a hint, in a language; one that holds a stranger's text is cleaned."""
    return message(show_text(str(text)), language)


@lru_cache(maxsize=2048)
def _say(language: str, text: str, context: str = "") -> Markup:
    """Return a text of ours for a page, which says a few of them a thousand times."""
    return escape(translated(text, language=language, context=context))


def fill(environment: Environment, name: str, request: Request, **values: object) -> str:
    """Return a page, or a part of one, in the language of who asks."""
    language = language_of(request)

    def told(error: object) -> Markup:
        """Return an error as the door tells it: its lines, without the names that a terminal gives them."""
        lines = (line.removeprefix("error: ").removeprefix("hint: ") for line in str(error).splitlines())
        return escape(" – ".join(tell(line, language) for line in lines))

    direction = "rtl" if language == "ar" else "ltr"
    words = {"_": partial(_say, language), "told": told, "language": language, "direction": direction}
    return environment.get_template(name).render(**words, **values)


def show(name: str, request: Request, **values: object) -> str:
    """Return one of these pages, in the language of who asks."""
    account = request.scope.get("account")
    return fill(_environment(), name, request, account=account, **values)


@cache
def _environment() -> Environment:
    return make_environment("tts_news.accounts")
