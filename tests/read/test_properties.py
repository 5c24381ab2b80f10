"""What holds for every input: only our errors come out, and no sentence of a clean article is lost or doubled."""

from __future__ import annotations

import contextlib
import html
import io
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from tts_news.errors import ReadError
from tts_news.read import read_source
from tts_news.read.dump import kept_lines, to_values
from tts_news.read.page import read_page
from tts_news.read.paste import read_paste
from tts_news.read.settings import ReadSettings

WORDS = (
    "أعلنت الحكومة خطة جديدة لدعم المزارعين في المناطق الجبلية وقال الوزير إن المرحلة الأولى تبدأ قريبا بعد دراسة "
    "طويلة شارك فيها خبراء من جامعات مختلفة وأكد أن المشروع سيوفر فرصا للشباب ويخفف الضغط على المدن الكبرى خلال سنوات"
).split()
PIECES = st.sampled_from(
    ["مقالات ذات صلة", "اقرأ أيضا", "اترك تعليقاً", "• بند", "1. بند", "٢) بند", "14 مارس 2026", "الرئيسية", "#", "##",
     "---", ">",
     "\u200f", "\ufeff", "\u202b", "\x00", "\x85", ":", "؟", "…", "إعلان", "بقلم: أحمد",
     "وزارة الصحة تعلن خطة جديدة.", "**نص**",
     "<p>", "</div>", "<ul><li>", "&nbsp;", "<!ENTITY", "<rss>", "{", "\n", "\n\n", "    "]
)  # fmt: skip


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_an_article_or_our_error(text: str) -> None:
    try:
        article = read_paste(text)
    except ReadError:
        return
    assert article.blocks
    assert to_values(article)["title"] == article.title


@given(st.lists(PIECES | st.text(max_size=30), max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_mix_of_furniture_gives_articles_or_our_error(pieces: list[str]) -> None:
    data = "\n".join(pieces).encode("utf-8", "surrogatepass")
    with contextlib.suppress(ReadError):
        list(read_source("-", ReadSettings(limit=3, cache_dir="off"), io.BytesIO(data)))


@given(st.binary(max_size=300), st.sampled_from(["auto", "html", "text", "feed", "wordpress"]))
@settings(max_examples=100, deadline=None)
def test_any_bytes_read_as_anything_give_articles_or_our_error(data: bytes, kind: str) -> None:
    with contextlib.suppress(ReadError):
        list(read_source("-", ReadSettings(kind=kind, cache_dir="off"), io.BytesIO(data)))  # type: ignore[arg-type]


def sentence(seed: int, length: int) -> str:
    """Return a sentence that no other seed gives."""
    chosen = [WORDS[(seed * 7 + step * (1 + seed % 5)) % len(WORDS)] for step in range(length)]
    return f"{' '.join(chosen)} رقم {seed}."


PARAGRAPHS = st.lists(st.tuples(st.integers(8, 30), st.integers(1, 3)), min_size=2, max_size=8)


@given(PARAGRAPHS)
@settings(max_examples=80, deadline=None)
def test_no_sentence_of_a_clean_paste_is_lost_or_doubled(shape: list[tuple[int, int]]) -> None:
    seeds = iter(range(1000))
    paragraphs = [" ".join(sentence(next(seeds), length) for _ in range(count)) for length, count in shape]
    article = read_paste("وزارة الزراعة تطلق خطة لدعم المزارعين\n\n" + "\n\n".join(paragraphs))
    said = [text for role, text in kept_lines(article) if role != "headline"]
    assert Counter(said) == Counter(paragraphs)
    assert article.title == "وزارة الزراعة تطلق خطة لدعم المزارعين"


@given(PARAGRAPHS, st.sampled_from(["p", "div", "li"]))
@settings(max_examples=60, deadline=None)
def test_no_sentence_of_a_clean_page_is_lost_or_doubled(shape: list[tuple[int, int]], tag: str) -> None:
    seeds = iter(range(1000))
    paragraphs = [" ".join(sentence(next(seeds), length) for _ in range(count)) for length, count in shape]
    inner = "".join(f"<{tag}>{html.escape(text)}</{tag}>" for text in paragraphs)
    inner = f"<ul>{inner}</ul>" if tag == "li" else inner
    head = "<h1>وزارة الزراعة تطلق خطة</h1>"
    page = f"<html><body><article>{head}<div class='entry-content'>{inner}</div></article></body></html>"
    article = read_page(page.encode(), "", ReadSettings())
    said = [text for role, text in kept_lines(article) if role != "headline"]
    assert Counter(said) == Counter(paragraphs)
