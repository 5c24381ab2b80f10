from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.read.server import Request, answer, serve
from tests.read.test_feeds import BODY, item, rss
from tts_news.errors import ReadError, TtsNewsError
from tts_news.read import read_source
from tts_news.read.identity import (
    identify_document,
    normalise_address,
    scope_of,
    site_of,
    with_credentials,
    without_credentials,
)
from tts_news.read.settings import ReadSettings
from tts_news.records import Article, Identity

ONE = "https://city.example/news/harbour"
POST = {"id": 41, "title": {"rendered": "خبر"}, "link": ONE, "content": {"rendered": BODY}}


@pytest.mark.parametrize(
    "other",
    [
        "http://city.example/news/harbour",
        "HTTPS://CITY.Example/news/harbour",
        "https://www.city.example/news/harbour",
        "https://city.example:443/news/harbour",
        "http://city.example:80/news/harbour/",
        "https://ali:secret@city.example/news/harbour",
        "https://city.example/news/harbour#comments",
        "https://city.example/news/harbour?utm_source=rss&utm_medium=feed",
        "https://city.example/news/harbour?fbclid=IwAR0&gclid=1",
        "https://city.example/news/harbour/amp/",
        "https://city.example/amp/news/harbour",
        "https://city.example/news/harbour?amp=1",
        "https://city.example/news/harbour?outputType=amp",
        "https://amp.city.example/news/harbour",
        "https://city.example/news//harbour",
        "https://city.example/news/harbour/index.html",
        "https://city.example/news/harb%6Fur",
        " https://city.example/news/harbour ",
    ],
)
def test_addresses_of_one_article_are_equal(other: str) -> None:
    assert normalise_address(other) == normalise_address(ONE)


def test_queries_escaped_in_an_older_code_page_are_not_one() -> None:
    assert normalise_address(f"{ONE}?t=%CE%C8%D1") != normalise_address(f"{ONE}?t=%C7%E1%ED")
    assert normalise_address(f"{ONE}?t=%CE%C8%D1") == normalise_address(f"{ONE}?t=%ce%c8%d1")


@pytest.mark.parametrize(
    "other",
    [
        "https://city.example/news/harbour2",
        "https://city.example/news/Harbour",
        "https://city.example/news",
        "https://news.city.example/news/harbour",
        "https://city.example:8443/news/harbour",
        "https://city.example/news/harbour?page=2",
        "https://city.example/news/harbour?id=7",
        "https://city.example/news/harbour?ref=7",
        "https://city.example/news%2Fharbour",
        "https://city.example/#!/news/harbour",
        "ftp://city.example/news/harbour",
    ],
)
def test_addresses_of_two_articles_are_not(other: str) -> None:
    assert normalise_address(other) != normalise_address(ONE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://city.example/?p=12", "https://city.example/index.php?p=12&utm_campaign=x"),
        ("https://city.example/خبر-جديد", "https://city.example/%d8%ae%d8%a8%D8%B1-%D8%AC%D8%AF%D9%8A%D8%AF/"),
        ("https://city.example/x.html", "https://city.example/x.amp.html"),
        ("https://city.example/x?a=1&b=2", "https://city.example/x?b=2&a=1"),
        ("https://مدينة.example/x", "https://xn--ogbl9dft.example/x"),
        ("http://[::1]:80/x", "http://[::1]/x"),
        ("https://city.example", "https://city.example/"),
    ],
)
def test_the_ways_of_writing_one_address_are_equal(one: str, other: str) -> None:
    assert normalise_address(one) == normalise_address(other)


