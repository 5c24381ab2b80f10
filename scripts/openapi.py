"""Write docs/openapi.json, what `/openapi.json` gives: a test holds it to the code.

python scripts/openapi.py
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from tts_news.config import load
from tts_news.server.app import make_app
from tts_news.server.manual import Manual

DOCUMENT = Path(__file__).parents[1] / "docs" / "openapi.json"


def written() -> str:
    """Return the document as it is kept."""
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(load(None, {"publish.output": folder}, {}))
        manual: Manual = app.state.manual
        return json.dumps(manual.document, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    DOCUMENT.write_text(written(), encoding="utf-8")
