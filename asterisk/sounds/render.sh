#!/usr/bin/env bash
# Makes the sound files that a table names, those missing or changed since, in telephone quality
# (8 kHz, 16 bit, mono), as NAME.wav. NAME.made-of keeps what it was made of.
#
#   render.sh speech TABLE DIR    lines: name TAB text [TAB espeak-ng voice [TAB words a minute]]
#   render.sh tones TABLE DIR     lines: name TAB sox effects which make the sound from silence
set -euo pipefail

kind=$1 table=$2 dir=$3
mkdir -p "$dir"

speak() { # text voice speed
  espeak-ng -v "${2:-en-us}" -s "${3:-160}" --stdout -- "$1"
}

made=0
while IFS=$'\t' read -r name what voice speed; do
  case $name in '' | '#'*) continue ;; esac
  wanted="$kind $what ${voice:-} ${speed:-}"
  if [ -s "$dir/$name.wav" ] && [ "$(cat "$dir/$name.made-of" 2>/dev/null)" = "$wanted" ]; then
    continue
  fi
  [ $made != 0 ] || echo "sounds: rendering $(basename "$table") into $dir" >&2
  made=$((made + 1))
  new="$dir/.$name.$$"
  case $kind in
    speech) speak "$what" "${voice:-}" "${speed:-}" | sox -q -t wav - -r 8000 -c 1 -b 16 "$new.wav" gain -n -3 ;;
    # shellcheck disable=SC2086 # the effects are words
    tones) sox -q -n -r 8000 -c 1 -b 16 "$new.wav" $what ;;
    *) echo "render.sh: no such kind: $kind" >&2; exit 2 ;;
  esac
  mv "$new.wav" "$dir/$name.wav"
  echo "$wanted" >"$dir/$name.made-of"
done <"$table"
[ $made = 0 ] || echo "sounds: $made made" >&2
