#!/usr/bin/env bash
# Installs Debian's Chromium for the tests of the pages, which start it themselves without a window. Idempotent, needs
# root on Debian 12 or later where it is missing, and says what it does.
set -euo pipefail

say() { echo "install: $*" >&2; }
fail() { echo "install: $*" >&2; exit 1; }

is_there() { command -v chromium >/dev/null 2>&1; }

exec 9>"${TMPDIR:-/tmp}/outdial-install.lock"
flock 9
is_there && exit
[ "$(id -u)" = 0 ] || fail "need root to install: chromium"
say "installing chromium"
log=$(mktemp "${TMPDIR:-/tmp}/outdial-chromium.XXXXXX")
trap 'rm -f "$log"' EXIT
if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y -o Dpkg::Use-Pty=0 --no-install-recommends chromium; } >"$log" 2>&1 || ! is_there; then
  tail -n 15 "$log" >&2
  fail "could not install chromium"
fi
