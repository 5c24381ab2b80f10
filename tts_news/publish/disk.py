"""What the disk refuses, as an error of this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tts_news import files
from tts_news.errors import PublishError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path


def disk_errors(path: Path) -> AbstractContextManager[None]:
    """Turn an OSError about `path` into a PublishError that says what can be done."""
    return files.disk_errors(path, PublishError, elsewhere="choose another folder with --output")
