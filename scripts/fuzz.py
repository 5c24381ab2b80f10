"""Fuzz what reads strangers' bytes, guided by coverage: `python scripts/fuzz.py [NAME...] --seconds 60`.

The targets are in `tests/fuzz/targets.py`. Each runs in a process of its own under atheris (libFuzzer), from its seeds
and from what earlier runs found to lead somewhere new (kept in build/fuzz). A finding ends the target: the input goes
to build/fuzz/NAME.finding, to be mended and then kept under tests/fuzz/found/NAME. Needs `pip install atheris`.
"""

from __future__ import annotations

import argparse
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "fuzz"
SLOW_S = 10  # of the processor: a busy machine is no finding
HANG_S = 120
MEMORY_MB = 300
LONGEST = 6000  # bytes of one input; the seeds have at most 4,000
sys.path.insert(0, str(ROOT))


def fuzz(name: str) -> None:
    """Fuzz one target in this process; ends the process. Further arguments are libFuzzer's."""
    import atheris

    with atheris.instrument_imports(include=["tts_news"], enable_loader_override=False):
        from tests.fuzz.targets import TARGETS, offline

        target = TARGETS[name]
        with offline():
            for seed in target.seeds():  # loads, and so instruments, what is imported where it is used
                target.work(seed)
    with offline():
        atheris.Setup([sys.argv[0], *sys.argv[3:]], _in_time(target.work))
        atheris.Fuzz()


def _in_time(work: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Return the same work, for which it is a fault to take longer than SLOW_S of the processor."""

    def timed(data: bytes) -> None:
        begin = time.process_time()
        work(data)
        took = time.process_time() - begin
        if took > SLOW_S:
            raise RuntimeError(f"{took:.1f} s for {len(data)} bytes")

    return timed


def run(name: str, seconds: int) -> tuple[int, str, str]:
    """Fuzz one target in a child; return (executions, what was found or "", the end of its output)."""
    from tests.fuzz.targets import FOUND, TARGETS

    corpus, finding = BUILD / name, BUILD / f"{name}.finding"
    corpus.mkdir(parents=True, exist_ok=True)
    finding.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        begin, words = Path(folder, "seeds"), Path(folder, "words")
        begin.mkdir()
        known = [path.read_bytes() for path in sorted(FOUND.glob(f"{name}/*"))]
        for number, seed in enumerate((*TARGETS[name].seeds(), *known)):
            (begin / str(number)).write_bytes(seed)
        words.write_text("".join(f'"{_quoted(token)}"\n' for token in TARGETS[name].tokens), encoding="utf-8")
        options = {
            "max_total_time": seconds, "timeout": HANG_S, "report_slow_units": HANG_S, "rss_limit_mb": MEMORY_MB,
            "max_len": LONGEST, "dict": words, "exact_artifact_path": finding, "print_final_stats": 1, "verbosity": 0,
        }  # fmt: skip
        done = subprocess.run(  # noqa: S603 - ourselves
            [sys.executable, __file__, "--inside", name, *(f"-{key}={value}" for key, value in options.items()),
             str(corpus), str(begin)],
            capture_output=True, text=True, errors="replace", check=False, cwd=ROOT,
        )  # fmt: skip
    said = done.stdout + done.stderr
    count = re.search(r"number_of_executed_units: (\d+)", said)
    fault = "" if done.returncode == 0 and not finding.exists() else f"exit {done.returncode}"
    return int(count[1]) if count else 0, fault, said[-4000:]


def _quoted(token: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in token.encode())


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Fuzz the named targets, or all, one after the other; 1 when anything was found."""
    if sys.argv[1:2] == ["--inside"]:
        fuzz(sys.argv[2])
    from tests.fuzz.targets import TARGETS

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("names", nargs="*", choices=[*TARGETS, []], metavar="NAME", help=", ".join(TARGETS))
    options.add_argument("--seconds", type=int, default=60, help="for each target")
    asked = options.parse_args()
    found = 0
    for name in asked.names or TARGETS:
        before = _cpu_s()
        count, fault, said = run(name, asked.seconds)
        took = f"{_cpu_s() - before:5.0f} s of the processor"  # beside others few executions are no slow target
        sys.stdout.write(f"{name:14} {count:9,} executions  {took}  {fault or 'nothing found'}\n")
        sys.stdout.flush()
        if fault:
            found += 1
            sys.stdout.write(f"{said}\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
