"""Fetching a page: bounded in time, size and redirects, from public addresses only, unpacked here.

httpx does HTTP; the connections come from `addresses.GuardedBackend`, so every request of every redirect goes to an
address that was checked. Proxies of the environment are not used: behind one, the address would be the proxy's choice.
"""

from __future__ import annotations

import base64
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import sleep
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from tts_news import __version__
from tts_news.errors import ReadError
from tts_news.read.addresses import GuardedBackend, MetadataAddressError, PrivateAddressError
from tts_news.read.deadline import Deadline, TimedBackend
from tts_news.read.identity import with_credentials, without_credentials
from tts_news.read.settings import ReadSettings
from tts_news.read.store import PageStore, Stored
from tts_news.read.unpack import ACCEPTED, TooLargeError, unpacker

_MOST_REDIRECTS = 10
_AGENT = f"tts-news/{__version__} (reads articles aloud; a person asked for this page)"
_ACCEPT = "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/json, */*;q=0.5"
_AGAIN = frozenset((429, 500, 502, 503, 504))
_FIRST_WAIT_S = 0.5


@dataclass(frozen=True, slots=True)
class Page:
    """What a server sent: `url` is where redirects led to, `charset` what the header says, "" when nothing."""

    body: bytes
    url: str
    charset: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    def header(self, name: str) -> str:
        """Return a response header, "" when it was not sent."""
        return next((value for key, value in self.headers if key == name.lower()), "")


@cache
def _trusted() -> ssl.SSLContext:
    """Return whom we believe to be whom: the system's authorities, a tenth of a second to read, once a process."""
    return ssl.create_default_context()


