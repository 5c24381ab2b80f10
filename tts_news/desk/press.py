"""From the desk to the listeners: drafts become jobs of the one runner that makes editions, editions are taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tts_news.desk.paper import parse_article, parse_readings, read_script
from tts_news.desk.sentences import Sentence, finished, sentences_of
from tts_news.errors import PublishError, UsageError
from tts_news.files import disk_errors, write_file
from tts_news.publish import find_folder_of, load_episode
from tts_news.publish.manifest import MANIFEST
from tts_news.publish.show import Entry, list_folders, load_entry, name_in, newest_first, place_named
from tts_news.script import dump_script
from tts_news.script.corrections import Unfitting, apply_corrections
from tts_news.speak import voices_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from tts_news.config import Config
    from tts_news.desk.drafts import Draft, DraftStore
    from tts_news.desk.intake import Intake
    from tts_news.desk.mending import Mender
    from tts_news.records import Article, Episode, Script
    from tts_news.server.editions import Press as Works

_ON_AIR = 20
FOLDER = ".desk"
"""Scripts that jobs make editions of, in the show's folder; a server sends nothing that begins with a dot."""


class Press:
    """Publishes drafts and takes editions back."""

    def __init__(self, config: Config, drafts: DraftStore, mender: Mender, intake: Intake, works: Works) -> None:
        self.config = config
        self.output = Path(config.publish.output)
        self.drafts, self.mender, self.intake = drafts, mender, intake
        self.jobs, self.runner, self.works = works.store, works.runner, works

    def sentences(self, draft: Draft) -> tuple[Sentence, ...]:
        """Return the sentences of a draft that was written; none of one that was not.

        Raises:
            ScriptError: The show's corrections do not hold.
        """
        papers = self.drafts.papers(draft.id)
        if not papers.script:
            return ()
        script, readings = read_script(papers.script), parse_readings(papers.readings)
        return sentences_of(script, readings, self.mender.known(), draft.choices.get("voices", {}))

    def unfitting(self, draft: Draft) -> tuple[Unfitting, ...]:
        """Return the corrections of an article whose sentences are no longer in it.

        Raises:
            ScriptError: The show's corrections do not hold.
        """
        papers = self.drafts.papers(draft.id)
        return apply_corrections(read_script(papers.script), self.mender.known()).unfitting if papers.script else ()

    def members(self, draft: Draft) -> list[Draft]:
        """Return the articles of a bulletin that are still on the desk, in their order."""
        found = (self.drafts.find(name) for name in draft.choices.get("members", ()))
        return [one for one in found if one is not None and one.state != "dropped"]

    def script_of(self, draft: Draft) -> Script:
        """Return a draft's script as it is to be spoken.

        Raises:
            TtsNewsError: It is not written yet, or cannot be.
        """
        voices = draft.choices.get("voices", {})
        if draft.kind == "article":
            papers = self.drafts.papers(draft.id)
            if not papers.script or draft.state != "ready":
                raise UsageError(f"{draft.title}: its script is not written yet")
            return finished(read_script(papers.script), self.mender.known(), voices)
        members = self.members(draft)
        if not members:
            raise UsageError(f"{draft.title}: the bulletin holds no article")
        script, _ = self.intake.compose([self._article(one) for one in members], draft.title)
        return finished(script, self.mender.known(), voices)

    def _article(self, draft: Draft) -> Article:
        papers = self.drafts.papers(draft.id)
        if not papers.article or draft.state != "ready":
            raise UsageError(f"{draft.title}: it is not read yet")
        return parse_article(papers.article)

    def publish(self, draft: Draft, replaces: str = "") -> str:
        """Queue the making of a draft's edition, or of its correction, and return the job's id.

        Raises:
            TtsNewsError: It cannot be made, or too many are waiting.
        """
        script = self.script_of(draft)
        if replaces:
            find_folder_of(self.output, replaces)
        voices_of(script, self.config.speak, commercial=self.config.show.commercial)
        path = self.output / FOLDER / f"{draft.id}.json"
        with disk_errors(path, PublishError):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, dump_script(script).encode())
        limits = self.config.serve.max_jobs, self.config.serve.queue_letters
        job = self.jobs.add(str(path.absolute()), "", "", *limits, replaces)
        if job is None:
            raise PublishError("too many editions are waiting", hint="try again in a minute")
        self.drafts.set(draft.id, job=job, error="")
        self.runner.wake()
        return job

    def job_of(self, draft: Draft) -> Mapping[str, Any] | None:
        """Return the draft's last job as the queue knows it, the draft told of the edition it made."""
        job = self.jobs.look(draft.job) if draft.job else None
        if job and job["state"] == "done" and job["editions"]:
            folder = Path(str(job["editions"][0].get("edition", ""))).name
            if folder and folder != draft.edition:
                self.drafts.set(draft.id, edition=folder)
        return job

    def edition_of(self, draft: Draft) -> tuple[Path, Episode] | None:
        """Return the edition that was made of a draft last, withdrawn or not, None if there is none.

        Raises:
            PublishError: Its manifest is damaged.
        """
        place = place_named(self.output, draft.edition)
        return (place, load_episode(place)) if draft.edition and (place / MANIFEST).is_file() else None

    def on_air(self) -> list[Entry]:
        """Return the newest editions that stand; one whose manifest is damaged is `feed check`'s to name."""
        entries = []
        for place in list_folders(self.output)[: -2 * _ON_AIR - 1 : -1]:
            try:
                entries.append(load_entry(place, name_in(self.output, place)))
            except PublishError:
                continue
        return [entry for entry in newest_first(entries) if not entry.withdrawn][:_ON_AIR]

    def withdraw(self, folder: str, reason: str) -> str:
        """Take an edition back, out of the bulletins that hold its article as well, and return its title.

        Raises:
            PublishError: There is none of that name, or it cannot be withdrawn.
        """
        place = find_folder_of(self.output, folder)
        if self.works.take_back(place, reason):
            self.runner.leave_bulletins(place.name)
        self.works.announcer.announce_withdrawal(place)
        return load_episode(place).title
