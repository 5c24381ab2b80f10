from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from publish.editions import SHOW, Press, make_script, make_timeline

from tts_news.publish.captions import LONGEST
from tts_news.publish.page import write_page
from tts_news.publish.phrases import say_date, say_duration
from tts_news.publish.structure import make_reading
from tts_news.publish.templates import read_asset
from tts_news.records import DIGITAL_SOURCE_TYPE, DISCLOSURE, Script

HOSTILE = [
    "<script>alert(1)</script>",
    "]]>",
    '" onload="x',
    "\u202eقلب",
    "م" * 5000,
    "😀",
    "../..",
    "&amp;",
    "'",
    "\x00",
]


class Outline(HTMLParser):
    """Keeps the tags of a page and checks that each is closed."""

    VOID = frozenset({"meta", "link", "input", "source", "br", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names.extend(name for name, _ in attrs)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def outline(page: str) -> Outline:
    parser = Outline()
    parser.feed(page)
    parser.close()
    assert not parser.open
    return parser


def test_every_word_stands_in_the_page_with_its_time(press: Press) -> None:
    script = make_script()
    page = (press.make(script)[0] / "index.html").read_text(encoding="utf-8")
    for line in make_reading(script, make_timeline(script)).lines:
        starts = " ".join(f"{1000 * (word.start_s - line.start_s):.0f}" for word in line.words)
        sentence = f' data-t="{line.start_s:g}" data-e="{line.end_s:g}" data-w="{starts}"'
        assert page.count(sentence) == 1
        text = re.search(re.escape(sentence) + "[^>]*>([^<]*)</(?:span|h[1-6])>", page)
        assert text
        assert html.unescape(text[1]) == line.text


def test_sections_stand_under_their_article_in_the_contents(press: Press) -> None:
    script = make_script()
    levels = (0, 1, 1, 0, 1, 0, 0)
    marks = tuple(replace(mark, level=level) for mark, level in zip(script.chapters, levels, strict=True))
    page = (press.make(replace(script, chapters=marks))[0] / "index.html").read_text(encoding="utf-8")
    contents = page[page.index("<nav") : page.index("</nav>") + len("</nav>")]
    outline(contents)
    assert contents.count("<ol>") == 3
    assert contents.count("<li>") == contents.count("data-t=") == 7
    parts = ("افتتاح 3", "<ol>\n<li><a", "التفاصيل", "ما الجديد؟", "</ol>\n</li>", "مسارات للمشي", "ملاعب")
    order = [contents.index(part, contents.index("افتتاح 3")) for part in parts]
    assert order == sorted(order)


def test_headings_never_skip_a_rank(press: Press) -> None:
    tags = outline((press.make()[0] / "index.html").read_text(encoding="utf-8")).tags
    ranks = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert ranks[0] == 1
    assert ranks.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(ranks))


def test_a_long_sentence_is_followed_in_pieces(press: Press) -> None:
    words = " ".join(["تأكل وزارة التعليم حوالي %30 من إجمالي الميزانية، حيث يضاهي غلافها نظيراتها"] * 3)
    script = make_script(lines=(("headline", "خبر", "خَبَر", 0, "a0b0"), ("paragraph", words, words, 0, "a0b1")))
    page = (press.make(script)[0] / "index.html").read_text(encoding="utf-8")
    (_, line) = make_reading(script, make_timeline(script)).lines
    pieces = re.findall(r'<span data-t="([0-9.]+)" data-e="([0-9.]+)" data-w="[0-9 ]+">([^<]+)</span>', page)
    texts = [text for _, _, text in pieces]
    assert " ".join(texts) == words
    assert max(map(len, texts)) <= LONGEST
    assert (float(pieces[0][0]), float(pieces[-1][1])) == (line.start_s, line.end_s)
    assert all(earlier[1] == later[0] for earlier, later in pairwise(pieces))


def test_times_late_in_a_long_edition_keep_their_milliseconds(press: Press) -> None:
    script = make_script()
    timeline = make_timeline(script)
    late = replace(timeline.cues[-1], start_s=36_000.123, end_s=36_001.5, words=())
    timeline = replace(timeline, cues=(*timeline.cues[:-1], late), duration_s=36_002.0)
    _, episode = press.make()
    page = write_page(make_reading(script, timeline), episode, SHOW)
    assert 'data-t="36000.123" data-e="36001.5"' in page


def test_a_numbered_list_keeps_its_numbers_and_has_no_other_marks(press: Press) -> None:
    lines = (
        ("headline", "خبر", "خَبَر", 0, "a0b0"),
        ("list_item", "1. الأول.", "أَوَّلاً، الأَوَّل.", 0, "a0b1i0"),
        ("list_item", "2. الثاني.", "ثَانِياً، الثَّانِي.", 0, "a0b1i1"),
        ("paragraph", "نص.", "نَصّ.", 0, "a0b2"),
        ("list_item", "بلا رقم.", "بِلَا رَقْم.", 0, "a0b3i0"),
    )
    place, _ = press.make(make_script(lines=lines))
    page = (place / "index.html").read_text(encoding="utf-8")
    article = page[page.index("<article") :]
    outline(article[: article.index("</article>") + len("</article>")])
    assert re.findall(r"<(?:ol|ul|li)\b[^>]*>", article)[:6] == [
        '<ol class="full">',
        "<li>",
        "<li>",
        '<ul class="full">',
        "<li>",
        "<ul>",
    ]
    assert 'article ol { list-style-type: "";' in page
    with zipfile.ZipFile(next(place.glob("*.epub"))) as book:
        text = "".join(book.read(name).decode() for name in book.namelist() if name.startswith("EPUB/s0"))
        assert 'section ol, [role="doc-endnotes"] ul { list-style-type: "";' in book.read("EPUB/style.css").decode()
    assert text.count("<ol>") == text.count("<ul>") == 1


def test_a_headline_of_many_words_is_set_smaller(press: Press) -> None:
    short, long = (
        (press.make(make_script(text, (("headline", text, "خَبَر", 0, "a0b0"),)))[0] / "index.html").read_text("utf-8")
        for text in ("خبر", "خبر " * 30)
    )
    assert '<h1 class="long" data-t=' in long
    assert "<h1 data-t=" in short


def test_what_opens_in_latin_runs_from_right_to_left_in_the_contents_as_well(press: Press) -> None:
    page = (press.make()[0] / "index.html").read_text(encoding="utf-8")
    assert page.count('<bdi dir="rtl">') == page[page.index("<nav") : page.index("</nav>")].count("<a ")


def test_items_inside_an_item_are_a_list_inside_it(press: Press) -> None:
    lines = (
        ("headline", "خبر", "خَبَر", 0, "a1b0"),
        ("list_item", "1. أصل.", "أَوَّلاً، أَصْل.", 0, "a1b1i1"),
        ("list_item", "1. فرع.", "النُّقْطَةُ الأُولَى، فَرْع.", 0, "a1b1i1i1"),
        ("list_item", "فرع بلا رقم.", "فَرْعٌ بِلَا رَقْم.", 0, "a1b1i1i2"),
        ("list_title", "2. أصل ثان", "ثَانِياً، أَصْلٌ ثَان", 0, "a1b1i2"),
        ("list_item", "نصه.", "نَصُّه.", 0, "a1b1i2"),
        ("paragraph", "نص.", "نَصّ.", 0, "a1b2"),
    )
    page = (press.make(make_script(lines=lines))[0] / "index.html").read_text(encoding="utf-8")
    article = page[page.index("<article") : page.index("</article>") + len("</article>")]
    outline(article)
    tags = re.findall(r"</?(?:ol|ul|li)\b[^>]*>", article)
    assert tags == [
        "<ol>", "<li>", "<ol>", "<li>", "</li>", "<li>", "</li>", "</ol>", "</li>", "<li>", "</li>", "</ol>",
    ]  # fmt: skip


def test_a_list_is_a_list_although_chapters_begin_with_its_items(press: Press) -> None:
    place, _ = press.make()
    page = (place / "index.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(next(place.glob("*.epub"))) as book:
        texts = [book.read(name).decode() for name in book.namelist() if re.fullmatch(r"EPUB/s[0-9]+\.xhtml", name)]
    article = page[page.index("<article") : page.index("</article>")]
    for text in (article, "".join(texts)):
        assert re.findall(r"</?(?:ol|ul|li|b|h[1-6])\b", text[text.rindex("ما الجديد؟") :])[1:11] == [
            "<ul", "<li", "<b", "</b", "</li", "<li", "<b", "</b", "</li", "</ul",
        ]  # fmt: skip


def test_the_policy_lets_only_our_script_run(press: Press) -> None:
    page = (press.make()[0] / "index.html").read_text(encoding="utf-8")
    (inline,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in page


@pytest.mark.parametrize("name", ["palette.css", "page.css", "page.js", "embed.css", "embed.js", "front.js"])
def test_an_asset_cannot_end_its_element_and_asks_no_other_host(name: str) -> None:
    text = read_asset(name)
    assert not re.search(r"</(script|style)|<!--|https?://", text, re.IGNORECASE)


def test_a_correction_is_said_before_the_text(press: Press) -> None:
    _, episode = press.make()
    page = write_page(
        make_reading(make_script(), make_timeline(make_script())), replace(episode, notes=("صُحِّح.",)), SHOW
    )
    assert page.index("<h1") < page.index("<p><strong>صُحِّح.</strong></p>") < page.index("<main>")


def test_where_it_was_written_and_whose_it_is_stand_on_the_page_and_a_flash_says_so(press: Press) -> None:
    _, episode = press.make()
    script = make_script()
    stated = replace(script.sources[0], dateline="القاهرة", rights="© الضفاف 2026", urgency=1)
    for urgency, flash in ((1, True), (3, False)):
        sources = (replace(stated, urgency=urgency),)
        page = write_page(make_reading(script, make_timeline(script)), replace(episode, sources=sources), SHOW)
        assert ("عاجل" in page) is flash
        assert "· <bdi>القاهرة</bdi> ·" in page
        assert "<p>الحقوق: <bdi>© الضفاف 2026</bdi></p>" in page


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_text_makes_no_tag_and_no_attribute(press: Press, title: str) -> None:
    plain = outline((press.make()[0] / "index.html").read_text(encoding="utf-8"))
    script = make_script()
    hostile = replace(
        script,
        title=title,
        chapters=tuple(replace(mark, title=title) for mark in script.chapters),
        cues=tuple(replace(cue, written=title) for cue in script.cues),
        sources=tuple(
            replace(one, title=title, site=title, author=title, url=title, dateline=title, rights=title)
            for one in script.sources
        ),
    )
    reading = make_reading(hostile, make_timeline(hostile))
    _, episode = press.make()
    page = write_page(reading, replace(episode, notes=(title,), sources=hostile.sources), replace(SHOW, title=title))
    found = outline(page)
    assert set(found.tags) <= {*plain.tags, "h4", "strong"}
    assert set(found.names) <= set(plain.names)
    assert "\u202e" not in page
    assert "\x00" not in page


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1, "ثانية واحدة"),
        (17, "17 ثانية"),
        (60, "دقيقة واحدة"),
        (121, "دقيقتان"),
        (5 * 60, "5 دقائق"),
        (11 * 60, "11 دقيقة"),
        (3600, "ساعة واحدة"),
        (2 * 3600 + 3 * 60, "ساعتان و3 دقائق"),
    ],
)
def test_durations_are_counted_in_arabic(seconds: float, said: str) -> None:
    assert say_duration(seconds) == said


