"""Posts of a live page, and questions with their answers."""

from __future__ import annotations

import pytest

from tts_news.records import Article, Figure, Heading, Note, Notes, Paragraph, Post, Quote
from tts_news.script.outline import Line, outline
from tts_news.script.settings import ScriptSettings
from tts_news.script.shown import unsaid

TITLE = "مباشر: العاصفة تصل إلى الساحل"
LIVE = (
    Paragraph("نتابع العاصفة لحظة بلحظة."),
    Post("إغلاق الميناء", time="14:02"),
    Paragraph("أغلقت السلطات الميناء أمام السفن الصغيرة حتى إشعار آخر."),
    Post("", time="13:20"),
    Paragraph("انقطعت الكهرباء."),
)


def lines(*blocks: object, cast: tuple[str, ...] = (), **settings: object) -> list[Line]:
    return outline([Article(TITLE, blocks)], ScriptSettings(**settings), cast)  # type: ignore[arg-type]


def test_the_hour_is_said_before_a_posts_heading_and_is_its_heading_when_it_has_none() -> None:
    found = lines(*LIVE)
    posts = [line for line in found if line.role == "subheading"]
    assert [(line.lead, line.prefix, line.text) for line in posts] == [
        ("14:02", "14:02 ", "إغلاق الميناء"),
        ("", "", "13:20"),
    ]
    assert [mark.title for line in found for mark in line.marks] == [TITLE, "إغلاق الميناء", "13:20"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [("page", ["a1b2", "a1b4"]), ("newest", ["a1b2", "a1b4"]), ("oldest", ["a1b4", "a1b2"])],
)
def test_posts_are_said_in_the_order_asked_for(order: str, expected: list[str]) -> None:
    assert [line.block for line in lines(*LIVE, post_order=order) if line.role == "subheading"] == expected


def test_a_short_post_is_no_chapter_of_its_own() -> None:
    marks = [mark.title for line in lines(*LIVE, post_chapter_letters=30) for mark in line.marks]
    assert marks == [TITLE, "إغلاق الميناء"]


TALK = (
    Paragraph("يعرض الرسام أربعين لوحة."),
    Paragraph("سؤال: من أين جاءت الفكرة؟", part="question", label="سؤال"),
    Paragraph("جواب: انسكب الفنجان.", part="answer", label="جواب"),
    Heading("وكم تعيش اللوحة؟", part="question"),
    Paragraph("حسن يونس: عشر سنوات.", part="answer", label="حسن يونس"),
)


def test_questions_and_answers_are_named_in_one_voice() -> None:
    found = lines(*TALK)[2:]
    assert [(line.role, line.lead, line.prefix, line.text) for line in found] == [
        ("question", "سُؤَالْ", "سؤال: ", "من أين جاءت الفكرة؟"),
        ("answer", "جَوَابْ", "جواب: ", "انسكب الفنجان."),
        ("question", "سُؤَالْ", "", "وكم تعيش اللوحة؟"),
        ("answer", "", "", "حسن يونس: عشر سنوات."),
    ]
    assert [mark.title for line in found for mark in line.marks] == ["من أين جاءت الفكرة؟"]


def test_two_voices_make_the_names_needless() -> None:
    found = lines(*TALK, cast=("question", "answer"))[2:]
    assert [(line.lead, line.prefix, line.text) for line in found][:3] == [
        ("", "", "من أين جاءت الفكرة؟"),
        ("", "", "انسكب الفنجان."),
        ("", "", "وكم تعيش اللوحة؟"),
    ]


def test_questions_are_chapters_when_asked_for() -> None:
    marks = [mark.title for line in lines(*TALK, question_chapters=True) for mark in line.marks]
    assert "وكم تعيش اللوحة؟" in marks


FIGURE = Figure("قارب يدخل المرفأ فجرا", "تصوير: س. ن.", "قارب أزرق")
NOTES = Notes((Note("التقرير السنوي، ص 14.", "1"),), "المراجع")


def test_what_is_for_the_eye_has_no_line_and_disturbs_no_role() -> None:
    found = lines(FIGURE, Paragraph("دخل القارب."), Paragraph("وأفرغ."), Paragraph("ثم غادر."), NOTES)
    assert [line.role for line in found] == ["headline", "intro", "paragraph", "closing"]
    assert [line.block for line in found] == ["a1b0", "a1b2", "a1b3", "a1b4"]
    shown = list(unsaid([Article(TITLE, (FIGURE, NOTES))], ScriptSettings()))
    pictured = [FIGURE.caption, FIGURE.alt, FIGURE.credit]
    assert [one.text for one in shown] == [*pictured, "المراجع", "1 التقرير السنوي، ص 14."]
    assert all(one.shown for one in shown)


@pytest.mark.parametrize(
    ("setting", "sense", "said"),
    [
        ("auto", "eye", False),
        ("auto", "both", True),
        ("always", "eye", True),
        ("never", "both", False),
    ],
)
def test_captions_are_said_when_they_are_the_story_or_the_setting_says_so(setting: str, sense: str, said: bool) -> None:
    figure = Figure("قارب يدخل المرفأ فجرا", sense=sense)  # type: ignore[arg-type]
    found = lines(Paragraph("دخل القارب."), figure, figures=setting)
    assert ("caption" in [line.role for line in found]) is said


def test_every_line_of_a_poem_is_said_by_itself() -> None:
    found = lines(Paragraph("وفي الصفحة الأولى:"), Quote("سلام على دار\nوباب طويل الصمت", "جدي"))
    assert [(line.role, line.text) for line in found[2:]] == [
        ("quote", "سلام على دار"),
        ("quote", "وباب طويل الصمت"),
        ("quote", "جدي"),
    ]
