#!/bin/sh
# Makes the secrets that outdial and its Asterisk share in the containers; keeps those that are there.
set -eu
cd "$(dirname "$0")"
for name in ari-password ami-secret; do
  [ -s "$name" ] || od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$name"
  # Read by users of different numbers inside the containers.
  chmod 0644 "$name"
done
