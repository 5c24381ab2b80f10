#!/bin/bash
# A real WordPress and a real `tts-news serve`, on loopback, in a folder that is gone afterwards: a post becomes an
# edition and its player stands in the post; an update corrects it; trash withdraws it.
#   apt-get install --no-install-recommends wordpress wordpress-theme-twentytwentyone \
#       wordpress-theme-twentytwentythree php-cli php-mysql mariadb-server gettext
#   bash integrations/wordpress/test.sh            # TTS_NEWS names another tts-news than the checkout's
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
tts_news=${TTS_NEWS:-$root/.venv/bin/tts-news}
wordpress=${WORDPRESS:-/usr/share/wordpress}
for need in php mariadbd mariadb-install-db msgfmt xgettext curl python3 "$tts_news"; do
	command -v "$need" >/dev/null || { echo "needs $need: see the head of $0" >&2; exit 2; }
done
[ -f "$wordpress/wp-load.php" ] || { echo "needs WordPress in $wordpress: see the head of $0" >&2; exit 2; }

work=$(mktemp -d)
started=()
end() {
	local code=$?
	for pid in "${started[@]}"; do kill -- "-$pid" 2>/dev/null || true; done # php's workers outlive it otherwise
	for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
	touch "$work"/{press,drive,set}.log
	[ $code -eq 0 ] || tail -n 20 "$work"/{press,drive,set}.log >&2 || true
	[ $code -eq 0 ] || grep -h 'plugins/tts-news\|PHP Fatal' "$work"/{wordpress,php,drive}.log >&2 || true
	rm -rf "$work"
	exit $code
}
trap end EXIT
trap 'exit 143' INT TERM
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
say() { printf '%s  %s\n' "$(date +%T)" "$*"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
holds() { grep -qF -- "$2" <<<"$1" || fail "«$2» is not in: ${1:0:2000}"; }
lacks() { ! grep -qF -- "$2" <<<"$1" || fail "«$2» is in: ${1:0:2000}"; }
until_() { # SECONDS WHAT COMMAND…: asks every half second
	local until=$((SECONDS + $1)) what=$2
	shift 2
	while ! "$@"; do
		[ $SECONDS -lt $until ] || fail "$what"
		sleep 0.5
	done
}

# the database
mariadb-install-db --no-defaults --auth-root-authentication-method=normal --skip-test-db --user="$(id -un)" \
	--datadir="$work/db" >"$work/install-db.log" 2>&1
setsid mariadbd --no-defaults --user="$(id -un)" --datadir="$work/db" --socket="$work/db.sock" --skip-networking \
	--innodb-flush-log-at-trx-commit=0 --innodb-buffer-pool-size=32M --pid-file="$work/db.pid" >"$work/db.log" 2>&1 &
started+=($!)
database() { mariadb --no-defaults --socket="$work/db.sock" --user=root -e "$1" >"$work/client.log" 2>&1; }
until_ 60 "the database does not start" database "CREATE DATABASE IF NOT EXISTS wp CHARACTER SET utf8mb4"

# WordPress
export HOME_URL="http://127.0.0.1:$(free_port)"
site=$work/site
cp -rL "$wordpress" "$site"
mkdir -p "$site/wp-content/languages" # a site is Arabic when WordPress has Arabic words, though they be none
printf 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: ar\\n"\n' | msgfmt -o "$site/wp-content/languages/ar.mo" -
cat >"$site/wp-config.php" <<PHP
<?php
define( 'DB_NAME', 'wp' );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', 'localhost:$work/db.sock' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'AUTH_KEY', 'of the test' );
define( 'WP_HOME', '$HOME_URL' );
define( 'WP_SITEURL', '$HOME_URL' );
define( 'WP_DEBUG', true );
define( 'WP_DEBUG_LOG', '$work/wordpress.log' );
define( 'WP_DEBUG_DISPLAY', false );
define( 'WP_HTTP_BLOCK_EXTERNAL', true ); // Updates and the like: no other host is asked.
define( 'WP_ACCESSIBLE_HOSTS', '127.0.0.1,localhost' );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
\$table_prefix = 'wp_';
defined( 'ABSPATH' ) || define( 'ABSPATH', __DIR__ . '/' );
require_once ABSPATH . 'wp-settings.php';
PHP
wp() { php "$here/test/drive.php" "$site" "$@" 2>>"$work/drive.log"; }
say "WordPress $(wp install) with $(php -r 'echo PHP_VERSION;'), theme $(wp theme twentytwentyone)"
sh "$here/build.sh" >/dev/null
(cd "$site/wp-content/plugins" && python3 -m zipfile -e "$here/build/tts-news.zip" .)
[ "$(wp activate)" = active ] || fail "the plugin does not start"
PHP_CLI_SERVER_WORKERS=4 setsid php -S "${HOME_URL#http://}" -t "$site" >"$work/php.log" 2>&1 &
started+=($!)
until_ 30 "the site does not answer" curl -sfo /dev/null "$HOME_URL/"

# tts-news, with the voice of the tests: each text a tone
press="http://127.0.0.1:$(free_port)"
secret="whsec_$(python3 -c 'import base64, secrets; print(base64.b64encode(secrets.token_bytes(32)).decode())')"
mkdir -p "$work/press"
cat >"$work/press/tts-news.toml" <<TOML
[show]
title = "أخبار الحي"
base_url = "$press"
[speak]
voice = "tone"
voices_dir = "$root/tests/voices"
cache_dir = "off"
jobs = 1
[serve]
warm = false
[[serve.webhooks]]
url = "$HOME_URL/wp-json/tts-news/v1/webhook"
secret_env = "OF_THE_TEST"
TOML
export OF_THE_TEST=$secret
export TTS_NEWS_SERVE_KEYS="wordpress:publisher:a-key-of-the-test"
serve() {
	(cd "$work/press" && exec setsid "$tts_news" serve --port "${press##*:}" >>"$work/press.log" 2>&1) &
	server=$!
	started+=("$server")
	until_ 120 "tts-news does not start" curl -so /dev/null "$press/health"
}
told() { grep -c '\[204\]: POST /wp-json/tts-news/v1/webhook' "$work/php.log" || true; }
cron() { curl -so /dev/null "$HOME_URL/wp-cron.php?doing_wp_cron=$(date +%s.%N)"; }
is() { [ "$(wp meta "$1" state)" = "$2" ] || { cron; return 1; }; }
body() { curl -sf "$@"; }
code() { curl -so /dev/null -w '%{http_code}' "$@"; }

wp set "tts_news[address]=$press" "tts_news[key]=a-key-of-the-test" "tts_news[secret]=${secret//+/%2B}" >"$work/set.log"
holds "$(cat "$work/set.log")" "$secret"
say "settings kept: $(cat "$work/set.log")"
for language in ar en; do
	page=$(wp page $language)
	lacks "$page" "a-key-of-the-test"
	lacks "$page" "$secret"
	holds "$page" "$HOME_URL/wp-json/tts-news/v1/webhook"
done
holds "$(wp page ar)" "عنوان الخادم"
holds "$(wp page en)" "Address of the server"
wp set "tts_news[address]=javascript:alert(1)" "tts_news[player]=evil" "tts_news[voice]=../x" >"$work/set.log"
lacks "$(cat "$work/set.log")" "javascript"
lacks "$(cat "$work/set.log")" "evil"
holds "$(cat "$work/set.log")" "$press"
holds "$(cat "$work/set.log")" "a-key-of-the-test"

say "a post while the server is down waits"
first='<!-- wp:paragraph --><p>افتتحت البلدية صباح اليوم حديقة عامة جديدة في الحي الشرقي من المدينة.</p><!-- /wp:paragraph --><!-- wp:paragraph --><p>وقال المدير إن الحديقة تضم ملاعب ومكتبة صغيرة للأطفال.</p><!-- /wp:paragraph -->[tts-news]'
post=$(wp publish 'حديقة جديدة في «الحي الشرقي» & ملاعب' "$first")
address=$(wp address "$post")
stated=$(wp stated "$post")
holds "$stated" '"title":"حديقة جديدة في «الحي الشرقي» & ملاعب"'
holds "$stated" '"categories":["محليات"]'
holds "$stated" '"language":"ar"'
holds "$stated" "\"permalink\":\"$address\""
lacks "$stated" 'iframe'
lacks "$stated" '[tts-news]'
until_ 60 "it was not tried" is "$post" waiting
until_ 60 "it was not tried" test -n "$(cron; sleep 1; wp meta "$post" fault)"
say "  $(wp meta "$post" fault); next try in $(wp planned "$post") s"
lacks "$(body "$address")" 'tts-news-player'
serve
say "the server is up: the post becomes an edition"
wp now "$post" >/dev/null
until_ 180 "no edition was made: $(wp meta "$post" fault)" is "$post" done
page=$(body "$address")
embed=$(wp meta "$post" embed)
mp3=$(wp meta "$post" mp3)
[ "$(told)" -ge 1 ] || fail "no webhook came"
holds "$page" "<iframe class=\"tts-news-player\" src=\"$embed\" title=\"استمع: حديقة جديدة في"
[ "$(grep -o 'class="tts-news-player"' <<<"$page" | wc -l)" = 1 ] || fail "the player stands there more than once"
[ "$(code "$embed")" = 200 ] || fail "the player is not there"
say "  $(grep -o '<iframe class="tts-news-player".*</iframe>' <<<"$page")"
bytes=$(curl -sf "$mp3" | wc -c)
feed=$(body "$HOME_URL/feed/")
holds "$feed" "<enclosure url=\"$mp3\" length=\"$bytes\" type=\"audio/mpeg\" />"
python3 -c 'import sys, xml.dom.minidom as x; x.parseString(sys.stdin.buffer.read())' <<<"$feed"
holds "$(body "$HOME_URL/feed/atom/")" "<link rel=\"enclosure\" href=\"$mp3\" length=\"$bytes\" type=\"audio/mpeg\" />"
say "  $(grep -o '<enclosure.*/>' <<<"$feed"); $(wp meta "$post" duration) s"
wp set "tts_news[player]=top" >/dev/null
plain=$(wp publish 'مقالة بلا وسم للمشغّل' '<p>تبدأ الدراسة في المدارس الجديدة الأسبوع المقبل بعد عطلة قصيرة.</p>')
until_ 180 "no second edition" is "$plain" done
for theme in twentytwentyone twentytwentythree; do
	wp theme $theme >/dev/null
	for place in top bottom off; do
		wp set "tts_news[player]=$place" >/dev/null
		page=$(body "$(wp address "$plain")" | tr '\n' ' ')
		case $place in
		top) grep -q 'tts-news-player.*تبدأ الدراسة' <<<"$page" || fail "$theme: no player above the text" ;;
		bottom) grep -q '<p>تبدأ الدراسة.*tts-news-player' <<<"$page" || fail "$theme: no player below the text" ;;
		off) lacks "$page" 'tts-news-player' ;;
		esac
	done
	lacks "$(body "$HOME_URL/")" 'tts-news-player' # only where the post itself is read
