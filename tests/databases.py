"""Databases that tests open and leave."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest


@contextmanager
def databases_closed() -> Iterator[None]:
    """Close every database that is opened in it, as the end of a process would: Python 3.13 warns of others."""
    opened: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def connecting(*names: Any, **options: Any) -> sqlite3.Connection:
        opened.append(connect(*names, **options | {"check_same_thread": False}))  # closed here, wherever it was opened
        return opened[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", connecting)
        yield
    for base in opened:
        with suppress(sqlite3.ProgrammingError):  # of a thread that has ended, and closed it
            base.close()
