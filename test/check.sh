#!/usr/bin/env bash
# npm run check: types, lint, format, unused code, which folder imports which. Lint takes as long as all others, and runs
# beside them; what it says comes last. Ends with 0 only when each passed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

lint=$(mktemp "${TMPDIR:-/tmp}/outdial-lint.XXXXXX")
trap 'rm -f "$lint"' EXIT
npm run --silent lint >"$lint" 2>&1 &

failed=()
npm run --silent types || failed+=(types)
npm run --silent format || failed+=(format)
npm run --silent unused || failed+=('unused code')
node_modules/.bin/vitest run test/imports.test.ts || failed+=(imports)
wait $! || failed+=(lint)
cat "$lint"

[ ${#failed[@]} = 0 ] && exit
echo "failed: ${failed[*]}" >&2
exit 1