@pytest.mark.parametrize(
    "text", ["", "x", "http://", "http://[", "http://a:b@[", "http://a:99999/", "a\ud800b", "//x/y"]
)
def test_what_is_no_address_is_compared_as_it_stands(text: str) -> None:
    assert normalise_address(normalise_address(text)) == normalise_address(text)
    assert "b@" not in normalise_address(text)


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://ali:secret@city.example/a", "https://city.example/a"),
        ("https://ali:p@ss@city.example/a", "https://city.example/a"),
        ("https://token@city.example", "https://city.example"),
        ("https://city.example/@ali", "https://city.example/@ali"),
        ("https://city.example/a?mail=a@b", "https://city.example/a?mail=a@b"),
        ("https://city.example\\@evil.example/", "https://city.example\\@evil.example/"),
        ("stories/a@b.txt", "stories/a@b.txt"),
    ],
)
def test_credentials_go_and_nothing_else(url: str, bare: str) -> None:
    assert without_credentials(url) == bare


def test_no_message_shows_credentials() -> None:
    err = TtsNewsError(
        "cannot reach https://ali:se@cret@city.example/a", hint="try http://ali:x@b.example, or a@b.example"
    )
    assert str(err) == "cannot reach https://city.example/a"
    assert err.hint == "try http://b.example, or a@b.example"


def test_no_message_gives_a_terminal_orders() -> None:
    err = TtsNewsError("x answers 404 \x1b]0;own\x07\x9b2J\nerror: \u202egnp.exe", hint="see \x08\x7f\u2068خبر\u2069")
    assert str(err) == r"x answers 404 \x1b]0;own\x07\x9b2J error: \u202egnp.exe"
    assert err.hint == "see \\x08\\x7f\u2068خبر\u2069"


def test_a_key_in_a_feeds_address_is_not_written_out() -> None:
    scope = scope_of("https://ali:secret@city.example/feed/?key=hush&utm_source=x")
    assert scope.startswith("https://city.example/feed?sha256:")
    assert "hush" not in scope
    assert scope != scope_of("https://city.example/feed/?key=other")
    assert scope == scope_of("http://www.city.example/feed?key=hush")


@pytest.mark.parametrize(
    "url",
    ["https://city.example/blog/", "http://city.example/blog/wp-json/wp/v2/posts?per_page=3", ONE + "/../../blog"],
)
def test_one_wordpress_site_is_one_source(url: str) -> None:
    assert site_of(url) == "https://city.example/blog" or ".." in url


def read(tmp_path: Path, text: str, name: str = "feed.xml", **changes: object) -> list[Article | ReadError]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    settings = {"cache_dir": "off", "allow_private": True, "retries": 0} | changes
    return list(read_source(str(path), ReadSettings(**settings)))  # type: ignore[arg-type]


def keys(found: list[Article | ReadError]) -> list[tuple[str, str]]:
    return [
        (article.identity.kind, article.identity.key)
        for article in found
        if isinstance(article, Article) and article.identity
    ]


def entry(guid: str, link: str, title: str = "خبر", day: int = 9, content: str = BODY) -> str:
    stated = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    return item(title, f"{day:02} Jan 2022 08:00:00 +0000", content=content, link=link, extra=stated)


def test_an_entry_is_its_guid_else_its_link_else_its_title_and_date(tmp_path: Path) -> None:
    feed = rss(entry("city-7", ONE), entry("", ONE + "/2?utm_source=rss", day=8), entry("", "", "عنوان", day=7))
    assert keys(read(tmp_path, feed))[:2] == [("feed", "city-7"), ("address", normalise_address(ONE + "/2"))]
    assert keys(read(tmp_path, feed))[2][0] == "entry"


def test_a_guid_that_names_every_entry_names_none(tmp_path: Path) -> None:
    feed = rss(
        entry("0", ONE + "/1", "أول"), entry("0", ONE + "/2", "ثان", day=8), entry("0", ONE + "/3", "ثالث", day=7)
    )
    assert [kind for kind, _ in keys(read(tmp_path, feed))] == ["address"] * 3
    feed = rss(entry("0", ONE, "أول"), entry("0", ONE, "ثان", day=8), entry("0", ONE, "ثالث", day=7))
    assert keys(read(tmp_path, feed)) == [("entry", "أول"), ("entry", "ثان"), ("entry", "ثالث")]
    other = BODY.replace("الشرقي", "الغربي")
    feed = rss(entry("", "", "خبر"), entry("", "", "خبر", content=other))
    assert len(set(keys(read(tmp_path, feed)))) == 2


