"""Azure's speech service over a websocket: the same sound as by a request, and when each word begins and ends.

Messages of text are headers, an empty line and a body; messages of bytes begin with the length of their headers, two
bytes, big-endian. Source: the protocol of Azure's Speech SDK, "Get facial position and word boundary events".
"""

from __future__ import annotations

import json
import struct
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from tts_news.errors import SpeakError
from tts_news.sound import WordTime
from tts_news.speak.patience import Refused, Unreached, ask_patiently
from tts_news.speak.speech_server import MOST_BYTES, TIMEOUT_S
from tts_news.speak.trust import is_local

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

PATH = "/cognitiveservices/websocket/v1"
_TICKS_PER_S = 10_000_000


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back: 16-bit samples as bytes, and the words Azure read with their times."""

    sound: bytes
    words: tuple[WordTime, ...]


class SpeechSocket:
    """An address that is asked over a websocket, a connection for each utterance.

    Args:
        url: Its address, ws:// or wss://.
        headers: Sent when it is opened, the key among them.
        sound: Azure's name of the format of the sound.
        refusal: The hint where the key is not accepted.
    """

    def __init__(self, url: str, headers: Mapping[str, str], sound: str, refusal: str) -> None:
        self._url, self._headers, self._sound, self._refusal = url, dict(headers), sound, refusal

    def ask(self, ssml: str, where: str) -> Heard:
        """Return what Azure says to a document.

        Raises:
            SpeakError: It cannot be reached, refused it or broke off; begins with `where`.
        """
        from websockets.exceptions import InvalidHandshake, InvalidStatus, WebSocketException
        from websockets.sync.client import connect

        def attempt() -> Heard | Refused | Unreached:
            try:
                headers = self._headers | {"X-ConnectionId": uuid.uuid4().hex}
                with connect(
                    self._url,
                    additional_headers=headers,
                    open_timeout=TIMEOUT_S,
                    max_size=MOST_BYTES,
                    proxy=None if is_local(self._url) else True,
                    create_connection=_staying(),
                ) as connection:
                    return self._talk(connection, ssml, where)
            except InvalidStatus as err:
                answer = err.response
                said = (answer.body or b"").decode(errors="replace")
                return Refused(answer.status_code, said, answer.headers.get("Retry-After", ""))
            except (InvalidHandshake, WebSocketException, OSError, TimeoutError) as err:
                return Unreached(err)

        return ask_patiently(f"{where}: {self._url}", self._refusal, attempt)

    def _talk(self, connection: ClientConnection, ssml: str, where: str) -> Heard:
        from websockets.exceptions import ConnectionClosed

        request = uuid.uuid4().hex
        for path, kind, body in self._messages(ssml):
            connection.send(_message(path, kind, body, request))
        sound = bytearray()
        words: list[WordTime] = []
        try:
            while (told := _parse(connection.recv(timeout=TIMEOUT_S))).path != "turn.end":
                if told.path == "audio":
                    sound += told.body
                    if len(sound) > MOST_BYTES:
                        raise SpeakError(f"{where}: {self._url} sends more than {MOST_BYTES} bytes")
                elif told.path == "audio.metadata":
                    words += _boundaries(told.body)
        except ConnectionClosed as err:
            reason = err.rcvd.reason if err.rcvd else ""
            if not reason:
                raise
            # It says what it does not like of the document, and will not like it better the next time.
            raise SpeakError(f"{where}: {self._url} closed: {reason}") from err
        except (ValueError, KeyError, TypeError, struct.error) as err:
            raise SpeakError(f"{where}: {self._url} answered what is no speech: {err}") from err
        return Heard(bytes(sound), tuple(words))

    def _messages(self, ssml: str) -> Iterator[tuple[str, str, str]]:
        """Yield path, type and body of each message that asks."""
        config = {"context": {"system": {"name": "tts-news", "version": "1"}}}
        wanted = {"wordBoundaryEnabled": True, "punctuationBoundaryEnabled": False, "sentenceBoundaryEnabled": False}
        audio = {"metadataOptions": wanted, "outputFormat": self._sound}
        yield "speech.config", "application/json", json.dumps(config)
        yield "synthesis.context", "application/json", json.dumps({"synthesis": {"audio": audio}})
        yield "ssml", "application/ssml+xml", ssml


@cache
def _staying() -> type[ClientConnection]:
    """Return a connection that follows no redirect: the library would take the key along to another's address."""
    from websockets.exceptions import InvalidStatus
    from websockets.sync.client import ClientConnection

    class Staying(ClientConnection):
        def handshake(self, *asked: Any, **named: Any) -> None:
            try:
                super().handshake(*asked, **named)
            except InvalidStatus as err:
                err.response.headers.pop("Location", None)
                raise

    return Staying


def _message(path: str, kind: str, body: str, request: str) -> str:
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return f"Path: {path}\r\nX-RequestId: {request}\r\nX-Timestamp: {now}\r\nContent-Type: {kind}\r\n\r\n{body}"


@dataclass(frozen=True, slots=True)
class _Told:
    path: str
    body: bytes


def _parse(message: str | bytes) -> _Told:
    """Return the path and the body of a message."""
    if isinstance(message, str):
        head, _, rest = message.partition("\r\n\r\n")
        body = rest.encode()
    else:
        (length,) = struct.unpack_from(">H", message)
        head, body = message[2 : 2 + length].decode(), message[2 + length :]
    lines = (line.partition(":") for line in head.splitlines())
    headers = {name.strip().lower(): value.strip() for name, _, value in lines}
    return _Told(headers["path"].lower(), body)


def _boundaries(body: bytes) -> Iterator[WordTime]:
    """Yield the words of a message of metadata; their times are in ticks of 100 ns."""
    told: Mapping[str, Any]
    for told in json.loads(body)["Metadata"]:
        data = told["Data"]
        if told["Type"] == "WordBoundary" and data["text"].get("BoundaryType", "WordBoundary") == "WordBoundary":
            begin = int(data["Offset"])
            end = begin + int(data["Duration"])
            yield WordTime(str(data["text"]["Text"]), begin / _TICKS_PER_S, end / _TICKS_PER_S)
