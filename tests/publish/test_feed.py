from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from io import BytesIO
from pathlib import Path

import feedparser
import podcastparser
import pytest
from lxml import etree
from publish.editions import DATE, SHOW, VOICE, Press, dump, make_script

from tts_news import files
from tts_news.errors import PublishError
from tts_news.publish import load_episode, open_edition
from tts_news.publish.build import build_show
from tts_news.publish.feed import NAMESPACES, feed_text
from tts_news.publish.feedcheck import check_show
from tts_news.publish.settings import PublishSettings, ShowSettings
from tts_news.publish.withdrawal import withdraw
from tts_news.records import DISCLOSURE, Episode

SETTINGS = PublishSettings()
HOSTILE = [
    "<script>alert(1)</script>",
    "]]>",
    "\u202eقلب",
    "م" * 5000,
    "😀",
    "../..",
    "&amp;amp; &lt;b&gt;",
    "<![CDATA[x",
]


def jpeg(width: int = 1400, height: int = 1400) -> bytes:
    from PIL import Image

    file = BytesIO()
    Image.new("RGB", (width, height)).save(file, "JPEG")
    return file.getvalue()


COVER = jpeg()
COVER_NAME = f"cover.{hashlib.sha256(COVER).hexdigest()[:8]}.jpg"


def build(press: Press, show: ShowSettings = SHOW, settings: PublishSettings = SETTINGS) -> etree._Element:
    build_show(press.output, show, settings, lambda path: path.read_bytes() if path else COVER)
    return etree.parse(press.output / "feed.xml").getroot().find("channel")


def make_many(press: Press, count: int) -> list[Episode]:
    first = datetime(2026, 1, 1, 5, tzinfo=UTC)
    made = []
    for number in range(count):
        script = make_script(f"خبر {number}", url=f"https://city.example/{number}")
        moment = first + timedelta(days=number)
        script = replace(script, sources=(replace(script.sources[0], published=moment.isoformat()),))
        made.append(press.make(script, date=moment.date().isoformat())[1])
    return made


def texts(channel: etree._Element, path: str) -> list[str]:
    return [element.text for element in channel.findall(path, NAMESPACES)]


def test_the_feed_names_the_show(press: Press) -> None:
    press.make()
    channel = build(
        press, replace(SHOW, funding="https://press.example/give", txt="key", update_frequency="FREQ=DAILY")
    )
    assert texts(channel, "title") == ["نشرة المدينة"]
    assert texts(channel, "language") == ["ar"]
    assert texts(channel, "itunes:owner/itunes:email") == ["press@press.example"]
    assert channel.find("itunes:image", NAMESPACES).get("href") == f"https://press.example/audio/{COVER_NAME}"
    assert channel.find("atom:link[@rel='self']", NAMESPACES).get("href") == "https://press.example/audio/feed.xml"
    space = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
    assert texts(channel, "podcast:guid") == [str(uuid.uuid5(space, "press.example/audio/feed.xml"))]
    assert texts(channel, "podcast:locked") == ["yes"]
    assert texts(channel, "podcast:medium") == ["podcast"]
    assert texts(channel, "podcast:person") == ["غرفة الأخبار"]
    assert [person.get("role") for person in channel.findall("podcast:person", NAMESPACES)] == ["producer"]
    assert texts(channel, "podcast:txt") == ["true", "key"]
    assert channel.find("podcast:funding", NAMESPACES).get("url") == "https://press.example/give"
    assert channel.find("podcast:updateFrequency", NAMESPACES).get("rrule") == "FREQ=DAILY"


@pytest.mark.parametrize("tag", ["itunes:owner", "podcast:funding", "podcast:updateFrequency"])
def test_what_is_not_configured_is_not_in_the_feed(press: Press, tag: str) -> None:
    press.make()
    assert build(press, replace(SHOW, email="")).find(tag, NAMESPACES) is None


def test_channel_and_items_say_to_machines_that_the_voice_is_synthetic(press: Press) -> None:
    press.make()
    channel = build(press)
    for holder in (channel, channel.find("item")):
        marks = holder.findall("podcast:txt[@purpose='ai-content']", NAMESPACES)
        assert [mark.text for mark in marks] == ["true"]


def test_a_proof_of_ownership_stands_under_its_purpose(press: Press) -> None:
    press.make()
    show = replace(SHOW, txt={"applepodcastsverify": "a<1", "": "key"})
    found = build(press, show).findall("podcast:txt", NAMESPACES)[1:]
    assert [(text.get("purpose"), text.text) for text in found] == [("applepodcastsverify", "a<1"), (None, "key")]