def test_a_name_of_any_length_is_told_from_another_and_shows_no_password(tmp_path: Path) -> None:
    start = "https://ali:secret@city.example/" + "news/" * 100
    found = keys(read(tmp_path, rss(*(entry(start + end, "", end) for end in "ab"), entry(start[:40], "", "c"))))
    assert len(set(found)) == 3
    assert all(key.startswith("sha256:") for _, key in found[:2])
    assert found[2] == ("feed", "https://city.example/news/new")


def test_an_entry_that_is_listed_twice_is_read_once_as_it_was_last(tmp_path: Path) -> None:
    newer = entry("1", ONE, content=BODY.replace("الشرقي", "الغربي"), day=10)
    (article,) = read(tmp_path, rss(entry("1", ONE), newer, entry("1", ONE)))
    assert isinstance(article, Article)
    assert "الغربي" in str(article.blocks)
    assert keys([article]) == [("feed", "1")]


def test_two_feeds_never_speak_of_one_article(tmp_path: Path) -> None:
    feed = rss(entry("1", ONE))
    one, other = (read(tmp_path, feed, name)[0] for name in ("a.xml", "b.xml"))
    assert isinstance(one, Article)
    assert isinstance(other, Article)
    assert one.identity != other.identity


def test_a_post_of_wordpress_is_its_number_on_its_site() -> None:
    with serve(lambda _request, send: send(answer(json.dumps([POST]).encode()))) as server:
        found = [
            next(iter(read_source(url, ReadSettings(kind=kind, allow_private=True, cache_dir="off"))))  # type: ignore[arg-type]
            for url, kind in ((server.url, "wordpress"), (f"{server.url}/wp-json/wp/v2/posts", "auto"))
        ]
    site = normalise_address(server.url)
    assert [article.identity for article in found if isinstance(article, Article)] == [
        Identity("wordpress", site, "41"),
        Identity("wordpress", site, "41"),
    ]


def page(canonical: str) -> bytes:
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return f"<html><head>{link}</head><body><article><h1>عنوان</h1>{BODY}</article></body></html>".encode()


def test_a_page_is_its_canonical_address_but_never_one_of_another_site() -> None:
    sent = ""
    with serve(lambda _request, send: send(answer(page(sent), Content_Type="text/html"))) as server:
        keys_ = {}
        for sent in ("", "/story", "https://victim.example/story"):
            (article,) = read_source(f"{server.url}/a?utm_source=x", ReadSettings(allow_private=True, cache_dir="off"))
            assert isinstance(article, Article)
            assert article.identity is not None
            assert article.identity.scope == ""
            keys_[sent] = article.identity.key.removeprefix(normalise_address(server.url))
    assert keys_ == {"": "/a", "/story": "/story", "https://victim.example/story": "/a"}


@pytest.mark.parametrize(
    ("own", "canonical", "stands"),
    [
        ("/article.php?id=12", "/article.php", False),
        ("/?p=12", "/?lang=ar", False),
        ("/news/12", "/news", False),
        ("/news/12", "/index.php", False),
        ("/news/rsyf-jdyd-fy-almyna", "/news/", False),
        ("/news/12345", "/ar/", False),
        ("/article.php?id=12&print=1", "/article.php?id=12", True),
        ("/article.php?id=12", "/2026/rsyf-jdyd-fy-almyna", True),
        ("/12345/rsyf", "/12345", True),
        ("/harbour?from=home", "/harbour", True),
        ("/a", "/story", True),
        ("/?p=1234", "/?p=1234", True),
        ("/news/1002", "/news/1001", False),
        ("/article/1002/rsyf", "/article/1001/hdyqa", False),
        ("/news/hdyqa-jdyda-1002", "/news/rsyf-1001", False),
        ("/20261122/rsyf", "/20261123/rsyf", False),
        ("/article/1001/rsyf", "/article/1001/rsyf-jdyd", True),
        ("/print/1001", "/news/1001", True),
        ("/node/1234", "/2026/11/22/rsyf-jdyd", True),
        ("/2026/11/23/rsyf-jdyd-fy", "/2026/11/22/rsyf-jdyd-fy", True),
        ("/2025/rsyf-jdyd-fy", "/2026/rsyf-jdyd-fy", True),
    ],
)
def test_a_canonical_address_that_many_articles_would_share_is_none(own: str, canonical: str, stands: bool) -> None:
    sent = page(canonical)
    with serve(lambda _request, send: send(answer(sent, Content_Type="text/html"))) as server:
        (article,) = read_source(server.url + own, ReadSettings(allow_private=True, cache_dir="off"))
        assert isinstance(article, Article)
        assert article.identity is not None
        assert article.identity.key == normalise_address(server.url + (canonical if stands else own))


