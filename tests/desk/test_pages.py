"""Who may do what at the desk, and what a stranger's text, form or page can do there: nothing."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from importlib.resources import files

import pytest
from accounts.browser import Browser
from desk.conftest import ARTICLE, HOSTILE, Add, Desk, Editor

from tts_news.accounts.records import Role
from tts_news.desk.drafts import Draft, Papers
from tts_news.records import Identity, Paragraph

CITY = "c0002"


def test_the_script_is_shown_with_its_doubts_in_either_order(muna: Editor) -> None:
    page = muna.get().text
    assert '<html lang="ar" dir="rtl">' in page
    ids = re.findall(r'<li class="sentence[^"]*" id="(c\d+)"', page)
    assert ids == sorted(ids)
    assert "كلمة ليست في الجداول" in page
    first = re.search(r'<li class="sentence[^"]*" id="(c\d+)"', muna.get("?order=doubt").text)
    assert first
    assert first[1] == CITY  # the city that no table knows


def test_english_is_spoken_too(muna: Editor) -> None:
    page = muna.get("?lang=en").text
    assert 'lang="en" dir="ltr"' in page
    assert "a word no table knows" in page


def test_every_colour_and_face_of_the_style_is_there(muna: Editor) -> None:
    style = muna.browser.get("/desk/desk.css").text
    assert set(re.findall(r"var\((--[\w-]+)", style)) <= set(re.findall(r"(--[\w-]+):", style))


def test_no_style_or_script_of_a_page_is_its_own(muna: Editor) -> None:
    for path in ("", f"/sentences/{CITY}", "?order=doubt"):
        answer = muna.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert not re.search(r"<script(?! src=)|<style| style=| on[a-z]+=", answer.text)


def test_titles_and_sentences_of_strangers_are_text(desk: Desk, muna: Editor, add: Add) -> None:
    identity = Identity("address", "", "https://news.example/2")
    hostile = replace(ARTICLE, title=f"خبر {HOSTILE}", blocks=(Paragraph(f"قال {HOSTILE} أمس."),), identity=identity)
    muna.draft = add(hostile)
    desk.app.state.desk.drafts.set(muna.draft, error=HOSTILE)
    for page in (muna.get().text, muna.get(f"/sentences/{CITY}").text, muna.browser.get("/desk").text):
        assert "<script>document" not in page
        assert "<img" not in page
        assert "\u202e" not in page
    bar = muna.get("/news", accept="application/json").json()["bar"]
    assert "<img" not in bar


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        (Role.READER, f"/sentences/{CITY}", 403),
        (Role.READER, "/undo", 403),
        (Role.READER, "/desk/articles", 403),
        (Role.EDITOR, "/publish", 403),
        (Role.EDITOR, "/desk/editions/2026-01-01-x/withdraw", 403),
        (Role.EDITOR, "/undo", 400),
        (Role.PUBLISHER, "/desk/editions/2026-01-01-x/withdraw", 400),
    ],
)
def test_a_role_may_do_what_it_may(desk: Desk, role: Role, path: str, status: int) -> None:
    assert desk.editor("sami", role).post(path, {"do": "skip"}).status_code == status


def test_a_reader_hears_and_is_offered_no_change(desk: Desk) -> None:
    reader = desk.editor("sami", Role.READER)
    assert reader.get(f"/sentences/{CITY}/sound.wav").status_code == 200
    assert "open-mend" not in reader.get().text
    assert "publish" not in reader.get().text


def test_who_has_not_signed_in_sees_nothing(desk: Desk) -> None:
    stranger = Browser(desk.app)
    shown = [route for route in desk.app.state.desk.routes() if not route.path.endswith((".css", ".js"))]
    assert len(shown) > 18
    for route in shown:
        path = route.path.format(draft=desk.draft, cue=CITY, folder="2026-01-01-x")
        answer = stranger.get(path) if "GET" in route.methods else stranger.post(path, {"reason": ""})
        assert answer.status_code in {303, 401}, path


@pytest.mark.parametrize(
    "headers", [{"x-csrf-token": "0" * 64}, {"origin": "https://evil.example"}, {"host": "evil.example"}]
)
def test_a_form_of_another_page_changes_nothing(desk: Desk, muna: Editor, headers: dict[str, str]) -> None:
    before = muna.version(CITY)
    answer = muna.post(f"/sentences/{CITY}", {"version": before, "do": "skip"}, **headers)
    assert answer.status_code in {403, 421}
    assert muna.version(CITY) == before
    assert not (desk.folder / "corrections.toml").exists()


def test_a_huge_body_is_refused_and_a_file_may_be_larger_than_a_form(muna: Editor) -> None:
    assert muna.post(f"/sentences/{CITY}", {"spoken": "ا" * 600_000}).status_code == 413
    form = {"x-csrf-token": muna.csrf, "origin": muna.browser.base, "accept": "application/json"}
    for size, status in ((2_000_000, 200), (21_000_000, 413)):
        sent = {"file": ("خبر.txt", b"\xd8\xa7" * (size // 2))}
        assert muna.browser.ask("POST", "/desk/articles", files=sent, headers=form).status_code == status


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"text": "عنوان\n\nنص الخبر."}, 200),
        ({"address": "https://news.example/7"}, 200),
        ({}, 400),
        ({"text": "نص", "address": "https://news.example/7"}, 400),
        ({"address": "file:///etc/passwd"}, 400),
        ({"address": "/etc/passwd"}, 400),
        ({"address": "https://user:secret@news.example/7"}, 400),
    ],
)
def test_an_article_is_a_text_an_address_or_a_file(
    desk: Desk, muna: Editor, fields: dict[str, str], status: int
) -> None:
    answer = muna.post("/desk/articles", fields)
    assert answer.status_code == status
    if status == 200:
        assert desk.app.state.desk.drafts.find(answer.json()["id"]).state == "queued"


def test_what_is_dropped_can_be_brought_back(desk: Desk, muna: Editor) -> None:
    muna.post("/drop")
    assert f'id="draft-{desk.draft}"' not in muna.browser.get("/desk/list").text
    muna.post("/restore")
    assert f'id="draft-{desk.draft}"' in muna.browser.get("/desk/list").text


def test_the_script_finds_all_words_that_it_shows(muna: Editor) -> None:
    script = files("tts_news.desk").joinpath("assets", "desk.js").read_text(encoding="utf-8")
    shown = set(re.findall(r'words\[(?:[^"\]]+\? )?"([^"]+)"(?: : "([^"]+)")?\]', script))
    carried = json.loads(unescape(muna.get().text.partition("data-words='")[2].partition("'")[0]))
    assert {text for pair in shown for text in pair if text} == carried.keys()
    assert carried["It cannot be heard."] == "تعذّر الاستماع."


def test_what_went_wrong_is_said_in_arabic_with_its_values(desk: Desk, muna: Editor) -> None:
    name = desk.app.state.desk.drafts.add(
        Draft("", "article", "failed", "خبر", "-", error="there is no file a.txt\nuse --force", by="muna"), Papers()
    )
    for page in (muna.browser.get("/desk").text, muna.browser.get(f"/desk/drafts/{name}").text):
        assert 'dir="auto">لا يوجد ملف \u2068a.txt\u2069' in page
    assert "there is no file a.txt" in muna.browser.get("/desk?lang=en").text


def test_nothing_of_the_pages_is_left_in_english(muna: Editor) -> None:
    shown = re.sub(r"<option.*?</option>|<[^>]+>|&\w+;", " ", muna.get().text)
    shown = re.sub(r"\b(?:muna|tone|English|Shift|Enter|Esc|https?|[A-Z])\b", "", shown)
    assert re.findall(r"[A-Za-z]{2,}", shown) == []
