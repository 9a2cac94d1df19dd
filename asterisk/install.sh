#!/usr/bin/env bash
# Installs what the network in a box needs: an Asterisk, SIP softphones, and spoken prompts.
# Idempotent, needs root on Debian 12 or later, and says what it does. The system's own Asterisk
# is used when it is recent enough; otherwise Debian's package goes into a private root directory
# and the system is left as it is. The last line on stdout is root=DIR, empty for the system's own.
#
#   asterisk/install.sh              installs what is missing
#   OUTDIAL_ASTERISK_ROOT=DIR …      the private root is (or goes to) DIR
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=${OUTDIAL_ASTERISK_ROOT:-/var/lib/outdial/asterisk-root}
oldest=20   # the first Asterisk release whose ARI and PJSIP do all that outdial asks
suite=forky # the Debian release to take Asterisk from: 12 and 13 have none

say() { echo "install: $*" >&2; }
fail() { echo "install: $*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command whose output matters only when it fails.
quietly() {
  local output
  output=$("$@" 2>&1) || {
    tail -n 15 <<<"$output" >&2
    return 1
  }
}

apt_updated=no
apt_update() {
  [ "$apt_updated" = no ] || return 0
  say "refreshing the package lists"
  quietly apt-get update || fail "apt-get update failed; is a package mirror reachable?"
  apt_updated=yes
}

apt_install() {
  [ "$(id -u)" = 0 ] || fail "need root to install: $*"
  apt_update
  say "installing $*"
  DEBIAN_FRONTEND=noninteractive quietly \
    apt-get install -y -o Dpkg::Use-Pty=0 --no-install-recommends "$@" || fail "could not install $*"
}

install_tools() {
  local missing=()
  have baresip || missing+=(baresip-core)
  have sox || missing+=(sox)
  have espeak-ng || missing+=(espeak-ng)
  have openssl || missing+=(openssl)
  have sipp || missing+=(sip-tester)
  [ ${#missing[@]} = 0 ] || apt_install "${missing[@]}"
}

system_asterisk_is_usable() {
  have asterisk || return 1
  local version
  version=$(asterisk -V 2>/dev/null | sed -n 's/^Asterisk \([0-9]*\).*/\1/p')
  [ -n "$version" ] && [ "$version" -ge "$oldest" ]
}

# The mirror that this machine takes Debian from, empty when apt does not say.
debian_mirror() {
  apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 'Identifier: Packages' 2>/dev/null |
    sed -n 's/^Debian|Debian|//p' | head -n 1
}

build_root() {
  have mmdebstrap || apt_install mmdebstrap
  [ -n "$(debian_mirror)" ] || apt_update
  local building="$root.building.$$" log="$root.log" mirror
  mirror=$(debian_mirror)
  mkdir -p "$(dirname "$root")"
  rm -rf "$root".building.*
  say "making a private root with Debian $suite's Asterisk in $root (about a minute, 340 MB)"
  # A mirror that is frozen at some day has an expired validity date; signatures are still checked.
  if ! mmdebstrap --variant=minbase --mode=root \
    --aptopt='Acquire::Check-Valid-Until "false"' \
    --aptopt='APT::Install-Recommends "false"' \
    --include=asterisk,asterisk-core-sounds-en-gsm \
    "$suite" "$building" ${mirror:+"$mirror"} >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    rm -rf "$building"
    fail "mmdebstrap failed; the whole log is $log"
  fi
  rm -rf "$root"
  mv "$building" "$root"
}

# Without a resolver Asterisk blocks for 20 s on each call to look these two names up.
name_hosts() {
  local name hosts="$root/etc/hosts"
  for name in localhost "$(hostname)" A.ROOT-SERVERS.NET; do
    grep -qsiF " $name" "$hosts" || echo "127.0.0.1 $name" >>"$hosts"
  done
}

install_asterisk() {
  if [ -z "${OUTDIAL_ASTERISK_ROOT:-}" ] && system_asterisk_is_usable; then
    data=/usr/share/asterisk
    [ -d "$data/sounds" ] || data=/var/lib/asterisk
    root=
    return
  fi
  if ! chroot "$root" /usr/sbin/asterisk -V >/dev/null 2>&1; then
    [ "$(id -u)" = 0 ] || fail "need root to make $root"
    build_root
  fi
  name_hosts
  data="$root/usr/share/asterisk"
}

# Two runs at once would build the same root twice.
exec 9>"${TMPDIR:-/tmp}/outdial-install.lock"
have flock && flock 9

install_tools
install_asterisk
"$here/sounds/render.sh" speech "$here/sounds/prompts.tsv" "$data/sounds/outdial"
"$here/sounds/render.sh" tones "$here/sounds/tones.tsv" "$data/sounds/outdial"
"$here/sounds/render.sh" tones "$here/sounds/hold-music.tsv" "$data/moh/outdial"
"$here/sounds/render.sh" speech "$here/carrier/speech.tsv" "$data/sounds/carrier"
"$here/sounds/render.sh" tones "$here/carrier/tones.tsv" "$data/sounds/carrier"
echo "root=$root"
