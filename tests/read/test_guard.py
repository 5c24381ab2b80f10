"""What libraries raise on a stranger's bytes is one error that names the input, and the other entries are read."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest
from lxml import etree

from tests.read.server import answer, serve
from tts_news.errors import ReadError
from tts_news.read import read_source
from tts_news.read.encoding import decode, mend
from tts_news.read.entries import join_link
from tts_news.read.guard import guarded
from tts_news.read.settings import ReadSettings
from tts_news.records import Article

SENTENCE = "قال الوزير إن الحكومة ستعمل على ذلك في الأيام المقبلة وفق الخطة المعلنة سابقا. "
BODY = f"<p>{SENTENCE * 2}</p><p>{SENTENCE}</p>"
SETTINGS = ReadSettings(cache_dir="off", retries=0, allow_private=True)


def page(head: str = "", body: str = BODY) -> str:
    return f"<html><head>{head}</head><body><article><h1>عنوان الخبر هنا</h1>{body}</article></body></html>"


def item(title: str = "خبر", link: str = "", body: str = SENTENCE * 4) -> str:
    return f"<item><title>{title}</title><link>{link}</link><description>{body}</description></item>"


def rss(*items: str) -> str:
    return f"<rss><channel>{''.join(items)}</channel></rss>"


def read(data: str | bytes) -> list[Article | ReadError]:
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return list(read_source("-", SETTINGS, io.BytesIO(raw)))


def articles(data: str | bytes) -> list[Article]:
    return [found for found in read(data) if isinstance(found, Article)]


# What a careless or hostile system prints, and how often the sentence is heard all the same.
READ_AROUND = {
    "a control character by number": page(body=f"<p>{SENTENCE}&#6;{SENTENCE}</p><p>{SENTENCE}</p>"),
    "a surrogate pair by number": page(body=f"<p>{SENTENCE} &#xD83D;&#xDE00; {SENTENCE}</p><p>{SENTENCE}</p>"),
    "half an IPv6 address as canonical": page("<link rel=canonical href='http://['><meta property=og:url content=//[>"),
    "half an IPv6 address as a link": page(body=f"<p><a href='http://['>{SENTENCE}</a>{SENTENCE}</p><p>{SENTENCE}</p>"),
    "tags that are none": page(body=f'<:p x=<a:b:c <svg:p xmlns:=""><a:b><p ="x" @click=1>{SENTENCE * 3}</p>'),
    "JSON-LD with half an emoji": page(
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"خبر \\ud83d"}</script>'
    ),
    "JSON-LD of other types": page(
        '<script type="application/ld+json">[{"@type":[3,null],"headline":{"name":[[]]},"author":[1,[]],'
        '"articleSection":{"name":7},"datePublished":-1},7,null]</script>'
    ),
    "a date that is none": page('<meta property="article:published_time" content="2026-99-99T99:99">'),
    "a feed with half an address": rss(item(link="http://[")),
    "a feed with a port that is none": rss(item(link="http://a:99999999999/")),
    "a feed with a control character by number": rss(item(body=f"{SENTENCE * 4}&#6;&amp;#6;&#x0b;")),
    "a feed dated beyond all years": rss(f"<pubDate>Sun, 99 Nov 999999 25:61:00 +9999</pubDate>{item()}"),
    "a post with half an address": json.dumps(
        [{"link": "http://[", "title": {"rendered": "خبر"}, "content": {"rendered": BODY}, "date": "2026-13-45"}]
    ),
    "a post with half an emoji": json.dumps(
        [{"link": "http://a/\ud83d", "title": {"rendered": "خبر \ud83d"}, "content": {"rendered": BODY + "\udc00"}}]
    ),
    "Markdown with half an address": f"# خبر\n\n{SENTENCE * 3}&#6;[رابط](http://[)\n\n![](http://[)",
}


@pytest.mark.parametrize("name", READ_AROUND)
def test_what_is_mangled_beside_the_text_is_read_around(name: str) -> None:
    (article,) = read(READ_AROUND[name])
    assert isinstance(article, Article)
    text = repr(article)
    assert text.count("ستعمل على ذلك") >= 3
    text.encode()  # no half of a pair
    assert "\\x06" not in text


def test_the_halves_of_an_emoji_that_a_feed_spells_out_are_the_emoji() -> None:
    (article,) = articles(rss(item(title="&#xD83D;&#xDE00; خبر &#55357;&#56832; هنا &#xD83D; آخر")))
    assert article.title == "😀 خبر 😀 هنا \ufffd آخر"
    assert mend("\ud83d\ude00\udc00") == "😀\ufffd"


@pytest.mark.parametrize(
    "charset", ["idna", "punycode", "undefined", "rot13", "unicode_escape", "raw_unicode_escape", "utf-7", "x\x00y", ""]
)
def test_what_is_no_charset_of_a_page_is_not_believed(charset: str) -> None:
    data = page(f"<meta charset='{charset}'>").encode() + b"\xff\xfe\xc0"
    assert "ستعمل على ذلك" in decode(data, charset)
    assert len(articles(data)) == 1


def test_a_page_in_an_arabic_charset_is_still_read_as_it_says() -> None:
    for charset in ("windows-1256", "iso-8859-6", "utf-16"):
        data = page(f"<meta charset='{charset}'>").encode(charset)
        assert "ستعمل على ذلك" in repr(articles(data))


def test_an_entry_that_a_library_breaks_on_is_its_error_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A page behind the second link makes the extractor raise what it never should: its regular expressions do."""
    import trafilatura

    def broken(*_: object, **__: object) -> None:
        raise AttributeError("'NoneType' object has no attribute 'group'")

    with serve(lambda _request, send: send(answer(page().encode()))) as server:
        monkeypatch.setattr(trafilatura, "bare_extraction", broken)
        found = read(rss(item("أول"), item("ثان", f"{server.url}/2", ""), item("ثالث")))
    assert [one.title for one in found if isinstance(one, Article)] == ["أول", "ثالث"]
    (fault,) = (one for one in found if isinstance(one, ReadError))
    assert "ثان" in str(fault)
    assert "AttributeError" in str(fault)