def test_dates_have_arabic_months() -> None:
    assert say_date("2026-11-22") == "22 نوفمبر 2026"


def test_machines_are_told_what_the_sound_is(press: Press) -> None:
    place, episode = press.make(make_script("نشرة </script><b>"))
    page = (place / "index.html").read_text(encoding="utf-8")
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    told = {one["@type"]: one for one in json.loads(text)["@graph"]}
    (sound,) = [file for file in episode.files if file.kind == "audio"]
    address = f"https://press.example/audio/{place.name}/"
    audio = told["AudioObject"]
    assert (audio["contentUrl"], audio["encodingFormat"]) == (address + sound.name, "audio/mpeg")
    assert audio["digitalSourceType"] == DIGITAL_SOURCE_TYPE
    assert (audio["name"], audio["description"]) == ("نشرة </script><b>", DISCLOSURE)
    assert audio["transcript"] == f"{address}transcript.txt"
    assert told["PodcastEpisode"]["associatedMedia"] == {"@id": audio["@id"]}
    assert told["PodcastEpisode"]["isBasedOn"] == [{"@id": "https://city.example/parks"}]
    assert told["NewsArticle"]["author"]["name"] == "ليلى منصور"


def test_the_head_leads_to_the_article_the_sound_and_the_other_forms(press: Press) -> None:
    place, episode = press.make()
    page = (place / "index.html").read_text(encoding="utf-8")
    sound = next(file.name for file in episode.files if file.kind == "audio")
    links = re.findall(r'<link rel="(canonical|alternate)"(?: type="([^"]+)")? href="([^"]+)"', page)
    address = f"https://press.example/audio/{place.name}/"
    assert links == [
        ("canonical", "", "https://city.example/parks"),
        ("alternate", "text/vtt", "transcript.vtt"),
        ("alternate", "application/json", "transcript.json"),
        ("alternate", "application/rss+xml", "https://press.example/audio/feed.xml"),
        ("alternate", "application/json+oembed", f"{address}oembed.json"),
    ]
    assert f'<meta property="og:audio" content="{address}{sound}">' in page