def test_a_page_for_telephones_may_name_the_one_it_is_made_of() -> None:
    article = Article("عنوان", (), url=ONE)
    found = {
        host: identify_document(article, "", f"https://{host}/news/harbour").key.partition("/news")[0]
        for host in ("m.city.example", "mobile.city.example", "film.city.example")
    }
    assert set(found.items()) == {
        ("m.city.example", "https://city.example"),
        ("mobile.city.example", "https://city.example"),
        ("film.city.example", "https://film.city.example"),
    }


def test_one_file_that_holds_another_sites_entries_holds_other_articles(tmp_path: Path) -> None:
    found = []
    for host in ("city.example", "other.example"):
        link = f"https://{host}/news/harbour"
        feed = rss(entry("41", link)).replace("<channel>", f"<channel><link>https://{host}/</link>", 1)
        posts = json.dumps([POST | {"link": link}])
        found += [*keys(read(tmp_path, feed)), *keys(read(tmp_path, posts, "posts.json"))]
        moved = json.dumps([POST | {"link": f"{link}-2"}])
        assert keys(read(tmp_path, moved, "posts.json")) == found[-1:]
    assert len(found) == len(set(found)) == 4


def test_a_saved_page_speaks_for_its_own_file_alone(tmp_path: Path) -> None:
    one, other = (read(tmp_path, page(ONE).decode(), name) for name in ("a.html", "b.html"))
    assert keys(one) == keys(other) == [("address", normalise_address(ONE))]
    assert one[0].identity != other[0].identity  # type: ignore[union-attr]


def test_a_file_is_its_title_and_date(tmp_path: Path) -> None:
    text = "# عنوان\n\nافتتحت البلدية صباح اليوم رصيفا جديدا في الميناء القديم.\n"
    (article,) = read(tmp_path, text, "a.md")
    assert isinstance(article, Article)
    assert article.identity == Identity("file", scope_of(str(tmp_path / "a.md")), "عنوان")
    (dated,) = read(tmp_path, f"---\ntitle: عنوان\ndate: 2026-11-22\n---\n{text}", "a.md")
    assert isinstance(dated, Article)
    assert dated.identity == Identity("file", scope_of(str(tmp_path / "a.md")), "عنوان", "2026-11-22")


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([POST], ensure_ascii=False),
        page(ONE).decode(),
        rss(entry("city-7", ONE)),
        f"---\nurl: {ONE}\n---\n# عنوان\n\nافتتحت البلدية صباح اليوم رصيفا جديدا في الميناء القديم.\n",
    ],
)
def test_a_text_through_a_pipe_is_itself_whoever_it_claims_to_be(text: str) -> None:
    settings = ReadSettings(cache_dir="off")
    one, same, other = (
        next(iter(read_source("-", settings, io.BytesIO(sent.encode()))))
        for sent in (text, f"{text}\n", text.replace("البلدية", "المدينة"))
    )
    assert isinstance(one, Article)
    assert isinstance(same, Article)
    assert isinstance(other, Article)
    assert one.identity is not None
    assert (one.identity.kind, one.identity.scope) == ("text", "-")
    assert one.identity == same.identity != other.identity
    assert "city.example" not in one.identity.text