@pytest.mark.parametrize(
    ("disclosure", "shown"), [("", DISCLOSURE), ("قرأته آلةٌ & <صوت>.", "قرأته آلةٌ &amp; &lt;صوت&gt;.")]
)
def test_the_notes_end_with_what_the_voice_is(press: Press, disclosure: str, shown: str) -> None:
    press.make()
    item = build(press, replace(SHOW, disclosure=disclosure)).find("item")
    for name in ("description", "content:encoded"):
        assert item.findtext(name, namespaces=NAMESPACES).endswith(f'<p dir="rtl" lang="ar">{shown}</p>')


def test_every_paragraph_of_the_notes_has_its_direction(press: Press) -> None:
    press.make()
    notes = build(press).findtext("item/description")
    assert notes.count("<p ") == notes.count('<p dir="rtl" lang="ar">') == notes.count("</p>") >= 4


def test_an_item_leads_to_sound_transcripts_and_chapters(press: Press) -> None:
    place, episode = press.make()
    item = build(press).find("item")
    base = f"https://press.example/audio/{place.name}/"
    sound = next(file for file in episode.files if file.kind == "audio")
    assert dict(item.find("enclosure").attrib) == {
        "url": base + sound.name,
        "length": str(sound.size),
        "type": "audio/mpeg",
    }
    assert item.findtext("guid") == episode.guid
    assert item.find("guid").get("isPermaLink") == "false"
    transcripts = item.findall("podcast:transcript", NAMESPACES)
    assert {element.get("type") for element in transcripts} == {
        "text/vtt", "text/html", "application/x-subrip", "application/json",
    }  # fmt: skip
    assert all(element.get("language") == "ar" for element in transcripts)
    assert item.find("podcast:chapters", NAMESPACES).get("url") == base + "chapters.json"
    assert parsedate_to_datetime(item.findtext("pubDate")) == datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
    assert "00:00:00 افتتاح 3 حدائق جديدة<br/>00:00:05 التفاصيل" in item.findtext("description")
    assert "https://city.example/parks" in item.findtext("description")


def test_two_readers_of_others_read_every_episode(press: Press) -> None:
    make_many(press, 3)
    build(press)
    data = (press.output / "feed.xml").read_bytes()
    parsed = feedparser.parse(BytesIO(data))
    assert not parsed.bozo
    assert [entry.title for entry in parsed.entries] == ["خبر 2", "خبر 1", "خبر 0"]
    podcast = podcastparser.parse("https://press.example/audio/feed.xml", BytesIO(data), 0)
    assert len(podcast["episodes"]) == 3
    assert all(
        episode["total_time"] > 0 and episode["enclosures"][0]["file_size"] > 0 for episode in podcast["episodes"]
    )


def test_a_date_to_come_is_brought_to_now(press: Press) -> None:
    script = make_script()
    script = replace(script, sources=(replace(script.sources[0], published="2999-01-01T00:00:00+00:00"),))
    press.make(script, date="2999-01-01")
    date = parsedate_to_datetime(build(press).findtext("item/pubDate"))
    assert abs(date - datetime.now(UTC)) < timedelta(minutes=1)


def test_older_episodes_lie_on_further_pages(press: Press) -> None:
    made = make_many(press, 9)
    settings = PublishSettings(page_size=4)
    channel = build(press, settings=settings)
    pages = []
    while channel is not None:
        pages.append(texts(channel, "item/guid"))
        link = channel.find("atom:link[@rel='next']", NAMESPACES)
        if link is None:
            break
        channel = etree.parse(press.output / link.get("href").rpartition("/")[2]).getroot().find("channel")
    guids = [episode.guid for episode in reversed(made)]
    assert pages == [guids[:5], guids[5:7], guids[7:]]
    assert not check_show(press.output, SHOW, settings)


def test_a_new_episode_changes_the_first_pages_only(press: Press) -> None:
    make_many(press, 8)
    settings = PublishSettings(page_size=4)
    build(press, settings=settings)
    press.make(make_script("جديد", url="https://city.example/new"), date="2026-03-01")
    built = build_show(press.output, SHOW, settings)
    assert built.written == ("index.html", "editions.json", "embed.html", "feed.xml")
    press.make(make_script("أجدّ", url="https://city.example/newer"), date="2026-03-02")
    built = build_show(press.output, SHOW, settings)
    assert built.written == ("index.html", "editions.json", "embed.html", "feed-3.xml", "feed.xml")
    assert built.removed == ()


