#!/usr/bin/env bash
# npm test: installs what is missing, builds the program, runs the tests, ends with one line: N passed, N failed[, N skipped].
# Arguments go to vitest: names of files, `-t NAME`, `--reporter=json` (the report is then all that is on stdout).
# Without names the tests with real phones, which mostly wait, run beside all others, which compute and give way to them.
# Without arguments a few files that failed are run once more, each by itself and with the machine to themselves: real
# phones on a busy machine come late at times; what is broken fails again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

bash packaging/node-modules.sh
bash asterisk/install.sh >&2
bash packaging/postgresql.sh
bash packaging/chromium.sh
# Each test that starts the program has it sooner than from its sources. Types are looked at by `npm run check`.
node_modules/.bin/tsc -p tsconfig.build.json --noCheck --declaration false >&2
node_modules/.bin/vite build src/web --logLevel warn >&2

files=$(mktemp -d "${TMPDIR:-/tmp}/outdial-test.XXXXXX")
report=$files/report
again=$files/again
touch "$report" "$again"
trap 'rm -rf "$files"' EXIT

json=no
out=1
gives_way=()
reporters=(--reporter=default)
arguments=()
for argument in "$@"; do
  case $argument in
    --reporter=json) json=yes out=2 ;;
    *) arguments+=("$argument") ;;
  esac
  case $argument in --reporter=*) reporters=() ;; esac
done

# vitest_to REPORT ARGUMENT...: what vitest says is for people, the report for us.
vitest_to() {
  local to=$1
  shift
  "${gives_way[@]}" node_modules/.bin/vitest run "${reporters[@]}" --reporter=json --outputFile.json="$to" "$@" >&$out
}

# Everything, in two runs at once. Without a terminal each prints whole lines, which may mix.
everything() {
  local others code=0
  (
    gives_way=(nice -n 5)
    vitest_to "$files/others" --project together --project apart --maxWorkers=2 </dev/null 2>&1 | cat >&$out
  ) &
  others=$!
  vitest_to "$files/phones" --project phones --maxWorkers=4 </dev/null 2>&1 | cat >&$out || code=$?
  wait $others || code=$?
  node_modules/.bin/tsx test/report.ts merge "$files/phones" "$files/others" >"$report"
  return $code
}

code=0
if [ ${#arguments[@]} -gt 0 ]; then vitest_to "$report" "${arguments[@]}" || code=$?; else everything || code=$?; fi
if [ $code != 0 ] && [ $# = 0 ]; then
  mapfile -t failed < <(node_modules/.bin/tsx test/report.ts to-repeat "$report")
  if [ ${#failed[@]} -gt 0 ]; then
    printf '\nonce more, by themselves:\n'
    printf '  %s\n' "${failed[@]}"
    code=0
    vitest_to "$again" --maxWorkers=1 "${failed[@]}" || code=$?
  fi
fi

[ $json = no ] || cat "$report"
# The last line of what a person reads; a report on stdout stays alone there.
node_modules/.bin/tsx test/report.ts count "$code" "$report" "$again" >&$out
exit "$code"
