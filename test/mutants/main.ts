// npm run mutants -- FILE[:LINE[-LINE]]… [--sample N] [--seed N] [--within S] [--tests TEXT] [--json]
// Breaks each file in one place after the other and runs the tests that reach it, the nearest first: a fault that none
// notices survives, and is printed. `--sample` takes so many faults of each file, `--within` begins no further test after
// so many seconds on one fault, `--tests` only runs test files with TEXT in the path.

import path from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../src/base/random.ts';
import { applied, difference, mutantsOf, type Mutant } from './mutate.ts';
import { testsThatReach } from './reach.ts';
import { Trial } from './trial.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
/** A test file that takes so much longer than without a fault, or so long at all, hangs, and that is noticed. */
const PATIENCE = { times: 5, atFirstMs: 180_000 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    tests: { type: 'string', default: '' },
    within: { type: 'string', default: '60' },
    json: { type: 'boolean', default: false },
  },
});

interface Tried {
  readonly file: string;
  readonly line: number;
  readonly fate: 'killed' | 'hung' | 'survived';
  readonly difference: readonly string[];
  /** The test that noticed. */
  readonly by: string;
}

/** One fault of a file. */
interface Place {
  readonly file: string;
  readonly text: string;
  readonly mutant: Mutant;
}

/** What is for people goes beside the JSON document. */
const say = (line: string): void => void (values.json ? process.stderr : process.stdout).write(`${line}\n`);

function chosenOf(file: string, text: string, lines: string | undefined): Mutant[] {
  const [from = 1, to = lines === undefined ? Infinity : from] = (lines ?? '1-Infinity').split('-').map(Number);
  const all = mutantsOf(file, text).filter(({ line }) => line >= from && line <= to);
  if (values.sample === undefined) return all;
  const random = seededRandom(Number(values.seed));
  const drawn = all.map((mutant) => ({ mutant, draw: random.next() })).sort((a, b) => a.draw - b.draw);
  return drawn
    .slice(0, Number(values.sample))
    .map(({ mutant }) => mutant)
    .sort((a, b) => a.start - b.start);
}

/** What is known of test files: how long each takes when nothing is wrong; Infinity: it fails then too. */
const known = new Map<string, number>();

/** Whether a test that has failed passes without the fault. */
async function isSound(trial: Trial, place: Place, test: string): Promise<boolean> {
  if (!known.has(test)) {
    trial.write(place.file, place.text);
    const { passed, tookMs, why } = await trial.run(test, PATIENCE.atFirstMs);
    known.set(test, passed ? tookMs : Infinity);
    if (!passed) say(`left out, it fails without any fault: ${test} (${why})`);
    trial.write(place.file, applied(place.text, place.mutant));
  }
  return known.get(test) !== Infinity;
}

/** Runs the tests until one notices; it is asked first about the next fault. */
async function fateOf(trial: Trial, place: Place, tests: string[]): Promise<Pick<Tried, 'fate' | 'by'>> {
  trial.write(place.file, applied(place.text, place.mutant));
  const startedAt = performance.now();
  let asked = 0;
  for (const test of [...tests]) {
    if (known.get(test) === Infinity) continue;
    if (performance.now() - startedAt > Number(values.within) * 1000) break;
    const took = known.get(test);
    const { passed, late, why } = await trial.run(test, took ? took * PATIENCE.times + 15_000 : PATIENCE.atFirstMs);
    asked += 1;
    if (passed || !(await isSound(trial, place, test))) continue;
    tests.splice(tests.indexOf(test), 1);
    tests.unshift(test);
    return late ? { fate: 'hung', by: test } : { fate: 'killed', by: `${test}: ${why}` };
  }
  return { fate: 'survived', by: `${asked} of ${tests.length} test files asked` };
}

const trial = await Trial.start(ROOT);
process.once('SIGINT', () => process.exit(130));
const tried: Tried[] = [];
for (const argument of positionals) {
  const [given = '', lines] = argument.split(':');
  const file = path.relative(ROOT, path.resolve(given));
  const text = trial.read(file);
  const tests = testsThatReach(ROOT, file).filter((test) => test.includes(values.tests));
  const chosen = chosenOf(file, text, lines);
  say(`${file}: ${chosen.length} mutants, ${tests.length} test files reach it`);
  for (const mutant of chosen) {
    const fate = await fateOf(trial, { file, text, mutant }, tests);
    const one = { file, line: mutant.line, ...fate, difference: difference(text, mutant) };
    tried.push(one);
    say(`${one.fate.padEnd(8)} ${file}:${mutant.line}:${mutant.column}  ${one.by}`);
    if (one.fate === 'survived') for (const line of one.difference) say(`    ${line}`);
  }
  trial.write(file, text);
}
const survived = tried.filter(({ fate }) => fate === 'survived').length;
say(`${tried.length} mutants, ${tried.length - survived} killed, ${survived} survived`);
if (values.json) process.stdout.write(`${JSON.stringify({ mutants: tried.length, survived, tried }, null, 2)}\n`);
await trial.close();
process.exit(0);
