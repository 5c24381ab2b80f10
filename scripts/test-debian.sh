#!/bin/sh
# The README's two commands in a bare Debian 13 (Python 3.13): `sudo sh scripts/test-debian.sh [SUITE [FOLDER [TESTS...]]]`.
# SUITE is trixie when not given, FOLDER one under /var/tmp that is removed at the end; a FOLDER of yours is kept, and
# used again. TESTS go to scripts/test.sh. Needs root, debootstrap, 6 GB and the network; DEBIAN_MIRROR names another
# mirror. This machine's name servers, certificate authorities and variables for pip hold inside.
set -eu
cd "$(dirname "$0")/.."

if [ "$(id -u)" != 0 ]; then
    echo "this builds a Debian in a folder and changes its root to it, which root alone may: sudo sh $0" >&2
    exit 1
fi
if ! command -v debootstrap >/dev/null; then
    apt-get update -q
    apt-get install -y -q --no-install-recommends debootstrap
fi

suite=${1:-trixie}
kept=${2:+kept}
root=${2:-$(mktemp -d /var/tmp/tts-news-debian.XXXXXX)}
if [ $# -gt 1 ]; then shift 2; else shift $#; fi
leave() {
    for place in dev/shm proc; do
        if mountpoint -q "$root/$place"; then umount "$root/$place"; fi
    done
    # Never through a mount that would not go.
    [ -n "$kept" ] || rm -rf --one-file-system "$root"
}
trap leave EXIT
trap 'exit 130' INT TERM

if [ ! -x "$root/usr/bin/apt-get" ]; then
    echo "== a bare Debian ($suite) in $root"
    debootstrap --variant=minbase --include=ca-certificates,python3 "$suite" "$root" \
        "${DEBIAN_MIRROR:-http://deb.debian.org/debian}"
fi
cp /etc/resolv.conf "$root/etc/resolv.conf"
if [ -f /etc/ssl/certs/ca-certificates.crt ]; then cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"; fi
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
mkdir -p "$root/dev/shm"
mountpoint -q "$root/dev/shm" || mount -t tmpfs tmpfs "$root/dev/shm"

rm -rf "$root/root/tts-news"
mkdir -p "$root/root/tts-news"
git -c safe.directory="$PWD" ls-files -z | tar --create --null --files-from=- |
    tar --extract --no-same-owner --directory="$root/root/tts-news"

run() {
    echo "== scripts/$* in $suite"
    chroot "$root" /usr/bin/env HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin sh "/root/tts-news/scripts/$@"
}
run first-edition.sh
run test.sh "$@"
