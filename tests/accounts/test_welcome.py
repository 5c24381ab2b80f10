"""The one-time link of a first start, and of an invitation."""

from __future__ import annotations

from pathlib import Path

from accounts.browser import Browser
from accounts.conftest import PASSWORD, Make, app_in

from tts_news.accounts.records import Account, Role
from tts_news.accounts.store import Link

FIRST = {"name": "Muna", "password": PASSWORD, "again": PASSWORD}


def test_a_first_start_prints_a_link_that_works_once(tmp_path: Path) -> None:
    app = app_in(tmp_path / "out", "")
    accounts = app.state.accounts
    page = accounts.first_link().removeprefix("http://127.0.0.1:8080")
    assert page.startswith("/desk/welcome?token=")
    looking = Browser(app)
    assert looking.get(page).headers["referrer-policy"] == "strict-origin"  # the token goes into no Referer
    assert looking.get(page).status_code == looking.get(page).status_code == 200  # a preview uses nothing up
    one, other = Browser(app), Browser(app)
    assert one.send(page, **FIRST | {"again": "x"}).status_code == 400
    assert one.send(page, **FIRST | {"name": "key:x"}).status_code == 400
    assert one.post("/desk/welcome", FIRST | {"token": page.rpartition("=")[2]}).status_code == 403  # no form of ours
    assert accounts.store.users() == []
    form = other.get(page)
    assert one.send(page, **FIRST).status_code == 303
    assert one.name() == "muna"
    assert accounts.store.users() == [(Account("muna", Role.PUBLISHER), True)]
    assert other.get(page).status_code == 404
    assert other.post("/desk/welcome", {"token": page.rpartition("=")[2]} | FIRST | {"name": "eve"}).status_code == 404
    assert form.status_code == 200
    assert accounts.store.find("eve") is None
    assert accounts.first_link() == ""
    assert accounts.store.lines(1)[0].what == "password set by one-time link"


def test_the_next_start_prints_another_and_the_first_is_over(tmp_path: Path) -> None:
    app = app_in(tmp_path / "out", "")
    first, second = app.state.accounts.first_link(), app.state.accounts.first_link()
    one = Browser(app)
    assert [one.get("/desk" + link.partition("/desk")[2]).status_code for link in (first, second)] == [404, 200]


def test_an_invitation_sets_the_password_of_its_user_alone(make: Make) -> None:
    app = make()
    token = app.state.accounts.store.add_link(Link("rana", Role.EDITOR), 60)
    one = Browser(app)
    one.send(f"/desk/welcome?token={token}", name="a.publisher", password=PASSWORD, again=PASSWORD)
    assert one.name() == "rana"
    assert app.state.accounts.store.find("rana") == Account("rana", Role.EDITOR)
