"""Where this room's data lie: beside its code. As paths, for importlib.resources takes longer to load than they do."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent / "data"


def data_file(name: str) -> Path:
    """Return the path of a data file."""
    return _FOLDER / name
