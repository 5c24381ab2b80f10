from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.read.server import Request, answer, serve
from tts_news.errors import ReadError
from tts_news.read import read_source
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Paragraph

BODY = (
    "<p>أعلنت البلدية صباح اليوم عن افتتاح حديقة جديدة في الحي الشرقي بعد عامين من العمل المتواصل على تجهيزها.</p>" * 4
)


def item(title: str, date: str, content: str = BODY, link: str = "https://example.org/a", extra: str = "") -> str:
    return (
        f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate>{extra}"
        f"<description>مقتطف قصير [&#8230;]</description>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded></item>"
    )


def rss(*items: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>بوابة الضفاف</title><language>en-us</language>'
        + "".join(items)
        + "</channel></rss>"
    )


def read(tmp_path: Path, text: str, **changes: object) -> list[Article | ReadError]:
    path = tmp_path / "feed"
    path.write_text(text, encoding="utf-8")
    settings = {"cache_dir": "off", "allow_private": True, "retries": 0} | changes
    return list(read_source(str(path), ReadSettings(**settings)))  # type: ignore[arg-type]


def test_entries_come_newest_first_with_what_the_feed_says(tmp_path: Path) -> None:
    extra = "<dc:creator>سلمى الحداد</dc:creator><category>اقتصاد</category><category>مياه</category>"
    old = item("خبر قديم", "Tue, 04 Jan 2022 19:24:21 +0000")
    new = item("خبر جديد &amp; مهم", "Wed, 05 Jan 2022 08:00:00 +0300", extra=extra)
    first, second = read(tmp_path, rss(old, new))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.title, second.title) == ("خبر جديد & مهم", "خبر قديم")
    assert (first.author, first.categories, first.site) == ("سلمى الحداد", ("اقتصاد", "مياه"), "بوابة الضفاف")
    assert first.published == "2022-01-05T08:00:00+03:00"
    assert first.url == "https://example.org/a"
    assert len(first.blocks) == 4


def test_limit_and_since_choose_entries(tmp_path: Path) -> None:
    feed = rss(*(item(f"خبر {day}", f"{day:02} Jan 2022 08:00:00 +0000") for day in range(1, 10)))
    assert [a.title for a in read(tmp_path, feed, limit=2) if isinstance(a, Article)] == ["خبر 9", "خبر 8"]
    assert len(read(tmp_path, feed, since="2022-01-07")) == 3


def test_one_broken_entry_does_not_stop_the_others(tmp_path: Path) -> None:
    feed = rss(
        item("خبر أول", "09 Jan 2022 08:00:00 +0000"),
        item("Broken", "08 Jan 2022 08:00:00 +0000", content="<p>only english words here</p>" * 30),
        item("خبر ثالث", "07 Jan 2022 08:00:00 +0000"),
    )
    results = read(tmp_path, feed)
    assert [isinstance(result, Article) for result in results] == [True, False, True]
    assert "Broken" in str(results[1])


def test_a_summary_alone_means_the_link_is_read(tmp_path: Path) -> None:
    page = f"<html><body><article><h1>العنوان على الصفحة</h1>{BODY}</article></body></html>"
    with serve(lambda _request, send: send(answer(page.encode(), Content_Type="text/html"))) as server:
        feed = rss(f"<item><title>خبر</title><link>{server.url}/a</link><description>مقتطف قصير.</description></item>")
        (article,) = read(tmp_path, feed)
    assert isinstance(article, Article)
    assert article.title == "خبر"
    assert isinstance(article.blocks[0], Paragraph)


def test_atom_is_read(tmp_path: Path) -> None:
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>الموقع</title><entry><title>خبر</title>'
        '<link rel="alternate" href="https://example.org/x"/><updated>2026-01-02T03:04:05Z</updated>'
        f'<author><name>كاتب</name></author><content type="html">{BODY.replace("<", "&lt;")}</content></entry></feed>'
    )
    (article,) = read(tmp_path, feed)
    assert isinstance(article, Article)
    assert (article.title, article.author, article.published) == ("خبر", "كاتب", "2026-01-02T03:04:05Z")


