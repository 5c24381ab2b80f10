from __future__ import annotations

import pytest

from tts_news.errors import ReadError
from tts_news.read.inputs import read_text
from tts_news.read.markdown import is_markdown, strip_inline
from tts_news.records import Heading, ListBlock, Paragraph, Quote

LEDE = "أعلنت البلدية صباح اليوم عن افتتاح حديقة جديدة في الحي الشرقي بعد عامين من العمل المتواصل على تجهيزها."
LAST = "ومن المقرر أن تنظم البلدية حفلا صغيرا في نهاية الأسبوع يحضره سكان الحي."
TEXT = f"""# حديقة جديدة في **الحي الشرقي**

{LEDE}

## من يستفيد

{LAST} [التفاصيل](https://example.org/x) في الموقع.

> {LAST}

3. ملاعب للأطفال
4. مكتبة صغيرة
   - كتب
   - خرائط
"""


def test_markdown_is_read_with_its_headings_quotes_and_lists() -> None:
    article = read_text(TEXT)
    assert article.title == "حديقة جديدة في الحي الشرقي"
    lede, heading, paragraph, quote, block = article.blocks
    assert (lede, heading, quote) == (Paragraph(LEDE), Heading("من يستفيد", 2), Quote(LAST))
    assert paragraph == Paragraph(f"{LAST} التفاصيل في الموقع.")
    assert isinstance(block, ListBlock)
    assert (block.ordered, block.start, [item.body for item in block.items]) == (
        True,
        3,
        ["ملاعب للأطفال", "مكتبة صغيرة"],
    )
    assert block.items[1].sublist is not None


def test_front_matter_states_the_facts() -> None:
    facts = 'title: "حديقة جديدة"\nauthor: سلمى\ndate: 2026-03-14\ncategories: [محليات, بيئة]'
    text = f"---\n{facts}\n---\n\n{LEDE}\n\n{LAST}\n"
    article = read_text(text)
    assert (article.title, article.author, article.published) == ("حديقة جديدة", "سلمى", "2026-03-14")
    assert article.categories == ("محليات", "بيئة")
    assert article.blocks == (Paragraph(LEDE), Paragraph(LAST))


def test_an_underlined_heading_is_the_headline() -> None:
    assert read_text(f"حديقة جديدة\n===========\n\n{LEDE}\n").title == "حديقة جديدة"


@pytest.mark.parametrize("text", ["#وسم آخر", "خبر عاجل # هام", "- بند\n- بند", "نص * نص"])
def test_plain_text_is_no_markdown(text: str) -> None:
    assert not is_markdown(text)


def test_stars_and_links_of_a_copy_are_taken_off() -> None:
    assert strip_inline("قال **الوزير** إن [الخطة](http://x.org/a) ![صورة](b.png)جاهزة") == "قال الوزير إن الخطة جاهزة"


def test_english_markdown_is_one_error() -> None:
    with pytest.raises(ReadError, match="no Arabic"):
        read_text("# Title\n\nOnly English here.\n")
