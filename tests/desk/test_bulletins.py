"""Articles gathered in a bulletin, moved and taken out; drafts on their way to the listeners; what would change."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from accounts.browser import Browser
from desk.conftest import ARTICLE, Add, Desk, Editor

from tts_news.desk.bulletins import _moved
from tts_news.desk.differences import differences
from tts_news.errors import UsageError
from tts_news.records import Cue, Identity, Paragraph
from tts_news.script import parse_script

SECOND = replace(ARTICLE, title="خبر ثان", identity=Identity("address", "", "https://news.example/2"))


@pytest.fixture
def bulletin(desk: Desk, muna: Editor, add: Add) -> list[str]:
    """A bulletin of two articles: its members, the editor being at its page."""
    members = [desk.draft, add(SECOND)]
    fields = {"title": "نشرة الظهيرة", "member": members}
    answer = muna.post("/desk/bulletins", fields)  # type: ignore[arg-type]
    muna.draft = answer.json()["go"].rpartition("/")[2]
    return members


def test_a_bulletin_is_shown_to_nobody_who_has_not_signed_in(desk: Desk, muna: Editor, bulletin: list[str]) -> None:
    assert muna.get().status_code == 200
    for path in ("", "/news", "/changes"):
        assert Browser(desk.app).get(f"/desk/drafts/{muna.draft}{path}").status_code in {303, 401}
    assert bulletin


def members_of(editor: Editor) -> list[str]:
    page = editor.get().text
    return re.findall(r'<li class="draft">.*?/desk/drafts/([0-9a-f]+)"', page.partition('id="members"')[2], re.DOTALL)


def seen(editor: Editor) -> str:
    return re.findall(r'name="seen" value="([^"]*)"', editor.get().text)[-1].replace("&#34;", '"')


def test_a_bulletin_holds_articles_in_an_order_that_can_be_changed_and_taken_back(
    muna: Editor, bulletin: list[str]
) -> None:
    first, second = bulletin
    assert members_of(muna) == [first, second]
    muna.post("/members", {"member": second, "do": "up", "seen": seen(muna)})
    assert members_of(muna) == [second, first]
    old = seen(muna)
    muna.post("/members", {"member": first, "do": "out", "seen": old})
    assert members_of(muna) == [second]
    assert muna.post("/members", {"member": second, "do": "out", "seen": old}).status_code == 409
    muna.post("/undo")
    muna.post("/undo")
    assert members_of(muna) == [first, second]


def test_what_cannot_be_moved_is_told() -> None:
    assert _moved(["a", "b"], "c", "add") == ["a", "b", "c"]
    for member, do in (("a", "up"), ("b", "down"), ("c", "out"), ("a", "sideways")):
        with pytest.raises(UsageError):
            _moved(["a", "b"], member, do)


def test_an_article_becomes_a_job_of_the_one_runner_with_its_mends(desk: Desk, muna: Editor) -> None:
    muna.mend("c0003", do="skip")
    muna.post("/voices", {"headline": "tone", "seen": "null"})
    assert muna.post("/publish").status_code == 200
    app = desk.app.state.desk
    draft = app.drafts.find(desk.draft)
    script = parse_script((desk.folder / "out" / ".desk" / f"{desk.draft}.json").read_text("utf-8"))
    assert script.identity == ARTICLE.identity
    assert "c0003" not in {cue.id for cue in script.cues}
    assert script.composed is not None
    assert app._front.press.jobs.look(draft.job)["state"] == "queued"
    assert "تنتظر التسجيل" in muna.get().text
    assert muna.browser.get(f"/.desk/{desk.draft}.json").status_code == 404


def test_a_draft_that_is_written_anew_is_not_published(desk: Desk, muna: Editor) -> None:
    desk.app.state.desk.drafts.set(desk.draft, state="queued")
    assert muna.post("/publish").status_code == 400


def test_without_an_edition_there_is_nothing_to_compare_with(muna: Editor) -> None:
    assert muna.get("/changes").status_code == 400


def test_a_correction_whose_sentence_has_changed_is_shown(muna: Editor, add: Add) -> None:
    muna.mend("c0002", do="word", word="3", spoken_word="تِشِيوَاوَا")
    changed = Paragraph("زار الوفد مدينة تشيهواهوا وأقام فيها 4 أيام.")
    muna.draft = add(replace(ARTICLE, blocks=(changed, *ARTICLE.blocks[1:])))
    page = muna.get().text.partition('id="unfitting"')[2]
    assert "تِشِيوَاوَا" in page
    assert changed.text in page


def test_a_pasted_text_can_take_the_place_of_an_edition(muna: Editor) -> None:
    assert muna.post("/publish", {"replaces": "2026-01-01-nothing"}).status_code == 400


def cue(written: str, spoken: str = "نَصٌّ", pause_s: float = 0.5, voice: str = "rawi") -> Cue:
    return Cue("c0001", "paragraph", written, spoken, pause_s, voice, 0)


def test_differences_are_told_sentence_by_sentence() -> None:
    before = [cue("أ"), cue("ب"), cue("ج"), cue("د"), cue("ه")]
    after = [
        cue("أ"),
        cue("ب", spoken="غَيْرُهُ"),
        cue("جديد"),
        cue("د", pause_s=1.0, voice="salma"),
        cue("زائد"),
        cue("ه"),
    ]
    assert [one.kind for one in differences(before, after)] == ["spoken", "written", "pause", "voice", "new"]
    assert [one.kind for one in differences(before, before[:2])] == ["gone", "gone", "gone"]
    assert differences(before, before) == []


def test_choices_are_kept_as_json(desk: Desk, muna: Editor) -> None:
    muna.post("/voices", {"headline": "tone", "seen": "null"})
    assert json.loads(json.dumps(desk.app.state.desk.drafts.find(desk.draft).choices)) == {
        "voices": {"headline": "tone"}
    }