def test_what_leaves_the_feed_changes_the_oldest_page_and_the_first(press: Press) -> None:
    made = make_many(press, 9)
    settings = PublishSettings(page_size=4, keep=8)
    build(press, settings=settings)
    press.make(make_script("جديد", url="https://city.example/new"), date="2026-03-01")
    built = build_show(press.output, SHOW, settings)
    assert [name for name in built.written if name.endswith(".xml")] == ["feed-2.xml", "feed-3.xml", "feed.xml"]
    assert built.removed == ("feed-1.xml",)
    oldest = etree.parse(press.output / "feed-2.xml").getroot().find("channel")
    assert texts(oldest, "item/guid") == [made[3].guid, made[2].guid]
    assert not check_show(press.output, SHOW, settings)


def test_pages_that_are_no_longer_needed_go(press: Press) -> None:
    make_many(press, 4)
    build(press, settings=PublishSettings(page_size=2))
    built = build_show(press.output, SHOW, SETTINGS)
    assert built.removed == ("feed-1.xml", "feed-2.xml")


def test_an_unchanged_feed_is_not_written_again(press: Press) -> None:
    press.make()
    build(press)
    before = (press.output / "feed.xml").stat().st_mtime_ns
    assert build_show(press.output, SHOW, SETTINGS).written == ()
    assert (press.output / "feed.xml").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("settings", "left"),
    [(PublishSettings(keep=2), ["خبر 4", "خبر 3"]), (PublishSettings(keep_days=1), ["خبر 4", "خبر 3"])],
)
def test_the_keep_rules_shorten_the_feed_and_touch_no_edition(
    press: Press, settings: PublishSettings, left: list[str]
) -> None:
    make_many(press, 5)
    assert texts(build(press, settings=settings), "item/title") == left
    assert len(list(press.output.glob("2026-*"))) == 5


def test_the_show_keeps_its_guid_when_it_moves(press: Press) -> None:
    press.make()
    before = texts(build(press), "podcast:guid")
    assert texts(build(press, replace(SHOW, base_url="https://elsewhere.example/")), "podcast:guid") == before


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_plain_text_in_the_feed(press: Press, title: str) -> None:
    place, _ = press.make(make_script(title))
    channel = build(press, replace(SHOW, title=title, description=title, author=title))
    shown = channel.findtext("item/title")
    assert shown == feed_text(title)
    assert not set(shown) & set("<>\u202e")
    assert (press.output / "index.html").read_text(encoding="utf-8").count("<script") == 1  # ours
    assert place.parent == press.output
    parsed = feedparser.parse(BytesIO((press.output / "feed.xml").read_bytes()))
    assert not parsed.bozo
    assert len(channel.findtext("item/description").encode()) <= 4000


def test_the_notes_of_a_bulletin_keep_a_headline_a_line(press: Press) -> None:
    script = make_script("نشرة", url="")
    other = replace(script.sources[0], title="خبر <ثان>", first_cue="c0003")
    press.make(replace(script, sources=(script.sources[0], other)))
    assert ">• نشرة<br/>• خبر &lt;ثان&gt;</p>" in build(press).findtext("item/description")
    index = (press.output / "index.html").read_text(encoding="utf-8")
    assert re.search(r"<ul>\s*<li>.*نشرة.*</li>\s*<li>خبر &lt;ثان&gt;</li>\s*</ul>", index)


def test_the_front_page_has_every_headline_of_a_bulletin_with_its_own_time(press: Press) -> None:
    script = make_script()
    many = [replace(script.sources[0], title=f"{number} {'خبر ' * 20}") for number in range(40)]
    twice = [replace(script.sources[0], title="الطقس") for _ in range(2)]
    chapters = tuple(replace(mark, title="الطقس", level=0) for mark in script.chapters[:2])
    press.make(replace(script, sources=(*many, *twice), chapters=(*chapters, *script.chapters[2:])))
    build_show(press.output, SHOW, SETTINGS)
    index = (press.output / "index.html").read_text(encoding="utf-8")
    lines = [re.sub("<.*?>", "", line).strip() for line in re.findall(r"<li>(.*)</li>", index)]
    assert lines == [source.title.strip() for source in (*many, *twice)]
    assert "بقية العناوين (36)" in index
    times = re.findall(r'index\.html#t=([0-9.]+)">الطقس', index)
    assert len(set(times)) == 2


