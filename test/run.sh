#!/usr/bin/env bash
# npm test: installs what is missing, runs the tests, ends with one line: N passed, N failed[, N skipped].
# Arguments go to vitest: names of files, `-t NAME`, `--reporter=json` (the report is then all that is on stdout).
# Without arguments a few files that failed are run once more, each anew and with the machine to themselves: real
# phones on a busy machine come late at times; what is broken fails again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

bash packaging/node-modules.sh
bash asterisk/install.sh >&2
bash packaging/postgresql.sh

report=$(mktemp "${TMPDIR:-/tmp}/outdial-test.XXXXXX")
again=$(mktemp "${TMPDIR:-/tmp}/outdial-test.XXXXXX")
trap 'rm -f "$report" "$again"' EXIT

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

# run_tests REPORT ARGUMENT...: what vitest says is for people, the report for us; sets `code`.
run_tests() {
  local to=$1
  shift
  set +e
  node_modules/.bin/vitest run "${reporters[@]}" --reporter=json --outputFile.json="$to" "$@" >&"$([ $json = yes ] && echo 2 || echo 1)"
  code=$?
  set -e
}

run_tests "$report" "${arguments[@]}"
if [ $code != 0 ] && [ $# = 0 ]; then
  mapfile -t files < <(node_modules/.bin/tsx test/report.ts to-repeat "$report")
  if [ ${#files[@]} -gt 0 ]; then
    printf '\nonce more, by themselves:\n'
    printf '  %s\n' "${files[@]}"
    run_tests "$again" --maxWorkers=1 "${files[@]}"
  fi
fi

[ $json = no ] || cat "$report"
# The last line of what a person reads; a report on stdout stays alone there.
node_modules/.bin/tsx test/report.ts count "$code" "$report" "$again" >&"$([ $json = yes ] && echo 2 || echo 1)"
exit "$code"
