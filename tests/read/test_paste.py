from __future__ import annotations

import pytest

from tts_news.errors import ReadError
from tts_news.read.paste import read_paste
from tts_news.records import Heading, ListBlock, ListItem, Paragraph

TITLE = "عنوان الخبر الطويل هنا"
OTHER = "خبر آخر لا علاقة له بهذا الخبر أبدا"
LEDE = "أعلنت البلدية صباح اليوم عن افتتاح حديقة جديدة في الحي الشرقي بعد عامين من العمل المتواصل على تجهيزها."
SECOND = "وقال رئيس البلدية إن الحديقة تضم ملاعب للأطفال ومسارات للمشي ومكتبة صغيرة تفتح أبوابها حتى المساء."
LAST = "ومن المقرر أن تنظم البلدية حفلا صغيرا في نهاية الأسبوع يحضره سكان الحي."

SEED = f"""اقتصادأخبار محلية

افتتاح حديقة جديدة في الحي الشرقي بعد انتظار دام عامين كاملين

{LEDE}

{SECOND}

  1. ملاعب الأطفال:
    ثلاثة ملاعب مفروشة بأرضية مطاطية تحمي من الإصابات عند السقوط.
  2. المكتبة الصغيرة:
    رفوف مفتوحة يستعير منها الزوار ما يشاؤون من دون اشتراك.

وتسعى البلدية من خلال المشروع إلى أهداف عدة أبرزها:

  • المساحات الخضراء: زيادة نصيب الفرد منها في الأحياء المكتظة.
  • حركة المشاة: ربط الحي بوسط المدينة بممر آمن.

{LAST}

اظهر المزيد

مقالات ذات صلة

اترك تعليقاً

لن يتم نشر عنوان بريدك الإلكتروني. الحقول الإلزامية مشار إليها بـ *


زر الذهاب إلى الأعلى
إغلاق
إغلاق"""


def test_a_copy_of_a_news_page_becomes_the_article_alone() -> None:
    article = read_paste(SEED)
    assert article.title == "افتتاح حديقة جديدة في الحي الشرقي بعد انتظار دام عامين كاملين"
    assert article.categories == ("اقتصاد", "أخبار محلية")
    assert article.blocks[:2] == (Paragraph(LEDE), Paragraph(SECOND))
    assert article.blocks[2] == ListBlock(
        ordered=True,
        items=(
            ListItem("ملاعب الأطفال", "ثلاثة ملاعب مفروشة بأرضية مطاطية تحمي من الإصابات عند السقوط."),
            ListItem("المكتبة الصغيرة", "رفوف مفتوحة يستعير منها الزوار ما يشاؤون من دون اشتراك."),
        ),
    )
    bullets = article.blocks[4]
    assert isinstance(bullets, ListBlock)
    assert [item.title for item in bullets.items] == ["المساحات الخضراء", "حركة المشاة"]
    assert article.blocks[5:] == (Paragraph(LAST),)


def test_every_line_left_out_is_kept_with_its_reason() -> None:
    dropped = {line.text: line.reason for line in read_paste(SEED).dropped}
    assert dropped["اظهر المزيد"] == "navigation"
    assert dropped["مقالات ذات صلة"] == "related articles"
    assert dropped["اترك تعليقاً"] == "comment form"
    assert dropped["اقتصادأخبار محلية"] == "category line"
    assert len(read_paste(SEED).dropped) == 8


@pytest.mark.parametrize(
    "meta",
    ["14 مارس، 2026", "14 مارس، 202614 مارس، 2026np_salmaLeave a Comment on عنوان",
     "السبت 14 مارس 2026 - 08:30", "بقلم: سلمى الحداد", "منذ 32 دقيقة"],
)  # fmt: skip
def test_lines_about_the_article_are_not_read(meta: str) -> None:
    article = read_paste(f"افتتاح حديقة جديدة في الحي الشرقي\n\n{meta}\n\n{LEDE}\n\n{SECOND}")
    assert article.blocks == (Paragraph(LEDE), Paragraph(SECOND))