done
block=$(wp publish 'مقالة بمكوّنة' '<!-- wp:paragraph --><p>تشهد الأسواق حركة نشطة قبل العيد بأيام قليلة.</p><!-- /wp:paragraph --><!-- wp:tts-news/player /-->')
until_ 180 "no third edition" is "$block" done
holds "$(body "$(wp address "$block")")" "wp-block-tts-news-player\"><iframe class=\"tts-news-player\""
say "above, below, off, shortcode and block stand right in two themes"
holds "$(wp box "$post")" 'جاهز'

say "saved again without a change, nothing is made"
job=$(wp meta "$post" job)
wp touch "$post" >/dev/null
wp now "$post" >/dev/null
[ "$(wp meta "$post" job)" = "$job" ] || fail "it was sent again"

say "an update corrects it"
guid=$(wp meta "$post" guid)
wp update "$post" "${first/صغيرة/كبيرة}<p>وتفتح الحديقة أبوابها كل يوم حتى المساء.</p>" >/dev/null
corrected() { cron; [ "$(wp meta "$post" job)" != "$job" ] && [ "$(wp meta "$post" state)" = done ]; }
until_ 180 "it was not corrected" corrected
[ "$(wp meta "$post" guid)" = "$guid" ] || fail "it is another edition"
[ "$(wp meta "$post" embed)" = "$embed" ] || fail "its player moved"
[ "$(wp meta "$post" mp3)" != "$mp3" ] || fail "its sound is the old one"
[ "$(code -L "$mp3")" = 200 ] || fail "who has the old address hears nothing"
holds "$(body "$(wp meta "$post" page)")" "وتفتح الحديقة أبوابها"
say "  the same edition, another sound: $(basename "$mp3") → $(basename "$(wp meta "$post" mp3)")"