class _Transport(httpx.BaseTransport):
    """httpx over an httpcore pool with our own network backend; both are public interfaces."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=_trusted(), network_backend=backend, max_connections=4)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        response = self._pool.handle_request(
            httpcore.Request(method=request.method, url=url, headers=request.headers.raw, extensions=request.extensions)
        )
        return httpx.Response(
            response.status, headers=response.headers, stream=_Stream(response), extensions=response.extensions
        )

    def close(self) -> None:
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _RetryableError(Exception):
    """A failure that may pass: worth another try after `wait_s`."""

    def __init__(self, error: ReadError, wait_s: float = 0.0) -> None:
        super().__init__(str(error))
        self.error = error
        self.wait_s = wait_s


class Fetcher:
    """Fetches pages with one set of connections; a context manager.

    Args:
        settings: Limits, and whether private addresses are allowed.
        backend: Makes the connections; another one is given in tests.
    """

    def __init__(self, settings: ReadSettings, backend: httpcore.NetworkBackend | None = None) -> None:
        self._settings = settings
        self._deadline = Deadline()
        backend = backend or GuardedBackend(allow_private=settings.allow_private)
        self._client = httpx.Client(
            transport=_Transport(TimedBackend(backend, self._deadline)),
            trust_env=False,
            follow_redirects=False,
            timeout=None,  # noqa: S113 - the deadline bounds every read and write
            headers={
                "User-Agent": _AGENT,
                "Accept": _ACCEPT,
                "Accept-Encoding": ACCEPTED,
                "Accept-Language": "ar, *;q=0.5",
            },
        )
        self._store = PageStore(_store_folder(settings)) if settings.cache_dir != "off" else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def fetch(self, url: str) -> Page:
        """Return the page at an address; all tries and redirects together take `timeout_s` at most.

        Raises:
            ReadError: It cannot be had, is too large, or lies on a private address.
        """
        self._deadline.start(self._settings.timeout_s)
        wait_s = _FIRST_WAIT_S
        for left in range(max(0, self._settings.retries), -1, -1):
            try:
                return self._follow(url)
            except _RetryableError as failure:
                pause_s = max(wait_s, failure.wait_s)
                if not left or pause_s >= self._deadline.left_s():
                    raise failure.error from failure
                sleep(pause_s)
                wait_s *= 2
        raise AssertionError("the last try returns or raises")

    def _follow(self, url: str) -> Page:
        here = _checked(url)
        stored = self._store.get(here) if self._store else None
        for _ in range(_MOST_REDIRECTS + 1):
            with self._open(here, stored[0] if stored and here == _checked(url) else None) as response:
                if response.status_code == httpx.codes.NOT_MODIFIED and stored:
                    return Page(stored[1], with_credentials(stored[0].url, here), stored[0].charset)
                target = response.headers.get("location")
                if response.is_redirect and target:
                    here = with_credentials(_checked(target, here), here)
                    continue
                _refuse_status(response, url)
                page = self._take(response, here)
            self._keep(_checked(url), page)
            return page
        raise ReadError(
            f"{url} redirects in a circle or too often", hint="open it in a browser and give the last address"
        )

    def _open(self, url: str, stored: Stored | None) -> _Opened:
        headers: dict[str, str] = {}
        if stored and stored.etag:
            headers["If-None-Match"] = stored.etag
        if stored and stored.modified:
            headers["If-Modified-Since"] = stored.modified
        address = httpx.URL(url)  # without name and password, which httpx would write into its log
        if address.userinfo:
            pair = f"{address.username}:{address.password}".encode()
            headers["Authorization"] = f"Basic {base64.b64encode(pair).decode()}"
        request = self._client.build_request("GET", address.copy_with(userinfo=b""), headers=headers)
        return _Opened(self._client, request, url)

    def _take(self, response: httpx.Response, url: str) -> Page:
        """Return the whole body, unpacked; stops at the size limit."""
        limit = self._settings.max_bytes
        stated = response.headers.get("content-length", "")
        if stated.isdecimal() and int(stated) > limit:
            raise _too_large(url, limit)
        body = bytearray()
        try:
            unpack = unpacker(response.headers.get("content-encoding", ""))
            for chunk in response.iter_raw():
                body += unpack.feed(chunk, limit - len(body))
            unpack.finish()
        except TooLargeError as err:
            raise _too_large(url, limit) from err
        except ValueError as err:
            raise ReadError(f"{url} sent something that does not unpack: {err}") from err
        except _FOREIGN as err:
            raise _translated(err, url) from err
        headers = tuple((name.lower(), value) for name, value in response.headers.items())
        return Page(bytes(body), url, _charset(response.headers.get("content-type", "")), headers)

    def _keep(self, url: str, page: Page) -> None:
        etag, modified = page.header("etag"), page.header("last-modified")
        if self._store and (etag or modified) and "no-store" not in page.header("cache-control"):
            import hashlib

            digest = hashlib.sha256(page.body).hexdigest()
            self._store.put(url, Stored(without_credentials(page.url), page.charset, etag, modified, digest), page.body)


class _Opened:
    """An open response; errors on the way to it become ours."""

    def __init__(self, client: httpx.Client, request: httpx.Request, url: str) -> None:
        self._client = client
        self._request = request
        self._url = url

    def __enter__(self) -> httpx.Response:
        try:
            self._response = self._client.send(self._request, stream=True)
        except _FOREIGN as err:
            raise _translated(err, self._url) from err
        return self._response

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._response.close()


_FOREIGN = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    httpcore.ConnectError,
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    OSError,
)


def _translated(err: Exception, url: str) -> ReadError | _RetryableError:
    """Return a foreign error as ours; a `_RetryableError` for what may pass by itself."""
    if isinstance(err, MetadataAddressError):
        return ReadError(f"{url} is refused: {err}", hint="no article is there; it stays closed whatever is allowed")
    if isinstance(err, PrivateAddressError):
        return ReadError(f"{url} is refused: {err}", hint="--allow-private reads from addresses of your own network")
    if isinstance(err, httpcore.TimeoutException | httpx.TimeoutException):
        return _too_slow(url)
    if isinstance(err, httpcore.ProtocolError | httpx.ProtocolError | httpx.InvalidURL | httpx.StreamError):
        return ReadError(
            f"{url} does not answer as a web server does: {err}", hint="check the address, or save the page"
        )
    text = str(err)
    if isinstance(err, ssl.SSLError) or "CERTIFICATE" in text.upper() or "SSL" in text:
        return ReadError(f"{url} has no valid certificate: {text}", hint="save the page in a browser and read the file")
    error = ReadError(f"cannot reach {url}: {text or type(err).__name__}", hint="check the address and the network")
    # An unknown name stays unknown; a refused or broken connection may come back.
    return error if "Name or service" in text or "resolution" in text else _RetryableError(error)


def _too_slow(url: str) -> ReadError:
    return ReadError(f"{url} does not answer in time", hint="try again later, or raise timeout_s under [read]")


def _too_large(url: str, limit: int) -> ReadError:
    return ReadError(
        f"{url} is larger than {limit:,} bytes", hint="no article is; if this one is, raise max_bytes under [read]"
    )


def _refuse_status(response: httpx.Response, url: str) -> None:
    status = response.status_code
    if status in (401, 402, 403, 451):
        raise ReadError(
            f"{url} refuses us ({status})", hint="open it in a browser, save or copy the article, and read that"
        )
    error = ReadError(f"{url} answers {status} {response.reason_phrase}", hint="check the address")
    if status in _AGAIN:
        stated = response.headers.get("retry-after", "")
        raise _RetryableError(error, float(stated) if stated.isdecimal() else 0.0)
    if not response.is_success:
        raise error


def _checked(url: str, base: str = "") -> str:
    """Return an address, seen from `base`, fit for a request: without its fragment.

    Raises:
        ReadError: It is no http(s) address.
    """
    try:
        url = urljoin(base, url)
        parts = urlsplit(url)
        port_is_real = parts.port is None or parts.port > 0
        parsed = httpx.URL(url.split("#", 1)[0])
    except (ValueError, httpx.InvalidURL) as err:
        raise ReadError(
            f"{url!r} is not an address: {err}", hint="addresses look like https://example.com/article"
        ) from err
    if parts.scheme.lower() not in ("http", "https") or not parsed.host or "%" in parsed.host or not port_is_real:
        raise ReadError(f"{url!r} is not an http address", hint="addresses look like https://example.com/article")
    return str(parsed)


def _charset(content_type: str) -> str:
    match = re.search(r"charset\s*=\s*[\"']?([\w:.-]{2,30})", content_type, re.IGNORECASE)
    return match[1] if match else ""


def _store_folder(settings: ReadSettings) -> Path:
    if settings.cache_dir:
        return Path(settings.cache_dir).expanduser() / "pages"
    import platformdirs

    return platformdirs.user_cache_path("tts-news") / "pages"


def fetch(url: str, settings: ReadSettings) -> Page:
    """Return one page, see `Fetcher.fetch`.

    Raises:
        ReadError: It cannot be had.
    """
    with Fetcher(settings) as fetcher:
        return fetcher.fetch(url)
