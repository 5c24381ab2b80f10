from __future__ import annotations

import pytest

from tts_news.read.inputs import read_text
from tts_news.records import Article, Paragraph

LEDE = "أعلنت وزارة الطاقة خفض سعر البنزين عشرة بالمئة ابتداء من منتصف الليلة."
MORE = "وقالت الوزارة إن سعر الديزل لم يتغير."


def texts(article: Article) -> list[str]:
    return [block.text for block in article.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("mark", ["🔴 عاجل | ", "عاجل: ", "خاص | ", "🚨 ", "🔴🔴 عاجل ‖ ", "حصري - "])
def test_a_label_marks_the_headline_below_the_name_of_the_channel(mark: str) -> None:
    article = read_text(f"أخبار الضفاف\n{mark}انخفاض سعر البنزين\n\n{LEDE}\n\n{MORE}\n")
    assert article.title == "انخفاض سعر البنزين"
    assert texts(article) == [LEDE, MORE]
    assert "أخبار الضفاف" in {line.text for line in article.dropped}


@pytest.mark.parametrize("first", ["خاص بالنساء في مسبح الحي", "عاجلا أم آجلا تنخفض الأسعار", "هام جدا لكل سائق"])
def test_a_word_without_a_separator_is_no_label(first: str) -> None:
    assert read_text(f"{first}\n\n{LEDE}\n\n{MORE}\n").title == first


def test_the_name_above_a_handle_is_the_account_and_no_headline() -> None:
    article = read_text(f"مرصد الضفاف\n@difafwatch\n·\n3h\n1/ {LEDE}\n2/ {MORE}\n")
    assert (article.title, article.author) == ("", "مرصد الضفاف")
    assert texts(article) == [LEDE, MORE]


def test_counts_that_do_not_rise_from_one_are_text() -> None:
    recipe = "1/2 كوب من الطحين الأبيض المنخول مرتين، مع ملعقة من السكر وملعقة من الخميرة الفورية الجافة."
    assert recipe in texts(read_text(f"كعكة البرتقال\n\n{recipe}\n\n{LEDE}\n"))


def test_the_role_below_a_name_is_no_headline_and_the_name_is_the_writer() -> None:
    article = read_text(
        f"لماذا تغني الحيتان؟\nصدر الصورة، Getty Images\nسلمى عبود\nRole, بي بي سي\nقبل 4 ساعات\n{LEDE}\n{MORE}\n"
    )
    assert (article.title, article.author) == ("لماذا تغني الحيتان؟", "سلمى عبود")
