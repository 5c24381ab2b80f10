"""What can be set about the server, with its defaults."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal
from urllib.parse import urlsplit

from tts_news.frozen import dataclass

if TYPE_CHECKING:  # `config` brings them when there is something to check
    from annotated_types import Ge, Gt, Interval

Event = Literal["done", "failed", "corrected", "withdrawn"]
EVENTS: tuple[Event, ...] = ("done", "failed", "corrected", "withdrawn")


@dataclass(frozen=True, slots=True)
class Webhook:
    """One receiver in `[serve] webhooks`: an address that is told what becomes of editions."""

    __pydantic_config__: ClassVar[Mapping[str, Any]] = MappingProxyType({"extra": "forbid"})

    url: str
    secret_env: str = ""
    """The variable that holds the secret its messages are signed with: base64 of 24 to 64 bytes, `whsec_` before it or
    not; several while one takes the place of another."""
    secret_file: str = ""
    """Or the file that holds it."""
    events: tuple[Event, ...] = EVENTS

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
            raise ValueError(f"{self.url} is no http or https address without a user name")
        if bool(self.secret_env) == bool(self.secret_file):
            raise ValueError("give exactly one of secret_env and secret_file")


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """`[serve]` in tts-news.toml."""

    host: str = "127.0.0.1"
    """Address to listen on; another than loopback asks for keys."""
    port: Annotated[int, Interval(ge=0, le=65535)] = 8080
    """Port to listen on; 0 takes a free one."""
    keys: tuple[str, ...] = ()
    """Keys that clients send as `Authorization: Bearer`; set them in TTS_NEWS_SERVE_KEYS, not in the file. A key may be
    `NAME:ROLE:SECRET` (the client sends the secret alone): a reader's speaks, a publisher's makes editions too."""
    allowed_hosts: tuple[str, ...] = ()
    """Names under which the interfaces may be called, beside loopback and `host`: a web server's in front, say. Under
    any other name a page in somebody's browser could be asking (DNS rebinding)."""
    proxies: tuple[str, ...] = ()
    """Addresses or networks of web servers in front, whose `X-Forwarded-For` says who the client is. Behind one that is
    not named here all clients count as one, and one's wrong keys slow all."""
    accounts: str = ""
    """The file of the desk's users; `.accounts.sqlite` in the output folder when not given."""
    user_header: str = ""
    """Header in which the web servers of `proxies` say who is signed in, e.g. X-Remote-User; no passwords then."""
    role_header: str = ""
    """Header with that user's role, or roles by commas; without it roles are those of `tts-news users`."""
    header_role: str = "reader"
    """Role of a user of the web server whom `tts-news users` does not list; "" lets nobody else in."""
    session_hours: Annotated[float, Gt(0)] = 12.0
    """How long a session at the desk lasts at most."""
    session_idle_minutes: Annotated[float, Gt(0)] = 120.0
    """How long it lasts without a request."""
    logins_per_minute: Annotated[int, Gt(0)] = 5
    """Tries with a password for one user from one address; four times as many for all users from one address, twice as
    many for one user from all addresses that she has not signed in from."""
    welcome_minutes: Annotated[float, Gt(0)] = 60.0
    """How long the one-time link of a first start works."""
    desk_over_http: bool = False
    """Whether the desk may be reached without https from other machines; their passwords can be read on the way."""
    max_letters: Annotated[int, Gt(0)] = 4096
    """Longest text of one speech request, as OpenAI's own limit."""
    max_body_bytes: Annotated[int, Gt(0)] = 1_000_000
    """Largest body of a request."""
    max_file_bytes: Annotated[int, Gt(0)] = 20_000_000
    """The same for a file that an editor brings to the desk."""
    requests_per_minute: Annotated[int, Gt(0)] = 120
    """Of one client to the interfaces; files of the show are not counted."""
    wrong_keys_per_minute: Annotated[int, Gt(0)] = 10
    """Tries with a wrong key from one address; then its keys are not looked at for a while (429)."""
    speaking: Annotated[int, Gt(0)] = 2
    """Speech requests answered at a time."""
    warm: bool = True
    """Whether the voice and the models are loaded before the first request asks for them."""
    waiting: Annotated[int, Ge(0)] = 16
    """Speech requests that may wait for their turn; the next one is told to come back (429)."""
    connections: Annotated[int, Gt(0)] = 400
    """Open at a time. At the limit the connection that has kept us waiting longest makes room for a new one."""
    connections_per_client: Annotated[int, Gt(0)] = 128
    """The same for one address; a web server in front is one address."""
    header_timeout_s: Annotated[float, Gt(0)] = 10.0
    """In which a request's head must have come whole."""
    body_timeout_s: Annotated[float, Gt(0)] = 30.0
    """In which its body must have come whole."""
    idle_timeout_s: Annotated[float, Gt(0)] = 30.0
    """How long a connection may rest between two requests, or a client take nothing of what it asked for."""
    jobs: Annotated[int, Gt(0)] = 1
    """Editions that are made at a time, each in a process of its own with its share of the cores; two of one article,
    and bulletins, one after the other."""
    max_jobs: Annotated[int, Gt(0)] = 500
    """Editions that may wait to be made."""
    job_timeout_s: Annotated[float, Gt(0)] = 3600.0
    """Seconds one job may take."""
    min_free_bytes: Annotated[int, Ge(0)] = 100_000_000
    """Free space below which jobs wait and `/health` says so (503)."""
    failed_text_hours: Annotated[float, Ge(0)] = 24.0
    """How long the text of a failed job is kept; that of one that is done goes at once."""
    jobs_days: Annotated[float, Ge(0)] = 30.0
    """How long jobs that are over can be asked for."""
    bulletin_days: Annotated[float, Ge(0)] = 7.0
    """How long the articles of a bulletin are kept after it was last made: so long another one can join it."""
    webhooks: tuple[Webhook, ...] = ()
    """Who is told when an edition is done, failed, corrected or withdrawn."""
    access_log: Literal["off", "combined", "json"] = "combined"
    """A line a request, without queries, keys and cookies; `off` for a web server in front that writes its own."""
    access_log_file: str = ""
    """Where the lines go; standard error if it is empty."""

    @property
    def queue_letters(self) -> int:
        """How many letters of texts may wait to be made: of fifty largest bodies, however many jobs they are."""
        return 50 * self.max_body_bytes
