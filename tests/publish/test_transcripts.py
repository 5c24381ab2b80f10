from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pysrt
import pytest
import webvtt
from publish.editions import LINES, Press, make_script, make_timeline

from tts_news.publish.captions import LONGEST, make_captions
from tts_news.publish.chapters import list_stamps, write_chapters
from tts_news.publish.reading import Reading
from tts_news.publish.structure import make_reading
from tts_news.publish.transcripts import write_html, write_json, write_srt, write_text, write_vtt, write_word_vtt
from tts_news.records import DIGITAL_SOURCE_TYPE, Script

LONG = "قالت المتحدثة باسم البلدية، في مؤتمر صحفي عقد مساء أمس: إن العمل في الحدائق الثلاث سينتهي قبل نهاية العام."
HOSTILE = "<b>غامق</b> & --> \u202eمقلوب\u202c \x07 ]]> <script>alert(1)</script> {\\an8}"


@pytest.fixture
def reading(script: Script) -> Reading:
    return make_reading(script, make_timeline(script))


def reading_of(*written: str) -> Reading:
    lines = tuple(("paragraph", text, text, 0, f"a0b{number}") for number, text in enumerate(written))
    script = make_script(lines=lines)
    return make_reading(script, make_timeline(script))


def vtt(tmp_path: Path, reading: Reading) -> list[webvtt.Caption]:
    (tmp_path / "t.vtt").write_text(write_vtt(reading), encoding="utf-8")
    return list(webvtt.read(tmp_path / "t.vtt"))


def srt(tmp_path: Path, reading: Reading) -> list[pysrt.SubRipItem]:
    (tmp_path / "t.srt").write_text(write_srt(reading), encoding="utf-8")
    return list(pysrt.open(str(tmp_path / "t.srt"), encoding="utf-8"))


def test_an_edition_has_every_transcript(press: Press) -> None:
    place, episode = press.make()
    kinds = {file.name: file.kind for file in episode.files}
    for kind in ("vtt", "srt", "html", "json", "txt"):
        assert kinds[f"transcript.{kind}"] == "transcript"
        assert "\r" not in (place / f"transcript.{kind}").read_text(encoding="utf-8")
    assert kinds["chapters.json"] == "chapters"


def test_webvtt_shows_every_written_word(tmp_path: Path, script: Script, reading: Reading) -> None:
    shown = " ".join(caption.text for caption in vtt(tmp_path, reading))
    assert shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").split() == [
        word for cue in script.cues for word in cue.written.split()
    ]


def test_the_words_have_times_in_a_file_of_their_own(reading: Reading) -> None:
    assert "<" not in write_vtt(reading)
    timed = write_word_vtt(reading)
    assert len(re.findall("<[0-9:.]+>", timed)) > 10
    assert re.sub("<[0-9:.]+>", "", timed) == write_vtt(reading)


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("GPT-4o نموذج جديد.", "\u200f"),
        ("«OpenAI» تكشف.", "\u200f"),
        ("2026 عام جديد.", ""),
        ("تكشف OpenAI.", ""),
        ("...", ""),
    ],
)
def test_a_caption_that_opens_in_latin_runs_from_right_to_left(tmp_path: Path, text: str, mark: str) -> None:
    reading = reading_of(text)
    assert [caption.text for caption in vtt(tmp_path, reading)] == [mark + text]
    assert [item.text for item in srt(tmp_path, reading)] == [mark + text]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "كشفت الشركة الكبيرة عن منتج OpenAI الجديد في مؤتمر",
            ["كشفت الشركة الكبيرة عن", "منتج OpenAI الجديد في مؤتمر"],
        ),
        ("سلّط مركز الحقوق في بيروت (ACHR) الضوء على تقريره", ["سلّط مركز الحقوق في", "بيروت (ACHR) الضوء على تقريره"]),
        ("The Guardian and the New York Times said", ["\u200fThe Guardian and the New York Times said"]),
    ],
)
def test_no_second_line_of_a_caption_opens_in_latin(tmp_path: Path, text: str, lines: list[str]) -> None:
    reading = reading_of(text)
    (ours,), (other,) = srt(tmp_path, reading), vtt(tmp_path, reading)
    assert ours.text.split("\n") == lines
    assert ours.text.split() == other.text.split()


def test_a_caption_that_ends_in_a_colon_keeps_its_words() -> None:
    assert write_srt(reading_of("وقال الوزير:")).endswith("وقال الوزير:\u00a0\n")


def test_the_head_of_every_transcript_says_what_the_voice_is(reading: Reading) -> None:
    assert write_vtt(reading).split("\n\n")[1].startswith("NOTE صوت مولَّد آليًّا\n")
    for view in (write_vtt, write_word_vtt, write_json, write_html):
        assert DIGITAL_SOURCE_TYPE in view(reading).partition("segments")[0][:400]


def test_webvtt_times_rise_inside_a_caption(reading: Reading) -> None:
    for block in write_word_vtt(reading).split("\n\n")[2:]:
        _, times, text = block.strip().split("\n")
        stamps = re.findall(r"\d\d:\d\d:\d\d\.\d{3}", times + text)
        inside = [stamps[0], *stamps[2:], stamps[1]]
        assert inside == sorted(set(inside))


def test_word_times_of_the_voice_stand_in_the_transcript(script: Script, reading: Reading) -> None:
    timeline = make_timeline(script)
    segments = json.loads(write_json(reading))["segments"]
    words = [word for segment in segments for word in segment["words"]]
    number = [word for word in words if word[0] == "12.5"]
    intro = {word.text: word for word in timeline.cues[2].words}
    assert number == [["12.5", intro["اِثْنَيْ"].start_s, intro["خَمْسَةٍ"].end_s]]


