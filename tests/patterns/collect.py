"""Every pattern of the package, printed as JSON: those of its modules, and those that are built while it reads.

Run in a process of its own: `re` is listened to before the first module of the package is loaded.
"""

from __future__ import annotations

import ast
import importlib
import io
import json
import pkgutil
import re
import sys
from pathlib import Path
from typing import Any

seen: dict[tuple[str, int], str] = {}


def listen() -> None:
    """Note each pattern that is compiled by a line of the package; the lazy ones are compiled where they stand."""
    from tts_news import patterns

    compile_ = re._compile  # type: ignore[attr-defined]

    def noting(pattern: Any, flags: Any) -> Any:
        frame = sys._getframe(1)
        while frame is not None and frame.f_globals.get("__name__") in ("re", __name__):
            frame = frame.f_back  # type: ignore[assignment]
        module = frame.f_globals.get("__name__", "") if frame else ""
        if module.startswith("tts_news"):
            text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
            if isinstance(text, str):
                seen.setdefault((text, int(flags)), f"{module}:{frame.f_lineno}")
        return compile_(pattern, flags)

    def at_once(pattern: str, flags: int = 0, *, needs: object = ()) -> re.Pattern[str]:
        del needs
        return re.compile(pattern, flags)

    re._compile = noting  # type: ignore[attr-defined]
    patterns.lazy = at_once  # type: ignore[assignment]


def load_all() -> None:
    """Import every module that the libraries at hand allow, and note the literal patterns inside functions."""
    import tts_news

    for module in pkgutil.walk_packages(tts_news.__path__, "tts_news."):
        if module.name.endswith("__main__"):
            continue
        importlib.import_module(module.name)
    for path in Path(tts_news.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str)
            ):
                flags = re.IGNORECASE if "IGNORECASE" in ast.dump(node) else re.NOFLAG
                seen.setdefault((node.args[0].value, int(flags)), f"{_module(path)}:{node.lineno}")


def _module(path: Path) -> str:
    return ".".join(("tts_news", *path.parts[path.parts.index("tts_news") + 1 :])).removesuffix(".py")


def work() -> None:
    """Read and write out what has a bit of everything: patterns that are built on the way are compiled on the way."""
    from tests.fuzz import seeds
    from tts_news.errors import TtsNewsError
    from tts_news.read import read_source
    from tts_news.read.settings import ReadSettings
    from tts_news.script import normalise

    for text in (seeds.PAGE, seeds.PLAIN_PAGE, seeds.RSS, seeds.ATOM, seeds.WORDPRESS, seeds.MARKDOWN, seeds.PASTE):
        list(read_source("-", ReadSettings(cache_dir="off", timeout_s=0.1), io.BytesIO(text.encode())))
    lines = (Path(__file__).parents[1] / "quality" / "readings").glob("*.tsv")
    for path in lines:
        for line in path.read_text(encoding="utf-8").splitlines()[:400]:
            try:
                normalise(line.split("\t")[0])
            except TtsNewsError:
                continue


if __name__ == "__main__":
    listen()
    load_all()
    work()
    json.dump([[text, flags, place] for (text, flags), place in seen.items()], sys.stdout)
