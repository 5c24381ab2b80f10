"""The application: which path does what."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator, Generator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from tts_news import __version__
from tts_news.config import Config
from tts_news.errors import PublishError, TtsNewsError
from tts_news.publish.show import load_entry
from tts_news.server.guard import Guard, fault
from tts_news.server.jobs import JobRunner, JobStore, make_command
from tts_news.server.metrics import Metrics
from tts_news.server.speech import FORMATS, Speaker

Body = TypeVar("Body", bound=BaseModel)

MODELS = ("tts-news", "tts-1", "tts-1-hd", "gpt-4o-mini-tts")
_TYPES = {
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/x-m4a",
    ".m4b": "audio/mp4",
    ".opus": "audio/ogg",
    ".epub": "application/epub+zip",
    "chapters.json": "application/json+chapters",
    "feed": "application/rss+xml; charset=utf-8",
}
_HASHED = re.compile(r"\.[0-9a-f]{8}\.[a-z0-9]+\Z")


class SpeechRequest(BaseModel):
    """What OpenAI's clients send; fields of theirs that mean nothing here are passed over."""

    model_config = ConfigDict(extra="ignore")

    input: str = Field(min_length=1)
    model: str = "tts-news"
    voice: str | dict[str, str] = "default"
    response_format: Literal["mp3", "opus", "aac", "flac", "wav", "pcm"] = "mp3"
    speed: float = Field(default=1.0, ge=0.25, le=4.0)
    stream_format: Literal["audio"] = "audio"


class EditionRequest(BaseModel):
    """An article to make an edition of: by its address, or as a title and a text."""

    model_config = ConfigDict(extra="forbid")

    url: str = Field(default="", max_length=2000)
    title: str = Field(default="", max_length=2000)
    text: str = ""
    voice: str = Field(default="", pattern=r"^[A-Za-z0-9_.-]*$", max_length=100)