def test_srt_and_webvtt_show_the_same_at_the_same_time(tmp_path: Path, reading: Reading) -> None:
    ours = [(item.start.ordinal, item.end.ordinal, item.text.split()) for item in srt(tmp_path, reading)]
    other = [
        (round(caption.start_in_seconds * 1000), round(caption.end_in_seconds * 1000))
        for caption in vtt(tmp_path, reading)
    ]
    captions = make_captions(reading)
    assert [(begin, end) for begin, end, _ in ours] == [
        (round(caption.start_s * 1000), round(caption.end_s * 1000)) for caption in captions
    ]
    assert len(other) == len(ours)
    assert [text for _, _, text in ours] == [caption.text.split() for caption in captions]


def test_no_colon_in_srt_is_followed_by_a_space(reading: Reading) -> None:
    text = write_srt(reading)
    assert "المدير:\u00a0الافتتاح" in text
    assert ": " not in text
    assert ":\n" not in text.replace("\r", "")


def test_captions_are_short_even_and_whole() -> None:
    captions = make_captions(reading_of(LONG))
    assert " ".join(caption.text for caption in captions) == LONG
    assert len(captions) == 2
    assert all(len(caption.text) <= LONGEST for caption in captions)
    assert captions[0].text.endswith("أمس:")


def test_captions_follow_each_other_without_overlap(reading: Reading) -> None:
    captions = make_captions(reading)
    assert all(caption.end_s > caption.start_s for caption in captions)
    clock = [time for caption in captions for time in (caption.start_s, caption.end_s)]
    assert clock == sorted(clock)


def test_a_cue_that_is_only_signs_at_its_ends_makes_no_empty_caption() -> None:
    captions = make_captions(reading_of("— " * 20 + "نعم" + " —" * 40))
    assert all(caption.end_s > caption.start_s for caption in captions)


def test_a_word_longer_than_a_caption_is_kept_whole() -> None:
    assert [caption.text for caption in make_captions(reading_of("م" * 200))] == ["م" * 200]


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    reading = reading_of(HOSTILE)
    kept = [word.strip("\u200f").replace("\u2060", "") for item in srt(tmp_path, reading) for word in item.text.split()]
    assert kept == ["<b>غامق</b>", "&", "-->", "مقلوب", "]]>", "<script>alert(1)</script>", "{\\an8}"]
    assert len(write_vtt(reading).split("-->")) - 1 == len(make_captions(reading))
    assert "<script" not in write_html(reading)
    assert "\u202e" not in write_text(reading)
    assert "\x07" not in write_json(reading)


def test_the_plain_text_holds_paragraphs_and_headings(reading: Reading) -> None:
    paragraphs = write_text(reading).strip().split("\n\n")
    assert paragraphs[:3] == ["نشرة المدينة", LINES[1][1], LINES[2][1]]
    assert "وقال المدير: الافتتاح عند 10:30 صباحاً. وحضر الحفل <كثيرون> & أسرهم." in paragraphs
    assert "- مسارات للمشي: طولها 5 كيلومترات.\n- ملاعب للأطفال: عددها أربعة." in paragraphs
    assert "> هذا يوم جميل." in paragraphs


def test_a_cue_without_sound_is_read_but_not_captioned(script: Script) -> None:
    timeline = make_timeline(script)
    reading = make_reading(script, replace(timeline, cues=timeline.cues[:4] + timeline.cues[5:]))
    assert "كثيرون" in write_text(reading)
    assert "كثيرون" not in write_vtt(reading)


def test_a_voice_without_word_times_gets_them_by_letters(script: Script) -> None:
    reading = make_reading(script, make_timeline(script, words=False))
    line = next(line for line in reading.lines if line.id == "c0002")
    assert line.words[0].start_s == line.start_s
    assert line.words[-1].end_s == pytest.approx(line.end_s, abs=0.002)
    number = next(word for word in line.words if word.text == "12.5")
    assert number.end_s - number.start_s > 0.3 * (line.end_s - line.start_s)


def test_chapters_are_contiguous_and_start_at_nought(script: Script, reading: Reading) -> None:
    document = json.loads(write_chapters(reading))
    chapters = document["chapters"]
    assert document["version"] == "1.2.0"
    assert [chapter["title"] for chapter in chapters] == [mark.title for mark in script.chapters]
    assert chapters[0]["startTime"] == 0
    assert all(type(chapter["startTime"]) is int for chapter in chapters)
    assert [chapter["endTime"] for chapter in chapters[:-1]] == [chapter["startTime"] for chapter in chapters[1:]]
    assert chapters[-1]["endTime"] == reading.duration_s


def test_stamps_start_at_nought(script: Script) -> None:
    stamps = list_stamps(make_timeline(script).chapters)
    assert stamps[0] == "00:00:00 افتتاح 3 حدائق جديدة"
    assert len(stamps) == 7


def test_the_json_says_who_says_when_words_sound(script: Script) -> None:
    timeline = make_timeline(script)
    first, *others = timeline.cues
    spans = (replace(first, aligned=True), replace(others[0], words=()), *others[1:])
    reading = make_reading(script, replace(timeline, cues=spans))
    told = [one["timing"] for one in json.loads(write_json(reading))["segments"]]
    assert told[:1] == ["aligned"]
    assert set(told) == {"aligned", "estimated", "voice"}
    assert reading.timing == "estimated"
    assert make_reading(script, replace(timeline, cues=(spans[0], *others))).timing == "aligned"
    assert make_reading(script, timeline).timing == "voice"
