#!/usr/bin/env bash
# npm test: installs what is missing, runs the tests, ends with one line: N passed, N failed[, N skipped].
# Arguments go to vitest: names of files, `-t NAME`, `--reporter=json` (the report is then all that is on stdout).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

bash packaging/node-modules.sh
bash asterisk/install.sh >&2
bash packaging/postgresql.sh

report=$(mktemp "${TMPDIR:-/tmp}/outdial-test.XXXXXX")
trap 'rm -f "$report"' EXIT

json=no
reporters=(--reporter=default)
arguments=()
for argument in "$@"; do
  case $argument in
    --reporter=json) json=yes ;;
    *) arguments+=("$argument") ;;
  esac
  case $argument in --reporter=*) reporters=() ;; esac
done

set +e
node_modules/.bin/vitest run "${reporters[@]}" --reporter=json --outputFile.json="$report" "${arguments[@]}" >&"$([ $json = yes ] && echo 2 || echo 1)"
code=$?
set -e

[ $json = no ] || cat "$report"
# The last line of what a person reads; a report on stdout stays alone there.
node - "$report" "$code" >&"$([ $json = yes ] && echo 2 || echo 1)" <<'JS'
const { readFileSync } = require('node:fs');
const [file, code] = process.argv.slice(2);
let report;
try {
  report = JSON.parse(readFileSync(file, 'utf8'));
} catch {
  console.log(`vitest ended with ${code} and left no report`);
  report = { numPassedTests: 0, numFailedTests: 1 };
}
const { numPassedTests: passed, numFailedTests: failed } = report;
const skipped = (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0);
if (code !== '0' && failed === 0) console.log(`vitest ended with ${code}: faults outside the tests, see above`);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
JS
exit "$code"
