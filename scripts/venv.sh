# Sourced by the other scripts: `make_venv DIR [OTHER]` gives DIR a Python of its own, installing Debian's venv module if
# it is missing. It finds the libraries of OTHER, where there is one: what is there already is not installed twice.

PYTHON=${PYTHON:-python3}

make_venv() {
    if ! [ -x "$1/bin/pip" ] && ! "$PYTHON" -m venv "$1" 2>/dev/null; then
        echo "python3-venv is missing; installing it" >&2
        $(command -v sudo || true) apt-get update -q
        $(command -v sudo || true) apt-get install -y -q --no-install-recommends python3-venv
        "$PYTHON" -m venv --clear "$1"
    fi
    # Not --system-site-packages: OTHER's own editable checkout stays out, since its .pth files are not read from here.
    if [ -x "${2:-none}/bin/python" ]; then
        "$2/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
            > "$("$1/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/borrowed.pth"
    fi
}
