"""The pages of the manual that the code writes are what it writes."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_verbs_and_settings_are_those_of_the_code() -> None:
    spec = importlib.util.spec_from_file_location("manual", ROOT / "scripts" / "manual.py")
    assert spec is not None
    assert spec.loader is not None
    manual = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(manual)
    stale = [str(path) for path, text in manual.pages().items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "python scripts/manual.py"


def test_every_page_has_its_other_language() -> None:
    arabic = {path.name for path in (ROOT / "docs" / "ar").glob("*.md")}
    assert arabic == {"index.md", "editor.md", "engineer.md", "listener.md", "cookbook.md", "verbs.md"}
    assert arabic <= {path.name for path in (ROOT / "docs").glob("*.md")}
