"""A hook of mkdocs: a link to a page of the other language, another site, leads to what that page is built as."""

from __future__ import annotations

import re
from typing import Any


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Return a page with such links to .html."""
    return re.sub(r"(\]\((?:\.\./|ar/)[\w./-]+)\.md\b", r"\1.html", markdown)
