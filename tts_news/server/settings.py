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
    max_letters: int = 4096
    """Longest text of one speech request, as OpenAI's own limit."""
    max_body_bytes: int = 1_000_000
    requests_per_minute: int = 120
    """Of one client to the interfaces; files of the show are not counted."""
    speaking: int = 2
    """Speech requests answered at a time."""
    waiting: int = 16
    """Speech requests that may wait for their turn; the next one is told to come back (429)."""
    max_jobs: int = 500
    """Editions that may wait to be made."""
    job_timeout_s: float = 3600.0
