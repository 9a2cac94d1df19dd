#!/usr/bin/env bash
# Installs the node modules when they are missing or older than package-lock.json. Idempotent, says what it does.
#
#   packaging/node-modules.sh            all that is needed to build and to test
#   packaging/node-modules.sh --prune    afterwards: leaves only what the built program needs
#
# Where no prebuilt better-sqlite3 can be fetched it is compiled; that takes a minute, a C++ compiler, Python, and
# Node's own headers, which are taken from this machine when they are there. Missing tools are installed as root.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { echo "set-up: $*" >&2; }

if ! command -v node >/dev/null; then
  say "Node 20.19 or newer is needed: apt-get install nodejs npm"
  exit 1
fi
if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
  say "Node 20.19 or newer is needed, this is $(node --version)"
  exit 1
fi

# npm before 10 (Debian 13 has 9.2) does not understand a local package that stands in for a remote one, as
# vendor/request-shim does here; then a newer npm is fetched and used for this alone.
newer=10.9.9
run_npm() {
  if [ "$(npm --version | cut -d . -f 1)" -ge 10 ]; then
    npm "$@"
    return
  fi
  local home=${XDG_CACHE_HOME:-$HOME/.cache}/outdial/npm-$newer
  if [ ! -e "$home/node_modules/npm/bin/npm-cli.js" ]; then
    say "this npm is $(npm --version): fetching npm $newer into $home"
    mkdir -p "$home"
    (cd "$home" && npm install --prefix "$home" --no-audit --no-fund --loglevel error "npm@$newer") >&2
  fi
  node "$home/node_modules/npm/bin/npm-cli.js" "$@"
}

if [ "${1:-}" = --prune ]; then
  say "removing what only development needs"
  run_npm prune --omit=dev --no-audit --no-fund >&2
  exit
fi

is_current() {
  [ -e node_modules/.package-lock.json ] && ! [ package-lock.json -nt node_modules/.package-lock.json ]
}
is_current && exit 0

missing=()
command -v python3 >/dev/null || missing+=(python3)
command -v make >/dev/null || missing+=(make)
command -v c++ >/dev/null || missing+=(g++)
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing ${missing[*]}"
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >&2
  else
    say "without ${missing[*]} the database driver can only be used if its prebuilt binary can be fetched"
  fi
fi

# Headers beside the node that runs, or where Debian puts them: nothing to download then.
if [ -z "${npm_config_nodedir:-}" ]; then
  prefix=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
  [ ! -e "$prefix/include/node/node.h" ] || export npm_config_nodedir="$prefix"
fi

say "installing node modules (npm ci)"
run_npm ci --no-audit --no-fund >&2
# npm keeps the times of what it unpacks; this one says when the modules were made.
touch node_modules/.package-lock.json
