"""The pages of the desk, filled in the language of whoever asks."""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment
from starlette.requests import Request

from tts_news.accounts.gate import account_of, csrf_token
from tts_news.accounts.records import Account, Role
from tts_news.accounts.templates import fill
from tts_news.publish import templates
from tts_news.publish.colour import DEFAULT, lightened

NOBODY = Account("", Role.READER)


def render(request: Request, name: str, **values: Any) -> str:
    """Return a page, or a part of one, in the language of who asks."""
    account = account_of(request) or NOBODY
    return fill(
        _environment(),
        name,
        request,
        account=account,
        may_edit=account.role >= Role.EDITOR,
        may_publish=account.role >= Role.PUBLISHER,
        csrf=csrf_token(request),
        **values,
    )


def style(colour: str) -> str:
    """Return the desk's style with the show's colours in it: its pages hold no style of their own."""
    colours = f":root {{ --accent-light: {colour or DEFAULT}; --accent-dark: {lightened(colour or DEFAULT)}; }}\n"
    return colours + templates.read_asset("palette.css") + read_asset("desk.css")


@cache
def read_asset(name: str) -> str:
    """Return a file of `tts_news/desk/assets`, which the wheel carries."""
    return files("tts_news.desk").joinpath("assets", name).read_text(encoding="utf-8")


def clock(seconds: float) -> str:
    """Return a length as minutes and seconds, e.g. 3:07."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def moment(at: float) -> str:
    """Return a time as people write it, in UTC."""
    return dt.datetime.fromtimestamp(at, dt.UTC).strftime("%Y-%m-%d %H:%M")


@cache
def _environment() -> Environment:
    environment = templates.make_environment("tts_news.desk", "tts_news.accounts")
    environment.filters |= {"clock": clock, "moment": moment}
    return environment
