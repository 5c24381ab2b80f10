"""Plain text: lines cut at a width, running heads, tables, verse, interviews, chats, references."""

from __future__ import annotations

import textwrap

import pytest

from tts_news.read.inputs import read_text
from tts_news.read.reflow import reflow
from tts_news.records import Article, Heading, Note, Notes, Paragraph, Quote, Table

TITLE = "المكتبة الوطنية تفتح أرشيفها"
FIRST = (
    "أعلنت المكتبة الوطنية فتح أرشيف الصحف القديمة أمام الباحثين مجانا، بعد رقمنة مليون صفحة تعود إلى ما قبل عام 1950. "
    "ويبدأ العمل بالنظام الجديد مطلع الشهر المقبل في جميع الفروع."
)
SECOND = "ودعت المكتبة الجامعات إلى ترشيح عشرين طالبا للتدرب على أعمال الفهرسة والترميم خلال العطلة الصيفية المقبلة."
THIRD = "وقال المدير إن الخطوة تأخرت عامين بسبب نقص المال، وإن المانحين وعدوا بتمويل ما بقي من العمل حتى نهايته."


def texts(article: Article) -> list[str]:
    return [block.text for block in article.blocks if isinstance(block, Paragraph | Heading | Quote)]


@pytest.mark.parametrize("width", [40, 55, 72, 100])
def test_lines_cut_at_a_width_are_joined_to_their_paragraphs(width: int) -> None:
    parts = ["\n".join(textwrap.wrap(part, width)) for part in (FIRST, SECOND, THIRD)]
    article = read_text(f"{TITLE}\n\n" + "\n\n".join(parts))
    assert article.title == TITLE
    assert texts(article) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("width", [42, 60])
def test_without_empty_lines_a_paragraph_ends_where_a_full_stop_ends_a_line(width: int) -> None:
    lines = [line for part in (SECOND, THIRD) for line in textwrap.wrap(part, width)]
    assert texts(read_text("\n".join([TITLE, *lines]))) == [SECOND, THIRD]


def test_a_running_head_ends_no_article() -> None:
    upper, lower = textwrap.wrap(SECOND, 44), textwrap.wrap(THIRD, 44)
    head = ["جريدة الساحل - العدد 210", "4"]
    article = read_text("\n".join([TITLE, *upper, *lower[:2], *head, *lower[2:]]))
    assert texts(article) == [SECOND, THIRD]
    assert [line.reason for line in article.dropped] == ["running head", "page number"]


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n\n{FIRST}\n\n{SECOND}",
        "أسعار الخضار اليوم\nالطماطم أربعة دنانير\nالخيار ثلاثة دنانير\nالبطاطا ديناران",
        "سلام على دار خلت من أهلها وضاعت\nوباب طويل الصمت بعد رحيلها وناحت\nوحيا بها من كان يوما ضيفها فماتت",
        "- وقف الضخ في أشهر الصيف كلها من كل عام\n- إصلاح الشبكات القديمة في المدينة\n- بناء سد صغير في الوادي.",
        "",
    ],
)
def test_text_that_was_not_cut_is_left_alone(text: str) -> None:
    assert reflow(text) == (text, ())


@pytest.mark.parametrize(
    "rows",
    [
        "الصنف\tأقل سعر\tأعلى سعر\nالسردين\t12\t18\nالبوري\t45\t60",
        "الصنف | أقل سعر | أعلى سعر\nالسردين | 12 | 18\nالبوري | 45 | 60",
        "الصنف        أقل سعر    أعلى سعر\nالسردين      12         18\nالبوري       45         60",
        "| الصنف | أقل سعر | أعلى سعر |\n|---|---|---|\n| السردين | 12 | 18 |\n| البوري | 45 | 60 |",
    ],
    ids=["tabs", "bars", "spaces", "Markdown in a paste"],
)
def test_a_table_in_plain_text_is_a_table(rows: str) -> None:
    article = read_text(f"أسعار السمك اليوم\n{SECOND}\n{rows}\n{THIRD}\n")
    before, table, after = article.blocks
    assert (before, after) == (Paragraph(SECOND), Paragraph(THIRD))
    assert isinstance(table, Table)
    assert [(item.title, item.body) for item in table.items] == [
        ("السردين", "أقل سعر 12، أعلى سعر 18"),
        ("البوري", "أقل سعر 45، أعلى سعر 60"),
    ]


