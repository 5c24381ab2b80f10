"""Which voices may send text to an address of their own: those on this machine, and those the user has named.

A folder of voices may come from anywhere, and its `voice.toml` may name any server. The newsroom's text goes to none of
them before the user has agreed to that very address, and a key goes only where the user says so.
"""

from __future__ import annotations

import ipaddress
import json
from pathlib import Path
from urllib.parse import urlsplit

from tts_news.errors import SpeakError
from tts_news.files import disk_errors, lock_folder, write_file

TRUSTED = "trusted.json"


def trust_of(name: str, address: str, folder: Path) -> str:
    """Return what the user allows a voice with an address: "", "text" or "key"; see `VoiceSpec.trust`.

    `folder` is the user's folder of voices, where the list lies.

    Raises:
        SpeakError: The list of trusted voices is damaged.
    """
    entry = _read(folder / TRUSTED).get(name, {})
    if entry.get("address") == address:
        return "key" if entry.get("key") else "text"
    return "text" if is_local(address) else ""


def trust(name: str, address: str, folder: Path, *, with_key: bool) -> None:
    """Note that the user lets a voice send text, and with `with_key` the user's key, to the address it names now.

    Raises:
        SpeakError: The voice has no address, or the list cannot be written.
    """
    if not address:
        raise SpeakError(f"the voice {name} sends nothing anywhere", hint="there is nothing to trust")
    path = folder / TRUSTED
    with disk_errors(path, SpeakError), lock_folder(folder):
        noted = {**_read(path), name: {"address": address, "key": with_key}}
        write_file(path, (json.dumps(noted, indent=1, sort_keys=True) + "\n").encode())


def is_local(address: str) -> bool:
    """Return whether an address is one of this machine, by its name."""
    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _read(path: Path) -> dict[str, dict[str, object]]:
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(dict[str, dict[str, object]]).validate_json(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValidationError) as err:
        raise SpeakError(f"cannot read {path}: {err}", hint="delete it, and trust the voices again") from err
