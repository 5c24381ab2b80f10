#!/bin/sh
# The real coqui-tts on tiny models, in .venv-coqui: about half a gigabyte to fetch, four minutes the first time.
# torchcodec, which reads reference recordings, wants the shared libraries of Debian's ffmpeg.
set -eu
cd "$(dirname "$0")/.."
. scripts/venv.sh
if ! command -v ffmpeg >/dev/null; then
    $(command -v sudo || true) apt-get update -q
    $(command -v sudo || true) apt-get install -y -q --no-install-recommends ffmpeg
fi
make_venv .venv-coqui
.venv-coqui/bin/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[coqui,dev]'
echo "== tests of real coqui-tts models"
.venv-coqui/bin/pytest --override-ini=addopts='-q --import-mode=importlib --strict-markers -p no:cacheprovider' "$@" tests/coqui
