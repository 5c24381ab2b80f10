"""What the podcast namespace adds to an item and a channel, and what no title may break."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from publish.editions import DATE, SHOW, VOICE, Press, dump, make_script

from tts_news.errors import PublishError
from tts_news.publish import open_edition
from tts_news.publish.build import build_show
from tts_news.publish.feed import NAMESPACES, check_show_settings
from tts_news.publish.feedcheck import check_show
from tts_news.publish.settings import PublishSettings, ShowSettings
from tts_news.publish.show import load_entry
from tts_news.publish.shownotes import NOTES_BYTES, fit, write_notes
from tts_news.records import ChapterSpan, Episode, Script

SETTINGS = PublishSettings()


def make_with(press: Press, suffixes: tuple[str, ...], script: Script | None = None) -> Episode:
    """Make an edition whose sounds are those, none of them an MP3 unless it is named."""
    script = script or make_script()
    with open_edition(press.output, script, DATE) as draft:
        mastered = press.master(draft, script)
        mp3 = mastered.files["mp3"]
        files = {}
        for suffix in suffixes:
            files[suffix] = draft.folder / f"{draft.stem}.{suffix}"
            files[suffix].write_bytes(mp3.read_bytes()[:40_000] + suffix.encode())
        if "mp3" not in suffixes:
            mp3.unlink()
        return draft.commit(dump(script), replace(mastered, files=files), (VOICE,), SHOW)


def channel_of(press: Press, show: ShowSettings = SHOW) -> etree._Element:
    build_show(press.output, show, SETTINGS)
    return etree.parse(press.output / "feed.xml").getroot().find("channel")


def test_the_sound_of_every_player_is_the_enclosure_and_the_others_are_alternatives(press: Press) -> None:
    episode = make_with(press, ("flac", "m4b", "mp3", "opus"))
    item = channel_of(press).find("item")
    assert item.find("enclosure").get("url").endswith(".mp3")
    found = item.findall("podcast:alternateEnclosure", NAMESPACES)
    assert [element.get("type") for element in found] == ["audio/mp4", "audio/ogg", "audio/flac"]
    opus = next(file for file in episode.files if file.name.endswith(".opus"))
    light = found[1]
    assert light.get("length") == str(opus.size)
    assert light.get("bitrate") == str(round(8 * opus.size / episode.duration_s))
    assert light.get("codecs") == "opus"
    assert light.find("podcast:source", NAMESPACES).get("uri").endswith(f"/{opus.name}")
    kind, _, digest = light.find("podcast:integrity", NAMESPACES).get("value").partition("-")
    assert (kind, base64.b64decode(digest).hex()) == ("sha256", opus.sha256)
    assert all(len(element.get("title")) <= 32 for element in found)


@pytest.mark.parametrize(
    ("harm", "said"), [(Path.unlink, "not in the folder"), (lambda path: path.write_bytes(b""), "length")]
)
def test_an_alternative_that_is_missing_or_another_is_found(
    press: Press, harm: Callable[[Path], object], said: str
) -> None:
    make_with(press, ("mp3", "opus"))
    channel_of(press)
    assert not [one for one in check_show(press.output, SHOW, SETTINGS) if "cover" not in one.fault]
    harm(next(press.output.glob("2*/*.opus")))
    assert any(said in one.fault for one in check_show(press.output, SHOW, SETTINGS))


def test_one_sound_has_no_alternative(press: Press) -> None:
    press.make()
    assert channel_of(press).find("item/podcast:alternateEnclosure", NAMESPACES) is None


def test_an_edition_that_is_an_audiobook_only_is_in_the_feed(press: Press) -> None:
    make_with(press, ("m4b",))
    assert channel_of(press).find("item/enclosure").get("type") == "audio/mp4"


def test_an_item_leads_to_its_page(press: Press) -> None:
    place, _ = press.make()
    link = channel_of(press).find("item/podcast:contentLink", NAMESPACES)
    assert link.get("href") == f"{SHOW.base_url}{place.name}/index.html"
    assert link.text


def test_pictures_are_said_in_words(press: Press) -> None:
    script = make_script('«خبر» "مهم" & <جديد>')
    with open_edition(press.output, script, DATE) as draft:
        mastered = press.master(draft, script)
        (draft.folder / f"{draft.stem}.jpg").write_bytes(b"\xff\xd8picture")
        draft.commit(dump(script), mastered, (VOICE,), SHOW)
    (press.output / "cover.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    channel = channel_of(press)
    shown = channel.find("podcast:image", NAMESPACES)
    assert shown.get("alt") == "غلاف نشرة المدينة"
    assert (shown.get("type"), shown.get("aspect-ratio")) == ("image/png", "1/1")
    assert shown.get("href") == channel.find("itunes:image", NAMESPACES).get("href")
    item = channel.find("item")
    assert item.find("podcast:image", NAMESPACES).get("alt") == 'بطاقة الحلقة: «خبر» "مهم" & ‹جديد›'
    assert item.find("itunes:image", NAMESPACES).get("href") == item.find("podcast:image", NAMESPACES).get("href")


@pytest.mark.parametrize(
    ("licence", "address", "written"),
    [
        ("CC-BY-4.0", "", "cc-by-4.0"),
        ("رخصة الدار", "https://press.example/licence", "رخصة الدار"),
        ("", "https://press.example/licence", None),
    ],
)
def test_the_licence_is_the_shows(press: Press, licence: str, address: str, written: str | None) -> None:
    press.make()
    found = channel_of(press, replace(SHOW, licence=licence, licence_url=address)).find("podcast:license", NAMESPACES)
    assert (None if found is None else found.text) == written
    assert found is None or (found.get("url") or "") == address


def test_a_licence_that_nobody_can_look_up_is_refused(press: Press) -> None:
    press.make()
    with pytest.raises(PublishError, match="known by nobody") as caught:
        channel_of(press, replace(SHOW, licence="رخصة الدار"))
    assert "licence_url" in caught.value.hint


def test_what_no_xml_may_hold_is_left_out_wherever_it_comes_from(press: Press) -> None:
    bad = "ب\x00\x0b\ufffe\ud800"
    press.make()
    show = replace(SHOW, title=bad, author=bad, description=bad, funding=f"https://x.example/{bad}", txt={bad: bad})
    show = replace(show, disclosure=bad, update_frequency=bad, category=f"{bad} > {bad}")
    channel = channel_of(press, show)
    assert channel.findtext("title") == "ب"
    assert channel.find("podcast:funding", NAMESPACES).get("url") == "https://x.example/ب"


@pytest.mark.parametrize("text", ["& " * 3000, "<b>" * 900, "م" * 5000, "خبر قصير"])
def test_notes_stay_within_what_a_description_may_have(press: Press, text: str) -> None:
    place, _ = press.make()
    entry = load_entry(place)
    chapters = tuple(ChapterSpan(text[:200], at * 60.0, at * 60.0 + 60) for at in range(30))
    sources = tuple(replace(entry.sources[0], title=text[:100], site="") for _ in range(4))
    full = replace(entry, summary=text, notes=(text, text, text), chapters=chapters, sources=sources)
    notes = write_notes(full, replace(SHOW, disclosure=text))
    assert len(notes.encode()) <= NOTES_BYTES
    assert len(etree.fromstring(f"<notes>{notes}</notes>")) >= 4


def test_a_text_is_ended_at_a_word() -> None:
    assert fit(["كلمة كلمة كلمة"], 22) == "كلمة كلمة …"
    assert fit(["كلمة كلمة"], 22) == "كلمة كلمة"


@pytest.mark.parametrize("change", [{"base_url": "x"}, {"websub_hub": "x"}, {"licence": "x"}])
def test_a_show_whose_feed_could_not_be_written_is_refused_first(change: dict[str, str]) -> None:
    check_show_settings(SHOW)
    check_show_settings(replace(SHOW, base_url=""))
    with pytest.raises(PublishError):
        check_show_settings(replace(SHOW, **change))
