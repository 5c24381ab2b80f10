"""Who is let into the desk, and who could not be: each test is a way in that somebody has tried elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from accounts.browser import HERE, Browser
from accounts.conftest import PASSWORD, Make
from starlette.applications import Starlette

from tts_news.accounts.gate import _made_of, safe_next
from tts_news.accounts.keys import find_key, read_keys
from tts_news.accounts.records import Account, Role
from tts_news.config import load
from tts_news.errors import ConfigError
from tts_news.server.app import make_app

SignedIn = Callable[[str], Browser]
JSON = {"content-type": "application/json"}


def set_cookies(answer: httpx.Response) -> dict[str, str]:
    return {text.partition("=")[0]: text.partition("=")[2] for text in answer.headers.get_list("set-cookie")}


# signing in


def test_a_user_signs_in_and_goes_where_she_was_going(browser: Browser) -> None:
    asked = browser.get("/desk/account")
    assert (asked.status_code, asked.headers["location"]) == (303, "/desk/login?next=%2Fdesk%2Faccount")
    gone = browser.sign_in("A.Editor ", PASSWORD, "/desk/account")
    assert (gone.status_code, gone.headers["location"]) == (303, "/desk/account")
    assert browser.name() == "a.editor"


def test_a_wrong_password_and_a_wrong_name_are_answered_alike(app: Starlette) -> None:
    answers = []
    for name, password in (("a.editor", "wrong password"), ("nobody", PASSWORD), ("<b>", "x")):
        answer = Browser(app).sign_in(name, password)
        answers.append((answer.status_code, re.sub(r'value="[0-9a-f]{64}"', "", answer.text), answer.headers.keys()))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 401
    lines = app.state.accounts.store.lines(3)
    assert [(line.who, line.what) for line in reversed(lines)] == [
        ("a.editor", "login refused"), ("(no such user)", "login refused"), ("(no such user)", "login refused")
    ]  # fmt: skip


def test_the_session_of_before_is_not_the_session_of_after(app: Starlette, signed_in: SignedIn) -> None:
    fixed = signed_in("reader")
    (before,) = [cookie.value for cookie in fixed.cookies.jar if cookie.name == "tts-news-8080"]
    token = re.search(r'name="csrf" value="(\w+)"', fixed.get("/desk/account").text)
    assert token
    fields = {"csrf": token[1], "name": "a.editor", "password": PASSWORD}
    assert fixed.post("/desk/login", fields).status_code == 303
    assert fixed.name() == "a.editor"
    assert app.state.accounts.store.session(before, 1e9, 1e9) is None


def test_a_session_that_the_browser_brought_is_nobodys(app: Starlette) -> None:
    one = Browser(app)
    one.take_session("chosen-by-somebody-else")
    one.sign_in("a.reader", PASSWORD)
    assert "chosen-by-somebody-else" not in str(one.cookies)
    other = Browser(app)
    other.take_session("chosen-by-somebody-else")
    assert other.get("/desk/account").status_code == 303


def test_nobody_is_signed_in_by_a_form_of_another_page(app: Starlette) -> None:
    fields = {"name": "a.editor", "password": PASSWORD, "next": "/desk"}
    blind = Browser(app)
    assert blind.post("/desk/login", fields).status_code == 403  # no form was sent to this browser
    assert blind.post("/desk/login", fields | {"csrf": ""}).status_code == 403
    other = re.search(r'name="csrf" value="(\w+)"', Browser(app).get("/desk/login").text)
    assert other
    blind.get("/desk/login")
    assert blind.post("/desk/login", fields | {"csrf": other[1]}).status_code == 403  # another browser's
    assert blind.send("/desk/login", **fields).status_code == 303
    foreign = Browser(app)
    form = re.search(r'name="csrf" value="(\w+)"', foreign.get("/desk/login").text)
    assert form
    assert foreign.post("/desk/login", fields | {"csrf": form[1]}, origin="https://evil.example").status_code == 403


@pytest.mark.parametrize(
    "place",
    ["/desk", "/desk/", "/desk/account", "/desk/scripts/2026-11-28-x.y?sort=unsure&page=2", "/desk/%D8%B3"],
)
def test_a_link_leads_on_within_the_desk(place: str) -> None:
    assert safe_next(place) == place


@pytest.mark.parametrize(
    "place",
    [
        "", "https://evil.example", "//evil.example", "/\\evil.example", "/desk/..//evil.example", "/desk/../x",
        "/desk//evil.example", "/desk@evil.example", "/desk.evil.example", "/deskx", "javascript:alert(1)", "/feed.xml",
        "/desk\r\nset-cookie: a=b", "/desk/\n", "/desk?x=//evil.example", "/desk#@evil.example", "\\\\evil", " /desk",
        "/desk/./x",
    ],
)  # fmt: skip
def test_a_link_leads_nowhere_else(place: str) -> None:
    assert safe_next(place) == "/desk"


def test_where_a_link_leads_is_looked_at_when_the_form_comes_too(browser: Browser) -> None:
    page = browser.get("/desk/login?next=//evil.example%22%3E%3Cscript%3E")
    assert "evil" not in page.text
    token = re.search(r'name="csrf" value="(\w+)"', page.text)
    assert token
    fields = {"csrf": token[1], "name": "a.reader", "password": PASSWORD, "next": "//evil.example"}
    assert browser.post("/desk/login", fields).headers["location"] == "/desk"


def test_too_many_tries_wait_the_right_password_too(make: Make) -> None:
    app = make(logins_per_minute=2)
    one = Browser(app)
    assert [one.sign_in("a.editor", "wrong").status_code for _ in range(3)] == [401, 401, 429]
    slowed = one.sign_in("a.editor", PASSWORD)
    assert slowed.status_code == 429
    assert 0 < int(slowed.headers["retry-after"]) <= 31
    assert Browser(app, client="198.51.100.1").sign_in("a.editor", PASSWORD).status_code == 303


# cookies


@pytest.mark.parametrize(
    ("base", "name", "secure"),
    [(HERE, "tts-news-8080", False), ("https://press.example", "__Host-tts-news", True)],
)
def test_the_session_is_in_a_cookie_for_this_host_alone(make: Make, base: str, name: str, secure: bool) -> None:
    answer = Browser(make(allowed_hosts=("press.example",)), base).sign_in("a.reader", PASSWORD)
    kept = set_cookies(answer)[name]
    assert "HttpOnly" in kept
    assert "samesite=strict" in kept.lower()
    assert "Path=/;" in kept
    assert ("Secure" in kept) == secure
    assert "domain" not in kept.lower()


def test_a_cookie_set_over_http_is_not_taken_over_https(make: Make) -> None:
    app = make(allowed_hosts=("press.example",))
    token = app.state.accounts.store.open_session("a.reader", "192.0.2.7")
    one = Browser(app, "https://press.example")
    for name, status in (("tts-news-443", 303), ("tts-news", 303), ("__Host-tts-news", 200)):
        assert one.get("/desk/account", cookie=f"{name}={token}").status_code == status


def test_of_two_cookies_of_one_name_none_is_taken(app: Starlette) -> None:
    mine, theirs = (app.state.accounts.store.open_session(name, "x") for name in ("a.reader", "a.editor"))
    one = Browser(app)
    assert one.get("/desk/account", cookie=f"tts-news-8080={mine}").status_code == 200
    for both in (f"{mine}; tts-news-8080={theirs}", f"{theirs}; tts-news-8080={mine}"):
        assert one.get("/desk/account", cookie=f"tts-news-8080={both}").status_code == 303


def test_over_http_from_elsewhere_there_is_no_desk(make: Make) -> None:
    answer = Browser(make(allowed_hosts=("press.example",)), "http://press.example").get("/desk/login")
    assert answer.status_code == 403
    assert "https" in answer.text


def test_over_http_from_elsewhere_there_is_one_where_it_is_wanted(make: Make) -> None:
    app = make(allowed_hosts=("press.example",), desk_over_http=True)
    assert Browser(app, "http://press.example").get("/desk/login").status_code == 200


def test_under_another_name_there_is_no_desk(app: Starlette) -> None:
    for path in ("/desk", "/desk/login", "/desk/account"):
        assert Browser(app).get(path, host="rebound.example").status_code == 421


# what is changed


@pytest.mark.parametrize("path", ["/desk/logout", "/desk/account/everywhere", "/desk/account/password"])
def test_nothing_is_changed_without_the_sessions_token(signed_in: SignedIn, path: str) -> None:
    one, other = signed_in("editor"), signed_in("editor")
    page = other.get("/desk/account").text
    theirs = re.search(r'name="csrf" value="(\w+)"', page)
    assert theirs
    for token in ("", "x", theirs[1], "ü"):
        assert one.post(path, {"csrf": token}).status_code == 403
        assert one.ask("POST", path, headers={"x-csrf-token": token.encode()} | JSON).status_code == 403
    assert one.name() == "a.editor"


def test_the_token_may_stand_in_a_header(signed_in: SignedIn) -> None:
    one = signed_in("editor")
    token = re.search(r'name="csrf" value="(\w+)"', one.get("/desk/account").text)
    assert token
    assert one.ask("POST", "/desk/logout", headers={"x-csrf-token": token[1]} | JSON).status_code == 303
    assert one.get("/desk/account").status_code == 303


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"sec_fetch_site": "cross-site", "origin": ""}]
)
def test_a_page_of_another_origin_changes_nothing_with_a_token_or_without(
    signed_in: SignedIn, headers: dict[str, str]
) -> None:
    one = signed_in("editor")
    token = re.search(r'name="csrf" value="(\w+)"', one.get("/desk/account").text)
    assert token
    assert one.post("/desk/logout", {"csrf": token[1]}, **headers).status_code == 403
    assert one.name() == "a.editor"


def test_signing_out_ends_the_session_at_the_server_and_everywhere_all_of_them(make: Make) -> None:
    app = make()
    store = app.state.accounts.store
    one, two, three = Browser(app), Browser(app), Browser(app)
    for each in (one, two, three):
        each.take_session(store.open_session("a.editor", "x"))
    stolen = httpx.Cookies(one.cookies)
    assert one.send("/desk/account", "/desk/logout").status_code == 303
    assert Browser(app, cookies=stolen).get("/desk/account").status_code == 303
    assert two.name() == three.name() == "a.editor"
    two.send("/desk/account", "/desk/account/everywhere")
    assert three.get("/desk/account").status_code == 303
    assert [line.what for line in store.lines(2)] == ["logout everywhere", "logout"]


def test_a_new_password_wants_the_present_one_and_ends_the_other_sessions(make: Make) -> None:
    app = make()
    store = app.state.accounts.store
    one, other = Browser(app), Browser(app)
    for each in (one, other):
        each.take_session(store.open_session("a.editor", "x"))
    new = {"password": "five words in a row", "again": "five words in a row"}

    def change(**fields: str) -> httpx.Response:
        return one.send("/desk/account", "/desk/account/password", **fields)

    assert change(old="wrong", **new).status_code == 403
    assert change(old=PASSWORD, **new | {"again": "six"}).status_code == 400
    assert change(old=PASSWORD, password="short", again="short").status_code == 400  # noqa: S106
    assert other.name() == "a.editor"
    assert change(old=PASSWORD, **new).status_code == 303
    assert one.name() == "a.editor"
    assert other.get("/desk/account").status_code == 303
    assert app.state.accounts.login.check("a.editor", new["password"])
    assert store.lines(1)[0].what == "password changed"


def test_a_removed_user_is_out_and_a_lower_role_is_lower_at_once(make: Make) -> None:
    app = make()
    store = app.state.accounts.store
    store.add_user(Account("boss", Role.PUBLISHER))
    one = Browser(app)
    one.take_session(store.open_session("a.publisher", "x"))
    assert one.get("/desk/audit").status_code == 200
    store.set_role("a.publisher", Role.EDITOR)
    assert one.get("/desk/audit").status_code == 403
    store.remove_user("a.publisher")
    assert one.get("/desk/audit").status_code == 303


# refusals


def test_who_has_not_signed_in_is_told_in_her_own_way(app: Starlette) -> None:
    one = Browser(app)
    assert one.get("/desk/account?x=1").headers["location"] == "/desk/login?next=%2Fdesk%2Faccount%3Fx%3D1"
    script = one.ask("GET", "/desk/account", headers={"accept": "application/json"})
    assert (script.status_code, script.json()["error"]["code"]) == (401, "not_signed_in")
    assert one.post("/desk/logout", {"csrf": ""}).status_code == 401
    # Our cookie comes only with what our own page asks for: a link in a letter leads to one first.
    letter = one.get("/desk/account", sec_fetch_site="cross-site")
    assert letter.status_code == 200
    assert 'content="0;url=/desk/account"' in letter.text


def test_the_book_is_for_publishers_and_shows_what_strangers_wrote_as_text(signed_in: SignedIn, app: Starlette) -> None:
    app.state.accounts.store.note("a.editor", "::1", "made", 'x"><script>alert(1)</script>', "<img src=x>")
    assert signed_in("editor").get("/desk/audit").status_code == 403
    page = signed_in("publisher").get("/desk/audit")
    assert page.status_code == 200
    assert "<script" not in page.text
    assert "<img" not in page.text
    assert "&lt;img src=x&gt;" in page.text
    assert signed_in("publisher").get("/desk/audit?before=99999999999999999999&article=nothing").status_code == 200


def test_no_page_of_the_desk_is_kept_framed_or_told_on(app: Starlette, signed_in: SignedIn) -> None:
    for answer in (
        Browser(app).get("/desk/login"),
        signed_in("reader").get("/desk/account"),
        Browser(app).get("/desk/x"),
    ):
        assert answer.headers["cache-control"] == "no-store"
        # "no-referrer" would make our forms' origin "null".
        assert answer.headers["referrer-policy"] in {"same-origin", "strict-origin"}
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "script-src" not in answer.headers["content-security-policy"]
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_an_account_file_that_cannot_be_read_now_says_so(make: Make) -> None:
    app = make()
    one = Browser(app)
    one.take_session(app.state.accounts.store.open_session("a.reader", "x"))
    app.state.accounts.store._base.execute("ALTER TABLE sessions RENAME TO elsewhere")
    assert one.get("/desk/account").status_code == 503
    assert one.get("/feed.xml").status_code == 404


# a web server that says who it is


PROXY = {"user_header": "X-Remote-User", "proxies": ("10.0.0.0/8",), "allowed_hosts": ("press.example",)}


def through(app: Starlette, peer: str = "10.1.2.3", **headers: str) -> httpx.Response:
    forwarded = {"x_forwarded_for": "198.51.100.1", "x_forwarded_proto": "https"}
    return Browser(app, "http://press.example", peer).get("/desk/account", **forwarded | headers)


def test_a_web_server_says_who_it_is_and_nobody_else_can(make: Make) -> None:
    app = make(**PROXY)
    assert "<bdi>rana</bdi>" in through(app, x_remote_user="Rana").text
    assert "قارئ" in through(app, x_remote_user="rana").text
    assert "ناشر" in through(app, x_remote_user="a.publisher").text
    # From elsewhere it is as if nothing had been said; nor is what comes with it believed, that it was by https.
    for peer in ("192.0.2.9", "11.0.0.1", "::1", "testclient", ""):
        assert through(app, peer, x_remote_user="a.publisher").status_code == 403
        direct = Browser(app, "https://press.example", peer).get("/desk/account", x_remote_user="a.publisher")
        assert direct.status_code == 401
    assert through(app).status_code == 401
    for name in ("", "key:x", "a b", "rana,a.publisher"):
        assert through(app, x_remote_user=name).status_code == 401


def test_a_user_said_twice_is_nobody(make: Make) -> None:
    app = make(**PROXY)
    twice = [("x-remote-user", "rana"), ("x-remote-user", "a.publisher"), ("x-forwarded-proto", "https")]
    answer = Browser(app, "http://press.example", "10.1.2.3").ask("GET", "/desk/account", headers=twice)
    assert answer.status_code == 401


def test_no_session_and_no_password_where_a_web_server_says_who(make: Make) -> None:
    app = make(**PROXY)
    token = app.state.accounts.store.open_session("a.publisher", "x")
    assert through(app, cookie=f"__Host-tts-news={token}").status_code == 401
    one = Browser(app, "https://press.example", "192.0.2.1")
    assert one.get("/desk/login").status_code == 401
    assert one.post("/desk/login", {"name": "a.publisher", "password": PASSWORD}).status_code == 403
    assert app.state.accounts.first_link() == ""


def test_roles_come_from_the_web_server_or_the_list(make: Make) -> None:
    app = make(**PROXY, role_header="X-Remote-Groups")

    def role(groups: str) -> str:
        answer = through(app, x_remote_user="rana", x_remote_groups=groups)
        found = re.search(r"<dd>(قارئ|محرر|ناشر)</dd>", answer.text)
        return found[1] if found else str(answer.status_code)

    assert [role(groups) for groups in ("reader", "staff, Editor", "reader,publisher", "staff", "")] == [
        "قارئ", "محرر", "ناشر", "401", "401"
    ]  # fmt: skip
    assert through(app, x_remote_user="a.publisher").status_code == 401  # said by nobody that it is one


def test_who_is_not_listed_may_be_let_out(make: Make) -> None:
    app = make(**PROXY, header_role="")
    assert through(app, x_remote_user="rana").status_code == 401
    assert through(app, x_remote_user="a.editor").status_code == 200


def test_a_web_servers_user_has_a_token_of_her_own(make: Make) -> None:
    app = make(**PROXY)
    one = Browser(app, "http://press.example", "10.1.2.3")

    def change(user: str, token: str) -> str:
        said = {"x_remote_user": user, "x_forwarded_proto": "https", "origin": "https://press.example"}
        answer = one.post("/desk/account/everywhere", {"csrf": token}, **said)
        return f"{answer.status_code} {answer.headers.get('location', '')}".strip()

    secret = app.state.accounts.secret
    mine, others = (_made_of(secret, name) for name in (b"a.editor", b"a.reader"))
    assert change("a.editor", "") == change("a.editor", others) == "403"
    assert change("a.editor", mine) == "303 /desk/login"


@pytest.mark.parametrize(
    "settings",
    [
        {"user_header": "X-Remote-User"},
        {"role_header": "X-Role"},
        {"header_role": "admin"},
        {"session_hours": 0},
        {"session_idle_minutes": -1},
        {"logins_per_minute": 0},
        {"welcome_minutes": 0},
    ],
)
def test_settings_that_would_let_anybody_in_or_nobody_do_not_start(tmp_path: Path, settings: dict[str, object]) -> None:
    flags = {"publish.output": str(tmp_path)} | {f"serve.{name}": value for name, value in settings.items()}
    with pytest.raises(ConfigError):
        make_app(load(None, flags, {}))


# keys


def test_a_key_has_a_name_and_a_role() -> None:
    keys = read_keys(("plain:secret", "wordpress:publisher:s3:cret", "alexa:reader:مفتاح"))
    assert find_key(b"plain:secret", keys) == Account("key:1", Role.PUBLISHER)
    assert find_key(b"s3:cret", keys) == Account("key:wordpress", Role.PUBLISHER)
    assert find_key("مفتاح".encode(), keys) == Account("key:alexa", Role.READER)
    for wrong in (b"", b"wordpress:publisher:s3:cret", b"wordpress", b"s3:cre"):
        assert find_key(wrong, keys) is None


def test_a_readers_key_publishes_nothing(make: Make) -> None:
    app = make(keys=("alexa:reader:one", "paper:editor:two", "site:publisher:three"))
    one = Browser(app)
    order = {"title": "عنوان", "text": "نص قصير."}
    for key, status in (("one", 403), ("two", 403), ("three", 202)):
        headers = {"authorization": f"Bearer {key}"}
        assert one.ask("POST", "/editions", json=order, headers=headers).status_code == status
        assert one.ask("GET", "/v1/models", headers=headers).status_code == 200
        assert one.ask("GET", "/desk/account", headers=headers).status_code == 401  # the desk is for people
    assert one.ask("DELETE", "/editions/x", headers={"authorization": "Bearer two"} | JSON).status_code == 403


def test_what_programs_change_is_in_the_book_too(make: Make) -> None:
    app = make(keys=("site:publisher:three",))
    one, key = Browser(app), {"authorization": "Bearer three"}
    order = {"title": "عنوان", "text": "نص قصير.", "site": "https://news.example", "id": "12"}
    job = one.ask("POST", "/editions", json=order, headers=key).json()["id"]
    assert one.ask("POST", "/editions", json={}, headers=key).status_code == 400
    assert one.ask("GET", f"/editions/{job}", headers=key).status_code == 200
    assert one.ask("DELETE", "/editions?site=https://news.example&id=12", headers=key).status_code == 200
    lines = app.state.accounts.store.lines()
    assert [(line.who, line.address, line.what, line.article) for line in reversed(lines)] == [
        ("key:site", "192.0.2.7", "edition ordered", job),
        ("key:site", "192.0.2.7", "edition withdrawn", "12"),
    ]
