"""What the interfaces answer: the shapes that clients may rely on, and that `/openapi.json` shows."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

State = Literal["queued", "running", "done", "failed", "withdrawn"]


class Answer(BaseModel):
    """The root of all answers."""

    model_config = ConfigDict(extra="forbid")


class FaultFacts(Answer):
    """What is wrong, in the shape that OpenAI's clients read."""

    message: str
    type: str
    param: str | None
    code: str


class FaultAnswer(Answer):
    """Why a request is refused."""

    error: FaultFacts


class EditionFacts(Answer):
    """An edition, and where everything of it lies: whole addresses where `[show] base_url` is set, else paths."""

    guid: str
    folder: str
    title: str
    state: Literal["published", "withdrawn", "missing"]
    page: str
    mp3: str | None = Field(description="The sound for every player; a correction has another address.")
    embed: str | None = Field(description="The player for pages elsewhere.")
    transcript: str | None = Field(description="WebVTT.")
    duration_s: float
    revision: int = Field(description="How often its text has been corrected.")
    withdrawn: str = Field(description="When it was withdrawn, ISO 8601.")
    unchanged: bool = Field(description="Whether this job found it as it should be, and made nothing.")


class Progress(Answer):
    """How far a job under way has come."""

    stage: str = Field(description="reading, writing, speaking, mastering or publishing")
    done: int
    total: int = Field(description="Of the stage's steps, 0 where they are not counted.")


class JobFacts(Answer):
    """An order, and what became of it."""

    id: str
    state: State
    title: str
    site: str
    name: str = Field(description="What its content system calls the article: its id, else its address.")
    bulletin: str
    day: str
    account: str = Field(description="Who ordered it.")
    progress: Progress | None
    editions: tuple[EditionFacts, ...]
    error: str
    created: str = Field(description="ISO 8601, UTC.")
    updated: str


class Ordered(Answer):
    """An order that was taken."""

    id: str
    state: State


class JobPage(Answer):
    """A page of jobs, newest first."""

    jobs: tuple[JobFacts, ...]
    next: str | None = Field(description="The cursor of the next page, null on the last one.")


class Withdrawal(Answer):
    """What withdrawing did."""

    edition: EditionFacts | None
    called_off: int = Field(description="Jobs of the article that had not begun.")
    pending: int = Field(description="Jobs under way, whose edition is withdrawn as soon as it stands.")
    bulletins: tuple[str, ...] = Field(description="Folders of standing bulletins that hold the article.")


class ModelFacts(Answer):
    """A model, as OpenAI's clients list them; here all mean the same."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class ModelList(Answer):
    """All models."""

    object: Literal["list"]
    data: tuple[ModelFacts, ...]


class VoiceFacts(Answer):
    """A voice that can speak here."""

    id: str
    name: str
    language: str
    gender: str = Field(description="male, female, or empty.")
    licence: str


class VoiceList(Answer):
    """All voices that can speak here."""

    voices: tuple[VoiceFacts, ...]


class FaultNote(Answer):
    """What last went wrong, and when."""

    at: str
    text: str


class HealthFacts(Answer):
    """Whether the server is able to work: tried, not assumed."""

    version: str
    ok: bool = Field(description="Whether speech and editions can be made now.")
    faults: tuple[str, ...] = Field(description="Whatever is wrong, in words.")
    voices: int
    warm: bool = Field(description="Whether the voice is loaded.")
    jobs: dict[str, int] | None = Field(description="How many jobs are in each state.")
    webhooks: dict[str, int] | None = Field(description="How many messages wait for receivers, and how many are dead.")
    job_thread: bool
    job_store_writable: bool
    free_bytes: int
    last_error: FaultNote | None = Field(description="What last kept the job thread from going on.")
