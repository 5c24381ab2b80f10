from __future__ import annotations

import io
from pathlib import Path

import pytest
from feedgen.feed import FeedGenerator

from tests.read.server import answer, serve
from tts_news.errors import ReadError
from tts_news.read import read_source
from tts_news.read.settings import ReadSettings
from tts_news.records import Article

LEDE = "أعلنت البلدية صباح اليوم عن افتتاح حديقة جديدة في الحي الشرقي بعد عامين من العمل المتواصل على تجهيزها."


def page(title: str) -> bytes:
    return f"<html lang='ar'><body><article><h1>{title}</h1>{f'<p>{LEDE}</p>' * 4}</article></body></html>".encode()


def rss(url: str) -> bytes:
    """Return a feed of two whole entries as another library writes it."""
    feed = FeedGenerator()
    feed.title("الضفاف")
    feed.link(href=url)
    feed.description("أخبار")
    for number in ("الأول", "الثاني"):
        entry = feed.add_entry(order="append")
        entry.guid(f"urn:{number}")
        entry.title(f"الخبر {number}")
        entry.link(href=f"{url}/{number}")
        entry.content(f"<p>{LEDE}</p>", type="CDATA")
    return bytes(feed.rss_str())


def respond(path: str) -> bytes:
    bodies = {"/feed": rss("https://example.org"), "/gone": b""}
    if path == "/gone":
        return answer(b"", status="404 Not Found")
    return answer(bodies.get(path) or page(f"عنوان {path[1:]}"), Content_Type="text/html")


def read(source: str, stdin: bytes | None = None, **changes: object) -> list[Article | ReadError]:
    settings = ReadSettings(cache_dir="off", retries=0, allow_private=True, **changes)  # type: ignore[arg-type]
    return list(read_source(source, settings, io.BytesIO(stdin) if stdin is not None else None))


def titles(found: list[Article | ReadError]) -> list[str]:
    return [one.title if isinstance(one, Article) else "error" for one in found]


@pytest.mark.parametrize("kind", ["auto", "urls"])
def test_a_list_of_addresses_is_read_one_after_another(tmp_path: Path, kind: str) -> None:
    with serve(lambda request, send: send(respond(request.path))) as server:
        text = (
            f"# صفحات اليوم\n{server.url}/1\n\n{server.url}/gone\n{server.url}/feed\n{server.url}/1\n{server.url}/2\n"
        )
        if kind == "auto":
            text = text.split("\n", 1)[1]
        (tmp_path / "list").write_text(text, encoding="utf-8")
        found = read(str(tmp_path / "list"), kind=kind)
        piped = read("-", text.encode(), kind=kind)
    assert titles(found) == ["عنوان 1", "error", "الخبر الأول", "الخبر الثاني", "عنوان 2"]
    assert titles(piped) == titles(found)
    assert isinstance(found[0], Article)
    assert found[0].identity is not None
    assert found[0].identity.kind == "address"


def test_articles_of_a_list_that_are_had_are_not_read_again() -> None:
    with serve(lambda request, send: send(respond(request.path))) as server:
        text = f"{server.url}/feed\n{server.url}/1\n{server.url}/2\n"
        settings = ReadSettings(kind="urls", cache_dir="off", retries=0, allow_private=True)
        found = list(read_source("-", settings, io.BytesIO(text.encode()), passed=3))
    assert titles(found) == ["عنوان 2"]


def test_what_is_no_arabic_article_is_refused_in_a_list_too() -> None:
    persian = (
        "آغاز هفته کتاب در شیراز. مراسم آغاز هفته کتاب روز یکشنبه با حضور صدها نفر در کتابخانه مرکزی برگزار شد و تا "
        "پایان هفته ادامه دارد. به گفته مدیر کتابخانه، این برنامه برای کودکان است."
    ).encode()
    with serve(lambda request, send: send(answer(persian) if "fa" in request.path else respond("/1"))) as server:
        error, article = read("-", f"{server.url}/fa\n{server.url}/ar\n".encode(), kind="urls")
    assert "not in Arabic" in str(error)
    assert isinstance(article, Article)


def test_a_list_names_no_files(tmp_path: Path) -> None:
    (tmp_path / "list").write_text("https://example.org/a\n/etc/passwd\n")
    with pytest.raises(ReadError, match="line 2"):
        read(str(tmp_path / "list"), kind="urls")


def test_a_list_in_a_list_is_not_followed() -> None:
    with serve(lambda _request, send: send(answer(f"{server.url}/again\n".encode()))) as server:
        (error,) = read("-", f"{server.url}/list\n".encode(), kind="urls")
    assert "list of addresses in a list" in str(error)


def test_the_feeds_of_opml_are_read() -> None:
    with serve(lambda request, send: send(respond(request.path))) as server:
        opml = (
            '<?xml version="1.0" encoding="utf-8"?><opml version="2.0"><head><title>اشتراكات</title></head><body>'
            f'<outline text="أخبار"><outline type="rss" text="الضفاف" xmlUrl="{server.url}/feed"/></outline>'
            '<outline text="ملف" xmlUrl="file:///etc/passwd"/></body></opml>'
        )
        found = read("-", opml.encode())
    assert titles(found) == ["الخبر الأول", "الخبر الثاني"]


def test_the_pages_of_a_news_sitemap_are_read_newest_first() -> None:
    with serve(lambda request, send: send(respond(request.path))) as server:
        urls = "".join(
            f"<url><loc>{server.url}/{day}</loc><news:news><news:publication><news:name>الضفاف</news:name>"
            f"<news:language>ar</news:language></news:publication><news:publication_date>2026-11-{day}T08:00:00Z"
            f"</news:publication_date><news:title>خبر {day}</news:title></news:news></url>"
            for day in (18, 20, 19)
        )
        sitemap = (
            '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
            f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
        )
        found = read("-", sitemap.encode(), limit=2)
    assert titles(found) == ["خبر 20", "خبر 19"]
    assert isinstance(found[0], Article)
    assert found[0].published == "2026-11-20T08:00:00Z"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            "<sitemapindex><sitemap><loc>https://example.org/s1.xml</loc></sitemap></sitemapindex>",
            "sitemaps, not pages",
        ),
        ("<urlset></urlset>", "without pages"),
        (f"<urlset>{'<url><loc>https://example.org/</loc></url>' * 1001}</urlset>", "1,001 pages"),
        ("<opml><body><outline text='x'/></body></opml>", "OPML without feeds"),
    ],
)
def test_what_lists_nothing_to_read_is_an_error_with_a_hint(data: str, message: str) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        read("-", data.encode())
    assert caught.value.hint
