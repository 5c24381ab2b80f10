#!/bin/sh
# Set up and pass the tests: all on the checkout, then on the built wheel those that what is packed can break (data files,
# voices, entry point). One process for each core. Arguments go to pytest (`-m slow`, a path, `-n 0` ...) both times.
set -eu
cd "$(dirname "$0")/.."
. scripts/venv.sh

# Each process begins with a run of neighbouring tests, so what a file sets up is set up once; who is done takes over.
# "logical": with psutil at hand "auto" leaves out the second thread of a core. Each holds the models: eight are enough.
parallel='-n logical --maxprocesses 8 --dist worksteal'

# tests/offline watch the system calls of the commands.
if ! command -v strace >/dev/null; then
    $(command -v sudo || true) apt-get update -q
    $(command -v sudo || true) apt-get install -y -q --no-install-recommends strace
fi
make_venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
echo "== tests on the checkout"
.venv/bin/pytest $parallel "$@"

make_venv .venv-wheel .venv
rm -rf dist
.venv/bin/python -m build --wheel --outdir dist . >/dev/null
.venv-wheel/bin/pip install --quiet --disable-pip-version-check --force-reinstall --no-deps dist/*.whl
echo "== tests on the wheel"
# Its files are those of the checkout, test_packed sees to that: what is left is where it looks for them, and its command.
[ $# -gt 0 ] || set -- tests/test_packed.py tests/test_doctor.py tests/test_make.py tests/commands tests/contracts
.venv-wheel/bin/python -P -m pytest $parallel "$@"
