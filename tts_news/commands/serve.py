"""`tts-news serve`: the show, speech and jobs over HTTP."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tts_news.commands.logs import show_logs
from tts_news.commands.options import AsJson, ConfigFile
from tts_news.commands.results import to_json
from tts_news.extras import install_hint
from tts_news.words import translated

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette

    from tts_news.server.settings import ServeSettings

STARTUP_FAILURE = 3
"""How uvicorn's own command exits when it could not begin, say when the port is taken."""
_FIRST_HANDED = 3


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; 127.0.0.1 when not given.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; 8080 when not given.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The show's folder.")] = None,
    config: ConfigFile = None,
    as_json: AsJson = False,
) -> None:
    """Serve the show's folder, OpenAI's speech interface and jobs. Needs the extra `server`."""
    from tts_news.config import load
    from tts_news.errors import UsageError

    flags = {
        "serve.host": host,
        "serve.port": port,
        "publish.output": str(output.expanduser().absolute()) if output else None,
    }
    show_logs()
    settings = load(config, flags)
    handed = handed_sockets(os.environ)
    for reached in [_place_of(one)[0] for one in handed] or [settings.serve.host]:
        _check_reach(reached, settings.serve.keys)
    if not all(key.strip() for key in settings.serve.keys):
        raise UsageError("an API key is empty: anyone would have it", hint="mend [serve] keys")
    for proxy in settings.serve.proxies:
        _check_network(proxy)
    try:
        import uvicorn

        from tts_news.server.app import make_app
        from tts_news.server.connections import allow_files
    except ModuleNotFoundError as err:
        raise UsageError("serving needs an extra", hint=install_hint("server")) from err
    own = [] if handed or settings.serve.port else [_take_port(settings.serve.host)]
    if own:
        settings = replace(settings, serve=replace(settings.serve, port=_place_of(own[0])[1]))
    with ExitStack() as undone:
        for one in own:
            undone.enter_context(one)
        app = make_app(settings, config)
        undone.pop_all()
    allow_files(settings.serve)
    host, port = _place_of(handed[0]) if handed else (settings.serve.host, settings.serve.port)
    address = f"http://{host}:{port}/"
    link = app.state.accounts.first_link()
    if as_json:
        typer.echo(to_json({"address": address, "first_link": link or None}))
    typer.echo(address, err=True)
    if link:
        told = "the desk has no users yet; its first publisher signs in once at {link}"
        typer.echo(translated(told, link=link), err=True)
    server = uvicorn.Server(_uvicorn_config(app, settings.serve))
    with suppress(KeyboardInterrupt):
        server.run(sockets=handed or own or None)
    if not server.started:
        raise typer.Exit(STARTUP_FAILURE)


def _uvicorn_config(app: Starlette, settings: ServeSettings) -> uvicorn.Config:
    import uvicorn

    from tts_news.server.connections import LARGEST_HEAD, make_protocol

    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
        http=make_protocol(settings),
        ws="none",
        proxy_headers=False,  # the application reads them, from [serve] proxies alone
        h11_max_incomplete_event_size=LARGEST_HEAD,
        timeout_keep_alive=max(1, round(settings.idle_timeout_s)),
        timeout_graceful_shutdown=10,  # a client that takes its answer slowly does not keep us from stopping
    )


def handed_sockets(variables: Mapping[str, str]) -> list[socket.socket]:
    """Return the sockets that systemd listens on for us. Source: sd_listen_fds(3)."""
    count = variables.get("LISTEN_FDS", "")
    if variables.get("LISTEN_PID") != str(os.getpid()) or not count.isdecimal():
        return []
    return [socket.socket(fileno=_FIRST_HANDED + number) for number in range(int(count))]


def _take_port(host: str) -> socket.socket:
    """Return a socket on a port that the system chooses, taken before anything is told of it.

    Raises:
        UsageError: Nobody can listen at this address.
    """
    from tts_news.errors import UsageError

    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM)[0]
        with ExitStack() as undone:
            taken = undone.enter_context(socket.socket(family, kind, protocol))
            taken.bind(place)
            undone.pop_all()
    except OSError as err:
        raise UsageError(f"cannot listen at {host}: {err.strerror}", hint="name an address of this machine") from err
    return taken


def _place_of(handed: socket.socket) -> tuple[str, int]:
    """Return the host and port of a socket; one that is a file is reached from this machine alone."""
    if handed.family == socket.AF_UNIX:
        return "localhost", 0
    host, port = handed.getsockname()[:2]
    return str(host), int(port)


def _check_reach(host: str, keys: Sequence[str]) -> None:
    from tts_news.errors import UsageError

    if not _is_loopback(host) and not keys:
        raise UsageError(
            f"{host} can be reached by others, and no API key is set",
            hint="set TTS_NEWS_SERVE_KEYS, or leave --host out and put a web server in front",
        )


def _check_network(text: str) -> None:
    from tts_news.errors import UsageError

    try:
        ipaddress.ip_network(text)
    except ValueError as err:
        raise UsageError(
            f"[serve] proxies: {err}", hint="an address or a network, e.g. 127.0.0.1 or 10.0.0.0/8"
        ) from err


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
