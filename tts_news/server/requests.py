"""What clients send, checked before anything is done with it."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, ValidationError, model_validator
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from tts_news.arabic import tidy
from tts_news.read.handed import HandedArticle, say_fault
from tts_news.read.stated import Address, Line, Text
from tts_news.server.answers import State
from tts_news.server.guard import fault
from tts_news.server.manner import Manner

Body = TypeVar("Body", bound=BaseModel)
Packing = Literal["sound", "events", "lines", "whole"]
"""Sound alone, server-sent events, lines of JSON, one object of JSON."""


class SpeechRequest(BaseModel):
    """What OpenAI's clients send; fields of theirs that mean nothing here are passed over."""

    model_config = ConfigDict(extra="ignore")

    input: Text = Field(min_length=1)
    model: Line = "tts-news"
    voice: Line | dict[Literal["id"], Line] = "default"
    response_format: Literal["mp3", "opus", "aac", "flac", "wav", "pcm"] = "mp3"
    speed: float = Field(default=1.0, ge=0.25, le=4.0)
    stream_format: Literal["audio", "sse"] = Field(
        default="audio", description="sse: events, `speech.audio.delta` with sound in base64, then `speech.audio.done`."
    )
    timestamp_granularities: tuple[Literal["word"], ...] = Field(
        default=(), description="When each word sounds, as `speech.audio.timestamps` among the events; needs sse."
    )
    pitch: float = Field(default=1.0, ge=0.5, le=2.0, description="1.1 is a tenth higher.")
    reading: Literal["text", "characters", "key"] = Field(
        default="text", description="characters: one by one, by name; key: the name of a key, such as control_a."
    )
    punctuation: Literal["", "none", "some", "most", "all"] = Field(
        default="",
        description="Which signs are said, of a text that stands on a screen: nothing in it is a mark for the reader,"
        " and what cannot be read is left out. Empty for an article.",
    )
    capitals: StrictBool = Field(default=False, description="Whether capital letters are announced.")

    @model_validator(mode="after")
    def _has_room_for_times(self) -> Self:
        if self.timestamp_granularities and self.packing == "sound":
            raise ValueError('timestamp_granularities: sound alone has no place for times, ask for stream_format "sse"')
        return self

    @property
    def manner(self) -> Manner:
        """How it is to be said."""
        return Manner(self.reading, self.punctuation, self.capitals, self.speed, self.pitch)

    @property
    def voice_name(self) -> str:
        """The voice, which OpenAI's clients may send as an object."""
        return self.voice if isinstance(self.voice, str) else self.voice.get("id", "default")

    @property
    def packing(self) -> Packing:
        """What the sound comes in."""
        return "events" if self.stream_format == "sse" else "sound"

    @property
    def wants_times(self) -> bool:
        """Whether the times of words come with it."""
        return bool(self.timestamp_granularities)


class CaptionedRequest(SpeechRequest):
    """What Kokoro-FastAPI's clients send to have captions with the sound."""

    stream: StrictBool = Field(
        default=True, description="A line of JSON for each piece, or one object when all is made."
    )
    return_timestamps: StrictBool = True

    @property
    def packing(self) -> Packing:
        """See `SpeechRequest.packing`."""
        return "lines" if self.stream else "whole"

    @property
    def wants_times(self) -> bool:
        """See `SpeechRequest.wants_times`."""
        return self.return_timestamps