def test_date_and_author_are_read_off_the_lines_that_state_them() -> None:
    article = read_paste(f"افتتاح حديقة جديدة\n\nبقلم: سلمى الحداد\n14 مارس، 2026\n\n{LEDE}\n\n{SECOND}")
    assert (article.author, article.published) == ("سلمى الحداد", "2026-03-14")


def test_an_insert_inside_the_article_goes_and_the_article_goes_on() -> None:
    text = f"{TITLE}\n\n{LEDE}\n\nاقرأ أيضا\n\n{OTHER}\n\nمن يستفيد؟\n\n{SECOND}"
    article = read_paste(text)
    assert article.blocks == (Paragraph(LEDE), Heading("من يستفيد؟"), Paragraph(SECOND))


def test_nothing_after_the_comment_form_is_read() -> None:
    text = f"{TITLE}\n\n{LEDE}\n\n{SECOND}\n\nالتعليقات\n\n{LAST}"
    assert Paragraph(LAST) not in read_paste(text).blocks


def test_a_comment_link_above_the_article_does_not_end_it() -> None:
    text = f"{TITLE}\n\nاترك تعليقاً\n\n{LEDE}\n\n{SECOND}"
    assert read_paste(text).blocks == (Paragraph(LEDE), Paragraph(SECOND))


def test_adjacent_lines_after_a_colon_are_a_list_without_marks() -> None:
    text = f"{TITLE}\n\n{LEDE}\n\nوتضم الحديقة ما يلي:\n\nملاعب للأطفال\nمسارات للمشي\nمكتبة صغيرة\n\n{LAST}"
    block = read_paste(text).blocks[2]
    assert isinstance(block, ListBlock)
    assert [item.body for item in block.items] == ["ملاعب للأطفال", "مسارات للمشي", "مكتبة صغيرة"]


def test_deeper_items_are_a_sublist() -> None:
    text = f"{TITLE}\n\n{LEDE}\n\n  • الفترة الأولى:\n      • صباحا\n      • ظهرا\n  • الفترة الثانية\n\n{LAST}"
    block = read_paste(text).blocks[1]
    assert isinstance(block, ListBlock)
    assert len(block.items) == 2
    assert block.items[0].sublist is not None
    assert len(block.items[0].sublist.items) == 2


def test_a_list_that_starts_at_three_says_so() -> None:
    text = f"{TITLE}\n\n{LEDE}\n\n٣. بند أول من القائمة\n٤. بند ثان من القائمة\n\n{LAST}"
    block = read_paste(text).blocks[1]
    assert isinstance(block, ListBlock)
    assert (block.ordered, block.start) == (True, 3)


def test_numbered_lines_between_paragraphs_are_headings() -> None:
    text = f"{TITLE}\n\n{LEDE}\n\n1. غياب الرقابة\n\n{SECOND}\n\n2. ضعف التمويل\n\n{LAST} {SECOND}"
    kinds = [type(block) for block in read_paste(text).blocks]
    assert kinds == [Paragraph, Heading, Paragraph, Heading, Paragraph]


def test_the_authors_vowel_marks_stay() -> None:
    text = "عنوان الخبر هنا\n\n" + ("قالتِ اللجنةُ إنَّ الحلَّ يقومُ على قراراتِ المجلسِ وإنَّ الأطرافَ كلَّها مدعوّةٌ إلى الحوار.\n")
    first = read_paste(text).blocks[0]
    assert isinstance(first, Paragraph)
    assert "اللجنةُ" in first.text


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "empty"), ("\ufeff \n\t\n", "empty"), ("An English text.", "no Arabic"), ("١٢٣", "no Arabic")],
)
def test_what_holds_no_article_is_one_error(text: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_paste(text, "notes.txt")


def test_a_page_of_menus_alone_is_one_error() -> None:
    with pytest.raises(ReadError, match="no article"):
        read_paste("الرئيسية\nتسجيل الدخول\nسياسة الخصوصية\nاتصل بنا\n")
