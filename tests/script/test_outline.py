"""Roles, announcements and chapters of an edition, before anything is read."""

from __future__ import annotations

import pytest

from tts_news.records import Article, Heading, ListBlock, ListItem, Paragraph, Quote
from tts_news.script.announce import announcement, is_announced
from tts_news.script.outline import Line, outline
from tts_news.script.settings import ScriptSettings

PLAIN = ScriptSettings()
HEADLINE = "العنوان الرئيس"
P = Paragraph


def lines(*blocks: object, title: str = HEADLINE, settings: ScriptSettings = PLAIN, **fields: str) -> list[Line]:
    return outline([Article(title, tuple(blocks), **fields)], settings)  # type: ignore[arg-type]


def roles(found: list[Line]) -> list[str]:
    return [line.role for line in found]


def chapters(found: list[Line]) -> list[str]:
    return [mark.title for line in found for mark in line.marks]


def kinds(found: list[Line]) -> list[tuple[str, str]]:
    return [(mark.title, mark.kind) for line in found for mark in line.marks]


def test_a_flat_article_has_headline_intro_body_and_closing() -> None:
    found = lines(P("المقدمة."), P("المتن."), P("تفصيل."), P("النهاية."))
    assert roles(found) == ["headline", "intro", "paragraph", "paragraph", "closing"]
    assert chapters(found) == [HEADLINE, "المتن", "النهاية"]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, [HEADLINE]),
        (1, [HEADLINE]),
        (2, [HEADLINE, "فقرة 2"]),
        (3, [HEADLINE, "فقرة 2", "فقرة 3"]),
    ],
)
def test_a_short_article_has_no_chapter_without_text(count: int, expected: list[str]) -> None:
    assert chapters(lines(*(P(f"فقرة {number}.") for number in range(1, count + 1)))) == expected


def test_subheadings_are_chapters_and_their_last_paragraph_is_no_chapter_of_its_own() -> None:
    found = lines(
        P("مقدمة."), Heading("ردود الفعل:"), P("أولى."), P("ثانية."), Heading("ما بعد"), P("ثالثة."), P("رابعة.")
    )
    assert chapters(found) == [HEADLINE, "ردود الفعل", "ما بعد"]
    assert roles(found)[-1] == "closing"


ONE_LINE = " ".join(
    f"وصلت الحافلة رقم {number} إلى المحطة القديمة في وسط المدينة قبل موعدها بنحو ساعة كاملة وعلى متنها عدد من العمال."
    for number in range(1, 13)
)


def test_a_body_of_one_line_has_an_intro_and_paragraphs() -> None:
    found = lines(P(ONE_LINE))
    assert roles(found)[:3] == ["headline", "intro", "paragraph"]
    assert roles(found)[-1] == "closing"
    assert roles(found).count("intro") == 1
    assert 4 <= len(found) <= 8
    assert " ".join(line.text for line in found[1:]) == ONE_LINE
    assert {line.block for line in found[1:]} == {"a1b1"}


def test_a_short_paragraph_or_one_with_inline_marks_is_not_divided() -> None:
    assert len(lines(P("جملة. ثم ثانية. ثم ثالثة. ثم رابعة."))) == 2
    assert len(lines(P(ONE_LINE.replace("القديمة", '<sub alias="القديم">القديمة</sub>')))) == 2


def test_a_line_that_ends_in_a_comma_goes_on_in_the_next() -> None:
    found = lines(P("قال الوزير،"), P("إن الأمر انتهى."), P("ثم غادر،"))
    assert [line.goes_on for line in found] == [False, True, False, False]


def test_list_items_are_announced_and_are_chapters_by_their_titles() -> None:
    block = ListBlock(ordered=True, items=(ListItem("الأمن:", "نص أول."), ListItem("الاقتصاد:", "نص ثان.")))
    found = lines(P("مقدمة."), P("متن."), block, P("نهاية."))
    assert roles(found)[3:] == ["list_title", "list_item", "list_title", "list_item", "closing"]
    assert [line.lead for line in found[3:7]] == ["أَوَّلًا", "", "ثَانِيًا", ""]
    assert [line.prefix for line in found[3:7]] == ["1. ", "", "2. ", ""]
    assert [line.block for line in found[3:7]] == ["a1b3i1", "a1b3i1", "a1b3i2", "a1b3i2"]
    assert kinds(found) == [
        (HEADLINE, "section"),
        ("متن", "part"),
        ("الأمن", "part"),
        ("الأمن", "item"),
        ("الاقتصاد", "item"),
        ("نهاية", "part"),
    ]


