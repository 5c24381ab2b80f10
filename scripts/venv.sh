# Sourced by the other scripts: `make_venv DIR` gives DIR a Python of its own, installing Debian's venv module if it is missing.

PYTHON=${PYTHON:-python3}

make_venv() {
    [ -x "$1/bin/pip" ] && return
    if ! "$PYTHON" -m venv "$1" 2>/dev/null; then
        echo "python3-venv is missing; installing it" >&2
        $(command -v sudo || true) apt-get update -q
        $(command -v sudo || true) apt-get install -y -q --no-install-recommends python3-venv
        "$PYTHON" -m venv --clear "$1"
    fi
}