def test_the_notes_of_a_bulletin_end_at_a_headline(press: Press) -> None:
    script = make_script("نشرة", url="")
    many = tuple(replace(script.sources[0], title=f"{number} {'خبر ' * 20}") for number in range(40))
    press.make(replace(script, sources=many))
    notes = build(press).findtext("item/description")
    assert len(notes.encode()) <= 4000
    assert "<br/>…</p>" in notes


def test_long_chapter_lists_leave_room_in_the_notes(press: Press) -> None:
    lines = tuple(("paragraph", f"نص {number}", "نَصّ", number, f"a0b{number}") for number in range(7))
    script = make_script(lines=lines)
    chapters = tuple(replace(mark, title="عنوان طويل " * 60, level=0) for mark in script.chapters)
    press.make(replace(script, chapters=chapters))
    notes = build(press).findtext("item/description")
    assert len(notes.encode()) <= 4000
    assert "00:00:00" in notes


def test_a_new_cover_has_a_new_address(press: Press, tmp_path: Path) -> None:
    press.make()

    def address(show: ShowSettings) -> str:
        name = build(press, show).find("itunes:image", NAMESPACES).get("href").rpartition("/")[2]
        assert [path.name for path in press.output.glob("cover.????????.*")] == [name]
        assert f'src="{name}"' in (press.output / "index.html").read_text(encoding="utf-8")
        assert not check_show(press.output, show, SETTINGS)
        return name

    drawn = address(SHOW)
    assert address(SHOW) == drawn
    chosen = tmp_path / "chosen.jpg"
    chosen.write_bytes(jpeg(1500, 1500))
    first = address(replace(SHOW, cover=str(chosen)))
    chosen.write_bytes(jpeg(1600, 1600))
    second = address(replace(SHOW, cover=str(chosen)))
    assert len({drawn, first, second}) == 3


def test_a_cover_that_somebody_put_there_is_taken_and_left(press: Press) -> None:
    press.make()
    build(press)
    (press.output / "cover.jpg").write_bytes(jpeg(1500, 1500))
    assert build(press).find("itunes:image", NAMESPACES).get("href") != f"{SHOW.base_url}{COVER_NAME}"
    assert (press.output / "cover.jpg").is_file()


