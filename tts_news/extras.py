"""How what this copy of tts-news lacks is installed: it is on no index, so a hint names the place it came from.

Ground floor: a room that finds a library missing asks here for the command.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit


def install_hint(extra: str) -> str:
    """Return the command that adds an extra to this copy.

    `direct_url.json`, which pip writes beside what it installs, says whether that was a checkout, a checkout that is
    worked on, or a wheel. Source: PyPA, "Recording the Direct URL Origin of installed distributions".
    """
    address, editable = _origin()
    parts = urlsplit(address)
    if parts.scheme != "file":
        return f'{_pip()} install "tts-news[{extra}]{f" @ {address}" if address else ""}"'
    place = Path(unquote(parts.path))
    named = short_path(place) if place.exists() else place.name  # a wheel may have been moved since
    return f'{_pip()} install {"--editable " if editable else ""}"{named}[{extra}]"'


def pip_hint(requirement: str) -> str:
    """Return the command that installs a library anew, which is on an index."""
    return f'{_pip()} install --force-reinstall "{requirement}"'


def short_path(path: Path) -> str:
    """Return a path as one would type it here: relative to the working folder where it lies in it, "." for itself."""
    try:
        inside = path.absolute().relative_to(Path.cwd())
    except (OSError, ValueError):  # elsewhere, or the working folder is gone
        return str(path)
    return str(inside)


def _origin() -> tuple[str, bool]:
    """Return the address this copy was installed from, and whether it is edited in place; "" is an index.

    A checkout that was never installed and only stands in the path is edited in place.
    """
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        text = distribution("tts-news").read_text("direct_url.json")
    except PackageNotFoundError:
        return Path(__file__).parents[1].as_uri(), True
    if not text:
        return "", False
    facts = json.loads(text)
    return facts["url"], bool(facts.get("dir_info", {}).get("editable"))


def _pip() -> str:
    """Return the pip of the environment we run in: a system's own refuses (PEP 668), and installs elsewhere."""
    if sys.prefix == sys.base_prefix:
        return "pip"
    return short_path(Path(sys.prefix) / ("Scripts" if os.name == "nt" else "bin") / "pip")
