"""Compiles the Arabic words into the package, for a wheel and for a checkout that is installed in place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Writes the .mo beside each .po."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's interface
        """Compile before the files are gathered."""
        for po in Path(self.root, "tts_news", "locale").glob("ar/LC_MESSAGES/*.po"):
            with po.open("rb") as file, po.with_suffix(".mo").open("wb") as out:
                write_mo(out, read_po(file, locale="ar"))
            build_data["artifacts"].append(str(po.with_suffix(".mo").relative_to(self.root)))