def test_text_after_a_list_is_no_part_of_the_lists_chapter_and_no_sentence_is_a_title() -> None:
    block = ListBlock(ordered=False, items=(ListItem("أ", "ب"),))
    found = lines(P("مقدمة."), block, P("على الرغم من أهمية هذه الزيارة فقد جاءت متأخرة:"), block, P("نهاية."))
    assert chapters(found) == [HEADLINE, "أ", "أ", "على الرغم من أهمية هذه الزيارة…", "أ", "نهاية"]


def test_a_heading_followed_at_once_by_a_list_keeps_its_chapter() -> None:
    block = ListBlock(ordered=False, items=(ListItem("أ", "ب"), ListItem("ج", "د")))
    found = lines(P("مقدمة."), Heading("المطالب"), block, P("نص."))
    assert kinds(found)[1:] == [("المطالب", "section"), ("ج", "item")]


def test_a_heading_that_only_opens_another_one_opens_its_chapter() -> None:
    found = lines(P("م."), Heading("أول"), Heading("فرع", 3), P("ن."), Heading("فرع آخر", 3), P("ن."), Heading("ثان"))
    marks = [(mark.title, mark.rank) for line in found for mark in line.marks]
    assert marks[1:] == [("أول", 1), ("فرع آخر", 2), ("ثان", 1)]
    assert chapters(lines(P("م."), Heading("أول"), Heading("ثان"), P("ن.")))[1:] == ["أول", "ثان"]


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("ماذا يريد المعلمون؟", "ماذا يريد المعلمون؟"),
        ("01", "01"),
        ("قال الوزير إن الخطة ستبدأ غدا، وإنها ستشمل جميع المدن والقرى في البلاد", "قال الوزير إن الخطة ستبدأ غدا"),
        (
            "وزير المالية يعرض على مجلس النواب مشروع موازنة العام المقبل بعجز قياسي",
            "وزير المالية يعرض على مجلس النواب مشروع موازنة العام المقبل…",
        ),
    ],
)
def test_a_sentence_is_no_title(heading: str, title: str) -> None:
    assert chapters(lines(P("م."), Heading(heading), P("ن.")))[1] == title


def test_a_list_without_titles_is_one_chapter() -> None:
    block = ListBlock(ordered=False, items=(ListItem("", "نقطة."), ListItem("", "أخرى.")))
    assert chapters(lines(P("مقدمة."), P("متن:"), block)) == [HEADLINE, "متن", "نقطة"]


def test_a_list_under_a_subheading_has_the_chapter_of_the_subheading() -> None:
    block = ListBlock(ordered=True, items=(ListItem("", "نقطة."), ListItem("", "أخرى.")))
    assert chapters(lines(P("مقدمة."), Heading("المطالب"), block)) == [HEADLINE, "المطالب"]


def test_bullets_are_not_announced() -> None:
    block = ListBlock(ordered=False, items=(ListItem("", "نقطة."),))
    assert lines(P("مقدمة."), block)[2].lead == ""


def test_a_list_counts_from_its_start_and_backwards_when_reversed() -> None:
    items = tuple(ListItem("", text) for text in ("أ", "ب", "ج"))
    forward = lines(P("م."), ListBlock(ordered=True, items=items, start=4))
    backward = lines(P("م."), ListBlock(ordered=True, items=items, start=3, reversed=True))
    assert [line.lead for line in forward[2:]] == ["رَابِعًا", "خَامِسًا", "سَادِسًا"]
    assert [line.lead for line in backward[2:]] == ["ثَالِثًا", "ثَانِيًا", "أَوَّلًا"]


def test_a_nested_list_comes_after_its_item_and_counts_in_points() -> None:
    inner = ListBlock(ordered=True, items=(ListItem("", "فرع."), ListItem("", "فرع آخر.")))
    block = ListBlock(ordered=True, items=(ListItem("أصل", "نص.", inner), ListItem("أصل ثان", "نص.")))
    found = lines(P("م."), block)
    assert [line.lead for line in found[2:]] == ["أَوَّلًا", "", "النقطة الـ1", "النقطة الـ2", "ثَانِيًا", ""]
    assert [line.block for line in found[4:6]] == ["a1b2i1i1", "a1b2i1i2"]


