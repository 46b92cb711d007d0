#!/bin/sh
# Opens the exercises. The first time it prepares the folder "ready" from the folder "wheels".
set -eu
cd "$(dirname "$0")"
here=$(pwd)

say() { printf '%s\n' "$*"; }

for candidate in "$here/python/bin/python3" python3.14 python3.13 python3.12 python3.11 python3; do
    if command -v "$candidate" >/dev/null 2>&1 &&
        "$candidate" -c 'import sys; sys.exit(f"{sys.version_info[0]}.{sys.version_info[1]}" not in open("wheels/PYTHONS").read().split())' 2>/dev/null; then
        python=$candidate
        break
    fi
done
if [ -z "${python:-}" ]; then
    say "Python is needed, in one of these versions: $(tr '\n' ' ' <wheels/PYTHONS)"
    say "Install one from python.org, or from your system's own packages, and start again."
    exit 1
fi

# a folder that was moved elsewhere has lost its way to Python, and is prepared again
if [ ! -f ready/whole ] || ! ready/bin/python -c "" 2>/dev/null; then
    say "Preparing, once. This takes two or three minutes."
    rm -rf ready
    if ! "$python" -m venv ready; then
        say "Python has no venv here. On Debian and Ubuntu: sudo apt install python3-venv"
        exit 1
    fi
    ready/bin/python -m pip install --quiet --disable-pip-version-check --no-index \
        --find-links wheels partnering
    : >ready/whole
fi
exec ready/bin/python -m partnering open --in "$here/exercises" -- "$@"
