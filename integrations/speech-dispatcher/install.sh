#!/bin/sh
# Installs the voice of a screen reader for the user who runs it: tts-news, its systemd units, Speech Dispatcher's module.
#
#     sh integrations/speech-dispatcher/install.sh [--remove]
#
# Nothing outside the home folder is written, and no setting of Speech Dispatcher's or Orca's is changed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
home=$data/tts-news
config=${XDG_CONFIG_HOME:-$HOME/.config}
module=$data/../libexec/speech-dispatcher-modules/sd_tts-news # as Speech Dispatcher looks for it

if [ "${1:-}" = --remove ]; then
	systemctl --user disable --now tts-news-speech.socket tts-news-speech.service || true
	rm -rf "$home" "$module" "$config/speech-dispatcher/modules/tts-news.conf" "$config"/systemd/user/tts-news-speech.*
	exit
fi

echo "tts-news into $home"
python3 -m venv "$home"
"$home/bin/pip" install --quiet --disable-pip-version-check --constraint "$root/constraints.txt" "$root[server]"

echo "its units into $config/systemd/user"
mkdir -p "$config/systemd/user" "$config/tts-news"
for unit in service socket; do
	sed "s#%h/.local/share/tts-news#$home#" "$root/integrations/systemd/user/tts-news-speech.$unit" \
		>"$config/systemd/user/tts-news-speech.$unit"
done
systemctl --user daemon-reload
systemctl --user enable --now tts-news-speech.socket tts-news-speech.service

echo "the module to $module"
mkdir -p "$(dirname "$module")" "$config/speech-dispatcher/modules"
install -m 755 "$here/sd_tts_news.py" "$module"
[ -e "$config/speech-dispatcher/modules/tts-news.conf" ] ||
	cp "$here/tts-news.conf" "$config/speech-dispatcher/modules/tts-news.conf"

echo "Speech Dispatcher finds it when it starts again:  killall speech-dispatcher; spd-say -o tts-news 'أهلا'"
