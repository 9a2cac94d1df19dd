#!/bin/sh
# Makes the secrets that outdial and its Asterisk share in the containers; keeps those that are there. They are read by
# root and by the group of outdial in its container (Dockerfile) alone, so this runs as root: with sudo, or with
# "podman unshare" where containers run without root.
set -eu
cd "$(dirname "$0")"
[ "$(id -u)" = 0 ] || { echo "make.sh: run it as root: the secrets are for root and the group 8480 alone" >&2; exit 1; }
umask 077
for name in ari-password ami-secret; do
  [ -s "$name" ] || od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$name"
  chown 0:8480 "$name"
  chmod 0640 "$name"
done
