"""How many written numbers, dates, sums and signs are read as a careful newsreader reads them: ours and public tools.

    python -m pip install num2words2 arabic-tts-frontend pyarabic && python -m benchmarks.readings

The tables are those of tests/quality/readings; the score ignores diacritics, punctuation and the seat of the hamza. A
tool that only spells numbers is given every run of digits on its own. Tools that are not installed are named and left
out.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from tests.quality.reading_score import Case, cases, is_clean, score
from tts_news.script import normalise

TABLES = Path(__file__).parent.parent / "tests" / "quality" / "readings"

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_FOLD = str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789.")


def by_numbers(spell: Callable[[str], str]) -> Callable[[str], str]:
    return lambda line: _NUMBER.sub(lambda match: spell(match[0]), line.translate(_FOLD))


def num2words() -> Callable[[str], str]:
    module = import_module("num2words")
    return by_numbers(lambda digits: str(module.num2words(digits, lang="ar")))


def num2words2() -> Callable[[str], str]:
    module = import_module("num2words2")
    return by_numbers(lambda digits: str(module.num2words(float(digits) if "." in digits else int(digits), lang="ar")))


def frontend() -> Callable[[str], str]:
    module = import_module("arabic_tts_frontend")
    return lambda line: str(module.normalise(line).tts)


def pyarabic() -> Callable[[str], str]:
    numbers = import_module("pyarabic.number").ArNumbers()
    return by_numbers(lambda digits: str(numbers.int2str(digits)))


TOOLS = {
    "tts-news": lambda: normalise,
    "num2words": num2words,
    "num2words2": num2words2,
    "arabic-tts-frontend": frontend,
    "pyarabic": pyarabic,
}


def readings(tool: Callable[[str], str], rows: list[Case]) -> list[str]:
    said = []
    for case in rows:
        try:
            said.append(tool(case.written))
        except (ValueError, IndexError, KeyError, TypeError, OverflowError, NotImplementedError, ArithmeticError):
            said.append("")  # a tool that gives up has not read it
    return said


def main() -> None:
    rows = cases(TABLES)
    columns: dict[str, dict[str, tuple[int, int]]] = {}
    notes = []
    for name, load in TOOLS.items():
        try:
            tool = load()
        except ImportError:
            notes.append(f"{name}: not installed")
            continue
        readings(tool, rows)  # tables and patterns are loaded once per process
        start = time.process_time()
        said = readings(tool, rows)
        taken = time.process_time() - start
        columns[name] = score(rows, said)
        clean = sum(map(is_clean, said)) / len(rows)
        size = sum(len(case.written.encode()) for case in rows)
        notes.append(f"{name}: {clean:.1%} clean, {size / taken / 1000:.0f} kB/s")
    print(f"{'kind':16}{'rows':>6}" + "".join(f"{name:>21}" for name in columns))
    for kind in dict.fromkeys(case.kind for case in rows):
        total = next(iter(columns.values()))[kind][1]
        print(f"{kind:16}{total:>6}" + "".join(f"{table[kind][0] / total:>21.0%}" for table in columns.values()))
    print(
        f"{'all':16}{len(rows):>6}"
        + "".join(f"{sum(right for right, _ in table.values()) / len(rows):>21.1%}" for table in columns.values())
    )
    print("\n".join(notes))


if __name__ == "__main__":
    main()