def test_credentials_are_used_and_stand_in_no_article() -> None:
    with serve(lambda _request, send: send(answer(page(""), Content_Type="text/html"))) as server:
        url = server.url.replace("://", "://ali:secret@")
        (article,) = read_source(f"{url}/a", ReadSettings(allow_private=True, cache_dir="off"))
    assert isinstance(article, Article)
    assert server.requests[0].headers["authorization"] == "Basic YWxpOnNlY3JldA=="
    assert "secret" not in repr(article)
    assert "ali" not in repr(article)


def test_a_page_behind_a_feed_with_credentials_is_read_with_them() -> None:
    def site(request: object, send: object) -> None:
        assert callable(send)
        feed = rss("<item><title>خبر</title><link>/a</link><description>قصير.</description></item>")
        body = feed.encode() if getattr(request, "path", "") == "/feed" else page("")
        send(answer(body))

    with serve(site) as server:
        url = server.url.replace("://", "://ali:secret@")
        (article,) = read_source(f"{url}/feed", ReadSettings(allow_private=True, cache_dir="off"))
    assert isinstance(article, Article)
    assert [request.headers["authorization"] for request in server.requests] == ["Basic YWxpOnNlY3JldA=="] * 2
    assert "secret" not in repr(article)


@pytest.mark.parametrize(
    ("url", "known", "whole"),
    [
        ("https://city.example/a", "https://ali:x@city.example/feed", "https://ali:x@city.example/a"),
        ("https://city.example/a", "http://ali:x@city.example/feed", "https://ali:x@city.example/a"),
        ("http://city.example/a", "https://ali:x@city.example/feed", "http://city.example/a"),
        ("https://evil.example/a", "https://ali:x@city.example/feed", "https://evil.example/a"),
        ("https://city.example:81/a", "https://ali:x@city.example/feed", "https://city.example:81/a"),
        ("https://b:y@city.example/a", "https://ali:x@city.example/feed", "https://b:y@city.example/a"),
        ("https://city.example/a", "https://city.example/feed", "https://city.example/a"),
    ],
)
def test_credentials_go_no_further_than_their_host(url: str, known: str, whole: str) -> None:
    assert with_credentials(url, known) == whole


def test_credentials_follow_a_redirect_on_their_host_and_stay_out_of_the_page_store_and_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def site(request: Request, send: Callable[[bytes], None]) -> None:
        if request.path == "/a":
            send(answer(b"", "302 Found", Location=f"{server.url}/b"))
        elif "if-none-match" in request.headers:
            send(answer(b"", "304 Not Modified"))
        else:
            send(answer(page(""), Content_Type="text/html", ETag='"1"'))

    caplog.set_level("DEBUG")
    settings = ReadSettings(allow_private=True, cache_dir=str(tmp_path))
    with serve(site) as server:
        url = server.url.replace("://", "://ali:secret@")
        articles = [next(iter(read_source(f"{url}/{path}", settings))) for path in ("a", "b", "b")]
    assert [request.path for request in server.requests] == ["/a", "/b", "/b", "/b"]
    assert {request.headers.get("authorization") for request in server.requests} == {"Basic YWxpOnNlY3JldA=="}
    assert "secret" not in caplog.text + repr(articles)
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert server.url.encode() in written
    assert b"secret" not in written


def test_credentials_are_not_sent_to_another_host() -> None:
    with (
        serve(lambda _request, send: send(answer(page(""), Content_Type="text/html"))) as other,
        serve(lambda _request, send: send(answer(b"", "302 Found", Location=f"{other.url}/b"))) as server,
    ):
        url = server.url.replace("://", "://ali:secret@")
        list(read_source(f"{url}/a", ReadSettings(allow_private=True, cache_dir="off")))
    assert "authorization" not in other.requests[0].headers
