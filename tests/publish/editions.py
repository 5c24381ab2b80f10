"""A small edition to publish: an article of our own, its script, its sound (a tone) and its timeline."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from tts_news.publish import EditionDraft, open_edition
from tts_news.publish.settings import Shard, ShowSettings
from tts_news.records import (
    ChapterMark,
    ChapterSpan,
    Cue,
    CueSpan,
    Dropped,
    Episode,
    Loudness,
    Mastered,
    Omission,
    Script,
    Source,
    Timeline,
    VoiceInfo,
    WordTime,
)

DATE = "2026-11-22"
VOICE = VoiceInfo("tone", "tests:Tone", "CC0-1.0", commercial=True, attribution="", fingerprint="f00d")
SHOW = ShowSettings(
    title="نشرة المدينة",
    author="غرفة الأخبار",
    description="أخبار المدينة مسموعة كل صباح.",
    link="https://press.example/",
    base_url="https://press.example/audio/",
    email="press@press.example",
    timezone="Asia/Riyadh",
)

# role, written, spoken, chapter, block
LINES = (
    ("opening", "نشرة المدينة", "نَشْرَةُ المَدِينَة", 0, ""),
    ("headline", "افتتاح 3 حدائق جديدة", "اِفْتِتَاحُ ثَلَاثِ حَدَائِقَ جَدِيدَة", 0, "a0b0"),
    (
        "intro",
        "افتتحت البلدية 3 حدائق بكلفة 12.5 مليون دولار.",
        "اِفْتَتَحَتِ البَلَدِيَّةُ ثَلَاثَ حَدَائِقَ بِكُلْفَةِ اِثْنَيْ عَشَرَ فَاصِلَةُ خَمْسَةٍ مِلْيُونِ دُولَار.",
        0,
        "a0b1",
    ),
    (
        "paragraph",
        "وقال المدير: الافتتاح عند 10:30 صباحاً.",
        "وَقَالَ المُدِير، الاِفْتِتَاحُ عِنْدَ العَاشِرَةِ وَالنِّصْفِ صَبَاحاً.",
        1,
        "a0b2",
    ),
    ("paragraph", "وحضر الحفل <كثيرون> & أسرهم.", "وَحَضَرَ الحَفْلَ كَثِيرُونَ وَأُسَرُهُم.", 1, "a0b2"),
    ("subheading", "ما الجديد؟", "مَا الجَدِيد؟", 2, "a0b3"),
    ("list_title", "مسارات للمشي", "أَوَّلاً، مَسَارَاتٌ لِلمَشْي", 3, "a0b4i0"),
    ("list_item", "طولها 5 كيلومترات.", "طُولُهَا خَمْسَةُ كِيلُومِتْرَات.", 3, "a0b4i0"),
    ("list_title", "ملاعب للأطفال", "ثَانِياً، مَلَاعِبُ لِلأَطْفَال", 4, "a0b4i1"),
    ("list_item", "عددها أربعة.", "عَدَدُهَا أَرْبَعَة.", 4, "a0b4i1"),
    ("quote", "هذا يوم جميل.", "هَذَا يَوْمٌ جَمِيل.", 5, "a0b5"),
    ("closing", "كانت هذه نشرة المدينة.", "كَانَتْ هَذِهِ نَشْرَةَ المَدِينَة.", 6, ""),
)
CHAPTERS = ("افتتاح 3 حدائق جديدة", "التفاصيل", "ما الجديد؟", "مسارات للمشي", "ملاعب للأطفال", "اقتباس", "الختام")

Piece = tuple[str, str, str, int, str]


def make_script(
    title: str = "افتتاح 3 حدائق جديدة", lines: tuple[Piece, ...] = LINES, url: str = "https://city.example/parks"
) -> Script:
    cues = tuple(
        Cue(f"c{number:04}", role, written, spoken, 0.4, "tone", chapter, block=block)  # type: ignore[arg-type]
        for number, (role, written, spoken, chapter, block) in enumerate(lines)
    )
    first = {cue.chapter: cue.id for cue in reversed(cues)}
    source = Source(
        title=title,
        text_hash=hashlib.sha256(repr(lines).encode()).hexdigest(),
        first_cue="c0001",
        author="ليلى منصور",
        published="2026-11-22T05:30:00+03:00",
        url=url,
        site="المدينة",
        categories=("محليات",),
        dropped=(Dropped("اقرأ المزيد", "boilerplate"),),
    )
    return Script(
        title=title,
        cues=cues,
        chapters=tuple(ChapterMark(CHAPTERS[number], first[number], level=int(number > 0)) for number in sorted(first)),
        omissions=(Omission("الصورة: أرشيف", "caption"),),
        sources=(source,),
    )


def make_timeline(script: Script, *, words: bool = True) -> Timeline:
    """Say every cue in a twentieth of a second a spoken letter, with 0.4 s of silence after it."""
    now, spans, starts = 0.0, [], {}
    for cue in script.cues:
        if cue.chapter not in starts:
            now = float(-(-now // 1))  # chapters start on whole seconds
            starts[cue.chapter] = now
        begin, times = now, []
        for word in cue.spoken.split():
            times.append(WordTime(word, round(now, 3), round(now + 0.02 * len(word), 3)))
            now += 0.02 * len(word) + 0.01
        spans.append(CueSpan(cue.id, round(begin, 3), round(now, 3), tuple(times) if words else ()))
        now += cue.pause_s
    duration = round(now + 0.5, 3)
    ends = [*(starts[number] for number in sorted(starts)[1:]), duration]
    chapters = tuple(
        ChapterSpan(mark.title, starts[number], end, mark.level)
        for number, (mark, end) in enumerate(zip(script.chapters, ends, strict=True))
    )
    return Timeline(tuple(spans), chapters, duration)


@dataclass(frozen=True)
class Press:
    """Makes editions in an output folder, as the pipeline does."""

    output: Path
    tone: bytes
    books: tuple[str, ...] = ("epub",)
    shard: Shard = ""

    def master(self, draft: EditionDraft, script: Script, *, words: bool = True) -> Mastered:
        path = draft.folder / f"{draft.stem}.mp3"
        said = repr([script.title, *(cue.spoken for cue in script.cues)]).encode("utf-8", "replace")
        path.write_bytes(self.tone + hashlib.sha256(said).hexdigest().encode())
        return Mastered({"mp3": path}, make_timeline(script, words=words), Loudness(-16.1, -2.0))

    def make(self, script: Script | None = None, date: str = DATE, show: ShowSettings = SHOW) -> tuple[Path, Episode]:
        script = script or make_script()
        with open_edition(self.output, script, date, shard=self.shard) as draft:
            mastered = self.master(draft, script)
            episode = draft.commit(dump(script), mastered, (VOICE,), show, books=self.books)
        return draft.place, episode


def dump(script: Script) -> str:
    return f'{{"title": "{script.title}", "cues": {len(script.cues)}}}\n'
