#!/usr/bin/env bash
# npm run demo: installs what is missing, then runs the demo.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
bash packaging/node-modules.sh
case " $* " in *" --help "*) ;; *) bash asterisk/install.sh >/dev/null ;; esac
case " $* " in *" --desk "*) [ -e dist/web/agent.html ] || node_modules/.bin/vite build src/web --logLevel warn ;; esac
exec node --import tsx demo/demo.ts "$@"
