"""What is read: bytes and where they came from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes with where they came from: `name` is what the user named, `url` where the server finally sent us."""

    data: bytes
    name: str
    url: str = ""
    charset: str = ""
