#!/usr/bin/env bash
# Runs the containers of compose.yaml where no container engine is at hand, as nearly as Linux does it by itself: one
# network of their own for both, each with a root file system that cannot be written, in it the volumes and the tmpfs that
# compose.yaml names, no capabilities but those it adds, no new privileges. The roots are the Asterisk that install.sh has
# installed, with the steps of packaging/asterisk.Dockerfile that need no packages, and this machine with this checkout.
# Needs root, and an Asterisk in a private root (asterisk/install.sh). Ends with 0 when both serve.
#
#   packaging/prove-compose.sh ASTERISK-ROOT
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
[ "$(id -u)" = 0 ] || { echo "prove-compose: needs root" >&2; exit 1; }
if [ "${OUTDIAL_PROVING:-}" != yes ]; then
  work=$(mktemp -d)
  trap 'rm -rf --one-file-system "$work"' EXIT
  OUTDIAL_PROVING=yes work=$work unshare --mount --net --pid --fork --kill-child --mount-proc bash "$0" "$@"
  exit
fi
asterisk_root=$1
say() { echo "prove-compose: $*"; }
mount -t tmpfs tmpfs "$work"
ip link set lo up

# What compose.yaml asks for, a line each: `SERVICE tmpfs PATH`, `SERVICE volume NAME PATH ro|rw`, `SERVICE cap NAME` …
asked=$(cd "$here" && node --input-type=module -e '
  import { readFileSync } from "node:fs";
  import { parse } from "yaml";
  const { services } = parse(readFileSync("compose.yaml", "utf8"), { merge: true });
  for (const [name, { tmpfs = [], volumes = [], cap_add = [], cap_drop, read_only, security_opt }] of Object.entries(services)) {
    if (read_only) console.log(`${name} read-only`);
    for (const path of tmpfs) console.log(`${name} tmpfs ${path}`);
    for (const volume of volumes) {
      const [source, path, mode = "rw"] = volume.split(":");
      console.log(`${name} ${source.startsWith(".") ? "bind" : "volume"} ${source} ${path} ${mode}`);
    }
    const caps = [cap_drop?.includes("ALL") ? "-all" : "+all", ...cap_add.map((cap) => `+${cap.toLowerCase()}`)];
    console.log(`${name} caps ${caps.join(",")}`);
    if (security_opt?.includes("no-new-privileges:true")) console.log(`${name} no-new-privs`);
  }')

make_root() { # service lower-directory
  local service=$1 root=$work/$1
  mkdir -p "$root" "$root.upper" "$root.work"
  mount -t overlay overlay -o "lowerdir=$2,upperdir=$root.upper,workdir=$root.work" "$root"
  mkdir -p "$root/opt/outdial" "$root/run/secrets" "$root/proc" "$root/dev"
}

# The image's files are there: now what the engine puts around them.
enclose() { # service
  local service=$1 root=$work/$1 kind a b c
  mount -t tmpfs -o mode=0755 tmpfs "$root/run/secrets"
  cp -p "$work"/secrets/* "$root/run/secrets/"
  mount --rbind /dev "$root/dev"
  mount -t proc proc "$root/proc"
  while read -r kind a b c; do
    [ "$kind" = tmpfs ] || [ "$kind" = bind ] || [ "$kind" = volume ] || continue
    mkdir -p "$root/${b:-$a}"
    # a new volume begins with what the image has there
    [ "$kind" != volume ] || [ -d "$work/volume-$a" ] || cp -a "$root$b" "$work/volume-$a"
  done <<<"$(sed -n "s/^$service //p" <<<"$asked")"
  if grep -q "^$service read-only" <<<"$asked"; then mount -o remount,ro "$root"; fi
  # as an engine does: outer ones before those within them
  while read -r kind a b c; do
    case $kind in
      tmpfs) mount -t tmpfs -o mode=1777 tmpfs "$root$a" ;;
      bind) mount --bind "$here/$a" "$root$b"; [ "$c" = rw ] || mount -o remount,bind,ro "$root$b" ;;
      volume)
        mkdir -p "$root$b"
        mount --bind "$work/volume-$a" "$root$b"
        [ "$c" = rw ] || mount -o remount,bind,ro "$root$b"
        ;;
    esac
  done <<<"$(sed -n "s/^$service //p" <<<"$asked" | awk '{ print ($1 == "tmpfs" ? $2 : $3), $0 }' | sort | cut -d' ' -f2-)"
}

enter() { # service user command…
  local service=$1 user=$2; shift 2
  local caps
  caps=$(sed -n "s/^$service caps //p" <<<"$asked")
  local how=(--bounding-set "$caps" --inh-caps -all)
  if grep -q "^$service no-new-privs" <<<"$asked"; then how+=(--no-new-privs); fi
  [ "$user" = root ] || how+=(--reuid "$user" --regid "$user" --clear-groups)
  exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/var/lib/outdial \
    OUTDIAL_CONFIG=/etc/outdial/outdial.yaml OUTDIAL_ARI_PASSWORD_FILE=/run/secrets/ari-password \
    OUTDIAL_AMI_SECRET_FILE=/run/secrets/ami-secret \
    chroot "$work/$service" setpriv "${how[@]}" "$@"
}

mkdir "$work/secrets"
cp "$here/packaging/compose/secrets/make.sh" "$work/secrets/"
sh "$work/secrets/make.sh"

make_root asterisk "$asterisk_root"
root=$work/asterisk root_of_asterisk=$work/asterisk
cp -a "$here/asterisk/pbx" "$here/asterisk/sounds" "$root/opt/outdial/"
cp "$here/packaging/asterisk-entrypoint.sh" "$root/opt/outdial/entrypoint.sh"
grep -E '^RUN (find pbx|\{ sed|install -d)' "$here/packaging/asterisk.Dockerfile" | sed 's/^RUN //' |
  while read -r line; do chroot "$root" sh -c "cd /opt/outdial && $line"; done
enclose asterisk

make_root outdial /
root=$work/outdial
install -d -o 8480 -g 8480 -m 0750 "$root/var/lib/outdial" "$root/etc/outdial"
mkdir "$root/opt/outdial/node_modules"
mount --bind "$here/node_modules" "$root/opt/outdial/node_modules"
(cd "$here" && node_modules/.bin/tsc -p tsconfig.build.json --outDir "$root/opt/outdial/dist")
cp -a "$here/package.json" "$here/bin" "$here/migrations" "$here/config" "$here/vendor" "$root/opt/outdial/"
enclose outdial

enter asterisk root /opt/outdial/entrypoint.sh asterisk -f -U asterisk -G asterisk >"$work/asterisk.log" 2>&1 &
for _ in $(seq 60); do
  (enter asterisk root asterisk -rx 'core waitfullybooted') 2>/dev/null | grep -q 'fully booted' && break
  sleep 0.5
done
(enter asterisk root asterisk -rx 'core show version') >/dev/null || { tail -n 30 "$work/asterisk.log"; say "Asterisk does not run"; exit 1; }
say "asterisk runs as $(chroot "$root_of_asterisk" id -un "$(ps -o euid= -C asterisk | sort -u | tr -d ' ')"), recordings go to a folder $(stat -c '%a of group %g' "$work/volume-recordings")"

enter outdial 8480 /opt/outdial/bin/outdial run >"$work/outdial.log" 2>&1 &
daemon=$!
health() { node -e "fetch('http://127.0.0.1:8480/api/health').then(async (answer) => { console.log(await answer.text()); process.exit(answer.ok ? 0 : 1); }, () => process.exit(2))"; }
for _ in $(seq 120); do health >"$work/health" && break; sleep 0.5; done
if ! health; then tail -n 30 "$work/outdial.log"; say "outdial does not serve"; exit 1; fi
say "outdial serves"
(enter outdial 8480 /opt/outdial/bin/outdial dnc add +12125550100) || { say "the store cannot be written"; exit 1; }
say "the store is written"
if (enter outdial 8480 sh -c 'echo x >/opt/outdial/x || echo x >/etc/x || echo x >/usr/x') 2>/dev/null; then say "its root can be written"; exit 1; fi
(enter outdial 8480 sh -c 'touch /var/spool/asterisk/monitor/outdial/x && rm /var/spool/asterisk/monitor/outdial/x') ||
  { say "recordings cannot be deleted"; exit 1; }
if (enter outdial 8480 sh -c 'echo x >/var/log/asterisk/cdr-csv/x') 2>/dev/null; then say "call records can be written"; exit 1; fi
for pid in $daemon $(pgrep -x asterisk); do
  say "$(cut -d' ' -f 2 "/proc/$pid/stat") has capabilities $(sed -n 's/^CapEff:\t//p' "/proc/$pid/status"), no new privileges $(sed -n 's/^NoNewPrivs:\t//p' "/proc/$pid/status")"
done
kill "$daemon"
wait "$daemon" || true
grep -q '"msg":"outdial has stopped"' "$work/outdial.log" || { tail -n 5 "$work/outdial.log"; say "outdial did not stop by itself"; exit 1; }
say "all well"