def test_a_redirect_to_half_an_address_is_one_error() -> None:
    for target in ("http://[", "//[::1", "http://a:b:c/", "javascript:1"):
        data = answer(b"", "302 Found", Location=target)
        with (
            serve(lambda _request, send, data=data: send(data)) as server,
            pytest.raises(ReadError, match=r"address|URL|web"),
        ):
            list(read_source(server.url, SETTINGS))


@pytest.mark.parametrize(
    "fault",
    [
        ValueError("x"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x"),
        KeyError("x"),
        IndexError("x"),
        LookupError("unknown encoding"),
        TypeError("x"),
        AttributeError("x"),
        OverflowError("x"),
        AssertionError(),
        RecursionError("x"),
        RuntimeError("x"),
        NotImplementedError("x"),
        MemoryError(),
        EOFError(),
        OSError("x"),
        etree.XMLSyntaxError("x", 1, 1, 1),
        etree.XPathEvalError("x"),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_every_family_that_libraries_raise_becomes_one_error_that_names_the_input(fault: Exception) -> None:
    with pytest.raises(ReadError, match="the-input") as caught, guarded("the-input"):
        raise fault
    assert caught.value.__cause__ is fault
    assert caught.value.hint


def test_what_is_nested_too_deeply_is_said_to_be() -> None:
    with pytest.raises(ReadError, match="the-input is nested too deeply"), guarded("the-input"):
        raise RecursionError("maximum recursion depth exceeded")


def test_our_own_errors_and_interrupts_pass_the_guard_as_they_are() -> None:
    for fault in (ReadError("ours", hint="as it was"), KeyboardInterrupt(), SystemExit(3)):
        with pytest.raises(type(fault)) as caught, guarded("x"):
            raise fault
        assert caught.value is fault


def test_what_the_caller_raises_between_two_articles_is_not_taken_for_a_fault_of_the_input() -> None:
    def use() -> Iterator[str]:
        for found in read_source("-", SETTINGS, io.BytesIO(rss(item(), item()).encode())):
            yield repr(found)
            raise ValueError("of the caller")

    with pytest.raises(ValueError, match="of the caller"):
        list(use())


def test_sixty_hash_signs_are_told_from_tags_at_once() -> None:
    """With the pattern that ran away this never came back."""
    from tts_news.read.boilerplate import judge_shape

    verdict = judge_shape("#اقتصاد #مياه، #المدينة")
    assert verdict is not None
    assert verdict.reason == "tags"
    assert judge_shape("#" * 60 + " نص") is None


@pytest.mark.parametrize("link", ["http://b.example:99999/x", "http://[::1", "http://b.example:x/"])
def test_a_link_that_is_no_address_is_none(link: str) -> None:
    assert join_link("https://a.example/feed", link) == ""
    assert join_link("https://a.example/feed", "/x") == "https://a.example/x"
