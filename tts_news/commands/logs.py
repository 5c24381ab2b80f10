"""What libraries and rooms log, on stderr: their warnings alone, unless the user asks for more."""

from __future__ import annotations

import logging


def show_logs(*, verbose: bool = False) -> None:
    """Show errors of libraries and warnings of ours; with `verbose` all that is worth knowing."""
    logging.addLevelName(logging.WARNING, "warning")
    logging.addLevelName(logging.ERROR, "error")
    logging.basicConfig(level=logging.INFO if verbose else logging.ERROR, format="%(levelname)s: %(message)s")
    logging.getLogger("tts_news").setLevel(logging.INFO if verbose else logging.WARNING)
