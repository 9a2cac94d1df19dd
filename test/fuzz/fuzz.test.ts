// Every reader of outside input on a few hundred broken inputs, always the same; npm run fuzz does it for minutes.

import { describe, expect, test } from 'vitest';
import { Broken, fuzz, inputOf, type Target } from './fuzz.ts';
import { TARGETS } from './targets.ts';

describe('[O-10] broken input from outside', () => {
  test.each(TARGETS)(
    '$name: our own errors and bounded work, nothing else',
    async ({ start, rounds }) => {
      const target = await start();
      try {
        const { findings } = await fuzz(target, { seed: 7, rounds });
        expect(findings).toEqual([]);
      } finally {
        await target.close?.();
      }
    },
    120_000,
  );
});

describe('what the fuzzer notices', () => {
  const target = (run: Target['run']): Target => ({ name: 'any', seeds: ['a=1;b=2'], words: [';'], run });

  test('an error that is not ours, once for each place', async () => {
    const { findings } = await fuzz(
      target(() => {
        throw new TypeError('no such thing');
      }),
      { seed: 1, rounds: 5 },
    );
    expect(findings).toEqual([
      expect.objectContaining({ round: 0, what: expect.stringMatching(/TypeError/) as string }),
    ]);
  });

  test('a value that contradicts the input', async () => {
    const run = (input: string): void => {
      if (input.includes('99999999999999999999999999')) throw new Broken('lost digits');
    };
    const { findings } = await fuzz(target(run), { seed: 1, rounds: 500 });
    expect(findings[0]?.what).toContain('lost digits');
    expect(findings[0]?.input).toBe(inputOf(target(run), 1, findings[0]?.round ?? 0));
  });

  test('work without bounds', async () => {
    const run = (): void => {
      const before = process.cpuUsage();
      while (process.cpuUsage(before).user < 1_600_000);
    };
    expect((await fuzz(target(run), { seed: 1, rounds: 1 })).findings[0]?.what).toMatch(/ms of processor/);
  });

  test('what all objects inherit has changed', async () => {
    const run = (): void => {
      Object.defineProperty(Object.prototype, 'polluted', { value: 1, configurable: true });
    };
    try {
      expect((await fuzz(target(run), { seed: 1, rounds: 1 })).findings[0]?.what).toMatch(/inherit/);
    } finally {
      Reflect.deleteProperty(Object.prototype, 'polluted');
    }
  });
});
