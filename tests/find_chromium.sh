#!/bin/sh
# Prints the path of Chromium; where there is none, installs Debian's package if root and apt-get allow.
# CHROMIUM=/path/to/a/browser is taken before all others.

find_on_path() {
    command -v chromium || command -v chromium-browser || command -v google-chrome
}

if [ -n "${CHROMIUM:-}" ]; then
    if [ ! -f "$CHROMIUM" ] || [ ! -x "$CHROMIUM" ]; then
        echo "CHROMIUM=$CHROMIUM is not a program that can be run. Set it to a Chromium's path, or leave it unset." >&2
        exit 1
    fi
    echo "$CHROMIUM"
    exit
fi

find_on_path && exit

if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "Installing Chromium, for the browser tests" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update >&2 && apt-get install -y --no-install-recommends chromium >&2 && find_on_path && exit
fi

echo "Chromium is missing. Install it (on Debian, as root: apt-get install chromium)," \
    "or set CHROMIUM to the path of a Chromium or Chrome." >&2
exit 1
