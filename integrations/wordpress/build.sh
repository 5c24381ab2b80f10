#!/bin/sh
# Compiles the translations and packs build/tts-news.zip, which WordPress installs. Needs gettext and python3.
#   sh integrations/wordpress/build.sh
# `--words` writes the .pot anew and merges it into the .po files first, after a word of the plugin has changed.
set -eu
cd "$(dirname "$0")/tts-news"
words() {
	xgettext --from-code=UTF-8 --language=PHP --add-comments=translators --sort-by-file --no-wrap --add-location=file \
		--package-name=tts-news --keyword=__ --keyword=esc_html__ --keyword=esc_attr__ --keyword=esc_html_e \
		--output="$1" tts-news.php includes/*.php
	sed -i -e '/^"POT-Creation-Date/d' -e 's/charset=CHARSET/charset=UTF-8/' "$1"
}
if [ "${1:-}" = --words ]; then
	words languages/tts-news.pot
	for po in languages/*.po; do msgmerge --quiet --no-wrap --no-fuzzy-matching --update --backup=none "$po" languages/tts-news.pot; done
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
words "$work/now.pot"
if ! diff "$work/now.pot" languages/tts-news.pot >&2; then
	echo "the words have changed: run build.sh --words, and translate" >&2
	exit 1
fi
for po in languages/*.po; do
	msgfmt --check --statistics --output-file="${po%.po}.mo" "$po" 2>"$work/said" || { cat "$work/said" >&2; exit 1; }
	if grep -q 'untranslated\|fuzzy' "$work/said"; then
		echo "$po: $(cat "$work/said")" >&2
		exit 1
	fi
done
cp ../../../LICENSE "$work/LICENSE"
mkdir -p ../build
python3 - "$work/LICENSE" <<'PY'
import sys, zipfile
from pathlib import Path

with zipfile.ZipFile("../build/tts-news.zip", "w", zipfile.ZIP_DEFLATED) as packed:
    for path in sorted(Path(".").rglob("*")):
        if path.is_file():
            packed.write(path, Path("tts-news", path))
    packed.write(sys.argv[1], "tts-news/LICENSE")
PY
echo "integrations/wordpress/build/tts-news.zip"
