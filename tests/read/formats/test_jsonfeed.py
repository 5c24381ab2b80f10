from __future__ import annotations

import json
from pathlib import Path

import pytest

from tts_news.errors import ReadError
from tts_news.read import read_source
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Paragraph

LEDE = "افتتحت البلدية مكتبة صغيرة في مبنى الجمرك القديم على رصيف الميناء."


def read(tmp_path: Path, value: object) -> list[Article | ReadError]:
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return list(read_source(str(path), ReadSettings(cache_dir="off", retries=0)))


def feed(*items: object, **facts: object) -> dict[str, object]:
    return {"version": "https://jsonfeed.org/version/1.1", "title": "الضفاف", "items": list(items)} | facts


def test_items_come_with_all_that_the_feed_says(tmp_path: Path) -> None:
    item = {
        "id": "1",
        "url": "https://example.org/4",
        "title": "افتتاح مكتبة الميناء",
        "content_html": f"<p>{LEDE}</p>",
        "summary": "ملخص طويل لا يقرأ مكان النص",
        "date_published": "2026-11-20T10:03:00+02:00",
        "date_modified": "2026-11-21T10:03:00+02:00",
        "authors": [{"name": "ليلى حداد"}, {"name": "سامي نصر"}],
        "tags": ["ثقافة"],
    }
    (article,) = read(tmp_path, feed(item))
    assert isinstance(article, Article)
    assert article.blocks == (Paragraph(LEDE),)
    assert (article.title, article.author, article.categories) == (
        "افتتاح مكتبة الميناء",
        "ليلى حداد، سامي نصر",
        ("ثقافة",),
    )
    assert (article.published, article.modified) == ("2026-11-20T10:03:00+02:00", "2026-11-21T10:03:00+02:00")
    assert (article.url, article.site) == ("https://example.org/4", "الضفاف")


def test_plain_text_keeps_its_paragraphs_and_is_no_markup(tmp_path: Path) -> None:
    (article,) = read(
        tmp_path, feed({"id": "1", "content_text": f"{LEDE}\n\nقال: 3 < 5 و<b>."}, author={"name": "كاتب"})
    )
    assert isinstance(article, Article)
    assert article.blocks == (Paragraph(LEDE), Paragraph("قال: 3 < 5 و<b>."))
    assert article.author == "كاتب"


def test_a_broken_item_does_not_stop_the_others(tmp_path: Path) -> None:
    found = read(tmp_path, feed(7, {"id": "2", "content_html": f"<p>{LEDE}</p>"}, {"id": "3"}))
    assert [isinstance(one, Article) for one in found] == [False, True, False]


@pytest.mark.parametrize("value", [{"a": 1}, {"version": "https://jsonfeed.org/version/1.1", "items": []}, []])
def test_other_json_is_refused_and_never_read_aloud(tmp_path: Path, value: object) -> None:
    with pytest.raises(ReadError):
        read(tmp_path, value)