class ShowFiles(StaticFiles):
    """The show's folder: byte ranges, HEAD, ETag by Starlette; our own types, and no name that begins with a dot."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """Hide drafts, locks and the job store."""
        if any(part.startswith(".") for part in Path(path).parts):
            return "", None
        return super().lookup_path(path)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer 410 for what a withdrawn edition had: a player that asks again need not come back."""
        try:
            return await super().get_response(path, scope)
        except HTTPException as err:
            if err.status_code == HTTPStatus.NOT_FOUND and await asyncio.to_thread(self._is_withdrawn, path):
                raise HTTPException(HTTPStatus.GONE) from err
            raise

    def _is_withdrawn(self, path: str) -> bool:
        folder = path.partition("/")[0]
        try:
            return folder[:1].isdecimal() and bool(load_entry(Path(self.directory or "", folder)).withdrawn)
        except PublishError:  # no edition
            return False

    def file_response(
        self, full_path: Any, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Return the file with its type; what has its hash in its name may be kept for ever, all else is asked anew."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        name = Path(full_path).name
        kind = _TYPES.get(name) or _TYPES.get(Path(name).suffix)
        if re.fullmatch(r"feed(-[0-9]+)?\.xml", name):
            kind = _TYPES["feed"]
        if kind and response.status_code != HTTPStatus.NOT_MODIFIED:
            response.headers["content-type"] = kind
        response.headers["cache-control"] = "max-age=31536000, immutable" if _HASHED.search(name) else "no-cache"
        response.headers["x-content-type-options"] = "nosniff"
        return response


class Desk:
    """The interfaces behind the routes."""

    def __init__(self, config: Config, config_file: Path | None) -> None:
        self.config = config
        self.metrics = Metrics()
        self.speaker = Speaker(config, self.metrics)
        self.output = Path(config.publish.output)
        self.store = JobStore(self.output)
        self.runner = JobRunner(
            self.store, make_command(self.output, config_file), config.folder, config.serve.job_timeout_s
        )
        self.turn = asyncio.Semaphore(config.serve.speaking)
        self._ending: set[asyncio.Task[None]] = set()

    async def speech(self, request: Request) -> Response:
        """`POST /v1/audio/speech`."""
        asked = await _read(request, SpeechRequest)
        if isinstance(asked, Response):
            return asked
        limit = self.config.serve.max_letters
        if len(asked.input) > limit:
            return fault(400, f"input has {len(asked.input)} letters, the limit is {limit}", "string_above_max_length")
        if self.metrics.waiting >= self.config.serve.waiting:
            return fault(429, "too many are waiting for a voice", "rate_limit_exceeded", retry_after="2")
        self.metrics.waiting += 1
        try:
            await self.turn.acquire()
        finally:
            self.metrics.waiting -= 1
        self.metrics.speaking += 1
        sound: Generator[bytes, None, None] | None = None
        coming: asyncio.Future[bytes] | None = None
        try:
            voice = asked.voice if isinstance(asked.voice, str) else asked.voice.get("id", "default")
            cues = await asyncio.to_thread(self.speaker.plan, asked.input, voice)
            sound = self.speaker.stream(cues, asked.speed, asked.response_format)
            coming = asyncio.ensure_future(asyncio.to_thread(next, sound, b""))
            first = await asyncio.shield(coming)
        except TtsNewsError as err:
            self._end(sound, coming)
            return fault(400, f"{err}. {err.hint}".strip(" ."), "unspeakable")
        except BaseException:
            self._end(sound, coming)
            raise
        if not first:
            self._end(sound, coming)
            return fault(500, "the voice gave no sound", "unspeakable")
        return StreamingResponse(self._rest(first, sound), media_type=FORMATS[asked.response_format][0])

    async def _rest(self, first: bytes, sound: Generator[bytes, None, None]) -> AsyncIterator[bytes]:
        """Yield the sound; when it is over, or the client goes away, the next one has its turn."""
        coming: asyncio.Future[bytes] | None = None
        try:
            yield first
            while True:
                coming = asyncio.ensure_future(asyncio.to_thread(next, sound, b""))
                block = await asyncio.shield(coming)
                if not block:
                    break
                yield block
        finally:
            self._end(sound, coming)

    def _end(self, sound: Generator[bytes, None, None] | None, coming: asyncio.Future[bytes] | None) -> None:
        """Close the sound and give the turn to the next, without waiting here for the sentence that is being said.

        The sound is made in a thread, which cannot be interrupted: it is closed when the thread comes back.
        """

        async def close() -> None:
            try:
                if coming is not None:
                    await asyncio.wait([coming])
                    coming.exception()  # it was reported to the client, or there is no client any more
                if sound is not None:
                    await asyncio.to_thread(sound.close)
            finally:
                self.metrics.speaking -= 1
                self.turn.release()

        task = asyncio.get_running_loop().create_task(close())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    async def models(self, _: Request) -> Response:
        """`GET /v1/models`."""
        return JSONResponse({"object": "list", "data": [_model(name) for name in MODELS]})

    async def model(self, request: Request) -> Response:
        """`GET /v1/models/{id}`."""
        name = request.path_params["name"]
        return JSONResponse(_model(name)) if name in MODELS else fault(404, f"no model {name!r}", "model_not_found")

    async def voices(self, _: Request) -> Response:
        """`GET /v1/audio/voices`."""
        found = await asyncio.to_thread(self.speaker.voices)
        listed = [
            {"id": name, "name": spec.title or name, "language": spec.language, "licence": spec.licence}
            for name, spec in found.items()
        ]
        return JSONResponse({"voices": listed})

    async def order_edition(self, request: Request) -> Response:
        """`POST /editions`."""
        asked = await _read(request, EditionRequest)
        if isinstance(asked, Response):
            return asked
        if bool(asked.url) == bool(asked.text.strip()):
            return fault(400, "give either url or text", "invalid_request")
        if asked.url and not re.match(r"https?://[^\s]+\Z", asked.url):
            return fault(400, "url must be an http or https address", "invalid_request")
        text = "\n\n".join(filter(None, [asked.title.strip(), asked.text]))
        limit = self.config.serve.max_jobs
        name = await asyncio.to_thread(self.store.add, asked.url or "-", text, asked.voice, limit)
        if name is None:
            return fault(429, "too many editions are waiting", "rate_limit_exceeded", retry_after="60")
        self.runner.wake()
        return JSONResponse({"id": name, "state": "queued"}, 202, {"location": f"/editions/{name}"})

    async def look_edition(self, request: Request) -> Response:
        """`GET /editions/{id}`."""
        job = await asyncio.to_thread(self.store.look, request.path_params["name"])
        if job is None:
            return fault(404, "no such job", "not_found")
        for edition in job["editions"]:
            folder = Path(str(edition.pop("edition", ""))).name
            edition |= {"page": f"/{folder}/index.html", "mp3": f"/{folder}/{Path(str(edition.get('mp3'))).name}"}
        return JSONResponse(job)

    async def health(self, _: Request) -> Response:
        """`GET /health`: the job store answers and the voices can be listed."""
        jobs = await asyncio.to_thread(self.store.counts)
        found = await asyncio.to_thread(self.speaker.voices)
        ok = bool(found)
        return JSONResponse({"ok": ok, "version": __version__, "voices": len(found), "jobs": jobs}, 200 if ok else 503)

    async def show_metrics(self, _: Request) -> Response:
        """`GET /metrics`."""
        jobs = await asyncio.to_thread(self.store.counts)
        return PlainTextResponse(self.metrics.render(jobs), media_type="text/plain; version=0.0.4; charset=utf-8")


async def _read(request: Request, kind: type[Body]) -> Body | Response:
    """Return the request's body, or the answer that says what is wrong with it."""
    try:
        return kind.model_validate_json(await request.body())
    except ValidationError as err:
        first = err.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "body"
        return fault(400, f"{where}: {first['msg']}", "invalid_request")


def _model(name: str) -> dict[str, object]:
    return {"id": name, "object": "model", "created": 1_760_000_000, "owned_by": "tts-news"}


def make_app(config: Config, config_file: Path | None = None) -> Starlette:
    """Return the application.

    Args:
        config: The configuration in force.
        config_file: Where it was read from; jobs are run with it.

    Raises:
        PublishError: The output folder cannot be used.
    """
    desk = Desk(config, config_file)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        desk.runner.start()
        try:
            yield
        finally:
            await asyncio.to_thread(desk.runner.stop)

    routes = [
        Route("/v1/audio/speech", desk.speech, methods=["POST"]),
        Route("/v1/audio/voices", desk.voices),
        Route("/v1/models", desk.models),
        Route("/v1/models/{name}", desk.model),
        Route("/editions", desk.order_edition, methods=["POST"]),
        Route("/editions/{name}", desk.look_edition),
        Route("/health", desk.health),
        Route("/metrics", desk.show_metrics),
        Mount("/", ShowFiles(directory=desk.output, html=True)),
    ]
    # Web players fetch transcripts, chapters and feed from pages of their own; the interfaces are not for pages.
    cors = Middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        allow_headers=["Range"],
        expose_headers=["Content-Length", "Content-Range", "Accept-Ranges", "ETag"],
    )
    guard = Middleware(Guard, settings=config.serve, metrics=desk.metrics)
    return Starlette(routes=routes, middleware=[guard, cors], lifespan=life)
