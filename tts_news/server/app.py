"""The application: which path does what."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Match, Mount, Route
from starlette.types import Scope
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from tts_news import __version__, airing, bulletins
from tts_news.accounts.gate import Accounts, FromProxy, Gate
from tts_news.accounts.pages import routes as account_routes
from tts_news.config import Config, read_secret
from tts_news.desk.app import Desk
from tts_news.errors import PublishError, SpeakError, TtsNewsError
from tts_news.publish import load_episode, withdraw
from tts_news.server.access import AccessLog, Logged
from tts_news.server.answers import HealthFacts, ModelFacts, ModelList, VoiceFacts, VoiceList
from tts_news.server.courier import Courier
from tts_news.server.editions import Editions, Press
from tts_news.server.events import Words, pack, packed_type
from tts_news.server.facts import Announcer
from tts_news.server.guard import DESK, INTERFACES, OPEN, Guard, fault
from tts_news.server.health import Health
from tts_news.server.hooks import Hook, make_hook
from tts_news.server.manual import Manual
from tts_news.server.metrics import Metrics
from tts_news.server.oembed import OEmbed
from tts_news.server.operations import Operation, answer, make_routes
from tts_news.server.parcel import Parcel, Shelf
from tts_news.server.requests import CaptionedRequest, SpeechRequest, read_body
from tts_news.server.runner import JobRunner, make_command, withdraw_command
from tts_news.server.show_files import ShowFiles
from tts_news.server.speech import FORMATS, Speaker
from tts_news.server.store import JobStore
from tts_news.speak.executors import usable_cores

_LOG = logging.getLogger(__name__)
MODELS = ("tts-news", "tts-1", "tts-1-hd", "gpt-4o-mini-tts")


class Show(Mount):
    """Everything but the interfaces: what an interface does not know (a method, a path) is not looked for in files."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """See `Mount.matches`."""
        if any(scope["path"] == path or scope["path"].startswith(f"{path}/") for path in (*INTERFACES, *OPEN, DESK)):
            return Match.NONE, {}
        return super().matches(scope)


def _share_of(config: Config) -> int:
    """Return how many processes each of several jobs has where the settings do not say; 0 for one job at a time."""
    if config.serve.jobs == 1 or config.speak.jobs or config.speak.cluster:
        return 0
    return max(1, usable_cores() // config.serve.jobs)


class Interfaces:
    """The interfaces behind the routes."""

    def __init__(self, config: Config, config_file: Path | None) -> None:
        self.config = config
        self.metrics = Metrics()
        self.speaker = Speaker(config, self.metrics)
        self.output = Path(config.publish.output)
        self.store = JobStore(self.output)
        hooks = make_hooks(config)
        self.courier = Courier(self.store, hooks)
        self.announcer = Announcer(self.store, self.output, config.show, hooks)
        command = make_command(self.output, config_file, _share_of(config))
        self.runner = JobRunner(
            self.store,
            command,
            config.folder,
            config.serve,
            self.take_back,
            self.announcer.announce_job,
            withdraw_command(self.output, config_file),
        )
        self.health = Health(self.store, self.runner, self.speaker, self.courier)
        self.turn = asyncio.Semaphore(config.serve.speaking)
        self.shelf = Shelf()
        self.desk = Desk(config, self.press())
        # Speaking has threads of its own: however many voices speak, the store and the files are answered for.
        self._voices = ThreadPoolExecutor(2 * config.serve.speaking, thread_name_prefix="speech")
        self._speaking: set[asyncio.Task[None]] = set()

    async def speech(self, request: Request) -> Response:
        """`POST /v1/audio/speech`."""
        asked = await read_body(request, SpeechRequest)
        return asked if isinstance(asked, Response) else await self._answer(request, asked)

    async def captioned(self, request: Request) -> Response:
        """`POST /dev/captioned_speech`."""
        asked = await read_body(request, CaptionedRequest)
        return asked if isinstance(asked, Response) else await self._answer(request, asked)

    async def _answer(self, request: Request, asked: SpeechRequest) -> Response:
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
        parcel = Parcel(self.shelf)
        task = asyncio.create_task(self._speak(asked, parcel))
        self._speaking.add(task)
        task.add_done_callback(self._speaking.discard)
        if await request.is_disconnected():  # while it waited for its turn
            parcel.leave()
        try:
            first = await parcel.take()
        except TtsNewsError as err:
            return fault(400, f"{err}. {err.hint}".strip(" ."), "unspeakable")
        if not first:
            return fault(500, "the voice gave no sound", "unspeakable")
        return StreamingResponse(parcel.rest(first), media_type=packed_type(asked))

    async def _speak(self, asked: SpeechRequest, parcel: Parcel) -> None:
        """Fill a parcel with sound, then give the turn on: whoever takes it slowly keeps nobody from speaking."""
        loop = asyncio.get_running_loop()
        try:
            sound = await loop.run_in_executor(self._voices, self._begin, asked)
            try:
                while await parcel.room() and (block := await loop.run_in_executor(self._voices, next, sound, b"")):
                    parcel.put(block)
            finally:
                await loop.run_in_executor(self._voices, sound.close)
            parcel.end()
        except TtsNewsError as err:
            parcel.end(err)
        finally:
            parcel.end(SpeakError("the voice broke off"))  # unless it has ended: what is cut off must not look whole
            self.metrics.speaking -= 1
            self.turn.release()

    def _begin(self, asked: SpeechRequest) -> Generator[bytes, None, None]:
        """Return what a request is answered with; its first sentence has been read."""
        cues = self.speaker.plan(asked.input, asked.voice_name, asked.manner)
        words = Words(asked.input, asked.manner) if asked.wants_times else None
        sound = self.speaker.stream(cues, asked.manner, asked.response_format, words.note if words else None)
        return pack(asked, sound, words)

    def operations(self) -> tuple[Operation, ...]:
        """Return what can be asked besides editions."""
        sounds = tuple(dict.fromkeys(media for media, _ in FORMATS.values()))
        return (
            Operation(
                "POST", "/v1/audio/speech", self.speech, "speak", "Speak a text, as OpenAI's speech interface does",
                {200: (*sounds, "text/event-stream")}, body=SpeechRequest, faults=(500,),
            ),
            Operation(
                "POST", "/dev/captioned_speech", self.captioned, "caption",
                "Speak a text and tell when each word sounds, as Kokoro-FastAPI does",
                {200: ("application/x-ndjson", "application/json")}, body=CaptionedRequest, faults=(500,),
            ),
            Operation("GET", "/v1/audio/voices", self.voices, "list_voices", "List the voices", {200: VoiceList}),
            Operation("GET", "/v1/models", self.models, "list_models", "List the models", {200: ModelList}),
            Operation(
                "GET", "/v1/models/{name}", self.model, "get_model", "Look at a model", {200: ModelFacts},
                named="A model's id.", faults=(404,),
            ),
            Operation(
                "GET", "/health", self.show_health, "health", "See whether the server is able to work",
                {200: HealthFacts, 503: HealthFacts}, is_open=True,
            ),
            Operation(
                "GET", "/metrics", self.show_metrics, "metrics", "Counters in the text format of Prometheus",
                {200: ("text/plain",)}, is_open=True,
            ),
        )  # fmt: skip

    def press(self) -> Press:
        """Return who does the work behind `/editions`."""
        return Press(self.store, self.runner, self.speaker, self.announcer, self.take_back)

    def take_back(self, place: Path, reason: str) -> tuple[str, ...]:
        """Withdraw an edition, if it stands: asking twice is asking once.

        Returns:
            The folders of the bulletins that hold its article still.

        Raises:
            PublishError: It cannot be withdrawn.
        """
        episode = load_episode(place)
        held = bulletins.bulletins_holding(self.output, episode)
        if not episode.withdrawn:
            cover = airing.cover_of(self.config)
            withdraw(self.output, place.name, self.config.show, self.config.publish, cover, reason)
            airing.tell_hub_or_warn(self.config)
        return tuple(bulletin.place.name for bulletin in held)

    def warm(self) -> None:
        """Have the voice loaded beside whatever is asked first, if the settings want it."""
        if self.config.serve.warm:
            self._voices.submit(self.speaker.warm)

    def close(self) -> None:
        """Put the job under way back into the queue, and let go of the store."""
        self.courier.stop()
        self.runner.stop()
        self.desk.close()
        self._voices.shutdown(wait=False, cancel_futures=True)
        self.store.close()

    async def models(self, _: Request) -> Response:
        """`GET /v1/models`."""
        return answer(ModelList(object="list", data=tuple(map(_model, MODELS))))

    async def model(self, request: Request) -> Response:
        """`GET /v1/models/{id}`."""
        name = request.path_params["name"]
        return answer(_model(name)) if name in MODELS else fault(404, f"no model {name!r}", "model_not_found")

    async def voices(self, _: Request) -> Response:
        """`GET /v1/audio/voices`."""
        found = await asyncio.to_thread(self.speaker.voices)
        listed = (
            VoiceFacts(
                id=name, name=spec.title or name, language=spec.language, gender=spec.gender, licence=spec.licence
            )
            for name, spec in found.items()
        )
        return answer(VoiceList(voices=tuple(listed)))

    async def show_health(self, _: Request) -> Response:
        """`GET /health`."""
        facts = await asyncio.to_thread(self.health.look)
        return answer(HealthFacts(version=__version__, **facts), 200 if facts["ok"] else 503)

    async def show_metrics(self, _: Request) -> Response:
        """`GET /metrics`."""
        jobs = await asyncio.to_thread(self.store.counts)
        messages = await asyncio.to_thread(self.store.messages)
        tries = {"delivered": self.courier.delivered, "refused": self.courier.refused}
        return PlainTextResponse(
            self.metrics.render(jobs, messages, tries), media_type="text/plain; version=0.0.4; charset=utf-8"
        )


async def _publish_fault(_: Request, err: Exception) -> Response:
    """Answer for an edition that cannot be read or written now; its message may name our folders."""
    _LOG.error("%s", err)
    return fault(503, "the edition cannot be read or written now: see the server's log", "unavailable")


async def _store_fault(_: Request, err: Exception) -> Response:
    """Answer for a job store that cannot be read or written now: the client keeps its order and comes again."""
    full = "full" in str(err)
    reason = "the disk is full" if full else "the job store cannot be used now"
    return fault(507 if full else 503, reason, "unavailable", retry_after="10")


def make_hooks(config: Config) -> tuple[Hook, ...]:
    """Return the receivers of webhooks with their secrets.

    Raises:
        ConfigError: A secret is not there, or is none.
    """
    return tuple(make_hook(one, read_secret(config, one.secret_env, one.secret_file)) for one in config.serve.webhooks)


def _model(name: str) -> ModelFacts:
    return ModelFacts(id=name, object="model", created=1_760_000_000, owned_by="tts-news")


def make_app(config: Config, config_file: Path | None = None) -> Starlette:
    """Return the application.

    Args:
        config: The configuration in force.
        config_file: Where it was read from; jobs are run with it.

    Raises:
        ConfigError: A setting of the accounts does not hold.
        PublishError: The output folder, or the file of accounts, cannot be used.
    """
    accounts = Accounts(config)
    interfaces = Interfaces(config, config_file)
    operations = (*interfaces.operations(), *Editions(config, interfaces.press()).operations())
    manual, log = Manual(operations), AccessLog(config.serve)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        log.start()
        interfaces.runner.start()
        interfaces.courier.start()
        interfaces.desk.start()
        interfaces.warm()
        try:
            yield
        finally:
            await asyncio.to_thread(interfaces.close)
            await asyncio.to_thread(accounts.close)
            await asyncio.to_thread(log.stop)

    # Web players fetch transcripts, chapters and feed from pages of their own; the interfaces are not for pages.
    cors = Middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        allow_headers=["Range"],
        expose_headers=["Content-Length", "Content-Range", "Accept-Ranges", "ETag"],
    )
    routes = [
        *make_routes(operations),
        *manual.routes(),
        *account_routes(),
        *interfaces.desk.routes(),
        Route("/oembed", OEmbed(interfaces.output, config.show.base_url).answer, middleware=[cors]),
        Show("/", ShowFiles(directory=interfaces.output, html=True), middleware=[cors]),
    ]
    before = [
        Middleware(FromProxy, settings=config.serve),  # first: it looks at who is connected, the next at for whom
        Middleware(ProxyHeadersMiddleware, trusted_hosts=list(config.serve.proxies)),
        Middleware(Logged, log=log),
        Middleware(Guard, settings=config.serve, metrics=interfaces.metrics),
        Middleware(Gate, accounts=accounts),
    ]
    faults = {sqlite3.Error: _store_fault, PublishError: _publish_fault}
    app = Starlette(routes=routes, middleware=before, lifespan=life, exception_handlers=faults)
    app.state.accounts, app.state.desk, app.state.manual = accounts, interfaces.desk, manual
    app.router.redirect_slashes = False  # a redirect would repeat whatever the client gave as our name
    return app