def test_a_bulletin_is_its_own_and_a_show_without_address_names_none(press: Press) -> None:
    script = make_script()
    twice = replace(script, sources=(script.sources[0], replace(script.sources[0], url="https://other.example/b")))
    _, episode = press.make(script)
    reading = make_reading(script, make_timeline(script))
    page = write_page(reading, replace(episode, sources=twice.sources), SHOW, "2026-11-22-a")
    assert '<link rel="canonical" href="https://press.example/audio/2026-11-22-a/index.html">' in page
    nowhere = write_page(reading, replace(episode, sources=()), replace(SHOW, base_url=""), "2026-11-22-a")
    assert "canonical" not in nowhere
    assert "oembed" not in nowhere
    assert 'id="iframe"' not in nowhere


def test_the_sound_of_the_revision_before_is_not_offered(press: Press, corrected: Script) -> None:
    _, first = press.make()
    place, second = press.make(corrected)
    old, new = (next(file.name for file in one.files if file.kind == "audio") for one in (first, second))
    page = (place / "index.html").read_text(encoding="utf-8")
    assert f'<a href="{new}" download>' in page
    assert old not in page
    listed = replace(second, files=(*second.files, replace(second.files[0], name="a.0123abcd.mp3", kind="superseded")))
    assert "a.0123abcd" not in write_page(make_reading(corrected, make_timeline(corrected)), listed, SHOW)