say "messages that are not the server's change nothing"
hook="$HOME_URL/wp-json/tts-news/v1/webhook"
sign() { # ID TIMESTAMP SECRET BODY: prints the signature
	python3 - "$@" <<'PY'
import base64, hashlib, hmac, sys
name, at, secret, body = sys.argv[1:]
key = base64.b64decode(secret.removeprefix("whsec_"))
print("v1," + base64.b64encode(hmac.digest(key, f"{name}.{at}.{body}".encode(), hashlib.sha256)).decode())
PY
}
send() { # ID TIMESTAMP SIGNATURE BODY
	code -X POST -H "content-type: application/json" -H "webhook-id: $1" -H "webhook-timestamp: $2" \
		-H "webhook-signature: $3" --data "$4" "$hook"
}
message="{\"type\":\"edition.withdrawn\",\"data\":{\"site\":\"$HOME_URL\",\"name\":\"$post\"}}"
now=$(date +%s)
good=$(sign msg_1 "$now" "$secret" "$message")
[ "$(send msg_1 "$now" "v1,AAAA" "$message")" = 401 ] || fail "a wrong signature was taken"
[ "$(send msg_1 "$now" "" "$message")" = 401 ] || fail "no signature was taken"
[ "$(send msg_2 "$now" "$good" "$message")" = 401 ] || fail "the signature of another message was taken"
[ "$(send msg_1 "$now" "$good" "$message ")" = 401 ] || fail "another body was taken"
[ "$(send msg_1 "$((now - 900))" "$(sign msg_1 "$((now - 900))" "$secret" "$message")" "$message")" = 401 ] || fail "an old message was taken"
[ "$(send msg_1 "$now" "$(sign msg_1 "$now" "whsec_AAAA" "$message")" "$message")" = 401 ] || fail "another secret was taken"
[ "$(send msg_1 "$now" "v1,AAAA $good v1a,BBBB" "$message")" = 204 ] || fail "a good message was not taken"
[ "$(send msg_1 "$now" "$good" "$message")" = 204 ] || fail "the same message again was not taken"
other="{\"type\":\"edition.withdrawn\",\"data\":{\"site\":\"https://elsewhere.example\",\"name\":\"$post\"}}"
[ "$(send msg_3 "$now" "$(sign msg_3 "$now" "$secret" "$other")" "$other")" = 204 ] || fail "a message of another site"
[ "$(wp meta "$post" state)" = done ] || fail "a message was believed over the server"

