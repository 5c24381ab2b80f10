#!/usr/bin/env bash
# The module under a real Speech Dispatcher, heard through a sound server that has a null device for an ear: sound, marks,
# key echo, stop, pause, punctuation, and what is heard when the server is gone. Prints the latencies it measured.
#
#     apt-get install speech-dispatcher pulseaudio pulseaudio-utils espeak-ng
#     bash integrations/speech-dispatcher/test.sh          # TTS_NEWS= another copy of the command, SYMBOLS=char
#
# Nothing of the user's is touched: home, run-time folder and settings are those of a temporary folder.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
tts_news=${TTS_NEWS:-$root/.venv/bin/tts-news}
for need in speech-dispatcher spd-say pulseaudio parec espeak-ng curl python3 "$tts_news"; do
	command -v "$need" >/dev/null || { echo "needs $need: see the head of $0" >&2; exit 2; }
done

work=$(mktemp -d)
started=()
end() {
	local code=$?
	for pid in "${started[@]}" $(cat "$work/serve.pid" 2>/dev/null); do kill "$pid" 2>/dev/null || true; done
	for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
	[ $code -eq 0 ] || tail -n 30 "$work"/*.log >&2 || true
	rm -rf "$work"
	exit $code
}
trap end EXIT
trap 'exit 143' INT TERM
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

export HOME=$work/home XDG_RUNTIME_DIR=$work/run PULSE_SERVER=unix:$work/pulse SPEECHD_ADDRESS=unix_socket:$work/spd
mkdir -m 700 "$HOME" "$XDG_RUNTIME_DIR"
pulseaudio -n --daemonize=no --exit-idle-time=-1 --disable-shm=yes -L "module-native-protocol-unix socket=$work/pulse" \
	-L "module-null-sink sink_name=ear rate=24000 channels=1" >"$work/pulse.log" 2>&1 &
started+=($!)

# the server, as the user's unit starts it
port=$(free_port)
cat >"$work/start" <<SH
#!/bin/sh
cd "$work" && TTS_NEWS_SERVE_REQUESTS_PER_MINUTE=6000 TTS_NEWS_SERVE_ACCESS_LOG=off \
	setsid "$tts_news" serve --port $port -o "$work/show" >>"$work/serve.log" 2>&1 &
echo \$! >"$work/serve.pid"
SH
chmod +x "$work/start"
"$work/start"
until curl -s "http://127.0.0.1:$port/health" | grep -q '"warm":true'; do sleep 0.2; done

# the module where Speech Dispatcher finds it by itself, as install.sh lays it, with the settings of README.md
settings=$HOME/.config/speech-dispatcher
mkdir -p "$HOME/.local/share"
install -D "$here/sd_tts_news.py" "$HOME/.local/libexec/speech-dispatcher-modules/sd_tts-news"
mkdir -p "$settings/modules" "$settings/clients"
printf 'TtsNewsAddress "http://127.0.0.1:%s"\nTtsNewsStart "%s"\n' "$port" "$work/start" >"$settings/modules/tts-news.conf"
{
	sed "s/^SymbolsPreproc .*/SymbolsPreproc \"${SYMBOLS:-none}\"/" /etc/speech-dispatcher/speechd.conf
	printf 'DefaultModule "tts-news"\nDefaultLanguage "ar"\nAudioOutputMethod "pulse"\nAudioPulseDevice "ear"\n'
} >"$settings/speechd.conf"
speech-dispatcher -s -t 0 -S "$work/spd" -c unix_socket -P "$work/spd.pid" -L "$work" >"$work/spd.log" 2>&1 &
started+=($!)
until [ -S "$work/spd" ]; do sleep 0.1; done
python3 "$here/test/hear.py" "$work/spd" "$work/serve.pid"
grep -h '^tts-news:' "$work"/tts-news.log || true
echo PASSED
