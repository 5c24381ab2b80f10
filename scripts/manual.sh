#!/bin/sh
# Build the manual, English and Arabic, into site/: pages for any web host, with their own search; to read them here:
# python -m http.server -d site
# Needs the extra `docs` in the environment that `python` is of (pip install ".[docs]").
set -eu
cd "$(dirname "$0")/.."
python="${PYTHON:-.venv/bin/python}"
export NO_MKDOCS_2_WARNING=1
"$python" scripts/words.py
"$python" scripts/manual.py
"$python" -m mkdocs build --quiet --strict --clean -f mkdocs.yml
"$python" -m mkdocs build --quiet --strict -f mkdocs.ar.yml
# A page that asks another host for anything tells it who reads.
if grep -rlE '<(script|link|img)[^>]+(src|href)="https?://' site --include='*.html' | grep -q .; then
    echo "the manual asks another host for something" >&2
    exit 1
fi
echo "site/index.html  site/ar/index.html"