def test_announcements_can_be_turned_off() -> None:
    block = ListBlock(ordered=True, items=(ListItem("أ", "ب"),))
    (title, _) = lines(P("م."), block, settings=ScriptSettings(announce_lists=False))[2:]
    assert (title.lead, title.prefix) == ("", "1. ")


def test_an_item_that_says_its_number_is_not_announced_twice() -> None:
    block = ListBlock(ordered=True, items=(ListItem("أولاً: الأمن", "نص."), ListItem("الاقتصاد", "نص.")))
    assert [line.lead for line in lines(P("م."), block)[2:]] == ["", "", "ثَانِيًا", ""]
    assert is_announced("ثانيا، السلام", 2)
    assert not is_announced("ثانيا، السلام", 1)


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "أَوَّلًا"), (10, "عَاشِرًا"), (11, "حَادِيَ عَشَرَ"), (19, "تَاسِعَ عَشَرَ"), (20, "البند الـ20"), (100, "البند رقم 100")],
)
def test_announcements_go_on_to_any_length(number: int, said: str) -> None:
    assert announcement(number, 0) == said


def test_a_quote_is_followed_by_who_said_it() -> None:
    found = lines(P("م."), Quote("قول مأثور.", "فلان"), P("ن."))
    assert [(line.role, line.text) for line in found[2:4]] == [("quote", "قول مأثور."), ("quote", "فلان")]


def test_the_author_is_named_only_when_configured() -> None:
    assert "byline" not in roles(lines(P("م."), author="سلمى"))
    found = lines(P("م."), author="سلمى", settings=ScriptSettings(byline=True))
    assert [(line.role, line.text) for line in found][1] == ("byline", "بقلم: سلمى")


def test_several_articles_are_chapters_with_their_sections_under_them() -> None:
    articles = [Article(f"خبر {n}", (P("مقدمة."), P("متن.")), url=f"https://example.com/{n}") for n in (1, 2)]
    found = outline(articles, PLAIN)
    marks = [mark for line in found for mark in line.marks]
    assert [(mark.title, mark.level) for mark in marks] == [
        ("خبر 1", 0), ("متن: خبر 1", 1), ("خبر 2", 0), ("متن: خبر 2", 1),
    ]  # fmt: skip
    assert marks[0].url == "https://example.com/1"
    assert [line.last for line in found] == [False, False, True, False, False, False]


def test_opening_contents_and_closing_frame_the_edition() -> None:
    settings = ScriptSettings(opening="أهلا بكم.", closing="إلى اللقاء.", contents=True)
    found = outline([Article("خبر أول", (P("م."),)), Article("خبر ثان", (P("م."),))], settings)
    assert roles(found)[:4] == ["opening"] * 4
    assert [line.text for line in found[:4]] == ["أهلا بكم.", "في هذه النشرة:", "خبر أول", "خبر ثان"]
    assert (found[-1].role, found[-1].text) == ("closing", "إلى اللقاء.")
    level_0 = [mark.title for line in found for mark in line.marks if mark.level == 0]
    assert level_0 == ["أهلا بكم", "في هذه النشرة", "خبر أول", "خبر ثان", "إلى اللقاء"]


def test_chapter_titles_carry_no_inline_marks() -> None:
    found = lines(P("م."), Heading('ملف <sub alias="الصحة العالمية">WHO</sub>[pause 1s]'), P("ن."))
    assert chapters(found)[1] == "ملف WHO"


def test_an_article_without_title_begins_its_first_chapter_with_its_first_line() -> None:
    found = lines(P("مقدمة."), P("متن."), title="")
    assert kinds(found) == [("مقدمة", "part"), ("متن", "part")]
    assert kinds(lines(Heading("ردود الفعل:"), P("متن."), title=""))[0] == ("ردود الفعل", "section")


def test_a_chapter_is_called_by_what_is_heard_where_it_begins() -> None:
    points = ListBlock(ordered=True, items=(ListItem("", "وقف إطلاق النار في جميع المدن فورا."), ListItem("", "نقطة.")))
    found = lines(P("مقدمة."), P("متن يطول."), points, P("ثم انتهى الأمر."), P("نهاية."), title="عنوان، قصير")
    assert all(mark.title.rstrip("…") in line.text for line in found for mark in line.marks)
    assert chapters(found)[2:] == ["وقف إطلاق النار في جميع المدن…", "ثم انتهى الأمر"]