def test_without_a_base_address_there_is_an_index_and_no_feed(press: Press) -> None:
    place, _ = press.make()
    built = build_show(press.output, replace(SHOW, base_url=""), SETTINGS)
    assert "index.html" in built.written
    assert not [name for name in built.written if name.endswith(".xml")]
    assert f'href="{place.name}/index.html"' in (press.output / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("address", ["press.example", "ftp://press.example/", "https://صحيفة.example/"])
def test_a_base_address_that_is_none_is_refused(press: Press, address: str) -> None:
    press.make()
    with pytest.raises(PublishError, match="served from") as caught:
        build_show(press.output, replace(SHOW, base_url=address), SETTINGS)
    assert "base_url" in caught.value.hint


def test_a_damaged_manifest_is_named_and_the_old_feed_stays(press: Press) -> None:
    place, _ = press.make()
    build(press)
    before = (press.output / "feed.xml").read_bytes()
    press.make(make_script(url="https://city.example/2"))
    (place / "episode.json").write_text("{")
    with pytest.raises(PublishError, match=place.name):
        build_show(press.output, SHOW, SETTINGS)
    assert (press.output / "feed.xml").read_bytes() == before


def test_the_index_is_paged_and_turns_both_ways(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    from tts_news.publish import build as building

    monkeypatch.setattr(building, "PER_PAGE", 2)
    make_many(press, 5)
    build(press)
    assert 'rel="next" href="index-3.html"' in (press.output / "index.html").read_text(encoding="utf-8")
    last = (press.output / "index-1.html").read_text(encoding="utf-8")
    assert 'rel="prev" href="index-2.html"' in last
    assert "خبر 0" in last


def test_a_correction_reaches_the_feed_under_the_same_guid(press: Press) -> None:
    press.make()
    before = build(press).find("item")
    script = make_script(
        "افتتاح 4 حدائق جديدة",
        make_script().cues
        and tuple(
            (cue.role, cue.written.replace("جميل", "طويل"), cue.spoken, cue.chapter, cue.block)
            for cue in make_script().cues
        ),
    )
    place, episode = press.make(script)
    after = build(press).find("item")
    assert after.findtext("guid") == before.findtext("guid")
    assert after.findtext("pubDate") == before.findtext("pubDate")
    assert after.find("enclosure").get("url") != before.find("enclosure").get("url")
    assert episode.notes[0] in after.findtext("description")
    old = before.find("enclosure").get("url").rpartition("/")[2]
    new = after.find("enclosure").get("url").rpartition("/")[2]
    assert (place / old).read_bytes() == (place / new).read_bytes()  # yesterday's feed, or an app that goes by guid
    assert (place / old).samefile(place / new)
    assert [file.kind for file in episode.files if file.name == old] == ["superseded"]
    assert not check_show(press.output, SHOW, SETTINGS)


def test_every_address_that_the_sound_has_had_gives_the_newest(press: Press) -> None:
    names = []
    for words in ("أ", "ب", "ج"):
        place, episode = press.make(make_script(lines=(("headline", words, words, 0, "a0b0"),)))
        names.append(next(file.name for file in episode.files if file.kind == "audio"))
    assert len(set(names)) == 3
    assert len({(place / name).read_bytes() for name in names}) == 1
    assert {file.name for file in episode.files if file.kind == "superseded"} == set(names[:2])


def test_without_links_the_last_address_is_kept(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    for words in ("أ", "ب", "ج"):
        place, episode = press.make(make_script(lines=(("headline", words, words, 0, "a0b0"),)))
    kept = [file for file in episode.files if file.kind == "superseded"]
    assert len(kept) == 1
    assert len({path.read_bytes() for path in place.glob("*.mp3")}) == 1


def test_a_withdrawn_edition_leaves_the_feed_and_the_disk(press: Press) -> None:
    place, episode = press.make()
    other, _ = press.make(make_script("آخر", url="https://city.example/other"))
    build(press)
    tombstone, built = withdraw(press.output, episode.slug, SHOW, SETTINGS)
    assert built.episodes == 1
    assert sorted(path.name for path in place.iterdir()) == ["episode.json", "index.html"]
    assert load_episode(place) == tombstone
    assert (tombstone.guid, tombstone.ledger) == (episode.guid, ())
    assert tombstone.notes[0].startswith("سُحبت هذه الحلقة في ")
    assert tombstone.notes[0] in (place / "index.html").read_text(encoding="utf-8")
    index = (press.output / "index.html").read_text(encoding="utf-8")
    assert place.name not in index
    assert other.name in index
    assert not check_show(press.output, SHOW, SETTINGS)


def test_a_withdrawal_may_give_its_reason(press: Press) -> None:
    place, _ = press.make()
    tombstone, _ = withdraw(press.output, place.name, SHOW, SETTINGS, reason="كان الخبر <غير> صحيح.")
    assert tombstone.notes[1] == "كان الخبر <غير> صحيح."
    assert "<p>كان الخبر &lt;غير&gt; صحيح.</p>" in (place / "index.html").read_text(encoding="utf-8")


def test_a_withdrawn_edition_does_not_come_back_by_itself(press: Press) -> None:
    place, _ = press.make()
    withdraw(press.output, place.name, SHOW, SETTINGS)
    with pytest.raises(PublishError, match="was withdrawn") as caught:
        press.make()
    assert f"--replaces {place.name}" in caught.value.hint
    with pytest.raises(PublishError, match="was withdrawn"):
        withdraw(press.output, place.name, SHOW, SETTINGS)


@pytest.mark.parametrize("name", ["nothing", "", "../x", "2026"])
def test_an_edition_that_is_not_there_cannot_be_withdrawn(press: Press, name: str) -> None:
    press.make()
    with pytest.raises(PublishError, match="no edition"):
        withdraw(press.output, name, SHOW, SETTINGS)


def test_a_withdrawal_keeps_what_people_put_there_but_not_the_text(press: Press) -> None:
    place, episode = press.make()
    (place / "notes.txt").write_text("x")
    (place / "script.edited.json").write_text("the article")
    withdraw(press.output, episode.guid, SHOW, SETTINGS)
    assert sorted(path.name for path in place.iterdir()) == ["episode.json", "index.html", "notes.txt"]


def test_a_good_show_has_no_fault(press: Press) -> None:
    make_many(press, 3)
    build(press)
    assert check_show(press.output, SHOW, SETTINGS) == []


def harms() -> Iterator[tuple[str, object]]:
    def feed(old: str, new: str) -> object:
        def harm(output: Path, _place: Path) -> None:
            text = (output / "feed.xml").read_text(encoding="utf-8")
            assert old in text
            (output / "feed.xml").write_text(text.replace(old, new), encoding="utf-8")

        return harm

    yield "not well-formed", feed("</rss>", "")
    yield "no XML declaration", feed(' encoding="UTF-8"', "")
    yield "podcast namespace", feed('namespace/1.0"', 'namespace/1.0/"')
    yield "no language", feed("<language>ar</language>", "")
    yield "wrong weekday", feed("Sun, 22 Nov", "Mon, 22 Nov")
    yield "future", feed("22 Nov 2026", "22 Nov 2999")
    yield "RFC 2822", feed("Sun, 22 Nov 2026 05:30:00 +0300", "yesterday")
    yield "length", feed('length="', 'length="1')
    yield "is not https", feed('enclosure url="https', 'enclosure url="http')
    yield "not in the folder", feed("transcript.vtt", "transcript.xyz")
    yield "version 5", feed("<podcast:guid>", "<podcast:guid>0")
    yield "belongs to no edition", feed('isPermaLink="false">', 'isPermaLink="false">0')
    yield "1400 to 3000", lambda output, _: (output / COVER_NAME).write_bytes(jpeg(1400, 1500))
    yield "cover", lambda output, _: (output / COVER_NAME).unlink()
    yield (
        "not the file of the manifest",
        lambda _, place: next(place.glob("*.mp3")).write_bytes(next(place.glob("*.mp3")).read_bytes()[:-1] + b"x"),
    )
    yield "has", lambda _, place: next(place.glob("*.mp3")).write_bytes(b"ID3")
    yield "not in the folder", lambda _, place: next(place.glob("*.mp3")).unlink()
    yield "no JSON", lambda _, place: (place / "chapters.json").write_text("{")
    yield "no WebVTT", lambda _, place: (place / "transcript.vtt").write_text("1\n")
    yield "cannot be read", lambda output, _: (output / "feed.xml").unlink()


def test_damage_in_one_edition_hides_none_in_another(press: Press) -> None:
    make_many(press, 3)
    build(press)
    damaged = [
        next(press.output.glob("2026-01-01-*")) / "episode.json",
        next(press.output.glob("*-03-*")) / "chapters.json",
    ]
    for path in damaged:
        path.write_bytes(path.read_bytes().replace(b"1", b"3", 1))
    named = {finding.where for finding in check_show(press.output, SHOW, SETTINGS, deep=True)}
    assert {str(path.relative_to(press.output)) for path in damaged} <= named


@pytest.mark.parametrize(("fault", "harm"), list(harms()))
def test_every_fault_is_found(press: Press, fault: str, harm: object) -> None:
    place, _ = press.make()
    build(press)
    harm(press.output, place)  # type: ignore[operator]
    assert fault in " ".join(finding.fault for finding in check_show(press.output, SHOW, SETTINGS))


def test_an_edition_that_is_not_in_the_feed_is_found(press: Press) -> None:
    press.make()
    build(press)
    place, _ = press.make(make_script("آخر", url="https://city.example/other"))
    assert any(place.name in finding.fault for finding in check_show(press.output, SHOW, SETTINGS))


def test_a_disk_that_is_full_leaves_the_old_feed(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    press.make()
    build(press)
    before = {path.name: path.read_bytes() for path in press.output.glob("[!.]*.*")}
    press.make(make_script("آخر", url="https://city.example/other"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(PublishError, match="No space left"):
        build_show(press.output, SHOW, SETTINGS)
    assert {path.name: path.read_bytes() for path in press.output.glob("[!.]*.*")} == before


def test_a_feed_is_the_same_whatever_the_order_of_making(tmp_path: Path, tone: bytes) -> None:
    scripts = [make_script(f"خبر {number}", url=f"https://city.example/{number}") for number in range(3)]
    feeds = []
    for order in (scripts, scripts[::-1]):
        press = Press(tmp_path / str(len(feeds)), tone)
        for script in order:
            press.make(script)
        build(press)
        feeds.append((press.output / "feed.xml").read_bytes())
    assert feeds[0] == feeds[1]


def test_the_manifest_of_a_correction_lists_both_sounds(press: Press) -> None:
    script = make_script()
    press.make(script)
    with open_edition(press.output, script, DATE) as draft:
        sound = press.master(draft, replace(script, title="x"))
        episode = draft.commit(dump(script), sound, (VOICE,), SHOW)
    kinds = [file.kind for file in episode.files if file.name.endswith(".mp3")]
    assert sorted(kinds) == ["audio", "superseded"]
    assert json.loads((draft.place / "episode.json").read_text(encoding="utf-8"))["revision"] == 0
