"""Webhooks: who is told what becomes of editions, and how it is proved that it was us. Names of Standard Webhooks.

Source: https://github.com/standard-webhooks/standard-webhooks, spec 1.0.0: «Webhook headers», «Signature scheme»,
«Deliverability and reliability».
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tts_news.errors import ConfigError
from tts_news.server.outbox import Message
from tts_news.server.settings import Event, Webhook

_PREFIX: Final = "whsec_"
_SHORTEST, _LONGEST = 24, 64  # bytes of a secret, as the specification has them


@dataclass(frozen=True, slots=True)
class Hook:
    """A receiver: its address, what it is told, and the keys that its messages are signed with."""

    url: str
    events: tuple[Event, ...]
    keys: tuple[bytes, ...]


def make_hook(setting: Webhook, secret: str) -> Hook:
    """Return a receiver.

    Args:
        setting: Its entry in `[serve] webhooks`.
        secret: Its secrets, separated by white space: while one takes the place of another both sign.

    Raises:
        ConfigError: A secret is none.
    """
    keys = tuple(_key(one, setting.url) for one in secret.split())
    if not keys:
        raise ConfigError(f"the secret of {setting.url} is empty", hint="make one: openssl rand -base64 32")
    return Hook(setting.url, tuple(dict.fromkeys(setting.events)), keys)


def _key(text: str, url: str) -> bytes:
    try:
        key = base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except binascii.Error as err:
        raise ConfigError(f"the secret of {url} is no base64", hint="make one: openssl rand -base64 32") from err
    if not _SHORTEST <= len(key) <= _LONGEST:
        raise ConfigError(
            f"the secret of {url} has {len(key)} bytes, {_SHORTEST} to {_LONGEST} are wanted",
            hint="make one: openssl rand -base64 32",
        )
    return key


def sign(hook: Hook, name: str, at: int, body: bytes) -> dict[str, str]:
    """Return the headers of one try: what is signed is the message's id, the time of the try and the body."""
    signed = b".".join((name.encode(), str(at).encode(), body))
    marks = (base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode() for key in hook.keys)
    return {
        "content-type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(f"v1,{mark}" for mark in marks),
    }


def write_messages(hooks: Sequence[Hook], event: Event, subject: str, data: Mapping[str, Any]) -> tuple[Message, ...]:
    """Return what the receivers that want to know of an event are sent."""
    facts = {"type": f"edition.{event}", "timestamp": dt.datetime.now(dt.UTC).isoformat(), "data": data}
    body = json.dumps(facts, ensure_ascii=False)
    return tuple(Message(hook.url, event, subject, body) for hook in hooks if event in hook.events)
