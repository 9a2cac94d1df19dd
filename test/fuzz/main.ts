// npm run fuzz [-- TARGET…] [--seconds 60] [--seed N] [--round N]
// Feeds every reader of outside input (or those named) broken input for so long. `--round` runs one input alone and prints
// it. Ends with 1 when something was found: keep the input as a test in test/fuzz/findings.test.ts.

import { parseArgs } from 'node:util';
import { fuzz, inputOf } from './fuzz.ts';
import { TARGETS } from './targets.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    round: { type: 'string' },
  },
});

const seed = Number(values.seed);
const unknown = positionals.filter((name) => !TARGETS.some((target) => target.name === name));
if (unknown.length > 0) {
  console.error(`No such target: ${unknown.join(', ')}. There are ${TARGETS.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

let found = 0;
for (const open of TARGETS) {
  if (positionals.length > 0 && !positionals.includes(open.name)) continue;
  const target = await open.start();
  if (values.round !== undefined) {
    const input = inputOf(target, seed, Number(values.round));
    console.log(JSON.stringify(input));
    await target.run(input);
  } else {
    const { rounds, mostMs, findings } = await fuzz(target, { seed, seconds: Number(values.seconds) });
    console.log(
      `${target.name}: ${rounds} inputs, most work ${mostMs.toFixed(0)} ms, ${findings.length} findings (seed ${seed})`,
    );
    for (const { round, what, input } of findings)
      console.log(`  round ${round}: ${what}\n    ${JSON.stringify(input.slice(0, 300))}`);
    found += findings.length;
  }
  await target.close?.();
}
process.exitCode = found === 0 ? 0 : 1;
