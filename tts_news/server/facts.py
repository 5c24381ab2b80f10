"""What is known of jobs and editions, as clients and receivers of webhooks are told it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from tts_news.errors import PublishError
from tts_news.publish import load_episode
from tts_news.publish.manifest import MANIFEST
from tts_news.publish.settings import ShowSettings
from tts_news.publish.show import name_in, place_named
from tts_news.publish.sounds import sounds_of
from tts_news.records import Episode
from tts_news.server.answers import EditionFacts, JobFacts, Progress
from tts_news.server.hooks import Hook, write_messages
from tts_news.server.outbox import Message
from tts_news.server.settings import Event
from tts_news.server.store import Job, JobStore, Outcome


class Announcer:
    """Writes the messages that receivers of webhooks are sent."""

    def __init__(self, store: JobStore, output: Path, show: ShowSettings, hooks: Sequence[Hook]) -> None:
        self.store, self.output, self.show, self.hooks = store, output, show, tuple(hooks)

    def announce_job(self, job: Job, outcome: Outcome) -> tuple[Message, ...]:
        """Return the messages about a job that is over; none about one that goes on."""
        seen = self.store.look(job.id) if self.hooks and outcome.state in {"done", "failed", "withdrawn"} else None
        if seen is None:
            return ()
        ended = {"state": outcome.state, "error": outcome.error, "editions": outcome.result}
        facts = job_facts(seen | ended, self.output, self.show, None)
        return write_messages(self.hooks, _event(facts), _subject(job), facts.model_dump(mode="json"))

    def announce_withdrawal(self, place: Path) -> None:
        """Queue the messages about an edition that was withdrawn."""
        episode = _episode_at(place)
        if not self.hooks or episode is None:
            return
        who = episode.identity
        named = who if who and who.kind == "cms" else None
        facts = JobFacts(
            id="",
            state="withdrawn",
            title=episode.title,
            site=named.scope if named else "",
            name=named.key if named else "",
            bulletin=who.key if who and who.kind == "bulletin" else "",
            day=who.date if who and who.kind == "bulletin" else "",
            account="",
            progress=None,
            editions=(facts_of(self.output, place, self.show),),
            error="",
            created=episode.published,
            updated=episode.withdrawn,
        )
        subject = f"{facts.day} {facts.bulletin}" if facts.bulletin else who.text if who else episode.guid
        self.store.put_messages(write_messages(self.hooks, "withdrawn", subject, facts.model_dump(mode="json")))


def _event(facts: JobFacts) -> Event:
    if facts.state == "withdrawn":
        return "withdrawn"
    if facts.state == "failed":
        return "failed"
    return "corrected" if any(one.revision and not one.unchanged for one in facts.editions) else "done"


def _subject(job: Job) -> str:
    return f"{job.day} {job.bulletin}" if job.bulletin else job.identity or job.id


def job_facts(job: Mapping[str, Any], output: Path, show: ShowSettings, progress: Progress | None) -> JobFacts:
    """Return what is known of a job, a row of the store."""
    made = tuple(filter(None, (_made(one, output, show) for one in job["editions"])))
    return JobFacts(
        **{name: job[name] for name in ("id", "state", "title", "site", "name", "bulletin", "day", "account")},
        progress=progress,
        editions=made,
        error=job["error"],
        created=clock(job["created"]),
        updated=clock(job["updated"]),
    )


def _made(made: Mapping[str, Any], output: Path, show: ShowSettings) -> EditionFacts | None:
    """Return what stands now where a job made an edition: it may have been corrected or withdrawn since."""
    folder = Path(str(made.get("edition") or "")).name
    if not folder:
        return None
    return facts_of(output, place_named(output, folder), show).model_copy(
        update={"unchanged": bool(made.get("unchanged"))}
    )


def facts_of(output: Path, place: Path, show: ShowSettings) -> EditionFacts:
    """Return where everything of an edition of the show in `output` lies now."""
    base = f"{show.base_url.rstrip('/')}/{name_in(output, place)}"
    episode = _episode_at(place)
    if episode is None:
        return EditionFacts(
            guid="", folder=place.name, title="", state="missing", page=f"{base}/index.html", mp3=None, embed=None,
            transcript=None, duration_s=0.0, revision=0, withdrawn="", unchanged=False,
        )  # fmt: skip
    sound = next((file.name for file in sounds_of(episode.files) if file.name.endswith(".mp3")), None)
    names = {file.name for file in episode.files}
    lies = {name: f"{base}/{name}" if name in names else None for name in ("embed.html", "transcript.vtt")}
    return EditionFacts(
        guid=episode.guid,
        folder=place.name,
        title=episode.title,
        state="withdrawn" if episode.withdrawn else "published",
        page=f"{base}/index.html",
        mp3=f"{base}/{sound}" if sound else None,
        embed=lies["embed.html"],
        transcript=lies["transcript.vtt"],
        duration_s=round(episode.duration_s, 3),
        revision=episode.revision,
        withdrawn=episode.withdrawn,
        unchanged=False,
    )


def _episode_at(place: Path) -> Episode | None:
    """Return an edition's manifest, None when it is not there or damaged."""
    try:
        state = (place / MANIFEST).stat()
        return _loaded(place, state.st_mtime_ns, state.st_size)
    except (OSError, PublishError):
        return None


@lru_cache(maxsize=256)
def _loaded(place: Path, _modified_ns: int, _size: int) -> Episode:
    return load_episode(place)


def clock(at: float) -> str:
    """Return a moment, seconds since 1970, as clients are told it."""
    return dt.datetime.fromtimestamp(at, dt.UTC).isoformat(timespec="seconds")
