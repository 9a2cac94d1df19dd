// outdial doctor --security: who else could get in or listen.

import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { agentsWithWeakPins } from '../../src/cli/doctor/pins.ts';
import type { AgentStore } from '../../src/engine/store/agents.ts';
import { hashSecret } from '../../src/secrets/hashes.ts';
import { configFolder, documentOf, outdial } from './cli.ts';

let folder = '';
beforeAll(async () => {
  folder = await configFolder();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('[X-10] PINs that are the agent’s number or one that everybody tries first are named, others are not', async () => {
  const pins = new Map<string, string>([
    ...[['201', '1234'] as const, ['202', '7391'] as const, ['203', '203'] as const, ['204', '864201'] as const],
  ]);
  const agents = {
    all: () => Promise.resolve([...pins.keys()].map((number) => ({ number }))),
    secrets: async (number: string) => ({ pinHash: await hashSecret(pins.get(number) ?? '') }),
  } as unknown as Pick<AgentStore, 'all' | 'secrets'>;
  expect(await agentsWithWeakPins(agents, 200)).toEqual(['201', '203']);
  expect(await agentsWithWeakPins(agents, 1)).toEqual(['201']);
});

test('[X-10] only what lets others in is looked at, each with what to do; disk and time zones are not', async () => {
  const ran = await outdial(['doctor', '--security', '--json'], { folder });
  const { checks } = documentOf(ran) as unknown as { checks: { check: string; ok: boolean; hint: string }[] };
  const looked = checks.map(({ check }) => check);
  expect(looked).toContain('token file');
  expect(looked).not.toContain('disk');
  expect(looked).not.toContain('time zones');
  expect(checks.filter(({ ok, hint }) => !ok && hint === '')).toEqual([]);
});
