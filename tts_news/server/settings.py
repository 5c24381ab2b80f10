"""What can be set about the server, with its defaults."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServeSettings:
    """`[serve]` in tts-news.toml."""

    host: str = "127.0.0.1"
    port: int = 8080
    keys: tuple[str, ...] = ()
    """Keys that clients send as `Authorization: Bearer`; set them in TTS_NEWS_SERVE_KEYS, not in the file."""
    allowed_hosts: tuple[str, ...] = ()
    """Names under which the interfaces may be called, beside loopback and `host`: a web server's in front, say. Under
    any other name a page in somebody's browser could be asking (DNS rebinding)."""
    proxies: tuple[str, ...] = ()
    """Addresses or networks of web servers in front, whose `X-Forwarded-For` says who the client is. Behind one that is
    not named here all clients count as one, and one's wrong keys slow all."""
    max_letters: int = 4096
    """Longest text of one speech request, as OpenAI's own limit."""
    max_body_bytes: int = 1_000_000
    requests_per_minute: int = 120
    """Of one client to the interfaces; files of the show are not counted."""
    wrong_keys_per_minute: int = 10
    """Tries with a wrong key from one address; then its keys are not looked at for a while (429)."""
    speaking: int = 2
    """Speech requests answered at a time."""
    warm: bool = True
    """Whether the voice and the models are loaded before the first request asks for them."""
    waiting: int = 16
    """Speech requests that may wait for their turn; the next one is told to come back (429)."""
    connections: int = 400
    """Open at a time. At the limit the connection that has kept us waiting longest makes room for a new one."""
    connections_per_client: int = 128
    """The same for one address; a web server in front is one address."""
    header_timeout_s: float = 10.0
    """In which a request's head must have come whole."""
    body_timeout_s: float = 30.0
    """In which its body must have come whole."""
    idle_timeout_s: float = 30.0
    """How long a connection may rest between two requests, or a client take nothing of what it asked for."""
    max_jobs: int = 500
    """Editions that may wait to be made."""
    job_timeout_s: float = 3600.0
    min_free_bytes: int = 100_000_000
    """Free space below which jobs wait and `/health` says so (503)."""
    failed_text_hours: float = 24.0
    """How long the text of a failed job is kept; that of one that is done goes at once."""
    jobs_days: float = 30.0
    """How long jobs that are over can be asked for."""
