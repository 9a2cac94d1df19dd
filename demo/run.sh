#!/usr/bin/env bash
# npm run demo: installs what is missing, then runs the demo.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
[ -d node_modules/tsx ] || npm ci --no-audit --no-fund 1>&2
bash asterisk/install.sh 1>&2
exec node --import tsx demo/demo.ts "$@"
