#!/usr/bin/env bash
# Installs Debian's PostgreSQL server for the tests, which start it themselves in a temporary directory: no cluster is
# made and no service is started here. Idempotent, needs root on Debian 12 or later where it is missing, and says what
# it does.
set -euo pipefail

say() { echo "install: $*" >&2; }
fail() { echo "install: $*" >&2; exit 1; }

# Runs a command whose output matters only when it fails.
quietly() {
  local output
  output=$("$@" 2>&1) || {
    tail -n 15 <<<"$output" >&2
    return 1
  }
}

is_there() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }

apt_install() {
  say "installing $*"
  DEBIAN_FRONTEND=noninteractive quietly \
    apt-get install -y -o Dpkg::Use-Pty=0 --no-install-recommends "$@" || fail "could not install $*"
}

# Two runs at once would get into each other's way.
exec 9>"${TMPDIR:-/tmp}/outdial-install.lock"
! command -v flock >/dev/null || flock 9

! is_there || exit 0
[ "$(id -u)" = 0 ] || fail "need root to install PostgreSQL"
say "refreshing the package lists"
quietly apt-get update || fail "apt-get update failed; is a package mirror reachable?"
apt_install postgresql-common
# Without this the server's package makes a cluster and starts it.
conf=/etc/postgresql-common/createcluster.conf
grep -qs '^create_main_cluster *= *false' "$conf" || echo 'create_main_cluster = false' >>"$conf"
apt_install postgresql
is_there || fail "Debian's postgresql package brought no server"
