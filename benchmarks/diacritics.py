"""Error rate and speed of diacritisation: ours, the models we build on, and their peers, on the same lines in one run.

    python benchmarks/diacritics.py [FILE] [--peers]

FILE holds fully vowelled lines; without one it is tests/quality/data/vowelled.txt. `--peers` adds the other
diacritisers of PyPI that are installed (mishkal, dengjen-tashkeel-py). Everything runs on one core; the time is this
process's own processor time. Errors: share of letters whose marks sound different, endings included
(`tts_news.script.diacritics.letter_errors`); a line whose letters a tool changed is wrong throughout.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

OWN_LINES = Path(__file__).parent.parent / "tests" / "quality" / "data" / "vowelled.txt"
RAWI_MODELS = ("rawi-v3-int8", "rawi-v2-int8", "rawi-int8", "rawi-ensemble", "bilstm-int8")

Tool = Callable[[str], str]


def ours() -> Tool:
    from tts_news.script import diacritise

    return diacritise


def piper() -> Tool:
    from onnxruntime import InferenceSession, SessionOptions
    from piper.tashkeel import TASHKEEL_DIR, TashkeelDiacritizer

    tool = TashkeelDiacritizer()
    options = SessionOptions()
    options.intra_op_num_threads = 1
    tool.session = InferenceSession(TASHKEEL_DIR / "model.onnx", options)
    return tool.diacritize


def rawi(model: str) -> Tool:
    os.environ["TT_ORT_THREADS"] = "1"
    from text2tashkeel import Diacritizer

    return Diacritizer(model).diacritize


def mishkal() -> Tool:
    from mishkal.tashkeel import TashkeelClass

    return TashkeelClass().tashkeel


def dengjen() -> Tool:
    return importlib.import_module("dengjen_tashkeel_py").tashkeel


def tools(peers: bool) -> Iterator[tuple[str, Callable[[], Tool]]]:
    yield "tts-news", ours
    yield "piper-tts", piper
    for model in RAWI_MODELS:
        yield f"text2tashkeel {model}", lambda model=model: rawi(model)
    if peers:
        yield "dengjen-tashkeel-py", dengjen
        yield "mishkal", mishkal


def main() -> None:
    from tts_news.script.diacritics.letter_errors import Errors, errors
    from tts_news.script.diacritics.marks import is_letter, strip

    def letters(text: str) -> list[str]:
        return list(filter(is_letter, strip(text)))

    files = [a for a in sys.argv[1:] if not a.startswith("--")]
    lines = (
        Path(files[0]).read_text(encoding="utf-8").splitlines() if files else OWN_LINES.read_text("utf-8").splitlines()
    )
    lines = [line for line in lines if line.strip()]
    bare = [strip(line) for line in lines]
    print(f"{len(lines)} lines, {sum(map(len, bare))} characters")
    print(f"{'':30}{'letters wrong':>14}{'endings':>9}{'changed':>9}{'chars/s':>9}")
    for name, load in tools("--peers" in sys.argv):
        try:
            tool = load()
        except ImportError as err:
            print(f"{name:30}{'not installed':>14} ({err.name})")
            continue
        tool(bare[0])
        start = time.process_time()
        said = [tool(line) for line in bare]
        spent = time.process_time() - start
        total = Errors()
        for line, got in zip(lines, said, strict=True):
            total += errors(line, got)
        changed = sum(letters(got) != letters(line) for line, got in zip(bare, said, strict=True))
        endings = total.endings / total.letters
        speed = sum(map(len, bare)) / spent
        print(f"{name:30}{total.rate:>14.2%}{endings:>9.2%}{changed:>9}{speed:>9.0f}", flush=True)


if __name__ == "__main__":
    main()
