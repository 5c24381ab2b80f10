"""What libraries and rooms log, on stderr: their warnings alone, unless the user asks for more."""

from __future__ import annotations

import logging

from tts_news.errors import as_line
from tts_news.words import message, translated


def show_logs(*, verbose: bool = False) -> None:
    """Show errors of libraries and warnings of ours; with `verbose` all that is worth knowing."""
    logging.addLevelName(logging.WARNING, translated("warning"))
    logging.addLevelName(logging.ERROR, translated("error"))
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter("%(levelname)s: %(message)s"))
    logging.basicConfig(level=logging.INFO if verbose else logging.ERROR, handlers=[handler])
    logging.getLogger("tts_news").setLevel(logging.INFO if verbose else logging.WARNING)


class _Formatter(logging.Formatter):
    """A line in the reader's language."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        record.message = message(as_line(record.message))
        return super().formatMessage(record)