say "what is withdrawn at the server leaves the post: a webhook says so"
lost=$(wp publish 'مقالة تسحب من المكتب' '<p>تعود الحافلات إلى مسارها القديم بعد انتهاء الأعمال في الشارع.</p>')
until_ 180 "no edition" is "$lost" done
curl -sfo /dev/null -X DELETE -H "authorization: Bearer a-key-of-the-test" "$press/editions/$(basename "$(dirname "$(wp meta "$lost" embed)")")"
left() { [ "$(wp meta "$lost" state)" = withdrawn ]; }
until_ 60 "the post was not told" left
lacks "$(body "$(wp address "$lost")")" 'tts-news-player'
say "  $(told) webhooks taken so far"

say "trash withdraws it"
folder=$(dirname "$embed")
wp trash "$post" >/dev/null
until_ 60 "it was not withdrawn" is "$post" withdrawn
[ -z "$(wp meta "$post" embed)" ] || fail "the player's address is kept"
[ "$(code "$(wp meta "$plain" mp3)")" = 200 ] || fail "another post's sound is gone"
[ "$(code "$mp3")" = 410 ] || fail "the sound is still there: $(code "$mp3")"
holds "$(body "$press/feed.xml")" 'مقالة بلا وسم'
lacks "$(body "$press/feed.xml")" 'ملاعب'
lacks "$(body "$HOME_URL/feed/")" "$(basename "$folder")"
say "  $(basename "$folder"): the sound answers 410, the feed has it no more"

say "a draft withdraws, a deleted post too, a private one is never sent"
wp status "$block" draft >/dev/null
until_ 60 "a draft was not withdrawn" is "$block" withdrawn
gone=$(wp meta "$plain" mp3)
wp delete "$plain" >/dev/null
is_gone() { cron; [ "$(code "$gone")" = 410 ]; }
until_ 60 "a deleted post's sound is still there" is_gone

for status in draft private pending; do
	kept=$(wp publish "مقالة $status" '<p>نص لا يسمعه أحد.</p>' $status)
	wp now "$kept" >/dev/null
	[ -z "$(wp meta "$kept" state)" ] || fail "a $status post was sent"
done
say "published once more it is the same episode"
was=$(wp meta "$block" former)
wp status "$block" publish >/dev/null
until_ 180 "it did not come back: $(wp meta "$block" fault)" is "$block" done
[ -n "$was" ] && [ "$(wp meta "$block" guid)" = "$was" ] || fail "it is another episode"
holds "$(body "$(wp address "$block")")" "wp-block-tts-news-player\"><iframe"
holds "$(body "$press/feed.xml")" 'مقالة بمكوّنة'

[ "$(wp uninstall)" = "0 left" ] || fail "uninstalling leaves something behind: $(wp uninstall)"
grep -i 'PHP .*plugins/tts-news' "$work/wordpress.log" "$work/php.log" "$work/drive.log" && fail "the plugin has complaints" || true
say "uninstalled, nothing is left behind"
echo PASSED
