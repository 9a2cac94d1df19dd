// Gives a parser one broken input after the other and watches what it does with it: nothing but our own errors, a bounded
// amount of work, no change to what all objects inherit.

import { OperationalError } from '../../src/base/errors.ts';
import { seededRandom } from '../../src/base/random.ts';
import { mutated } from './mutate.ts';

/** Something that reads what comes from outside. */
export interface Target {
  readonly name: string;
  /** Inputs as they should be; the broken ones are made of these. */
  readonly seeds: readonly string[];
  /** What the format is made of: put in anywhere. */
  readonly words: readonly string[];
  /** Reads it; throws what a caller would get. Throws `Broken` when what it gives is wrong. */
  run(input: string): unknown;
  /** Lets go of what `run` needed. */
  close?(): Promise<void>;
}

/** What was given back contradicts what was put in. */
export class Broken extends Error {}

interface Finding {
  readonly target: string;
  readonly round: number;
  readonly what: string;
  readonly input: string;
}

export interface Fuzzed {
  readonly rounds: number;
  /** The most work that one input took, ms of processor. */
  readonly mostMs: number;
  readonly findings: readonly Finding[];
}

export interface FuzzOptions {
  readonly seed: number;
  /** So many inputs, or as many as fit into so many seconds. */
  readonly rounds?: number;
  readonly seconds?: number;
}

/** No input may be longer, and none may take more work than this. */
const MOST_CHARACTERS = 16_384;
const MOST_WORK_MS = 1500;
/** More of the same kind say nothing new. */
const MOST_FINDINGS = 20;

/** Input number `round` of a target; the same for the same seed. */
export function inputOf(target: Target, seed: number, round: number): string {
  const random = seededRandom(seed * 1_000_003 + round);
  return mutated(target.seeds, target.words, random).slice(0, MOST_CHARACTERS);
}

export async function fuzz(target: Target, { seed, rounds, seconds = 60 }: FuzzOptions): Promise<Fuzzed> {
  const inherited = Reflect.ownKeys(Object.prototype).length;
  const endsAt = Date.now() + seconds * 1000;
  const findings = new Map<string, Finding>();
  let [round, mostMs] = [0, 0];
  while (rounds === undefined ? Date.now() < endsAt : round < rounds) {
    const input = inputOf(target, seed, round);
    const note = (what: string): void => {
      if (findings.size < MOST_FINDINGS && !findings.has(what))
        findings.set(what, { target: target.name, round, what, input });
    };
    const before = process.cpuUsage();
    try {
      await target.run(input);
    } catch (fault) {
      if (!(fault instanceof OperationalError)) note(wordsOf(fault));
    }
    const { user, system } = process.cpuUsage(before);
    const tookMs = (user + system) / 1000;
    mostMs = Math.max(mostMs, tookMs);
    if (tookMs > MOST_WORK_MS) note(`took ${Math.round(tookMs)} ms of processor for ${input.length} characters`);
    if (Reflect.ownKeys(Object.prototype).length !== inherited) note('changed what all objects inherit');
    round += 1;
  }
  return { rounds: round, mostMs, findings: [...findings.values()] };
}

/** The same fault at the same place reads the same. */
function wordsOf(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  const at = fault.stack?.split('\n').find((line) => line.includes('/src/')) ?? '';
  return `${fault.name}: ${fault.message.slice(0, 200)} ${at
    .trim()
    .replace(/^at /, '')
    .replace(/\(?(?:file:\/\/)?\/.*\/src\//, '(src/')}`;
}
