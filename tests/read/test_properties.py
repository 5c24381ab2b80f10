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
from tts_news.read.identity import Stated, identify_entries
from tts_news.read.page import read_page
from tts_news.read.paste import read_paste
from tts_news.read.settings import ReadSettings
from tts_news.records import Identity

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
@settings(max_examples=75, deadline=None)
def test_any_text_gives_an_article_or_our_error(text: str) -> None:
    try:
        article = read_paste(text)
    except ReadError:
        return
    assert article.blocks
    assert to_values(article)["title"] == article.title


@given(st.lists(PIECES | st.text(max_size=30), max_size=40))
@settings(max_examples=75, deadline=None)
def test_any_mix_of_furniture_gives_articles_or_our_error(pieces: list[str]) -> None:
    data = "\n".join(pieces).encode("utf-8", "surrogatepass")
    with contextlib.suppress(ReadError):
        list(read_source("-", ReadSettings(limit=3, cache_dir="off"), io.BytesIO(data)))


@given(st.binary(max_size=300), st.sampled_from(["auto", "html", "text", "feed", "wordpress"]))
@settings(max_examples=40, deadline=None)
def test_any_bytes_read_as_anything_give_articles_or_our_error(data: bytes, kind: str) -> None:
    with contextlib.suppress(ReadError):
        list(read_source("-", ReadSettings(kind=kind, cache_dir="off"), io.BytesIO(data)))  # type: ignore[arg-type]


def sentence(seed: int, length: int) -> str:
    """Return a sentence that no other seed gives."""
    chosen = [WORDS[(seed * 7 + step * (1 + seed % 5)) % len(WORDS)] for step in range(length)]
    return f"{' '.join(chosen)} رقم {seed}."


PARAGRAPHS = st.lists(st.tuples(st.integers(8, 30), st.integers(1, 3)), min_size=2, max_size=8)


@given(PARAGRAPHS)
@settings(max_examples=50, deadline=None)
def test_no_sentence_of_a_clean_paste_is_lost_or_doubled(shape: list[tuple[int, int]]) -> None:
    seeds = iter(range(1000))
    paragraphs = [" ".join(sentence(next(seeds), length) for _ in range(count)) for length, count in shape]
    article = read_paste("وزارة الزراعة تطلق خطة لدعم المزارعين\n\n" + "\n\n".join(paragraphs))
    said = [text for role, text in kept_lines(article) if role != "headline"]
    assert Counter(said) == Counter(paragraphs)
    assert article.title == "وزارة الزراعة تطلق خطة لدعم المزارعين"


@given(PARAGRAPHS, st.sampled_from(["p", "div", "li"]))
@settings(max_examples=40, deadline=None)
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


# ── whose an article is ──────────────────────────────────────────────────────────────────────────────────────────

FORMS = ("{}", "{}/", "{}?utm_source=rss", "{}#top", "{}/amp/", "{}/index.html")
SITES = ("https://city.example", "http://city.example:80", "https://WWW.city.example", "https://ali:x@city.example")


@st.composite
def shown(draw: st.DrawFn) -> list[tuple[str, int, Stated]]:
    """What two feeds show over time of six articles: (feed, article, entry); each one's guid or address stays."""
    seen = []
    has_guid = draw(st.lists(st.booleans(), min_size=6, max_size=6))
    for _ in range(draw(st.integers(1, 12))):
        number, feed = draw(st.integers(0, 5)), draw(st.sampled_from(["a", "b"]))
        address = f"{draw(st.sampled_from(SITES))}/news/{number}"
        if has_guid[number]:
            address = draw(st.sampled_from([address, f"https://new.example/{draw(st.integers(0, 3))}", ""]))
        link = draw(st.sampled_from(FORMS)).format(address) if address else ""
        title, day = draw(st.sampled_from(["خبر", f"خبر {number}", "عنوان مصحح"])), draw(st.integers(1, 28))
        guid = f"id-{number}" if has_guid[number] else ""
        seen.append((feed, number, Stated(guid, link, title, f"2026-11-{day:02}", draw(st.text(max_size=5)))))
    return seen


@given(shown())
def test_no_two_articles_are_one_and_no_article_is_two(seen: list[tuple[str, int, Stated]]) -> None:
    """Each entry alone in its feed, as a watch meets it poll after poll."""
    owners: dict[Identity, tuple[str, int]] = {}
    names: dict[tuple[str, int], Identity] = {}
    for feed, number, entry in seen:
        (identity,) = identify_entries([entry], "feed", feed)
        assert owners.setdefault(identity, (feed, number)) == (feed, number)
        assert names.setdefault((feed, number), identity) == identity


@given(shown())
def test_in_one_feed_no_two_articles_are_one(seen: list[tuple[str, int, Stated]]) -> None:
    identities = identify_entries([entry for _, _, entry in seen], "feed", "a")
    for (_, one, _), identity in zip(seen, identities, strict=True):
        for (_, other, _), same in zip(seen, identities, strict=True):
            assert one == other or identity != same
