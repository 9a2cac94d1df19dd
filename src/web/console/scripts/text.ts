// The text of a script in the editor: its lines, where a line begins, what differs from another text, and a first text.

import type { z } from 'zod';
import type { scriptCheck } from '../../../http/wire/script-files.ts';

export type Fault = z.output<typeof scriptCheck>['faults'][number];

/** Where a place begins in the text, in characters. */
export function offsetOf(text: string, line: number, column = 1): number {
  let at = 0;
  for (let passed = 1; passed < line; passed += 1) {
    const end = text.indexOf('\n', at);
    if (end < 0) return text.length;
    at = end + 1;
  }
  const end = text.indexOf('\n', at);
  return Math.min(at + Math.max(0, column - 1), end < 0 ? text.length : end);
}

interface NumberedLine {
  readonly line: number;
  readonly severity: Fault['severity'] | undefined;
}

/** Every line's number, with the worst that is wrong in it. */
export function numbered(text: string, faults: readonly Fault[]): readonly NumberedLine[] {
  return Array.from({ length: text.split('\n').length }, (_, index) => {
    const found = faults.filter(({ line }) => line === index + 1).map(({ severity }) => severity);
    return { line: index + 1, severity: found.includes('fault') ? 'fault' : found[0] };
  });
}

interface Difference {
  /** The first line that differs, from 1. */
  readonly line: number;
  readonly theirs: readonly string[];
  readonly mine: readonly string[];
}

/** The part between the lines that both begin with and those that both end with; undefined: they are the same. */
export function difference(theirs: string, mine: string): Difference | undefined {
  if (theirs === mine) return undefined;
  const [one, other] = [theirs.split('\n'), mine.split('\n')];
  const most = Math.min(one.length, other.length);
  let same = 0;
  while (same < most && one[same] === other[same]) same += 1;
  let tail = 0;
  while (tail < most - same && one.at(-1 - tail) === other.at(-1 - tail)) tail += 1;
  return {
    line: same + 1,
    theirs: one.slice(same, one.length - tail),
    mine: other.slice(same, other.length - tail),
  };
}

/** `first_name=Ada, balance=120` */
export function sampleOf(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(/[,\n]/).map((pair) => /^\s*([^=]{1,64}?)\s*=\s*(.*?)\s*$/.exec(pair));
  return Object.fromEntries(pairs.flatMap((pair) => (pair?.[1] === undefined ? [] : [[pair[1], pair[2] ?? '']])));
}

/** A sample that shows where each field of the record stands in the texts. */
export function sampleFor(text: string): string {
  const fields = new Set([...text.matchAll(/\{([a-z_]\w*)\}/gi)].map(([, field = '']) => field));
  return [...fields].map((field) => `${field}=${field === 'name' ? 'Ada Moss' : `‹${field}›`}`).join(', ');
}

/** What a new script begins as: it can be walked through at once. */
export function firstText(name: string): string {
  return `script: ${name}
start: greeting

exits:
  - { exit: not-interested, label: Not interested, go: goodbye }

sections:
  - section: greeting
    title: Greeting
    parts:
      - say: Good day, am I speaking with {name}?
      - ask: right-person
        text: Is this the right person?
        type: choice
        choices:
          - { code: "yes", label: "Yes" }
          - { code: "no", label: "No" }
        required: yes
    next:
      - { when: { right-person: "yes" }, go: offer }
      - { go: goodbye }

  - section: offer
    title: Why we call
    parts:
      - say: We call because …
    next:
      - { go: goodbye }

  - section: goodbye
    title: Goodbye
    parts:
      - say: Thank you for your time. Goodbye.
    last: yes
`;
}
