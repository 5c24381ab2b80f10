"""The whole way in one command: the teacher's speech, the student's training, the model file."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Run the three steps; each goes on where it was stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--voice", type=Path, required=True, help="the teacher, see README.md")
    parser.add_argument("--sentences", type=Path, help="the corpus's prompts; optional")
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--out", type=Path, default=HERE.parent / "model.onnx")
    parser.add_argument("--hours", type=float, default=7.0)
    parser.add_argument("--steps", type=int, default=10000)
    args = parser.parse_args()
    prompts = ["--sentences", args.sentences] if args.sentences else []
    run("teacher.py", "--voice", args.voice, *prompts, "--out", args.data, "--hours", args.hours)
    run("train.py", "--data", args.data, "--steps", args.steps, "--hold", round(args.steps * 0.65))
    run("export.py", "--data", args.data, "--out", args.out)


def run(script: str, *args: object) -> None:
    """Run one step and stop when it fails."""
    subprocess.run([sys.executable, HERE / script, *map(str, args)], check=True)


if __name__ == "__main__":
    main()
