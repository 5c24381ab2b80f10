"""What a room offers, found in its modules when it is asked for: a door that prints its help loads none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def exports(room: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Return a room's `__getattr__` (PEP 562) for the names it offers, each with the module of the room that has it."""

    def find(name: str) -> Any:
        if name in homes:
            return getattr(import_module(f"{room}.{homes[name]}"), name)
        raise AttributeError(f"module {room!r} has no attribute {name!r}")

    return find
