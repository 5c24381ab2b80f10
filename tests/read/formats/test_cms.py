"""Articles as content systems hand them over."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tts_news.arabic import key
from tts_news.errors import ReadError
from tts_news.read.inputs import read_source
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Heading, ListBlock, Paragraph, Table

HTML = (
    "<p>افتتحت البلدية ثلاث حدائق جديدة في المدينة.</p><h2>تفاصيل</h2><ul><li>الأولى في الشمال</li>"
    "<li>الثانية في الجنوب</li></ul>"
    "<table><tr><th>المدينة</th><th>العدد</th></tr><tr><td>الرياض</td><td>3</td></tr></table>"
)
STORY = {
    "html": HTML,
    "permalink": "https://news.example/2026/11/story?utm_source=x",
    "id": 12,
    "title": "افتتاح حديقة جديدة",
    "date": "2026-11-28T06:30:00+0300",
    "modified": "2026-11-28 07:00",
    "author": "سعاد أحمد",
    "categories": ["محليات", "بيئة"],
    "language": "ar-SA",
}
HANDED = ReadSettings(kind="cms")


def read(value: object, settings: ReadSettings = HANDED) -> list[Article | ReadError]:
    return list(read_source("-", settings, io.BytesIO(json.dumps(value).encode())))


def only(value: object, settings: ReadSettings = HANDED) -> Article:
    (found,) = read(value, settings)
    assert isinstance(found, Article), found
    return found


def test_everything_stated_is_in_the_article_and_its_structure_is_kept() -> None:
    article = only(STORY)
    assert [type(block) for block in article.blocks] == [Paragraph, Heading, ListBlock, Table]
    assert (article.title, article.author, article.categories) == (
        "افتتاح حديقة جديدة",
        "سعاد أحمد",
        ("محليات", "بيئة"),
    )
    assert (article.published, article.modified) == ("2026-11-28T06:30:00+03:00", "2026-11-28T07:00")
    assert (article.url, article.site, article.language) == (STORY["permalink"], "news.example", "ar")
    assert not article.dropped


@pytest.mark.parametrize(
    ("stated", "scope", "name"),
    [
        ({}, "https://news.example", "12"),
        ({"id": "a-7"}, "https://news.example", "a-7"),
        ({"permalink": "http://WWW.news.example/other"}, "https://news.example", "12"),
        ({"id": ""}, "https://news.example", "https://news.example/2026/11/story"),
        ({"site": "https://news.example/2026/"}, "https://news.example/2026", "12"),
        ({"permalink": "", "site": "https://other.example"}, "https://other.example", "12"),
        ({"permalink": "https://news.example:8443/a"}, "https://news.example:8443", "12"),
    ],
)
def test_an_article_is_its_id_within_its_site_else_its_address(stated: dict[str, str], scope: str, name: str) -> None:
    identity = only(STORY | stated).identity
    assert identity
    assert (identity.kind, identity.scope, identity.key) == ("cms", scope, name)


def test_what_only_looks_handed_over_is_the_files_own_and_a_pipe_is_its_text(tmp_path: Path) -> None:
    file = tmp_path / "story.json"
    file.write_text(json.dumps(STORY))
    (found,) = read_source(str(file), ReadSettings())
    assert isinstance(found, Article)
    assert found.identity
    assert found.identity.scope.startswith("file:")
    assert found.identity.key == "https://news.example 12"
    piped = only(STORY, ReadSettings())
    assert piped.identity
    assert piped.identity.kind == "text"
    (named,) = read_source(str(file), HANDED)
    assert isinstance(named, Article)
    assert named.identity == only(STORY).identity


def test_a_nameless_article_is_its_text() -> None:
    one, same, other = (
        {"text": "افتتحت البلدية حديقة جديدة اليوم.", "title": title} for title in ("خبر", "خبر", "آخر")
    )
    assert only(one).identity == only(same).identity != only(other).identity


def words(article: Article) -> str:
    """Return every word of an article, for the ear, the eye or the ledger."""
    blocks = [getattr(block, "text", "") for block in article.blocks]
    items = [f"{i.title} {i.body}" for block in article.blocks if isinstance(block, ListBlock) for i in block.items]
    return key(" ".join([article.title, article.author, *blocks, *items, *(one.text for one in article.dropped)]))


@pytest.mark.parametrize(
    "text",
    [
        "افتتحت البلدية ثلاث حدائق جديدة.\n\nوحضر الحفل كثيرون من أهل المدينة.",
        "# عنوان في النص\n\nافتتحت البلدية ثلاث حدائق جديدة.\n\n- الأولى\n- الثانية",
        "الرئيسية\n\nعنوان سطر قصير\n\nافتتحت البلدية ثلاث حدائق جديدة في المدينة اليوم.",
        "كتب: أحمد علي\n\nافتتحت البلدية ثلاث حدائق جديدة في المدينة اليوم.",
        "خبر عاجل قصير",
    ],
)
@pytest.mark.parametrize("title", ["", "افتتاح حديقة", "الرئيسية", "اقرأ أيضا"])
def test_no_word_of_a_text_is_lost_and_the_stated_headline_is_the_headline(text: str, title: str) -> None:
    article = only({"text": text, "title": title})
    assert not title or key(article.title) == key(title)
    found = words(article).split()
    for word in key(f"{title} {text}").split():
        assert word in found, (word, article)
    assert found.count(key("الثانية")) == text.count("الثانية")


def test_a_whole_page_is_read_as_one() -> None:
    body = "<p>" + "افتتحت البلدية ثلاث حدائق جديدة في المدينة اليوم. " * 6 + "</p>"
    page = f"<!doctype html><html><nav><a href='/a'>الرئيسية</a></nav><article><h1>خبر</h1>{body}</article></html>"
    article = only({"html": page, "permalink": "https://news.example/a"})
    assert article.title == "خبر"
    assert "الرئيسية" not in " ".join(getattr(block, "text", "") for block in article.blocks)


def test_several_are_read_in_their_order_and_a_broken_one_apart() -> None:
    found = read([STORY, STORY | {"id": 13, "html": "", "text": ""}, STORY | {"id": 14}])
    assert [isinstance(one, Article) for one in found] == [True, False, True]
    assert "exactly one of html, text and url" in str(found[1])


@pytest.mark.parametrize(
    ("stated", "place"),
    [
        ({"text": "نص"}, "exactly one"),
        ({"html": "  "}, "exactly one"),
        ({"title": ""}, "headline"),
        ({"title": "سطر\nآخر"}, "title"),
        ({"title": "م" * 2001}, "title"),
        ({"html": f"<p>خبر\0</p>{HTML}"}, "U+0000"),
        ({"permalink": "javascript:alert(1)"}, "permalink"),
        ({"permalink": "https://user:pw@news.example/"}, "permalink"),
        ({"permalink": "https://news.example/" + "a" * 2000}, "permalink"),
        ({"permalink": ""}, "site"),
        ({"site": "https://other.example"}, "permalink"),
        ({"site": "https://news.example/20"}, "permalink"),
        ({"id": "ا" * 10_000}, "id"),
        ({"id": 1.5}, "id"),
        ({"id": True}, "id"),
        ({"date": "yesterday"}, "date"),
        ({"date": "2026-02-30"}, "date"),
        ({"date": "2026-11-28T99:00"}, "date"),
        ({"date": "2026-11-28 and so on"}, "date"),
        ({"date": "9" * 1000}, "date"),
        ({"categories": ["ب"] * 101}, "categories"),
        ({"categories": "محليات"}, "categories"),
        ({"categories": [["محليات"]]}, "categories"),
        ({"language": "en"}, "language"),
        ({"langauge": "ar"}, "langauge"),
    ],
)
def test_what_does_not_hold_is_named(stated: dict[str, object], place: str) -> None:
    (found,) = read(STORY | stated)
    assert isinstance(found, ReadError)
    assert place in str(found)
    assert len(str(found)) < 300
