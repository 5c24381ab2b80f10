from __future__ import annotations

import json
from pathlib import Path

import pytest

from tts_news.errors import ReadError
from tts_news.read import read_source
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Paragraph

LEDE = "أعلنت وزارة الطاقة خفض سعر البنزين عشرة بالمئة ابتداء من منتصف الليلة."


def read(tmp_path: Path, *posts: object, **facts: object) -> list[Article | ReadError]:
    path = tmp_path / "result.json"
    export = {"name": "أخبار الضفاف", "type": "public_channel", "id": 77, "messages": list(posts)} | facts
    path.write_text(json.dumps(export, ensure_ascii=False), encoding="utf-8")
    return list(read_source(str(path), ReadSettings(cache_dir="off")))


def post(number: int, *text: object, **facts: object) -> dict[str, object]:
    return {
        "id": number,
        "type": "message",
        "date": f"2026-11-20T10:0{number}:00",
        "date_unixtime": str(1_795_000_000 + number),
        "from": "أخبار الضفاف",
        "text": list(text),
    } | facts


def test_posts_are_articles_and_a_first_line_in_bold_is_the_headline(tmp_path: Path) -> None:
    bold = {"type": "bold", "text": "انخفاض سعر البنزين"}
    link = {"type": "link", "text": "https://t.me/difaf"}
    struck = {"type": "strikethrough", "text": "غدا"}
    found = read(
        tmp_path,
        {"id": 0, "type": "service", "action": "create_channel", "text": ""},
        post(1, bold, f"\n\n{LEDE} ", struck, "\n\n", link),
        post(2, f"🔴 عاجل | ارتفاع سعر الذهب\n\n{LEDE}"),
        post(3, "صورة"),
    )
    second, first = found
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.title, second.title) == ("انخفاض سعر البنزين", "ارتفاع سعر الذهب")
    assert first.blocks == (Paragraph(LEDE),)
    assert (first.site, first.published[:4]) == ("أخبار الضفاف", "2026")
    assert first.identity is not None
    assert first.identity.key == "77 1"
    assert "غدا" in {line.text for line in first.dropped}


@pytest.mark.parametrize("kind", ["personal_chat", "private_group", "private_supergroup"])
def test_a_chat_of_people_is_refused(tmp_path: Path, kind: str) -> None:
    with pytest.raises(ReadError, match="not of a channel"):
        read(tmp_path, post(1, LEDE), type=kind)


PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Exported Data</title></head><body>
<div class="page_wrap">
<div class="page_header"><div class="content"><div class="text bold">
أخبار الضفاف
</div></div></div><div class="page_body chat_page"><div class="history">
<div class="message service" id="message-1"><div class="body details">20 November 2026</div></div>
<div class="message default clearfix" id="message7"><div class="body">
<div class="pull_right date details" title="20.11.2026 10:03:00 UTC+03:00">10:03</div>
<div class="from_name">
{sender}
</div><div class="text">
<strong>انخفاض سعر البنزين</strong><br><br>{lede} <s>غدا</s>
</div><div class="signature details">سلمى الحداد</div></div></div>
<div class="message default clearfix joined" id="message8"><div class="body"><div class="pull_right date details"
title="20.11.2026 10:05:00 UTC+03:00">10:05</div><div class="text">صورة</div></div></div>
</div></div></div></body></html>"""


def test_pages_of_an_export_are_the_channel_too(tmp_path: Path) -> None:
    path = tmp_path / "messages.html"
    path.write_text(PAGE.format(sender="أخبار الضفاف", lede=LEDE), encoding="utf-8")
    (article,) = read_source(str(path), ReadSettings(cache_dir="off"))
    assert isinstance(article, Article)
    assert (article.title, article.author, article.site) == ("انخفاض سعر البنزين", "سلمى الحداد", "أخبار الضفاف")
    assert article.published == "2026-11-20T10:03:00+03:00"
    assert article.blocks == (Paragraph(LEDE),)
    assert ("غدا", "strikethrough") in [(line.text, line.reason) for line in article.dropped]
    path.write_text(PAGE.format(sender="سلمى", lede=LEDE), encoding="utf-8")
    with pytest.raises(ReadError, match="of a group, not of a channel"):
        list(read_source(str(path), ReadSettings(cache_dir="off")))
