#!/bin/sh
# Prints the path of a browser, chromium or firefox; where there is none, installs Debian's package if root and apt-get
# allow. CHROMIUM=/path/to/a/browser, or FIREFOX=…, is taken before all others.

case "$1" in
chromium)
    name=Chromium variable=CHROMIUM package=chromium chosen="${CHROMIUM:-}" programs="chromium chromium-browser google-chrome"
    ;;
firefox)
    name=Firefox variable=FIREFOX package=firefox-esr chosen="${FIREFOX:-}" programs="firefox-esr firefox"
    ;;
*)
    echo "Usage: $0 chromium, or $0 firefox" >&2
    exit 2
    ;;
esac

find_on_path() {
    for program in $programs; do
        command -v "$program" && return
    done
    return 1
}

if [ -n "$chosen" ]; then
    if [ ! -f "$chosen" ] || [ ! -x "$chosen" ]; then
        echo "$variable=$chosen is not a program that can be run. Set it to a browser's path, or leave it unset." >&2
        exit 1
    fi
    echo "$chosen"
    exit
fi

find_on_path && exit

if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    echo "Installing $name, for the browser tests" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update >&2 && apt-get install -y --no-install-recommends "$package" >&2 && find_on_path && exit
fi

echo "$name is missing. Install it (on Debian, as root: apt-get install $package)," \
    "or set $variable to its path." >&2
exit 1