def test_a_row_of_buttons_is_no_table() -> None:
    article = read_text(f"الرئيسية\tسياسة\tاقتصاد\nرياضة\tثقافة\tصحة\n{TITLE}\n{SECOND}\n{THIRD}\n")
    assert article.blocks == (Paragraph(SECOND), Paragraph(THIRD))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["سلام على دار خلت من أهلها", "وباب طويل الصمت بعد رحيلها"],
            "سلام على دار خلت من أهلها\nوباب طويل الصمت بعد رحيلها",
        ),
        (
            ["سلام على دار الأحبة *** وباب طويل الصمت", "وحيا بها ضيفها *** ثم مضى في الليل"],
            "سلام على دار الأحبة، وباب طويل الصمت\nوحيا بها ضيفها، ثم مضى في الليل",
        ),
        (
            [
                "يا بحر هل تذكر الأيام يا بحر",
                "وكيف كان على شطآنك السحر",
                "وكيف غنت على الأمواج صبيتنا",
                "حتى تلاشى على أنغامها الفجر",
            ],
            (
                "يا بحر هل تذكر الأيام يا بحر\nوكيف كان على شطآنك السحر\nوكيف غنت على الأمواج صبيتنا\n"
                "حتى تلاشى على أنغامها الفجر"
            ),
        ),
    ],
    ids=["rhyme", "halves", "one letter"],
)
def test_lines_of_verse_are_one_quote(lines: list[str], expected: str) -> None:
    source = ["دفتر قديم", "وجدت في درج جدي دفترا أزرق كتب فيه كل ما حفظه من الشعر في صباه.", "وفي الصفحة الأولى:"]
    article = read_text("\n".join([*source, *lines, "ثم صفحات بيضاء كثيرة، كأنه نسي الباقي."]))
    assert article.blocks == (
        Paragraph(source[1]),
        Paragraph(source[2]),
        Quote(expected),
        Paragraph("ثم صفحات بيضاء كثيرة، كأنه نسي الباقي."),
    )


def test_points_that_end_alike_are_no_verse() -> None:
    points = ["زيادة الاستثمارات الأجنبية", "دعم الصناعات المحلية", "خفض الضرائب العقارية"]
    article = read_text("\n".join(["خطة الحكومة الجديدة", SECOND, "وتشمل الخطة:", *points, THIRD]))
    assert not [block for block in article.blocks if isinstance(block, Quote)]


def test_an_interview_in_letters_names_question_and_answer() -> None:
    article = read_text(
        "الرسام حسن يونس: أرسم بالقهوة\nحاورته: دينا كمال\n"
        "يعرض الرسام حسن يونس هذا الأسبوع أربعين لوحة رسمها بالبن بدل الألوان المائية.\n"
        "س: من أين جاءت الفكرة؟\nج: انسكب الفنجان على الورقة فأعجبني اللون.\nس: وكم تعيش اللوحة؟\nج: عشر سنوات.\n"
    )
    assert [(block.part, block.text) for block in article.blocks if isinstance(block, Paragraph)][1:] == [
        ("question", "سؤال: من أين جاءت الفكرة؟"),
        ("answer", "جواب: انسكب الفنجان على الورقة فأعجبني اللون."),
        ("question", "سؤال: وكم تعيش اللوحة؟"),
        ("answer", "جواب: عشر سنوات."),
    ]
    assert article.author == "دينا كمال"


def test_marks_and_references_of_a_copied_page_are_for_the_eye() -> None:
    article = read_text(
        f"{TITLE}\n{SECOND[:-1]}[٢].\n{THIRD}\nالمراجع\n"
        "1. وزارة الثقافة، التقرير السنوي 2021، ص 14.\n2. مجلة الأرشيف، العدد 12.\n"
    )
    assert article.blocks == (
        Paragraph(SECOND),
        Paragraph(THIRD),
        Notes(
            (Note("وزارة الثقافة، التقرير السنوي 2021، ص 14.", "1"), Note("مجلة الأرشيف، العدد 12.", "2")), "المراجع"
        ),
    )
    assert [(line.text, line.reason) for line in article.dropped] == [("[٢]", "the mark of a note")]


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ([SECOND, "🌹🌹", THIRD, FIRST], [SECOND, THIRD, FIRST]),
        ([SECOND, "قال.", THIRD], [SECOND, "قال.", THIRD]),
        ([SECOND, "1906", THIRD, "1965", FIRST], [SECOND, "1906", THIRD, "1965", FIRST]),
        ([SECOND, "45 في المئة", THIRD], [SECOND, "45 في المئة", THIRD]),
    ],
    ids=["below an emoji", "one short sentence", "years", "a figure with its unit"],
)
def test_what_is_short_inside_the_text_is_not_lost(lines: list[str], kept: list[str]) -> None:
    assert texts(read_text("\n".join([TITLE, *lines]))) == kept


def test_the_title_of_a_poem_is_its_headline() -> None:
    article = read_text("يا دار\n\nسلام على دار خلت من أهلها\nوباب طويل الصمت بعد رحيلها\n")
    assert article.title == "يا دار"
    assert article.blocks == (Quote("سلام على دار خلت من أهلها\nوباب طويل الصمت بعد رحيلها"),)