def test_html_entities_in_a_feed_do_not_glue_words(tmp_path: Path) -> None:
    (article,) = read(tmp_path, rss(item("خبر&nbsp;جديد", "09 Jan 2022 08:00:00 +0000")))
    assert isinstance(article, Article)
    assert article.title == "خبر جديد"


def test_a_billion_laughs_are_refused(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    rest = "<rss><channel><title>&l9;</title></channel></rss>"
    feed = f'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">{entities}]>{rest}'
    with pytest.raises(ReadError, match="entities"):
        read(tmp_path, feed)


def test_a_feed_does_not_reach_for_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("سر", encoding="utf-8")
    feed = f'<!DOCTYPE rss SYSTEM "file://{secret}"><rss><channel><item><title>خبر</title></item></channel></rss>'
    (error,) = read(tmp_path, feed)
    assert isinstance(error, ReadError)


SHORT = "<p>شعر السكان بهزة خفيفة صباح اليوم.</p><p>وقال المرصد إن قوتها 3.1 درجات.</p>"
DRUPAL = '<![CDATA[<div class="field field--name-body"><p>شعر السكان بهزة.</p></div>]]>'
GONE = "http://127.0.0.1:9/gone"


@pytest.mark.parametrize(
    "entry",
    [
        item("خبر", "09 Jan 2022 08:00:00 +0000", content=SHORT, link=GONE),
        f"<item><title>خبر</title><link>{GONE}</link><description>{DRUPAL}</description></item>",
    ],
    ids=["content", "Drupal's body"],
)
def test_an_entry_that_is_whole_is_read_however_short(tmp_path: Path, entry: str) -> None:
    (article,) = read(tmp_path, rss(entry))
    assert isinstance(article, Article)
    assert not any("link was not read" in line.reason for line in article.dropped)


@pytest.mark.parametrize("end", ["…", "[&#8230;]", '<a href="x">قراءة المزيد »</a>', "<p>اقرأ المزيد</p>", "Read more"])
def test_content_that_breaks_off_is_read_through_its_link(tmp_path: Path, end: str) -> None:
    page = f"<html><body><article><h1>العنوان</h1>{BODY}</article></body></html>"
    with serve(lambda _request, send: send(answer(page.encode(), Content_Type="text/html"))) as server:
        entry = item("خبر", "09 Jan 2022 08:00:00 +0000", content=f"<p>شعر السكان بهزة {end}</p>", link=server.url)
        (article,) = read(tmp_path, rss(entry))
    assert isinstance(article, Article)
    assert len(article.blocks) == 4


def test_a_summary_stands_in_for_a_link_that_fails_and_says_so(tmp_path: Path) -> None:
    feed = rss(f"<item><title>خبر</title><link>{GONE}</link><description>مقتطف قصير من الخبر.</description></item>")
    (article,) = read(tmp_path, feed)
    assert isinstance(article, Article)
    assert article.blocks == (Paragraph("مقتطف قصير من الخبر."),)
    assert any(line.text == GONE and "the feed's own" in line.reason for line in article.dropped)


def test_a_page_that_holds_less_than_the_feed_is_not_taken(tmp_path: Path) -> None:
    page = f"<html><body><article><h1>العنوان</h1>{SHORT}{SHORT}</article></body></html>"
    with serve(lambda _request, send: send(answer(page.encode(), Content_Type="text/html"))) as server:
        entry = item("خبر", "09 Jan 2022 08:00:00 +0000", content=f"{BODY}<p>وللحديث بقية…</p>", link=server.url)
        (article,) = read(tmp_path, rss(entry))
    assert isinstance(article, Article)
    assert len(article.blocks) == 5


def test_a_feed_that_is_cut_off_gives_its_whole_entries_and_says_what_is_lost(tmp_path: Path) -> None:
    whole = rss(item("خبر أول", "09 Jan 2022 08:00:00 +0000"), item("خبر ثان", "08 Jan 2022 08:00:00 +0000"))
    found = read(tmp_path, whole[: whole.rindex("أعلنت")])
    assert [one.title for one in found if isinstance(one, Article)] == ["خبر أول"]
    (error,) = (one for one in found if isinstance(one, ReadError))
    assert "cut off" in str(error)


def test_a_loose_ampersand_breaks_nothing(tmp_path: Path) -> None:
    (article,) = read(tmp_path, rss(item("زيت & زيتون", "09 Jan 2022 08:00:00 +0000")))
    assert isinstance(article, Article)
    assert article.title == "زيت & زيتون"


def test_entries_that_the_parser_could_not_keep_are_counted(tmp_path: Path) -> None:
    feed = rss(item("خبر أول", "09 Jan 2022 08:00:00 +0000")).replace(
        "</channel></rss>", "</rss></channel><item></item>"
    )
    found = read(tmp_path, feed)
    assert sum(isinstance(one, Article) for one in found) == 1
    assert any("1 of its 2 entries are lost" in str(one) for one in found)


@pytest.mark.parametrize("text", ["<rss><channel></channel></rss>", "<rss", "<feed/>"])
def test_a_feed_without_entries_is_one_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(ReadError):
        read(tmp_path, text, kind="feed")


def post(number: int) -> dict[str, object]:
    return {
        "id": number,
        "link": f"https://example.org/{number}",
        "date": f"2026-01-{number:02}T10:00:00",
        "date_gmt": f"2026-01-{number:02}T07:00:00",
        "title": {"rendered": f"خبر &#8220;{number}&#8221;"},
        "content": {"rendered": BODY},
        "excerpt": {"rendered": "<p>مقتطف</p>"},
        "_embedded": {"author": [{"name": "كاتب"}], "wp:term": [[{"taxonomy": "category", "name": "اقتصاد"}]]},
    }


def test_a_wordpress_site_is_read_through_its_api() -> None:
    def api(request: Request, send: object) -> None:
        assert callable(send)
        query = parse_qs(urlsplit(request.path).query)
        page = int(query["page"][0])
        posts = [post(n) for n in ([3, 2] if page == 1 else [1])]
        send(answer(json.dumps(posts).encode(), Content_Type="application/json", X_WP_TotalPages="2"))

    with serve(api) as server:
        settings = ReadSettings(kind="wordpress", allow_private=True, cache_dir="off", since="2025-12-01")
        articles = list(read_source(server.url, settings))
    assert [a.title for a in articles if isinstance(a, Article)] == ["خبر “3”", "خبر “2”", "خبر “1”"]
    first = articles[0]
    assert isinstance(first, Article)
    assert (first.author, first.categories, first.published) == ("كاتب", ("اقتصاد",), "2026-01-03T07:00:00+00:00")
    assert server.requests[0].path.startswith("/wp-json/wp/v2/posts?")
    after = parse_qs(urlsplit(server.requests[0].path).query)["after"][0]
    assert dt.datetime.fromisoformat(after) == dt.datetime(2025, 12, 1)  # noqa: DTZ001 - the API takes it without a zone


def test_a_saved_answer_of_the_api_is_recognised(tmp_path: Path) -> None:
    (article,) = read(tmp_path, json.dumps([post(5)]))
    assert isinstance(article, Article)
    assert article.title == "خبر “5”"


@pytest.mark.parametrize("body", [b"<html>", b'{"code":"rest_no_route","message":"No route"}', b"[" * 100_000])
def test_a_site_without_the_api_is_one_error(body: bytes) -> None:
    with serve(lambda _request, send: send(answer(body))) as server, pytest.raises(ReadError) as caught:
        list(read_source(server.url, ReadSettings(kind="wordpress", allow_private=True, cache_dir="off")))
    assert "/feed/" in caught.value.hint