class EditionRequest(HandedArticle):
    """An article to make an edition of, as its content system hands it over."""

    bulletin: Annotated[Line, AfterValidator(tidy)] = Field(
        default="",
        max_length=200,
        description="Title of the bulletin it goes into: articles of one title and day are one edition.",
    )
    day: Annotated[str, Field(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")] = Field(
        default="", description="The bulletin's day; today in the show's time zone if it is left out."
    )
    voice: str = Field(default="", pattern=r"^[A-Za-z0-9_.][A-Za-z0-9_.-]*$|^$", max_length=100)
    replaces: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9][A-Za-z0-9:._-]*$|^$",
        max_length=300,
        description="Folder, slug or guid of an edition that this one takes the place of.",
    )

    @model_validator(mode="after")
    def _is_one_order(self) -> Self:
        if self.day and not self.bulletin:
            raise ValueError("day: only a bulletin has one, an article has its date")
        if self.bulletin and self.replaces:
            raise ValueError("replaces: an article of a bulletin has no edition of its own")
        if self.day:
            dt.date.fromisoformat(self.day)
        return self

    @property
    def is_plain(self) -> bool:
        """Whether nothing is stated but an address, which may be that of a feed or a list."""
        return bool(self.url) and self.handed() == {"url": self.url} and not self.bulletin

    def handed(self) -> dict[str, object]:
        """Return what is stated of the article, as `tts-news make --from cms` reads it."""
        return self.model_dump(mode="json", include=set(HandedArticle.model_fields), exclude_defaults=True)


class Paging(BaseModel):
    """Which jobs are listed."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(default=50, ge=1, le=200)
    cursor: str = Field(
        default="", pattern=r"^[0-9]{0,15}$", description="`next` of the page before; the newest jobs come first."
    )
    state: Literal["", State] = ""
    site: Address = Field(default="", description="The site of the system that handed the articles over.")
    id: Line = Field(default="", max_length=300, description="What that system calls the article; with site.")
    bulletin: Line = Field(default="", max_length=200)


class Reason(BaseModel):
    """Why an edition is withdrawn, and from where."""

    model_config = ConfigDict(extra="forbid")

    reason: Line = Field(default="", max_length=500, description="A sentence for listeners, for the page that stays.")
    everywhere: bool = Field(
        default=False, description="Make the bulletins that hold the article again without it, too."
    )


class Named(Reason):
    """An article, by what its content system calls it."""

    site: Address = Field(min_length=1, description="The site within which the id counts.")
    id: Line = Field(min_length=1, max_length=300)


def read_query(request: Request, kind: type[Body]) -> Body | Response:
    """Return the request's query, or the answer that says what is wrong with it."""
    pairs = request.query_params.multi_items()
    try:
        return kind.model_validate(_once(pairs))
    except ValidationError as err:
        return fault(400, say_fault(err), "invalid_request")
    except _TwiceError as err:
        return fault(400, f"query: {err} is given twice", "invalid_request")


_KEY = re.compile(r'"?([\x21\x23-\x5b\x5d-\x7e]{1,255})"?')


def read_key(request: Request) -> str | Response:
    """Return the request's `Idempotency-Key`, "" for none. Source: draft-ietf-httpapi-idempotency-key-header-07."""
    given = request.headers.getlist("idempotency-key")
    found = _KEY.fullmatch(given[0].strip()) if len(given) == 1 else None
    if given and not found:
        return fault(400, "Idempotency-Key: one of 1 to 255 visible characters of ASCII", "invalid_request")
    return found[1] if found else ""


async def read_body(request: Request, kind: type[Body]) -> Body | Response:
    """Return the request's body, or the answer that says what is wrong with it."""
    try:
        body = await request.body()
        # The first reader bounds depth, figures and code points, and so the second, which sees names given twice.
        read = kind.model_validate_json(body)
        json.loads(body, object_pairs_hook=_once)
    except ClientDisconnect:
        return Response(status_code=400)  # nobody is left to read it
    except ValidationError as err:
        return fault(400, say_fault(err), "invalid_request")
    except _TwiceError as err:
        return fault(400, f"body: {err} is given twice", "invalid_request")
    return read


class _TwiceError(ValueError):
    """An object names one thing twice, and readers differ in which they believe."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names: dict[str, Any] = {}
    for name, value in pairs:
        if name in names:
            raise _TwiceError(name)
        names[name] = value
    return names
