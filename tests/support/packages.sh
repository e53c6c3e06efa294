#!/bin/sh
# Installs the Debian packages among its arguments that are not there yet, and says which.
set -eu
missing=
for package in "$@"; do
    dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -q '^installed$' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then
    sudo=
elif command -v sudo >/dev/null; then
    sudo=sudo
else
    echo "newsd needs these Debian packages, and neither root nor sudo is at hand to install them:$missing" >&2
    echo "install them with: apt-get install$missing" >&2
    exit 77
fi
echo "installing Debian packages:$missing"
log=$(mktemp)
export DEBIAN_FRONTEND=noninteractive
# The lists of packages may be old or absent: they are fetched only when the first try fails.
# shellcheck disable=SC2086  # the list is split on purpose
if ! $sudo apt-get install -y -q --no-install-recommends $missing >"$log" 2>&1; then
    $sudo apt-get update -q >"$log" 2>&1 || { tail -5 "$log" >&2; exit 69; }
    $sudo apt-get install -y -q --no-install-recommends $missing >"$log" 2>&1 || { tail -15 "$log" >&2; exit 69; }
fi
rm -f "$log"
