"""A kept edition survives whatever is done around it, in any order: random sequences of what a newsroom does.

Real rooms, the tone voice, files and feeds on disk. After every step: no editor's change is lost, no article has taken
another's edition, and page, feed, corrections and bulletins say the same.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tts_news import mending, pipeline, publish, retracting
from tts_news.config import Config
from tts_news.errors import TtsNewsError, WithdrawnError
from tts_news.orders import Edition, Order
from tts_news.publish.settings import PublishSettings, ShowSettings
from tts_news.read.settings import ReadSettings
from tts_news.records import Correction, Script
from tts_news.script import parse_script
from tts_news.script.corrections import apply_corrections, identity_of
from tts_news.script.corrections_file import add_corrections, drop_corrections, load_corrections
from tts_news.script.lexicon import make_entry
from tts_news.script.lexicon_file import add_entries, remove_entries
from tts_news.script.settings import ScriptSettings
from tts_news.speak.settings import SpeakSettings
from tts_news.watch import Watcher, make_watch

VOICES = Path(__file__).parent / "voices"
NOON = 1_795_953_600.0  # 2026-11-29, in seconds since 1970
SHARED = "وصل الوفد إلى كييف صباح اليوم."
"""A sentence that every article has: what is changed of it in one is not changed in another."""
FILES = ("رصيف جديد في الميناء", "افتتاح متحف المدينة")
ENTRIES = ("عودة القطار إلى الجبل", "مهرجان الزيتون يبدأ")
TITLES = (*FILES, *ENTRIES)
MENDED = ("وَصَلَ الْوَفْدُ إِلَى كُوِيِيفَ.", "بَلَغَ الْوَفْدُ كِيِيفَ.", "وُصُولُ الْوَفْدِ الْيَوْمَ.")
TERM = "الوزير"


class Report:
    """Keeps what failed."""

    def __init__(self) -> None:
        self.failures: list[tuple[str, TtsNewsError]] = []

    def source(self, number: int, count: int) -> None:
        pass

    def stage(self, name: str, subject: str) -> None:
        pass

    def progress(self, done: int, total: int) -> None:
        pass

    def failed(self, subject: str, err: TtsNewsError) -> None:
        self.failures.append((subject, err))


@dataclass
class Story:
    """An article as the newsroom has it: how often each of its sentences has been rewritten."""

    title: str
    versions: list[int] = field(default_factory=lambda: [0, 0])

    @property
    def sentences(self) -> list[str]:
        return [
            f"قال الوزير كلاما للمرة {self.versions[0] + 3} هنا.",
            SHARED,
            f"انتهى الخبر رقم {self.versions[1] + 3}.",
        ]


class Newsroom(RuleBasedStateMachine):
    """What is done to a show, and what must hold of it whatever that was."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="kept-"))
        self.config = Config(
            show=ShowSettings(title="النشرة", base_url="https://press.example/", email="desk@press.example"),
            read=ReadSettings(cache_dir="off"),
            script=ScriptSettings(
                lexicon=str(self.folder / "lexicon.toml"), corrections=str(self.folder / "corrections.toml")
            ),
            speak=SpeakSettings(
                voice="tone", voices_dir=str(VOICES), cache_dir=str(Path(tempfile.gettempdir()) / "kept-takes"), jobs=1
            ),
            publish=PublishSettings(output=str(self.folder / "output"), books=()),
            folder=self.folder,
        )
        self.output = self.folder / "output"
        self.corrections = self.folder / "corrections.toml"
        self.stories = {title: Story(title) for title in TITLES}
        self.mends: dict[tuple[str, str], tuple[Any, ...]] = {}  # (title, sentence) → what an editor made of it
        self.pending: dict[tuple[str, str], tuple[Any, ...]] = {}  # the same, in an edited script nobody has made yet
        self.guids: dict[str, str] = {}
        self.places: dict[str, Path] = {}
        self.fresh: set[str] = set()  # articles whose edition is of their text and mends of now
        self.withdrawn: set[str] = set()
        self.bulletins: dict[str, Path] = {}
        self.clock = NOON
        for story in self.stories.values():
            self.write(story)

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    # ── what the newsroom has ────────────────────────────────────────────────────────────────────────────────────

    def write(self, story: Story) -> None:
        if story.title in FILES:
            text = f"# {story.title}\n\n" + "\n\n".join(story.sentences) + "\n"
            self.path(story.title).write_text(text, encoding="utf-8")
            return
        items = "".join(
            f"<item><title>{escape(title)}</title><guid isPermaLink='false'>entry-{number}</guid>"
            "<pubDate>Sat, 28 Nov 2026 09:00:00 +0000</pubDate><content:encoded>"
            + escape("".join(f"<p>{sentence}</p>" for sentence in self.stories[title].sentences))
            + "</content:encoded></item>"
            for number, title in enumerate(ENTRIES)
        )
        (self.folder / "feed.xml").write_text(
            '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content='
            '"http://purl.org/rss/1.0/modules/content/"><channel><title>المدينة</title>'
            f"<link>https://city.example/</link><description>x</description>{items}</channel></rss>",
            encoding="utf-8",
        )

    def path(self, title: str) -> Path:
        return self.folder / f"{FILES.index(title)}.md"

    def run(self, *inputs: Path, **order: Any) -> list[Edition]:
        report = Report()
        made = list(pipeline.make([str(one) for one in inputs], self.config, report, Order(everywhere=True, **order)))
        assert report.failures == []
        return made

    def made(self, title: str, edition: Edition) -> None:
        """Note that an article's edition was made of what is known of it now."""
        assert edition.folder is not None
        assert edition.episode is not None
        self.mends |= {key: self.pending.pop(key) for key in list(self.pending) if key[0] == title}
        self.mends = {key: change for key, change in self.mends.items() if change != ()}
        assert self.guids.setdefault(title, edition.episode.guid) == edition.episode.guid
        assert self.places.setdefault(title, edition.folder) == edition.folder
        self.fresh.add(title)

    def script(self, place: Path) -> Script:
        return parse_script((place / "script.json").read_text(encoding="utf-8"))

    def standing(self, among: tuple[str, ...] = TITLES) -> list[str]:
        return [title for title in among if title in self.places and title not in self.withdrawn]

    # ── what is done ─────────────────────────────────────────────────────────────────────────────────────────────

    @initialize()
    def begin(self) -> None:
        self.made(FILES[0], self.run(self.path(FILES[0]))[0])

    @rule(title=st.sampled_from(FILES))
    def make(self, title: str) -> None:
        if title in self.withdrawn:
            with pytest.raises(WithdrawnError):
                self.run(self.path(title))
            return
        self.made(title, self.run(self.path(title))[0])

    @rule(title=st.sampled_from(TITLES), which=st.integers(0, 1))
    def rewrite(self, title: str, which: int) -> None:
        self.stories[title].versions[which] += 1
        self.write(self.stories[title])
        self.fresh.discard(title)

    @precondition(lambda self: self.standing())
    @rule(data=st.data(), spoken=st.sampled_from([*MENDED, ""]), at_once=st.booleans())
    def mend_in_the_script(self, data: st.DataObject, spoken: str, at_once: bool) -> None:
        """An editor changes a sentence in the edition's script.json, "" takes it out, and makes that or leaves it."""
        title = data.draw(st.sampled_from(self.standing()))
        path = self.places[title] / "script.json"
        script = json.loads(path.read_text(encoding="utf-8"))
        body = [cue for cue in script["cues"] if cue["written"] in self.stories[title].sentences]
        if len(body) < 2:
            return
        cue = data.draw(st.sampled_from(body))
        if spoken:
            cue["spoken"] = spoken
        else:
            script["cues"].remove(cue)
        path.write_text(json.dumps(script, ensure_ascii=False), encoding="utf-8")
        self.pending[title, cue["written"]] = (spoken,)
        if at_once:
            was_fresh = title in self.fresh
            self.made(title, self.run(path)[0])
            if not was_fresh:
                self.fresh.discard(title)  # the script is of the text that was

    @precondition(lambda self: self.standing())
    @rule(data=st.data(), spoken=st.sampled_from([*MENDED, ""]))
    def mend_at_the_desk(self, data: st.DataObject, spoken: str) -> None:
        """Somebody writes a correction where corrections are kept."""
        title = data.draw(st.sampled_from(self.standing()))
        sentence = data.draw(st.sampled_from(self.stories[title].sentences))
        if (title, sentence) in self.pending:
            return
        who = identity_of(self.script(self.places[title]).sources[0])
        assert who is not None
        add_corrections(
            self.corrections, [Correction(who, sentence, spoken=spoken or None, skip=not spoken, role="paragraph")]
        )
        self.mends[title, sentence] = (spoken,)
        self.fresh.discard(title)

    @precondition(lambda self: load_corrections(self.corrections))
    @rule(data=st.data())
    def drop(self, data: st.DataObject) -> None:
        correction = data.draw(st.sampled_from(load_corrections(self.corrections)))
        title = next(title for title in self.places if self.owns(title, correction))
        if (title, correction.written) in self.pending:
            return
        assert drop_corrections(self.corrections, [correction.key]) == 1
        del self.mends[title, correction.written]
        self.fresh.discard(title)

    @precondition(lambda self: len(self.standing(FILES)) == 2)
    @rule(title=st.sampled_from(["نشرة الصباح", "نشرة المساء"]), saved=st.booleans())
    def bulletin(self, title: str, saved: bool) -> None:
        """Both files go into a bulletin, the first as a saved script if that is wanted."""
        for name in FILES:
            self.made(name, self.run(self.path(name))[0])
        first = self.places[FILES[0]] / "script.json" if saved else self.path(FILES[0])
        (edition,) = self.run(first, self.path(FILES[1]), edition=title)
        assert edition.folder is not None
        assert self.bulletins.setdefault(title, edition.folder) == edition.folder

    @precondition(lambda self: len(self.standing()) > 1)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        title = data.draw(st.sampled_from(self.standing()))
        if any(key[0] == title for key in self.pending):
            return
        retracting.withdraw(str(self.places[title]), self.config, Report(), Order(everywhere=True))
        self.withdrawn.add(title)

    @rule(add=st.booleans())
    def change_the_lexicon(self, add: bool) -> None:
        path = Path(self.config.script.lexicon)
        entry = make_entry(TERM, "الْوُزَيْر", "", (), "lexicon")
        if add:
            add_entries(path, [entry])
        else:
            remove_entries(path, [entry.key])

    @rule()
    def poll(self) -> None:
        self.clock += 3600
        report = Report()
        feed = make_watch([str(self.folder / "feed.xml")], 15, "", "", everywhere=True)
        edited = {key[0] for key in self.pending}
        made = Watcher(feed, self.config, report, lambda _: None).round(self.clock)
        assert [err for _, err in report.failures if not isinstance(err, WithdrawnError)] == []
        for edition in made:
            if edition.script.title in ENTRIES:
                self.made(edition.script.title, edition)
        self.fresh |= {title for title in self.standing(ENTRIES) if title not in edited}

    # ── what must hold ───────────────────────────────────────────────────────────────────────────────────────────

    def owns(self, title: str, correction: Correction) -> bool:
        """Return whether a correction is of this article."""
        who = correction.article
        return who.key.endswith(f" entry-{ENTRIES.index(title)}") if title in ENTRIES else who.key == title

    @invariant()
    def no_editors_change_is_lost(self) -> None:
        known = load_corrections(self.corrections)
        kept = {
            (title, one.written): ("" if one.skip else one.spoken,)
            for one in known
            for title in self.places
            if self.owns(title, one)
        }
        assert kept == self.mends
        for (title, sentence), change in self.pending.items():
            spoken = {cue.written: cue.spoken for cue in self.script(self.places[title]).cues}
            assert spoken.get(sentence, "") == change[0]

    @invariant()
    def every_edition_is_its_own_articles_and_says_what_its_editors_want(self) -> None:
        for title in self.standing():
            script, episode = self.script(self.places[title]), publish.load_episode(self.places[title])
            assert (script.title, episode.guid) == (title, self.guids[title])
            if title not in self.fresh or any(key[0] == title for key in self.pending):
                continue
            assert self.said(script, 0) == self.wanted(title)
            left_out = {entry.text for entry in episode.ledger if entry.reason == "left out by an editor"}
            skipped = [text for text in self.stories[title].sentences if self.mends.get((title, text)) == ("",)]
            assert left_out == set(skipped)
            page = (self.places[title] / "index.html").read_text(encoding="utf-8")
            text = (self.places[title] / "transcript.txt").read_text(encoding="utf-8")
            for sentence in self.stories[title].sentences:
                assert (sentence in page, sentence in text) == ((sentence not in skipped),) * 2

    def wanted(self, title: str) -> dict[str, str]:
        """Return which sentences of an article are heard, and how those that an editor mended are said."""
        changes = {text: self.mends.get((title, text)) for text in self.stories[title].sentences}
        return {text: change[0] if change else "" for text, change in changes.items() if change != ("",)}

    def said(self, script: Script, number: int) -> dict[str, str]:
        """Return the same of a script."""
        title = script.sources[number].title
        body = [cue for cue in script.cues if cue.block.startswith(f"a{number + 1}b") and cue.role != "headline"]
        return {cue.written: cue.spoken if self.mends.get((title, cue.written)) else "" for cue in body}

    @invariant()
    def bulletins_hold_what_their_articles_are(self) -> None:
        for place in self.bulletins.values():
            if publish.load_episode(place).withdrawn:
                assert set(FILES) <= self.withdrawn
                continue
            script = self.script(place)
            titles = [source.title for source in script.sources]
            assert titles == [title for title in FILES if title not in self.withdrawn]
            for number, title in enumerate(titles):
                if title in self.fresh and not any(key[0] == title for key in self.pending):
                    assert self.said(script, number) == self.wanted(title)
                    assert not mending.differs(script, number, self.script(self.places[title]))
            again = apply_corrections(script, load_corrections(self.corrections))
            assert len(again.script.sources) == len(titles)

    @invariant()
    def feed_and_files_agree(self) -> None:
        findings = publish.check_show(self.output, self.config.show, self.config.publish, deep=True)
        edited = {str(self.places[key[0]] / "script.json") for key in self.pending}
        assert [str(finding) for finding in findings if finding.where not in edited] == []
        feed = (self.output / "feed.xml").read_text(encoding="utf-8")
        for title, guid in self.guids.items():
            assert (guid in feed) == (title not in self.withdrawn)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("_part", range(6))
def test_nothing_an_editor_did_is_undone_whatever_is_made_afterwards(_part: int) -> None:
    """Thirty sequences, five a test."""
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Newsroom,
        settings=settings(
            max_examples=5,
            stateful_step_count=10,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
