import { defineConfig } from 'vitest/config';
import { bundledThreads } from './test/bundled-threads.ts';
import { LongestFirst } from './test/longest-first.ts';
import { inOneProcess } from './test/one-process.ts';

const together = inOneProcess();
/** With real phones, which mostly wait. */
const PHONES = 'test/network/**/*.test.ts';

export default defineConfig({
  plugins: [await bundledThreads()],
  test: {
    // Bounds what hangs; what outdial promises of its speed is measured by benches.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    // Two cores, but most of the time is spent in waiting for phones.
    maxWorkers: 3,
    // Of one file, where it says that they may run together: they wait for phones too.
    maxConcurrency: 10,
    projects: [
      { extends: true, test: { name: 'together', include: together, isolate: false } },
      { extends: true, test: { name: 'phones', include: [PHONES] } },
      {
        extends: true,
        test: {
          name: 'apart',
          include: ['test/**/*.test.ts', 'src/web/**/*.test.ts'],
          exclude: ['**/node_modules/**', PHONES, ...together],
        },
      },
    ],
  },
});
