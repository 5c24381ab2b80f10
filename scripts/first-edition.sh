#!/bin/sh
# Set tts-news up in .venv, from PyPI only, and make an edition of an example article.
set -eu
cd "$(dirname "$0")/.."
. scripts/venv.sh
make_venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
.venv/bin/tts-news make examples/solar-farm.txt
