#!/usr/bin/env bash
# Installs the node modules when they are missing or older than package-lock.json. Idempotent, says what it does.
#
#   packaging/node-modules.sh            all that is needed to build and to test
#   packaging/node-modules.sh --prune    afterwards: leaves only what the built program needs
#
# Works with every npm from 9 on. Where no prebuilt better-sqlite3 can be fetched it is compiled; that takes a minute
# or two, a C++ compiler, Python, and Node's own headers, which are taken from this machine when they are there.
# Missing tools are installed as root.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { echo "set-up: $*" >&2; }

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  say "Node 20.19 or newer and npm are needed: apt-get install nodejs npm"
  exit 1
fi
if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
  say "Node 20.19 or newer is needed, this is $(node --version)"
  exit 1
fi

# Two runs at once would make the same modules twice.
exec 8<package-lock.json
flock 8

if [ "${1:-}" = --prune ]; then
  say "removing what only development needs"
  npm prune --omit=dev --ignore-scripts --no-audit --no-fund >&2
  exit
fi

# Whole, not pruned, and as new as the lock file.
modules_are_current() {
  [ -e node_modules/vitest ] && [ -e node_modules/.package-lock.json ] &&
    ! [ package-lock.json -nt node_modules/.package-lock.json ]
}

# It does not after a set-up that was broken off, or when Node has been upgraded since.
driver_works() {
  node -e 'new (require("better-sqlite3"))(":memory:").close()' >/dev/null 2>&1
}

install_modules() {
  say "installing node modules (npm ci)"
  npm ci --ignore-scripts --no-audit --no-fund >&2
  # npm keeps the times of what it unpacks; this one says when the modules were made.
  touch node_modules/.package-lock.json
}

install_compiler() {
  local missing=()
  command -v python3 >/dev/null || missing+=(python3)
  command -v make >/dev/null || missing+=(make)
  command -v c++ >/dev/null || missing+=(g++)
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing ${missing[*]}"
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >&2
  else
    say "without ${missing[*]} the database driver can only be used if its prebuilt binary can be fetched"
  fi
}

# The one module whose own script is run; not by npm ci, which in npm 9 ends without it where there is no /proc.
install_driver() {
  # Headers beside the node that runs, or where Debian puts them: nothing to download then.
  if [ -z "${npm_config_nodedir:-}" ]; then
    local prefix
    prefix=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
    [ ! -e "$prefix/include/node/node.h" ] || export npm_config_nodedir="$prefix"
  fi
  say "fetching the database driver (better-sqlite3), or compiling it, which takes a minute or two"
  local module=node_modules/better-sqlite3
  local log=$module/install.log
  rm -rf "$module/build"
  if ! (cd "$module" && npm run install) >"$log" 2>&1 || ! driver_works; then
    tail -n 30 "$log" >&2
    say "the database driver could not be made; the whole log is $log"
    exit 1
  fi
}

modules_are_current || install_modules
driver_works || { install_compiler; install_driver; }
