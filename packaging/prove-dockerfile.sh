#!/usr/bin/env bash
# Proves a Dockerfile where no container engine is at hand: runs its steps in bare Debian roots made by mmdebstrap.
# FROM, ENV, WORKDIR, COPY and RUN are carried out as written; what only an engine can do is listed at the end.
# Needs root, mmdebstrap, about 2 GB below DIR, and a package mirror. Not part of the tests.
#
#   packaging/prove-dockerfile.sh [--dockerfile FILE] [--dir DIR] [--run 'COMMAND'] [--keep]
#
# COMMAND is run in the last stage as its USER, in place of the image's entry point.
set -euo pipefail
context=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dockerfile=$context/Dockerfile dir=/var/tmp/outdial-prove command='' keep=no
while [ $# -gt 0 ]; do
  case $1 in
    --dockerfile) dockerfile=$2; shift 2 ;;
    --dir) dir=$2; shift 2 ;;
    --run) command=$2; shift 2 ;;
    --keep) keep=yes; shift ;;
    *) echo "usage: $0 [--dockerfile FILE] [--dir DIR] [--run COMMAND] [--keep]" >&2; exit 2 ;;
  esac
done
say() { echo "prove: $*" >&2; }
[ "$(id -u)" = 0 ] || { say "needs root"; exit 1; }
command -v mmdebstrap >/dev/null || { say "needs mmdebstrap: apt-get install mmdebstrap"; exit 1; }

mkdir -p "$dir"
mounted=()
finish() {
  for point in "${mounted[@]}"; do umount "$point" || true; done
  if [ $keep = no ]; then rm -rf --one-file-system "$dir"/stage-*; fi
}
trap finish EXIT

# The mirror that this machine takes Debian from, empty when apt does not say.
mirror=$(apt-get indextargets --format '$(ORIGIN)|$(REPO_URI)' 'Identifier: Packages' 2>/dev/null |
  sed -n 's/^Debian|//p' | head -n 1)

base_root() { # suite
  local base=$dir/base-$1
  if [ ! -e "$base/.complete" ]; then
    rm -rf --one-file-system "$base"
    say "making a bare Debian $1"
    mmdebstrap --variant=minbase --mode=root --aptopt='Acquire::Check-Valid-Until "false"' \
      "$1" "$base" ${mirror:+"$mirror"} >"$base.log" 2>&1 || { tail -n 15 "$base.log" >&2; exit 1; }
    touch "$base/.complete"
  fi
}

declare -A stages
root='' work=/ user=root stage=0 environment=() left=()

begin_stage() { # image [AS name]
  local suite=${1#debian:}
  [ "$suite" != "$1" ] || { say "only debian: images can be made here, not $1"; exit 1; }
  suite=${suite%-slim}
  base_root "$suite"
  root=$dir/stage-$stage work=/ user=root environment=()
  stages[$stage]=$root
  [ -z "${3:-}" ] || stages[$3]=$root
  stage=$((stage + 1))
  rm -rf --one-file-system "$root"
  cp -a "$dir/base-$suite" "$root"
  # What an engine gives a container of its own: name service, /proc, and the devices that mmdebstrap has made.
  cp -L /etc/resolv.conf /etc/hosts "$root/etc/" 2>/dev/null || true
  mkdir -p "$root/proc"
  mount -t proc proc "$root/proc" && mounted+=("$root/proc")
  trust_this_machine
}

# Where the registry is reached through this machine's own certificates, the root trusts them too.
trust_this_machine() {
  if [ -n "${NODE_EXTRA_CA_CERTS:-}" ] && [ -s "$NODE_EXTRA_CA_CERTS" ]; then
    install -D -m 0644 "$NODE_EXTRA_CA_CERTS" "$root/etc/outdial-prove-ca.crt"
    environment+=("NODE_EXTRA_CA_CERTS=/etc/outdial-prove-ca.crt" "npm_config_cafile=/etc/outdial-prove-ca.crt")
  fi
  if command -v npm >/dev/null; then
    environment+=("npm_config_registry=$(cd / && npm config get registry 2>/dev/null)")
  fi
}

in_root() { # user, shell command
  local home=/root
  [ "$1" = root ] || home=/var/lib/outdial
  env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=$home "${environment[@]}" \
    chroot --userspec="$1" "$root" /bin/sh -c "cd '$work' && $2" </dev/null
}

copy() { # [--from=stage] source… target
  local from=$context
  case $1 in --from=*) from=${stages[${1#--from=}]}; shift ;; esac
  local target=${*: -1} sources=("${@:1:$#-1}") source path
  case $target in /*) path=$root$target ;; *) path=$root$work/$target ;; esac
  for source in "${sources[@]}"; do
    source=$from/$source
    if [ -d "$source" ]; then
      mkdir -p "$path"
      cp -a "$source/." "$path/"
    elif [ ${#sources[@]} -gt 1 ] || [ "${target: -1}" = / ]; then
      install -D -p -t "$path" "$source"
    else
      mkdir -p "$(dirname "$path")"
      cp -p "$source" "$path"
    fi
  done
}

while read -r instruction rest; do
  case $instruction in
    '' | '#'*) continue ;;
    FROM) say "FROM $rest"; read -ra words <<<"$rest"; begin_stage "${words[@]}" ;;
    ENV) environment+=("$rest") ;;
    WORKDIR) work=$rest; mkdir -p "$root$work" ;;
    USER) user=$rest ;;
    COPY) say "COPY $rest"; read -ra words <<<"$rest"; copy "${words[@]}" ;;
    RUN)
      say "RUN $rest"
      began=$SECONDS
      in_root "$user" "$rest" >"$dir/last-run.log" 2>&1 || { tail -n 40 "$dir/last-run.log" >&2; say "failed: RUN $rest"; exit 1; }
      say "  done in $((SECONDS - began)) s"
      ;;
    *) left+=("$instruction $rest") ;;
  esac
done <"$dockerfile"

say "$(basename "$dockerfile"): every step ran; the last stage holds $(du -shx "$root" | cut -f 1)"
for line in "${left[@]}"; do say "for an engine only: $line"; done
if [ -n "$command" ]; then
  say "as $user: $command"
  in_root "$user" "$command"
fi
